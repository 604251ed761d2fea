"""`onrecord series`: each claimant's numbers for one thing over time, and what does not go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import click
import msgspec
from rich.padding import Padding
from rich.text import Text

from onrecord.cli.asked import dates, existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.model import UNITS
from onrecord.view import queries
from onrecord.view.conventions import RULES, Estimate, Rule, estimate
from onrecord.view.figure_plot import MOST, svg, title
from onrecord.view.series import Point, Series, Subject

__all__ = ["series"]


@click.command()
@click.option("--unit", type=click.Choice(UNITS), help="Only figures of this unit.")
@click.option("--whom", metavar="WORDS", help="Only figures that count this.")
@click.option("--place", metavar="NAME", help="Only figures for this place.")
@click.option(
    "--claimant", metavar="NAME", help="Only what this claimant counts; others' numbers for it are shown too."
)
@dates
@click.option("--rule", type=click.Choice(RULES), help="Make an estimate by this rule; without one, none is made.")
@click.option("--alone", is_flag=True, help="Also what a single number counts.")
@form("jsonl", "svg")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the plot is written.")
@click.pass_obj
@told
def series(
    record: str,
    unit: str | None,
    whom: str | None,
    place: str | None,
    claimant: str | None,
    since: str | None,
    until: str | None,
    rule: str | None,
    alone: bool,
    form: str,
    out: Path | None,
) -> None:
    """Show who counts how many of one thing over time: conflicts, revisions, numbers that lost their claimant.

    One block for each thing that is counted, one line for each claimant. No number is chosen and none is added up; with
    `--rule`, an estimate by that rule stands below. The rules are in the coding rules.
    """
    if (form == "svg") != (out is not None):
        raise click.UsageError("--format svg and --out FILE go together")
    with existing(record) as opened:
        found = queries.series(
            opened, unit=unit, whom=whom, place=place, claimant=claimant, since=since, until=until, alone=alone
        )
    made = [(subject, estimate(subject, cast(Rule, rule)) if rule else None) for subject in found]
    if out is not None:
        out.write_text(svg(found), encoding="utf-8")
        click.echo(f"{out}: {min(len(found), MOST)} of {len(found)} subjects drawn")
    elif form == "jsonl":
        for subject, ruled in made:
            line = msgspec.to_builtins(subject) | ({"estimate": msgspec.to_builtins(ruled)} if ruled else {})
            click.echo(msgspec.json.encode(line).decode())
    else:
        _blocks(made)


def _blocks(made: Iterable[tuple[Subject, Estimate | None]]) -> None:
    screen, number = console(), 0
    for number, (subject, ruled) in enumerate(made, start=1):  # noqa: B007 - the last is looked at below
        screen.print(plain(title(subject)), style="bold", markup=False)
        screen.print(rows(("by", "numbers in the order of time"), _lines(subject.series), wide=1))
        for flag in subject.flags:
            screen.print(Padding(Text(f"{flag.kind}: {plain(flag.reason)}"), (0, 0, 0, 2)))
        if ruled is not None:
            screen.print(Padding(Text(plain(_estimated(ruled))), (0, 0, 0, 2)))
        screen.print("")
    if not number:
        click.echo("no series found", err=True)


def _lines(told: Iterable[Series]) -> Iterator[tuple[str, str]]:
    for one in told:
        by = (
            one.by
            if one.teller == "claimant"
            else f"{one.by}, {'own voice' if one.teller == 'outlet' else 'unsourced'}"
        )
        yield by, " -> ".join(_number(point) for point in one.points)


def _number(point: Point) -> str:
    where = ", ".join(part for part in (point.day, point.publisher or point.report) if part)
    return f"{point.words} ({where})"


def _estimated(ruled: Estimate) -> str:
    numbers = (("low", ruled.low), ("best", ruled.best), ("high", ruled.high))
    given = ", ".join(f"{name} {number:,.0f}" for name, number in numbers if number is not None)
    latest = "; ".join(f"{by}: {words}" for by, words in ruled.latest)
    return f"{ruled.rule}: {given or latest} ({ruled.because})"
