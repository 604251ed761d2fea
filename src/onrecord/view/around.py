"""The series around one figure: what counts the same, by claimant over time, without a look at the whole record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from onrecord.errors import RecordError
from onrecord.reconcile.linkers import FIGURES
from onrecord.reconcile.series import Subject, subjects, total
from onrecord.reconcile.tallies import COMPARED, Tally
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.correcting import Entry
from onrecord.record.parts import parts
from onrecord.record.store import Record
from onrecord.record.views import COUNTS, CURRENT, newest_first
from onrecord.view.figures import Count, count
from onrecord.view.near import near

__all__ = ["MOST", "Around", "around"]

#: How many figures are looked at, the nearest first.
MOST = 200


@dataclass(frozen=True, slots=True)
class Around:
    """A figure and what counts the same.

    Attributes:
        count: the figure itself.
        subject: the numbers of each claimant over time; None where it cannot be compared, or no trace of it is kept.
        why_alone: why there is no subject, in words; empty where there is one.
        cut: whether more figures may belong to it than were looked at.
    """

    count: Count
    subject: Subject | None
    why_alone: str
    cut: bool


def around(record: Record, report_id: str, figure: str) -> Around:
    """The series that a figure belongs to. Reports that are not linked yet are not in it: `reconcile` links them.

    Args:
        report_id: any of the report's ids.
        figure: the figure's id in its current reading.

    Raises:
        RecordError: there is no such report, or it has no such figure.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.reconciling import reconcile
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> told = {"a": "Rebels shelled the port of Anselm on Tuesday, 4 May 1971. 14 soldiers died there.",
        ...         "b": "On Tuesday, 4 May 1971, rebels shelled the port of Anselm, killing 14 soldiers."}
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     for one, text in told.items():
        ...         kept = Original(f"/{one}", "text/plain", "utf-8", text.encode(), ())
        ...         read = onrecord.annotate(text, id=one, models=False)
        ...         made = record.add(Received(report(text, id=one), kept), read)
        ...     linked = list(reconcile(record))
        ...     found = around(record, "a", "f1")
        ...     found.count.words, [point.report for one in found.subject.series for point in one.points]
        ('14', ['a', 'b'])
    """
    with record.reading() as connection:
        report = finding.report_id(connection, report_id)
        asked = _count(connection, report, figure)
        entries = {(report, figure)} | set(_beside(connection, asked))
    made = near(record, FIGURES, entries, most=MOST)
    entries |= {entry for link in made for entry in (link.a, link.b)}
    with record.reading() as connection:
        kept = {(one.report, one.entry): one for one in _tallies(connection, sorted(entries)[: 2 * MOST])}
        own = kept.get((report, figure))
        if own is not None and total(own) is not None:
            kept |= {(one.report, one.entry): one for one in _tallies(connection, _totals(connection, asked))}
    found = next((one for one in subjects(kept.values(), made) if _holds(one, (report, figure))), None)
    return Around(asked, found, "" if found else _why_alone(asked, own), cut=len(entries) >= MOST)


def _why_alone(asked: Count, own: Tally | None) -> str:
    if asked.unit not in COMPARED:
        return f"Numbers of {asked.unit} are not compared over reports: too much goes by that word."
    if asked.low is None and asked.high is None:
        return "Its words give no bound that could be compared."
    if own is None:
        return "Its report has not been linked with the others yet: reconcile does that."
    told = "a part, an addition, of another event, or less than another number beside it"
    return f"By its words it is {told}: such numbers are not compared."


def _holds(subject: Subject, entry: Entry) -> bool:
    return any((point.report, point.entry) == entry for one in subject.series for point in one.points)


def _count(connection: Connection, report: str, figure: str) -> Count:
    c = COUNTS.c
    row = connection.execute(select(COUNTS).where(c.report_id == report, c.id == figure)).first()
    if row is None:
        raise RecordError(f"the report has no figure {figure!r}", "go to the report to see which it has")
    return count(row)


def _beside(connection: Connection, asked: Count) -> Iterator[Entry]:
    """Figures of the same report and unit: another claimant's number for the same may stand there."""
    c = COUNTS.c
    query = select(c.id).where(c.report_id == asked.report_id, c.unit == asked.unit).order_by(c.start, c.id)
    yield from ((asked.report_id, name) for name in connection.execute(query.limit(20)).scalars())


def _totals(connection: Connection, asked: Count) -> list[Entry]:
    """Running totals that may be of the same time and place, which no link joins: the newest."""
    c = COUNTS.c
    query = select(c.report_id, c.id).where(c.unit == asked.unit, c.period.is_not(None))
    if asked.place is not None:
        query = query.where(c.place == asked.place)
    query = query.order_by(newest_first(c.published), c.report_id, c.id).limit(MOST)
    return [(row.report_id, row.id) for row in connection.execute(query)]


def _tallies(connection: Connection, entries: Iterable[Entry]) -> Iterator[Tally]:
    """What is kept of some figures of current readings."""
    traces, n, c = t.traces.c, t.nodes.c, CURRENT.c
    wanted = set(entries)
    reports = sorted({report for report, _ in wanted})
    for some in parts(reports):
        query = (
            select(c.report_id, traces.entry, n.kept)
            .join_from(CURRENT, t.traces, c.reading_id == traces.reading_id)
            .join(t.nodes, n.id == traces.node_id)
            .where(traces.rule == FIGURES, c.report_id.in_(some))
        )
        for row in connection.execute(query):
            if (row.report_id, row.entry) in wanted:
                yield msgspec.json.decode(row.kept, type=Tally)
