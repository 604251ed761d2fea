"""`onrecord codebook`: a team's own words, checked and listed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click
from rich.text import Text

from onrecord.cli.outcome import told
from onrecord.cli.tables import console, rows
from onrecord.codebook import FILE, Codebook, codebook_above, read_codebook
from onrecord.codebook.model import Actor

__all__ = ["codebook"]


@click.command()
@click.argument("file", required=False, metavar="[FILE]")
@told
def codebook(file: str | None) -> None:
    """Check a team's own words, and print what is in force.

    FILE is a codebook; without one, it is the onrecord.toml in this folder or the nearest above, as for the commands
    that read reports. What is wrong with it is one line, and exit code 1. Names that other packages bring come after
    it; `onrecord plugins` lists those.
    """
    path = file if file is not None else codebook_above(os.curdir)
    if path is None:
        click.echo(f"no codebook: there is no {FILE} in this folder or above")
        return
    found = read_codebook(path)
    click.echo(f"{path}\nsha256:{found.digest}")
    if found.is_empty:
        click.echo("it adds nothing")
        return
    out = console()
    for heading, heads, lines in _tables(found):
        if lines:
            out.print(Text(f"\n{heading}", style="bold"))
            out.print(rows(heads, lines, wide=0))


def _tables(found: Codebook) -> Iterator[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]]:
    """A heading, the heads of its columns and its rows, for each table."""
    cues = [(", ".join(c.words), c.part, c.manner, c.act, " ".join(c.frames)) for c in found.cues]
    yield "cues", ("words", "part", "manner", "act", "content"), cues
    events = [
        (", ".join((*e.verbs, *e.nouns)), e.type, e.mode or "", e.cameo or "", _condition(e.beside, e.never))
        for e in found.events
    ]
    yield "events", ("words", "type", "mode", "CAMEO", "condition"), events
    units = [(", ".join((*u.nouns, *u.verbs, *u.subjects, *u.happenings, *u.states)), u.unit) for u in found.units]
    yield "units", ("words", "unit"), units
    yield "actors", ("names", "type", "country", "sector", "when"), [row for a in found.actors for row in _actor(a)]
    places = [
        (", ".join((p.name, *p.other_names)), p.country, f"{p.lat:g}", f"{p.lon:g}", p.precision) for p in found.places
    ]
    yield "places", ("names", "country", "lat", "lon", "precision"), places
    outlets = [(", ".join((o.name, *o.other_names)), ", ".join(o.domains), o.country or "") for o in found.outlets]
    yield "outlets", ("names", "domains", "country"), outlets


def _condition(beside: tuple[str, ...], never: tuple[str, ...]) -> str:
    return f"with {', '.join(beside)}" if beside else f"not with {', '.join(never)}" if never else ""


def _actor(actor: Actor) -> Iterator[tuple[str, ...]]:
    """A row for the actor, and one for each of its roles."""
    yield ", ".join(actor.names), actor.type, actor.country or "", actor.sector or "", ""
    for role in actor.roles:
        when = f"{role.since or ''} to {role.until or ''}".strip()
        yield (f"  {role.role}", "", role.country or actor.country or "", role.sector or actor.sector or "",
               "" if when == "to" else when)  # fmt: skip
