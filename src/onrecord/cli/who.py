"""`onrecord who`: all that an actor said and did."""

from __future__ import annotations

import json
import sys

import click
import msgspec
from rich.text import Text

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.cli.timeline import moments
from onrecord.view import queries
from onrecord.view.queries import Actor

__all__ = ["who"]


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.pass_obj
@told
def who(record: str, name: tuple[str, ...], form: str) -> None:
    """List all that an actor said, did and met, across the reports.

    Several actors may bear the name; each is listed apart, none is merged.
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


def _print(actor: Actor) -> None:
    out = console()
    facts = [actor.type, *actor.countries, _reports(actor)]
    out.print(Text(plain(actor.name), style="bold"), Text("· " + " · ".join(facts), style="dim"))
    if len(actor.spellings) > 1:
        out.print(Text(f"  also: {', '.join(plain(s) for s in actor.spellings[1:])}"))
    if actor.roles:
        out.print(Text(f"  roles, as reported: {'; '.join(plain(r) for r in actor.roles)}"))
    if actor.said:
        out.print(Text("\n  said", style="bold"))
        lines = ((m.when, m.what, plain(m.words), plain(m.publisher or m.report_id, 24)) for m in actor.said)
        out.print(rows(("when", "act", "words", "reported by"), lines, wide=2))
    for title, found in (("did", actor.did), ("met or suffered", actor.met)):
        if found:
            out.print(Text(f"\n  {title}", style="bold"))
            out.print(moments(found))
    out.print()
