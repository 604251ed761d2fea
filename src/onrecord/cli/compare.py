"""`onrecord compare`: what differs between two readings of the same reports."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator

import click
import msgspec
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.errors import InputError
from onrecord.evaluate.comparing import Change, Compared, files_compared, runs_compared

__all__ = ["compare"]

_ONLY = {"old": "only in OLD", "new": "only in NEW", "text differs": "the text differs; not compared"}


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--confidence", is_flag=True, help="Also tell where only the confidence changed.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="For people, or one JSON object a report.")  # fmt: skip
@click.pass_obj
@told
def compare(record: str, old: str, new: str, confidence: bool, form: str) -> None:
    """List every reading that changed: added, removed, or with other fields, with the exact words.

    OLD and NEW are files of JSON lines as `annotate --format jsonl` prints them, by two versions of onrecord or with
    two codebooks; or the numbers of two runs of the record, as `info` lists them. Reports are known by their ids.
    """
    totals: Counter[str] = Counter()
    for one in _all(record, old, new, confidence):
        totals["reports"] += not one.only
        totals["alone"] += bool(one.only)
        totals["differing"] += bool(one.changes)
        totals.update(change.what for change in one.changes)
        if one.changes or one.only:
            _json(one) if form == "jsonl" else _page(one)
    if form == "table":
        what = ", ".join(f"{totals[name]} {name}" for name in ("added", "removed", "changed"))
        alone = f"; {_reports(totals['alone'])} not compared" if totals["alone"] else ""
        click.echo(f"{_reports(totals['reports'])} compared, {totals['differing']} changed: {what}{alone}")


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"


def _all(record: str, old: str, new: str, confidence: bool) -> Iterator[Compared]:
    files = [os.path.exists(path) for path in (old, new)]
    if all(files):
        yield from files_compared(old, new, confidence=confidence)
    elif not any(files) and old.isdecimal() and new.isdecimal():
        with existing(record) as opened, opened.reading() as connection:
            yield from runs_compared(connection, int(old), int(new), confidence=confidence)
    else:
        raise InputError("it is neither a file nor, with the other, one of two runs",
                         "give two files of JSON lines, or two numbers of runs",
                         subject=new if files[0] else old)  # fmt: skip


def _page(one: Compared) -> None:
    out = console()
    out.print(Text(plain(one.report), style="bold"))
    if one.only:
        out.print(Text(f"  {_ONLY[one.only]}"))
        return
    lines = [line for change in one.changes for line in _lines(change)]
    out.print(Padding(rows(("", "kind", "words"), lines, wide=2), (0, 0, 1, 2)))


def _lines(change: Change) -> Iterator[tuple[str, str, str]]:
    yield change.what, change.kind, change.words
    for name, (before, after) in change.fields.items():
        yield "", f"  {name}", f"{before or '—'} → {after or '—'}"


def _json(one: Compared) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")
