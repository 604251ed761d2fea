"""What the reports of some days take back or turn round: candidates for changed positions, notices of corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from onrecord.model import Report, Span
from onrecord.reconcile.linkers import POSITIONS
from onrecord.reconcile.notices import notices
from onrecord.reconcile.position_links import Held, relation
from onrecord.record import tables as t
from onrecord.record.correcting import Entry
from onrecord.record.parts import parts
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.days import Dated, dated
from onrecord.view.near import near
from onrecord.view.told_in import Item, told_in

__all__ = ["ChangedPosition", "Noticed", "changed", "noticed"]

#: The kinds of notices that take most back, these first.
_GRAVEST = ("retraction", "correction", "clarification", "editor's note")


@dataclass(frozen=True, slots=True)
class ChangedPosition:
    """A candidate for a change: two positions of one actor on one issue that do not go together.

    Attributes:
        reason: how the later stands to the earlier, such as "refused, then offers"; `days` between them, if known.
        why: why they are of one actor on one issue.
    """

    reason: str
    days: int | None
    why: str
    new: Item
    report: Dated
    old: Item
    earlier: Dated


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice of a correction, clarification, update or retraction that a report carries: its kind and its words.

    Attributes:
        field, span: where the words stand.
    """

    kind: str
    words: str
    report: Dated
    field: Literal["text", "title"]
    span: Span


def changed(
    record: Record, reports: Mapping[str, Dated], statements: Sequence[Item], since: str
) -> tuple[ChangedPosition, ...]:
    """Candidates of which the later position stands in one of some reports and the earlier in one of an earlier day.

    Each position is laid beside the last of its actor on its issue alone. Nothing but a candidate, for a person to
    judge; those furthest apart come last.

    Args:
        reports: by their ids; `statements` all of theirs.
        since: the day before which a report is earlier.
    """
    own = {item.entry: item for item in statements}
    readings = {name: one.reading_id for name, one in reports.items()}
    links = near(record, POSITIONS, own, most=max(len(own), 1), steps=1, readings=readings)
    with record.reading() as connection:
        others = {entry for link in links for entry in (link.a, link.b)} - own.keys()
        days = {name: one for name, one in dated(connection, (r for r, _ in others)).items() if one.day < since}
        pairs = [
            (mine, other, link.reason)
            for link in links
            for mine, other in ((link.a, link.b), (link.b, link.a))
            if mine in own and other[0] in days
        ]
        held = _held(connection, {entry for mine, other, _ in pairs for entry in (mine, other)})
        found = _turned(pairs, held)
        earlier = _of(days, (old for _, old, *_ in found))
        told = {item.entry: item for item in told_in(connection, earlier, kinds=("statement",))}
    return tuple(
        ChangedPosition(reason, apart, why, own[new], reports[new[0]], told[old], days[old[0]])
        for new, old, reason, apart, why in found
        if old in told
    )


def _of(days: Mapping[str, Dated], entries: Iterable[Entry]) -> list[Dated]:
    return [days[name] for name in sorted({report for report, _ in entries})]


def _turned(
    pairs: Sequence[tuple[Entry, Entry, str]], held: Mapping[Entry, Held]
) -> list[tuple[Entry, Entry, str, int | None, str]]:
    """Of each new position and the last one before it whether the two do not go together."""
    last: dict[Entry, tuple[str, Entry, str]] = {}
    for mine, other, why in pairs:
        if mine in held and other in held:
            at = (held[other].day or "", other, why)
            last[mine] = max(at, last.get(mine, at))
    found = []
    for mine, (_, other, why) in sorted(last.items()):
        between = relation(held[other], held[mine])
        if between.kind == "change" and (between.days is None or between.days >= 0):
            found.append((mine, other, between.reason, between.days, why))
    return sorted(found, key=lambda one: (one[3] is None, one[3] or 0, one[0]))


def _held(connection: Connection, entries: set[Entry]) -> dict[Entry, Held]:
    """What is kept of some positions."""
    traces, n = t.traces.c, t.nodes.c
    found: dict[Entry, Held] = {}
    for some in parts(sorted({report for report, _ in entries})):
        query = (
            select(CURRENT.c.report_id, traces.entry, n.kept)
            .join_from(CURRENT, t.traces, CURRENT.c.reading_id == traces.reading_id)
            .join(t.nodes, n.id == traces.node_id)
            .where(traces.rule == POSITIONS, CURRENT.c.report_id.in_(some))
        )
        for row in connection.execute(query):
            if (row.report_id, row.entry) in entries:
                found[row.report_id, row.entry] = msgspec.json.decode(row.kept, type=Held)
    return found


def noticed(record: Record, reports: Sequence[Dated]) -> tuple[Noticed, ...]:
    """The notices that some reports carry, retractions first, then corrections, else in the order of the reports."""
    home = {one.version_id: one for one in reports}
    v = t.versions.c
    found: dict[str, list[Noticed]] = {}
    with record.reading() as connection:
        for some in parts(sorted(home)):
            query = select(v.id, v.text, v.sha256, v.title, v.publisher, v.published, v.url, v.language, v.credit,
                           v.version, v.report_id).where(v.id.in_(some))  # fmt: skip
            for row in connection.execute(query):
                report = Report(row.report_id, row.version, row.text, row.sha256, row.title, row.publisher,
                                row.published, row.url, row.language, row.credit, ())  # fmt: skip
                whole = {"text": row.text, "title": row.title or ""}
                found[row.report_id] = [
                    Noticed(one.kind, whole[one.field][slice(*one.span)], home[row.id], one.field, one.span)
                    for one in notices(report)
                ]
    told = [one for report in reports for one in found.get(report.report_id, ())]
    return tuple(sorted(told, key=lambda one: _GRAVEST.index(one.kind) if one.kind in _GRAVEST else len(_GRAVEST)))
