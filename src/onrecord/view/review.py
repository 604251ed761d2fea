"""What to look at first: entries of the current readings that nobody has decided about, the most useful to check first.

The queue goes through the record in stretches of reports, those that came last first, so that it takes as long in a
large record as in a small one. Within a stretch each entry has points, by `onrecord.view.review_points`; the reasons
say for what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Connection, Select, exists, func, literal, select, union_all

from onrecord.errors import InputError
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.names import key
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.review_points import REASONS, Criteria, criteria, points

__all__ = ["KINDS", "REPORTS", "Kind", "Queue", "Waiting", "queue"]

Kind = Literal["statement", "event", "figure", "name", "time", "place"]

#: The kinds of entry, with their tables; the first three are asked for unless others are.
KINDS = MappingProxyType({
    "statement": t.attributions, "event": t.events, "figure": t.figures,
    "name": t.entities, "time": t.times, "place": t.places,
})  # fmt: skip
#: How many reports are one stretch of the queue.
REPORTS = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that waits for a person.

    Attributes:
        words: on which it stands; the name of an entity.
        confidence: as estimated, 0 to 1; None where none is given.
        points: how useful a look is; `reasons` why, in words.
    """

    report_id: str
    entry: str
    kind: Kind
    words: str
    publisher: str | None
    published: str | None
    title: str | None
    confidence: float | None
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue.

    Attributes:
        entries: those of this page; `total` how many of the stretch wait.
        reports: how many reports the stretch has.
        older: where the next stretch begins; None where this is the last.
    """

    entries: tuple[Waiting, ...]
    total: int
    reports: int
    older: int | None


def queue(
    record: Record,
    *,
    kinds: Sequence[Kind] = ("statement", "event", "figure"),
    report: str | None = None,
    outlet: str | None = None,
    below: float | None = None,
    before: int | None = None,
    skip: int = 0,
    limit: int = 50,
) -> Queue:
    """The entries that wait in one stretch of reports, by points; of as many, later reports and earlier words first.

    Args:
        kinds: of which kinds.
        report: of this report alone.
        outlet: of reports of this publisher alone.
        below: only those with a confidence under it; figures have none.
        before: where the stretch begins, from an earlier `older`; at the report that came last, unless given.
        skip: how many of the first entries to leave out.
        limit: how many entries to give at most.

    Raises:
        InputError: there is no such kind.
        RecordError: there is no such report.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.record.store import Record
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     queue(record).entries
        ()
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise InputError(f"there is no kind {unknown[0]!r}", f"give one of {', '.join(KINDS)}")
    with record.reading() as connection:
        rows = _stretch(connection, report, outlet, before)
        some, older = rows[:REPORTS], rows[REPORTS - 1].version_id if len(rows) > REPORTS else None
        of = {row.reading_id: row for row in some}
        if not of or not kinds:
            return Queue((), 0, len(of), older)
        wanted = union_all(*(_waiting(kind, sorted(of), below) for kind in kinds)).subquery()
        worth = points(wanted)
        query = (
            select(wanted, worth.label("points"), func.count().over().label("total"))
            .join(t.readings, t.readings.c.id == wanted.c.reading_id)
            .order_by(worth.desc(), t.readings.c.version_id.desc(), wanted.c.start, wanted.c.id)
            .limit(limit)
            .offset(skip)
        )
        found = connection.execute(query).all()
        if found or not skip:
            total = found[0].total if found else 0
        else:
            total = connection.execute(select(func.count()).select_from(wanted)).scalar_one()
    return Queue(tuple(_made(row, of[row.reading_id]) for row in found), total, len(of), older)


def _stretch(connection: Connection, report: str | None, outlet: str | None, before: int | None) -> Sequence[Any]:
    """The current readings of one stretch, and of one report more if there is any."""
    c = CURRENT.c
    query = select(c.reading_id, c.version_id, c.report_id, c.publisher, c.published, c.title)
    if report is not None:
        return connection.execute(query.where(c.report_id == finding.report_id(connection, report))).all()
    if outlet is not None:
        query = query.where(c.publisher_key == key(outlet))
    if before is not None:
        query = query.where(c.version_id < before)
    return connection.execute(query.order_by(c.version_id.desc()).limit(REPORTS + 1)).all()


def _waiting(kind: Kind, readings: Sequence[int], below: float | None) -> Select[Any]:
    """The entries of a kind in some readings about which nobody has decided, with their points."""
    table = KINDS[kind]
    c, p = table.c, t.placements.c
    asked = criteria(kind)
    decided = exists().where(p.reading_id == c.reading_id, p.entry == c.id, p.status == "applied")
    query = select(
        literal(kind).label("kind"), c.reading_id, c.id, asked.words.label("words"), asked.start.label("start"),
        asked.confidence.label("confidence"), asked.what.label("what"),
        *(asked.points[name].label(name) for name in Criteria.NAMES),
    ).where(c.reading_id.in_(readings), ~decided)  # fmt: skip
    if kind == "statement":
        query = query.where(t.attributions.c.manner.in_(("said", "written")))
    return query if below is None else query.where(asked.confidence < below)


def _made(row: Any, report: Any) -> Waiting:
    reasons = tuple(REASONS[name](n, row) for name in Criteria.NAMES if (n := getattr(row, name)))
    return Waiting(report.report_id, row.id, row.kind, row.words or "", report.publisher, report.published,
                   report.title, row.confidence, row.points, reasons)  # fmt: skip
