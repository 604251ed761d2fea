"""The reports of some days, the newest first, and which days have reports at all; asked through indexes alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from onrecord.errors import InputError
from onrecord.record import tables as t
from onrecord.record.parts import parts
from onrecord.record.views import CURRENT, newest_first

__all__ = ["Dated", "dated", "day_after", "day_before", "days_later", "full_day", "last_day", "reports_of"]

#: How many code points the first words of a report are.
OPENING = 90


@dataclass(frozen=True, slots=True)
class Dated:
    """A report's current version without its text.

    Attributes:
        opening: the first words of its text, for a report without a title.
        day: that of publication; of an undated report that of its arrival.
        version: its digest; `reading_id` and `version_id` are rows of the record.
    """

    report_id: str
    title: str | None
    opening: str
    publisher: str | None
    published: str | None
    day: str
    version: str
    reading_id: int
    version_id: int


def full_day(value: str, *, last: bool = False) -> str:
    """A day, month or year as its first day, or its last.

    Raises:
        InputError: it is none of these.

    Example:
        >>> full_day("1958-02"), full_day("1958-02", last=True), full_day("1958-03-04")
        ('1958-02-01', '1958-02-28', '1958-03-04')
    """
    filled = value + {4: "-01-01", 7: "-01"}.get(len(value), "")
    try:
        found = date.fromisoformat(filled)
    except ValueError:
        found = None
    if found is None or found.isoformat() != filled:  # such as a week's day
        raise InputError(f"{value!r} is no date", "give YYYY, YYYY-MM or YYYY-MM-DD")
    if not last or len(value) > 7:
        return found.isoformat()
    month = 12 if len(value) == 4 else found.month
    following = date(found.year + month // 12, month % 12 + 1, 1) if found.year < 9999 else date(9999, 12, 31)
    return (following - timedelta(days=1)).isoformat()


def days_later(day: str, days: int) -> str:
    """The day some days later, or earlier; the first or last that there is, if it would lie beyond.

    Example:
        >>> days_later("1958-03-01", -1)
        '1958-02-28'
    """
    at = date.fromisoformat(day).toordinal() + days
    return date.fromordinal(min(max(at, 1), date.max.toordinal())).isoformat()


def reports_of(connection: Connection, first: str, last: str, *, most: int) -> tuple[Dated, ...]:
    """The reports from one day to another, the newest first; undated ones by the day of their arrival.

    Args:
        first: a day, month or year; `last` a full day.
        most: how many at most.
    """
    v, end = t.versions.c, days_later(last, 1)
    asked = select(v.id).where(v.published >= first, v.published < end).order_by(newest_first(v.published))
    came = v.received_at
    undated = select(v.id).where(v.published.is_(None), came >= first, came < end).order_by(came.desc())
    found: list[Dated] = []
    for query in (asked, undated):  # versions that are not current any more are passed over, so more are asked for
        rows = connection.execute(query.limit(2 * most)).scalars().all()
        for some in parts(rows):
            found += _found(connection, CURRENT.c.version_id.in_(some))
    return tuple(sorted(found, key=lambda one: (one.day, one.report_id), reverse=True)[:most])


def dated(connection: Connection, reports: Iterable[str]) -> dict[str, Dated]:
    """Some reports by their ids."""
    found: dict[str, Dated] = {}
    for some in parts(sorted(set(reports))):
        found |= {one.report_id: one for one in _found(connection, CURRENT.c.report_id.in_(some))}
    return found


def last_day(connection: Connection) -> str | None:
    """The latest day of publication; that of arrival if no report is dated; None if there is no report."""
    v = t.versions.c
    return _first(connection, v.published, [], newest_first(v.published)) or _first(
        connection, v.received_at, [], v.received_at.desc()
    )


def day_before(connection: Connection, day: str) -> str | None:
    """The last day before this one that has reports."""
    v = t.versions.c
    published = _first(connection, v.published, [v.published < day], newest_first(v.published))
    undated = [v.published.is_(None), v.received_at < day]
    return max(
        filter(None, (published, _first(connection, v.received_at, undated, v.received_at.desc()))), default=None
    )


def day_after(connection: Connection, day: str) -> str | None:
    """The first day after this one that has reports."""
    v, end = t.versions.c, days_later(day, 1)
    published = _first(connection, v.published, [v.published >= end], v.published.nulls_first())
    undated = [v.published.is_(None), v.received_at >= end]
    arrived = _first(connection, v.received_at, undated, v.received_at)
    return min(filter(None, (published, arrived)), default=None)


def _first(connection: Connection, column: Any, where: Sequence[ColumnElement[bool]], order: Any) -> str | None:
    """The day of one report; dates of a month or year alone are no day."""
    query = select(column).where(*where, func.length(column) >= 10).order_by(order).limit(1)
    found: str | None = connection.execute(query).scalar()
    return None if found is None else found[:10]


def _found(connection: Connection, where: ColumnElement[bool]) -> list[Dated]:
    c, v = CURRENT.c, t.versions.c
    query = (
        select(
            c.report_id,
            c.title,
            func.substr(v.text, 1, OPENING).label("opening"),
            c.publisher,
            c.published,
            v.received_at,
            c.version,
            c.reading_id,
            c.version_id,
        )
        .join_from(CURRENT, t.versions, v.id == c.version_id)
        .where(where)
    )
    return [
        Dated(
            report_id=row.report_id, title=row.title, opening=" ".join(row.opening.split()), publisher=row.publisher,
            published=row.published, day=(row.published or row.received_at)[:10], version=row.version,
            reading_id=row.reading_id, version_id=row.version_id,
        )
        for row in connection.execute(query)
    ]  # fmt: skip
