"""`onrecord positions`: what an actor wants, offers, refuses or threatens, by issue and in time order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import click
import msgspec
from rich.table import Table

from onrecord.cli.asked import dates, existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries
from onrecord.view.queries import Change, Positions, Stand, Topic

__all__ = ["positions"]


@click.command()
@click.argument("who")
@click.option("--issue", metavar="WORDS", help="Only positions on this.")
@dates
@click.option("--changes", is_flag=True, help="Only candidates for changes, each beside its two quotations.")
@form("jsonl")
@click.pass_obj
@told
def positions(
    record: str, who: str, issue: str | None, since: str | None, until: str | None, changes: bool, form: str
) -> None:
    """List what WHO wants, offers, refuses, accepts or threatens, by issue, in time order.

    Whether two positions differ is decided on their words alone, and is a candidate for a person to judge: reports
    shorten and paraphrase. The other positions on an issue are listed beside it.
    """
    with existing(record) as opened:
        found = queries.positions(opened, who, issue=issue, since=since, until=until)
    if form == "jsonl":
        for line in _changes(found) if changes else _lines(found):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        return
    out = console()
    if changes:
        for change in found.candidates:
            out.print(plain(_heading(change)), style="bold")
            out.print(_table((change.old, change.new)))
    else:
        for topic in found.topics:
            out.print(plain(f"{', '.join(topic.issue)}: {_count(topic)}"), style="bold")
            out.print(_table(topic.stands))
            for change in topic.candidates:
                out.print(plain(f"  {_heading(change)}"))
    _tell_nothing(found, changes)


def _tell_nothing(found: Positions, changes: bool) -> None:
    if not found.topics:
        click.echo("no positions found", err=True)
    elif changes and not found.candidates:
        click.echo("no candidates for changes", err=True)


def _count(topic: Topic) -> str:
    reports = len({stand.report_id for stand in topic.stands})
    return f"{len(topic.stands)} position{'s' * (len(topic.stands) > 1)} in {reports} report{'s' * (reports > 1)}"


def _heading(change: Change) -> str:
    apart = (
        "days unknown" if change.days is None else "the same day" if not change.days else f"{change.days} days apart"
    )
    between = f"{change.old.report_id}:{change.old.id} and {change.new.report_id}:{change.new.id}"
    return f"candidate for a change ({apart}): {change.reason}; {between}"


def _table(stands: tuple[Stand, ...]) -> Table:
    return rows(("when", "stance", "who and what", "told by"), (_row(stand) for stand in stands), wide=2)


def _row(stand: Stand) -> tuple[str, str, str, str]:
    stance = stand.stance if stand.favours or stand.stance in ("refuses", "conditional") else f"{stand.stance} not"
    tied = " (on a condition)" if stand.conditions else ""
    apart = [f" ({plain(each.words, 120)})" for each in stand.conditions if each.words not in stand.words]
    words = plain(stand.words, 200) + "".join(apart)
    return stand.day or "undated", stance + tied, f"{stand.holder}: {words}", plain(stand.teller, 30)


def _lines(found: Positions) -> Iterator[dict[str, Any]]:
    for number, topic in enumerate(found.topics, 1):
        before = {(change.new.report_id, change.new.id): change for change in topic.changes}
        for stand in topic.stands:
            change = before.get((stand.report_id, stand.id))
            since = None if change is None else {
                "kind": change.kind, "reason": change.reason, "days": change.days,
                "report_id": change.old.report_id, "id": change.old.id,
            }  # fmt: skip
            yield {"topic": number, "issue": topic.issue, **msgspec.to_builtins(stand), "before": since}


def _changes(found: Positions) -> Iterator[dict[str, Any]]:
    yield from (msgspec.to_builtins(change) for change in found.candidates)
