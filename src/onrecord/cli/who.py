"""`onrecord who`: all that an actor said and did."""

from __future__ import annotations

import json
import sys

import click
import msgspec
from rich.text import Text

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.cli.timeline import moments
from onrecord.view import queries
from onrecord.view.queries import Actor
from onrecord.view.who import Held, MayBe

__all__ = ["who"]

#: So many suggestions are shown.
MOST = 5


@click.command()
@click.argument("name", nargs=-1, required=True)
@form("jsonl")
@click.pass_obj
@told
def who(record: str, name: tuple[str, ...], form: str) -> None:
    """List all that an actor said, did and met, across the reports.

    Any of the names will do, in any spelling. Spellings that are surely of one actor are put together; what may be the
    same is only suggested. `onrecord correct link same-entity` and `unlink` decide. Several actors may bear the name;
    each is listed apart.
    """
    with existing(record) as opened:
        found = queries.who(opened, " ".join(name))
    if form == "jsonl":
        for actor in found.actors:
            sys.stdout.write(json.dumps(msgspec.to_builtins(actor), ensure_ascii=False) + "\n")
        return
    if found.ambiguous:
        names = ", ".join(f"{a.name} ({a.type}, {_reports(a)})" for a in found.actors)
        click.echo(f"{len(found.actors)} actors bear this name: {names}\n")
    for actor in found.actors:
        _print(actor)
    if not found.actors:
        click.echo(
            f"onrecord: nobody of the name {plain(found.asked)!r} is in the record; try `onrecord search`", err=True
        )
        sys.exit(1)


def _reports(actor: Actor) -> str:
    return "1 report" if len(actor.reports) == 1 else f"{len(actor.reports)} reports"


def _role(held: Held) -> str:
    """A role with the publication dates of the first and last report that state it."""
    dates = [] if held.first is None else [held.first] if held.first == held.last else [held.first, str(held.last)]
    count = f"{len(held.reports)} reports" if len(held.reports) > 1 else ""
    told = ", ".join(filter(None, (" to ".join(dates), count)))
    return f"{held.role} ({told})" if told else held.role


def _other(other: MayBe) -> str:
    reports = "1 report" if other.reports == 1 else f"{other.reports} reports"
    return f"{other.name} ({other.entry}; {reports}): {other.because}"


def _print(actor: Actor) -> None:
    out = console()
    facts = [actor.type, *actor.countries, _reports(actor)]
    out.print(Text(plain(actor.name), style="bold"), Text("· " + " · ".join(facts), style="dim"))
    if len(actor.spellings) > 1:
        out.print(Text(f"  also: {', '.join(plain(s) for s in actor.spellings[1:])}"))
    if actor.held:
        out.print(Text(f"  roles, as reported: {'; '.join(plain(_role(held)) for held in actor.held)}"))
    for other in actor.may_be[:MOST]:
        out.print(Text(f"  may also be: {plain(_other(other))}", style="dim"))
    if len(actor.may_be) > MOST:
        out.print(Text(f"  and may be {len(actor.may_be) - MOST} more; --format jsonl lists them", style="dim"))
    if actor.said:
        out.print(Text("\n  said", style="bold"))
        lines = ((m.when, m.what, plain(m.words), plain(m.publisher or m.report_id, 24)) for m in actor.said)
        out.print(rows(("when", "act", "words", "reported by"), lines, wide=2))
    for title, found in (("did", actor.did), ("met or suffered", actor.met)):
        if found:
            out.print(Text(f"\n  {title}", style="bold"))
            out.print(moments(found))
    out.print()
