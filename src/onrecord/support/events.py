"""The events of a record by the days that they may be of, and the rows of another data set beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Connection, select

from onrecord.reconcile.days import stretch
from onrecord.reconcile.sentences import sentences
from onrecord.record import tables as t
from onrecord.record.parts import parts
from onrecord.record.store import Record
from onrecord.record.views import HAPPENINGS
from onrecord.support.matching import DAYS_APART, REPORTED_WITHIN, Fit, Told, best, fit
from onrecord.support.rows import Row

__all__ = ["sentence_around", "sentences_of", "supported"]

#: A stated time that is wider, in days, places no event.
WIDEST = 31
_REAL = ("happened", "ongoing")
_PRECISE = ("address", "settlement")


def supported(record: Record, rows: Iterable[Row], *, most: int = 20) -> Iterator[tuple[Row, tuple[Fit, ...]]]:
    """Each row with the record's events that may be it, the best first.

    Only events that are told as happened or ongoing count, by the current readings. An event is looked at for a row if
    its stated time, or without one the days before its report's publication, may be the row's day.

    Args:
        most: how many events a row gets at most.
    """
    by_day: dict[int, list[Told]] = defaultdict(list)
    with record.reading() as connection:
        for told in _events(connection):
            for day in _possible(told):
                by_day[day].append(told)
    for row in rows:
        near = range(row.days[0].toordinal(), row.days[1].toordinal() + 1)
        found = {(told.version, told.id): told for day in near for told in by_day.get(day, ())}
        yield row, tuple(best((fit(row, told) for told in found.values()), most))


def _possible(told: Told) -> range:
    """The days, as ordinals, for which an event is looked at."""
    if told.days is not None:
        first, last = (day.toordinal() for day in told.days)
        return range(first - DAYS_APART, last + DAYS_APART + 1) if last - first <= WIDEST else range(0)
    if told.published is None:
        return range(0)
    day = told.published.toordinal()
    return range(day - REPORTED_WITHIN, day + DAYS_APART + 1)


def _events(connection: Connection) -> Iterator[Told]:
    h, p = HAPPENINGS.c, t.places.c
    query = (
        select(HAPPENINGS, p.lat, p.lon, p.precision, p.admin)
        .join_from(HAPPENINGS, t.places, (p.reading_id == h.reading_id) & (p.id == h.place_id), isouter=True)
        .where(h.modality.in_(_REAL))
    )
    for row in connection.execute(query):
        found = stretch(row.time)
        yield Told(
            report=row.report_id, version=row.version, id=row.id, type=row.type, modality=row.modality,
            days=(found.first, found.last) if found is not None else None,
            published=date.fromisoformat(row.published[:10]) if row.published else None, place=row.place,
            admin=tuple(row.admin.split("; ")) if row.admin else (),
            point=(row.lat, row.lon) if row.lat is not None and row.lon is not None else None,
            precise=row.precision in _PRECISE,
            parties=tuple(name for cell in (row.actors, row.recipients) if cell for name in cell.split("; ")),
            voice=row.voice_name or row.voice, publisher=row.publisher, words=row.trigger_words, start=row.start,
            stop=row.stop,
        )  # fmt: skip


def sentences_of(record: Record, told: Iterable[Told]) -> dict[tuple[str, str], str]:
    """The sentence that each event stands in, to the character, by version and id."""
    wanted: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        wanted[each.version].append(each)
    found: dict[tuple[str, str], str] = {}
    with record.reading() as connection:
        for some in parts(sorted(wanted), 50):
            query = select(t.versions.c.version, t.versions.c.text).where(t.versions.c.version.in_(some))
            for row in connection.execute(query):
                for each in wanted[row.version]:
                    found[each.version, each.id] = sentence_around(row.text, each.start)
    return found


def sentence_around(text: str, offset: int) -> str:
    """The sentence that holds an offset.

    Example:
        >>> sentence_around("Guns fell silent. Talks began on Monday.", 20)
        'Talks began on Monday.'
    """
    return next((text[start:end] for start, end in sentences(text) if start <= offset < end), "").strip()
