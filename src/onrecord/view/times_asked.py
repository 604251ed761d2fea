"""What is asked about stated times, and the conditions of it in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from sqlalchemy import ColumnElement, Table, exists, false, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES
from onrecord.reconcile.days import Stretch, stretch
from onrecord.record import tables as t
from onrecord.record.rows import STATEMENTS
from onrecord.record.search import published_between
from onrecord.record.views import CURRENT
from onrecord.view.counted import starts_words
from onrecord.view.lately import after_all_of, not_sought

__all__ = ["Asked", "is_current", "meets", "narrowed", "wider", "within"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a calendar.

    Attributes:
        since, until: first and last day, month or year; both or neither.
        who: beginnings of words in the names of actors, recipients or speakers.
        place: beginnings of words in the event's place; leaves statements out, and so does `event_type`.
        statements: whether statements are wanted, if the report states when they were made.
    """

    since: str | None = None
    until: str | None = None
    who: str | None = None
    place: str | None = None
    event_type: str | None = None
    statements: bool = True

    def __post_init__(self) -> None:
        if self.event_type is not None and self.event_type.upper() not in EVENT_TYPES:
            raise InputError(f"{self.event_type!r} is no event type", f"give one of {', '.join(EVENT_TYPES)}")
        published_between(self.since, self.until)
        if (self.since is None) != (self.until is None):
            raise InputError("only one end of a stretch of time is given", "give both, or neither")
        if self.days is None and self.since is not None:
            raise InputError("there is no such day, or it ends before it begins", "give YYYY, YYYY-MM or YYYY-MM-DD")

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day."""
        first, last = stretch(self.since), stretch(self.until)
        if first is None or last is None or first.first > last.last:
            return None
        return first.first, last.last

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a stretch of time is asked for."""
        return any(given is not None for given in (self.who, self.place, self.event_type))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that are asked."""
        both = self.statements and self.place is None and self.event_type is None
        return (t.events, t.attributions) if both else (t.events,)


def within(table: Table, asked: Asked) -> ColumnElement[bool]:
    """Whether the stated time sorts among those asked for."""
    first, last = asked.since or "0", asked.until or "9"
    return (table.c.time >= first) & (table.c.time < after_all_of(last))


def wider(table: Table, asked: Asked) -> ColumnElement[bool]:
    """Whether the stated time holds some of the days asked for, but does not sort among them."""
    known = asked.days
    return false() if known is None else table.c.time.in_(_holding(asked.since or "", asked.until or "", *known))


def narrowed(table: Table, asked: Asked, c: ReadOnlyColumnCollection[str, Any]) -> Iterator[ColumnElement[bool]]:
    """What else is asked, of a table or of a part of it with these columns."""
    if table is t.attributions:
        yield c.manner.in_(STATEMENTS)
        if asked.who is not None:
            yield starts_words(c.speaker, asked.who)
        return
    if asked.who is not None:
        yield starts_words(c.actors, asked.who) | starts_words(c.recipients, asked.who)
    if asked.place is not None:
        yield starts_words(c.place, asked.place)
    if asked.event_type is not None:
        yield not_sought(c.type) == asked.event_type.upper()


def is_current(reading: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a reading is its report's current one."""
    return exists(select(CURRENT.c.reading_id).where(CURRENT.c.reading_id == reading))


def meets(known: Stretch | None, first: date, last: date) -> TypeGuard[Stretch]:
    """Whether a stretch and some days have a day in common."""
    return known is not None and known.first <= last and known.last >= first


def _holding(since: str, until: str, first: date, last: date) -> list[str]:
    """The values that may stand for a stretch of time that holds some of the days, but do not sort among them."""
    made = {f"{first.year // 10}", f"{first.year // 10}X", f"{first.year // 100}", f"{first.year // 100}XX"}
    if (last - first).days <= 3 * 366:
        parts = ("", "-SP", "-SU", "-FA", "-WI", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2")
        made |= {f"{year}{part}" for year in range(first.year - 1, last.year + 1) for part in parts}
        days = range(first.toordinal(), min(last.toordinal() + 6, date.max.toordinal() + 1), 5)
        weeks = {date.fromordinal(n).isocalendar()[:2] for n in days}
        made |= {f"{year}-W{week:02}{end}" for year, week in weeks for end in ("", "-WE")}
        made |= {f"{day.year}-{day.month:02}" for day in (first, last)}
    outside = {value for value in made if not since <= value < after_all_of(until)}
    return sorted(value for value in outside if meets(stretch(value), first, last))
