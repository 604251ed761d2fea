"""`onrecord search`: find statements and reports by their words and by who, where and when."""

from __future__ import annotations

import json
import sys

import click
import msgspec
from rich.text import Text

from onrecord.cli.asked import dates, existing, form, publisher
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain
from onrecord.model import ACTS, EVENT_TYPES
from onrecord.record.search import Hit

__all__ = ["search"]


@click.command()
@click.argument("words", nargs=-1)
@click.option("--speaker", metavar="NAME", help="Only statements of somebody of this name.")
@click.option("--act", type=click.Choice(ACTS), help="Only statements that do this, such as denies or demands.")
@publisher
@dates
@click.option("--place", metavar="NAME", help="Only what names this place.")
@click.option(
    "--event", "event_type", type=click.Choice(EVENT_TYPES, case_sensitive=False), help="Only with such an event."
)
@click.option("--kind", type=click.Choice(["statement", "report"]), help="Only statements, or only reports.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many of each kind.")
@form("jsonl")
@click.pass_obj
@told
def search(
    record: str,
    words: tuple[str, ...],
    speaker: str | None,
    act: str | None,
    publisher: str | None,
    since: str | None,
    until: str | None,
    place: str | None,
    event_type: str | None,
    kind: str | None,
    limit: int,
    form: str,
) -> None:
    """Find statements and reports that hold all the WORDS; without WORDS, the newest.

    "two words" finds a phrase, -word leaves out, word* finds what begins so.
    """
    with existing(record) as opened:
        hits = opened.search(
            " ".join(words),
            kind="statement" if kind == "statement" else "report" if kind == "report" else None,
            speaker=speaker,
            act=act,
            publisher=publisher,
            since=since,
            until=until,
            place=place,
            event_type=event_type.upper() if event_type else None,
            limit=limit,
        )
    if form == "jsonl":
        for hit in hits:
            sys.stdout.write(json.dumps(msgspec.to_builtins(hit), ensure_ascii=False) + "\n")
        return
    out = console()
    for hit in hits:
        out.print(_shown(hit))
    if not hits:
        click.echo("nothing found", err=True)


def _shown(hit: Hit) -> Text:
    shown = Text()
    if hit.kind == "statement":
        shown.append(plain(hit.speaker or "nobody named"), style="bold")
        shown.append(f" [{plain(hit.cue or '')}] ")
    else:
        shown.append(f"{plain(hit.title or 'report')}\n  ", style="bold")
    shown.append(plain(hit.snippet) + "\n")
    facts = (hit.publisher, (hit.published or "undated")[:10], f"{hit.report_id}{f' {hit.id}' if hit.id else ''}")
    shown.append("  " + " · ".join(plain(f) for f in facts if f) + "\n", style="dim")
    return shown
