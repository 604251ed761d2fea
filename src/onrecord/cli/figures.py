"""`onrecord figures`: how many, by whose count, side by side."""

from __future__ import annotations

import json
import sys

import click
import msgspec

from onrecord.cli.asked import dates, existing, form, publisher
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.cli.timeline import teller
from onrecord.model import UNITS
from onrecord.view import queries
from onrecord.view.queries import Count

__all__ = ["figures"]


@click.command()
@click.option("--unit", type=click.Choice(UNITS), help="Only figures of this unit.")
@click.option("--whom", metavar="WORDS", help="Only figures that count this.")
@click.option("--place", metavar="NAME", help="Only figures for this place.")
@click.option("--claimant", metavar="NAME", help="Only figures by this claimant.")
@publisher
@dates
@click.option("--ids", is_flag=True, help="In the table, also the id by which `onrecord correct` knows each figure.")
@form("jsonl")
@click.pass_obj
@told
def figures(
    record: str,
    unit: str | None,
    whom: str | None,
    place: str | None,
    claimant: str | None,
    publisher: str | None,
    since: str | None,
    until: str | None,
    ids: bool,
    form: str,
) -> None:
    """List figures beside each other: the words, the unit, by whose count, and where it is reported."""
    with existing(record) as opened:
        found = queries.figures(
            opened, unit=unit, whom=whom, place=place, claimant=claimant, publisher=publisher, since=since, until=until
        )
    if form == "jsonl":
        for count in found:
            sys.stdout.write(json.dumps(msgspec.to_builtins(count), ensure_ascii=False) + "\n")
        return
    lines = (
        (
            f"{_counted(c)} ({c.report_id}:{c.id})" if ids else _counted(c),
            c.unit,
            c.when,
            _by(c),
        )
        for c in found
    )
    console().print(rows(("figure", "unit", "as of", "by whose count"), lines, wide=0))
    if not found:
        click.echo("no figures found", err=True)


def _by(count: Count) -> str:
    """The claimant, if one is named, in whatever voice; else who tells it."""
    outlet = count.publisher or count.report_id
    if count.claimant is not None:
        return f"{plain(count.claimant, 30)}, in {plain(outlet, 30)}"
    return teller(count.voice, count.voice_name, outlet)


def _counted(count: Count) -> str:
    of = plain(count.of or "", 40)
    return of if count.words in of else f"{count.words} {of}".strip()
