"""`onrecord correct`: decide about an entry of the record, with a name and a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar, cast

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.tables import plain
from onrecord.errors import InputError
from onrecord.record.store import Corrected

__all__ = ["correct"]

F = TypeVar("F", bound=Callable[..., Any])


def _signed(command: F) -> F:
    author = click.option("--author", metavar="NAME", envvar="ONRECORD_AUTHOR", required=True,
                          help="Who decides. The variable ONRECORD_AUTHOR sets it too.")  # fmt: skip
    reason = click.option("--reason", metavar="TEXT", required=True, help="Why.")
    return cast(F, click.pass_obj(told(author(reason(command)))))


@click.group()
def correct() -> None:
    """Decide about an entry: accept, reject, edit, merge, split, link, unlink, undo.

    An entry is REPORT:ID, such as r-1f0c21aa90b3:a3; `onrecord show REPORT --ids` shows the ids. The software's
    own reading is kept. When the report is read again, each decision is put in again; `onrecord corrections` lists what
    no longer fits.
    """


@correct.command()
@click.argument("entry")
@_signed
def accept(record: str, entry: str, author: str, reason: str) -> None:
    """ENTRY is right."""
    with existing(record) as opened:
        _tell(opened.correct("accept", entry, author=author, reason=reason))


@correct.command()
@click.argument("entry")
@_signed
def reject(record: str, entry: str, author: str, reason: str) -> None:
    """ENTRY is wrong and is left out."""
    with existing(record) as opened:
        _tell(opened.correct("reject", entry, author=author, reason=reason))


@correct.command()
@click.argument("entry")
@click.argument("field")
@click.argument("value")
@_signed
def edit(record: str, entry: str, field: str, value: str, author: str, reason: str) -> None:
    """FIELD of ENTRY is VALUE.

    FIELD is a name of the JSON, such as act, low, source.entity or content.spans. VALUE is JSON, or plain words.
    """
    with existing(record) as opened:
        _tell(opened.correct("edit", entry, field=field, value=_value(value), author=author, reason=reason))


@correct.command()
@click.argument("entry")
@click.argument("other")
@_signed
def merge(record: str, entry: str, other: str, author: str, reason: str) -> None:
    """OTHER, of the same report, is the same as ENTRY, which stays."""
    with existing(record) as opened:
        _tell(opened.correct("merge", entry, other=other, author=author, reason=reason))


@correct.command()
@click.argument("entity")
@click.argument("name")
@click.argument("mentions", nargs=-1, required=True, metavar="START-END...")
@_signed
def split(record: str, entity: str, name: str, mentions: tuple[str, ...], author: str, reason: str) -> None:
    """Some mentions of ENTITY are of another, called NAME.

    START-END is where a mention stands in the text, in characters.
    """
    value = {"name": name, "mentions": [_span(mention) for mention in mentions]}
    with existing(record) as opened:
        _tell(opened.correct("split", entity, value=value, author=author, reason=reason))


@correct.command()
@click.argument("kind")
@click.argument("entry")
@click.argument("other")
@_signed
def link(record: str, kind: str, entry: str, other: str, author: str, reason: str) -> None:
    """ENTRY and OTHER are one: same-event, same-attribution, same-entity, same-story, copy-of, version-of, corrects.

    The last four join reports, the others entries of two reports.
    """
    with existing(record) as opened:
        _tell(opened.correct("link", entry, field=kind, other=other, author=author, reason=reason))


@correct.command()
@click.argument("kind")
@click.argument("entry")
@click.argument("other")
@_signed
def unlink(record: str, kind: str, entry: str, other: str, author: str, reason: str) -> None:
    """ENTRY and OTHER are not one, whatever a rule says."""
    with existing(record) as opened:
        _tell(opened.correct("unlink", entry, field=kind, other=other, author=author, reason=reason))


@correct.command()
@click.argument("number", type=int)
@_signed
def undo(record: str, number: int, author: str, reason: str) -> None:
    """Correction NUMBER does not count any more."""
    with existing(record) as opened:
        _tell(opened.undo(number, author=author, reason=reason))


def _value(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError:
        return words


def _span(words: str) -> list[int]:
    start, dash, end = words.partition("-")
    if not dash or not start.isdecimal() or not end.isdecimal():
        raise InputError("this is no span", "give START-END in characters, such as 120-131", subject=words)
    return [int(start), int(end)]


def _tell(done: Corrected) -> None:
    made = done.correction
    click.echo(f"correction {made.number}: {plain(_said(done))}")


def _said(done: Corrected) -> str:
    draft = done.correction.draft
    name = f"{draft.target.report}:{draft.target.id}".rstrip(":")
    match draft.act:
        case "undo":
            return f"correction {draft.undoes} undone"
        case "edit":
            return f"{draft.field} of {name} edited"
        case "merge" | "link" | "unlink":
            other = draft.other
            second = f"{other.report}:{other.id}".rstrip(":") if other else ""
            return f"{name} and {second} {'merged' if draft.act == 'merge' else draft.act + 'ed'}"
        case "split":
            return f"{name} split"
        case _:
            return f"{name} {draft.act}ed"
