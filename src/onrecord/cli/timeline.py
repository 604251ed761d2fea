"""`onrecord timeline`: what happened and what was said, in the order of the times that the reports state."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click
import msgspec
from rich.table import Table

from onrecord.cli.asked import dates, existing, form, publisher
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.model import EVENT_TYPES
from onrecord.view import queries
from onrecord.view.queries import Moment

__all__ = ["moments", "teller", "timeline"]


@click.command()
@click.option("--who", metavar="NAME", help="Only what this actor said, did or met.")
@click.option("--place", metavar="NAME", help="Only events at this place.")
@click.option("--story", metavar="REPORT", help="Only reports of the same story as this one.")
@click.option("--event", "event_type", type=click.Choice(EVENT_TYPES, case_sensitive=False), help="Only such events.")
@publisher
@dates
@click.option("--statements/--no-statements", default=True, show_default=True, help="Whether to list statements too.")
@click.option("--undated", is_flag=True, help="Also what has no stated time, by the date of its report.")
@form("jsonl")
@click.pass_obj
@told
def timeline(
    record: str,
    who: str | None,
    place: str | None,
    story: str | None,
    event_type: str | None,
    publisher: str | None,
    since: str | None,
    until: str | None,
    statements: bool,
    undated: bool,
    form: str,
) -> None:
    """List events and statements in the order of their stated times, each in the voice that tells it.

    What has no stated time is counted, and listed with --undated by the date of its report: no date is invented.
    """
    with existing(record) as opened:
        found = queries.timeline(
            opened,
            who=who,
            since=since,
            until=until,
            place=place,
            event_type=event_type.upper() if event_type else None,
            publisher=publisher,
            story=story,
            statements=statements,
        )
    chosen = (*found.dated, *(found.undated if undated else ()))
    if form == "jsonl":
        for moment in chosen:
            sys.stdout.write(json.dumps(msgspec.to_builtins(moment), ensure_ascii=False) + "\n")
        return
    console().print(moments(chosen))
    if found.undated and not undated:
        click.echo(f"{len(found.undated)} more without a stated time: --undated lists them", err=True)


def moments(found: Iterable[Moment]) -> Table:
    """Moments as a table: when, what, by whom and to whom, and who tells it."""
    return rows(
        ("when", "what", "who and what", "told by"),
        (
            (
                m.when,
                m.what if m.modality in (None, "happened") else f"{m.what} ({m.modality})",
                _words(m),
                teller(m.voice, m.voice_name if m.kind == "event" else None, m.publisher or m.report_id),
            )
            for m in found
        ),
        wide=2,
    )


def _words(moment: Moment) -> str:
    if moment.kind == "statement":
        return f"{moment.who or 'nobody named'}: {plain(moment.words, 160)}"
    whom = f" > {moment.whom}" if moment.whom else ""
    vague = moment.place_precision not in (None, "settlement", "address")
    place = f", {moment.place}{f' ({moment.place_precision})' if vague else ''}" if moment.place else ""
    return f"{moment.who or '?'} [{plain(moment.words, 40)}]{whom}{place}"


def teller(voice: str | None, name: str | None, outlet: str) -> str:
    """Who tells it: the outlet itself, or a source in the outlet.

    Example:
        >>> teller("narrator", None, "Norvale Ledger"), teller("a4", "Anna Berg", "Norvale Ledger")
        ('Norvale Ledger', 'Anna Berg, in Norvale Ledger')
    """
    if voice in (None, "narrator"):
        return plain(outlet, 30)
    who = name or ("nobody named" if voice == "unsourced" else "a source")
    return f"{plain(who, 30)}, in {plain(outlet, 30)}"
