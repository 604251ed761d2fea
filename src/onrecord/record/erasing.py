"""What there is of a report, or of some of its versions, in every table of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, delete, or_, select

from onrecord.record import tables as t
from onrecord.record.corrections import Draft
from onrecord.record.databases import database
from onrecord.record.parts import parts

__all__ = ["ERASED", "Held", "erase", "held"]

#: The tables from which rows are erased, those first that refer to others.
ERASED: tuple[Table, ...] = (
    t.placements, t.corrected, *t.ANNOTATIONS, t.links, t.node_keys, t.traces, t.traced, t.nodes, t.corrections,
    t.readings, t.versions, t.originals, t.reports,
)  # fmt: skip

_DRAFT = msgspec.json.Decoder(Draft)


@dataclass(frozen=True, slots=True)
class Held:
    """Ids of what there is of some versions of a report.

    Attributes:
        report: the report itself, if nothing is left of it; else None.
        readings: of these versions, and those of others into which one of the corrections was put.
        corrections: that were made on these versions, or join the report to others; with what undid them.
        originals: that no other version was read from.
        nodes: what links are made from, of no other reading.
    """

    report: str | None
    versions: tuple[int, ...]
    readings: tuple[int, ...]
    corrections: tuple[int, ...]
    originals: tuple[str, ...]
    nodes: tuple[int, ...]
    statements: tuple[int, ...]


def held(connection: Connection, report: str, versions: Collection[int]) -> Held:
    """What there is of these versions of a report; of all of it, if they are all that it has."""
    v, r, o = t.versions.c, t.readings.c, t.originals.c
    chosen = tuple(sorted(versions))
    known = connection.execute(select(v.id, v.version).where(v.report_id == report)).all()
    whole = len(known) == len(chosen)
    about = _corrections(connection, report, None if whole else {row.version for row in known if row.id in versions})
    readings = set(connection.execute(select(r.id).where(r.version_id.in_(chosen))).scalars())
    if about and not whole:
        k = t.corrected.c
        put = select(k.reading_id).join_from(t.corrected, t.readings, r.id == k.reading_id).join(t.versions)
        readings |= set(connection.execute(put.where(v.report_id == report, k.last_correction >= about[0])).scalars())
    others = select(v.id).where(v.original_sha256 == o.sha256, v.id.not_in(chosen)).exists()
    mine = select(v.original_sha256).where(v.id.in_(chosen))
    originals = select(o.sha256).where(o.sha256.in_(mine), ~others).order_by(o.sha256)
    return Held(
        report if whole else None, chosen, tuple(sorted(readings)), about,
        tuple(connection.execute(originals).scalars()), tuple(_nodes(connection, sorted(readings))),
        tuple(_all(connection, sorted(readings), select(t.attributions.c.key), t.attributions.c.reading_id)),
    )  # fmt: skip


def _all(connection: Connection, ids: Sequence[Any], query: Select[Any], column: Any) -> Iterator[Any]:
    for some in parts(ids):
        yield from connection.execute(query.where(column.in_(some))).scalars().all()


def _corrections(connection: Connection, report: str, versions: set[str] | None) -> tuple[int, ...]:
    """Numbers of the corrections that quote a report, or these versions of it, and of those that undo them."""
    c = t.corrections.c
    query = select(c.id, c.draft, c.undoes).order_by(c.id)
    found: set[int] = set()
    for row in connection.execute(query.where(or_(c.report_id == report, c.other_report_id == report))).all():
        made = _DRAFT.decode(row.draft)
        quoted = (one for one in (made.target, made.other, *made.refers) if one and one.report == report)
        if versions is None or row.undoes in found or any(one.version in versions for one in quoted):
            found.add(row.id)
    while more := _undoing(connection, found):
        found |= more
    return tuple(sorted(found))


def _undoing(connection: Connection, found: Iterable[int]) -> set[int]:
    """Numbers of the corrections that undo some, and are not among them."""
    c, known = t.corrections.c, set(found)
    return set(_all(connection, sorted(known), select(c.id), c.undoes)) - known


def _nodes(connection: Connection, readings: Sequence[int]) -> list[int]:
    """The nodes that were kept of these readings and of no others."""
    traces = t.traces.c
    known = set(_all(connection, readings, select(traces.node_id), traces.reading_id))
    of = set(readings)
    elsewhere = {
        row.node_id
        for some in parts(sorted(known))
        for row in connection.execute(select(traces.node_id, traces.reading_id).where(traces.node_id.in_(some)))
        if row.reading_id not in of
    }
    return sorted(known - elsewhere)


def erase(connection: Connection, what: Held) -> None:
    """Erase it, in a transaction that is let to; see `onrecord.record.databases.Database.erasing`."""
    k = t.links.c
    columns: tuple[tuple[Any, Sequence[Any]], ...] = (
        (t.placements.c.reading_id, what.readings),
        (t.corrected.c.reading_id, what.readings),
        *((table.c.reading_id, what.readings) for table in t.ANNOTATIONS),
        (k.a, what.nodes),
        (k.b, what.nodes),
        (t.node_keys.c.node_id, what.nodes),
        (t.traces.c.reading_id, what.readings),
        (t.traced.c.reading_id, what.readings),
        (t.nodes.c.id, what.nodes),
        (t.corrections.c.id, what.corrections),
        (t.readings.c.id, what.readings),
        (t.versions.c.id, what.versions),
        (t.originals.c.sha256, what.originals),
        (t.reports.c.id, [what.report] if what.report is not None else []),
    )
    for column, ids in columns:
        for some in parts(ids):
            connection.execute(delete(column.table).where(column.in_(some)))
    own = database(connection)
    own.unindexed(connection, "report_words", what.versions)
    own.unindexed(connection, "statement_words", what.statements)
