"""When things happened, by the times that the reports state: how many in each year, month or day, and which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeGuard

from sqlalchemy import ColumnElement, Connection, Select, Table, exists, false, func, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES
from onrecord.reconcile.days import Stretch, stretch
from onrecord.record import tables as t
from onrecord.record.rows import STATEMENTS
from onrecord.record.search import published_between
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.counted import starts_words
from onrecord.view.lately import after_all_of, not_sought
from onrecord.view.timeline import Moment, event_moment, statement_moment

__all__ = ["ON_A_PAGE", "Asked", "Bar", "Calendar", "Moments", "Spell", "calendar", "moments"]

Width = Literal["year", "month", "day"]

#: How many moments are counted one by one; of a choice with more, so many over all bars.
MOST = 6_000
#: How many moments are looked at for those of a page.
LOOKED_AT = 10_000
#: How many moments stand on a page, and how many pages there are.
ON_A_PAGE, MOST_PAGES = 50, 100
#: How many years are shown at most, the latest.
_YEARS = 60


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


@dataclass(frozen=True, slots=True)
class Bar:
    """A year, month or day, and how many moments the reports place in it; `more`: there are more than counted."""

    period: str
    moments: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Spell:
    """A stated time that is wider than a bar, such as a month among days, with its days and how many moments it has."""

    value: str
    stretch: Stretch
    moments: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Bars without a gap, in the order of time, each one `width` wide.

    Attributes:
        spells: what is wider than a bar.
        before: bars that lie too far before the others to be one of a row with them.
    """

    width: Width
    bars: tuple[Bar, ...]
    spells: tuple[Spell, ...]
    before: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Moments:
    """A page of moments.

    Attributes:
        looked_to: the stated time up to which all were looked at, where there are too many; else None.
        more: whether there is a further page.
    """

    found: tuple[Moment, ...]
    looked_to: str | None
    more: bool


def calendar(record: Record, asked: Asked) -> Calendar:
    """How many moments the current readings place where; those without a stated time are nowhere.

    Days where at most two months are asked for, months up to three years, else years. Where there are very many, the
    first ones of each bar are counted, and the bar says that there are more.
    """
    with record.reading() as connection:
        known = asked.days
        if known is None:
            return _capped(connection, asked, "year", _years(connection, asked.tables), ())
        width, periods = _bars(*known)
        found = _wide(connection, asked)
        if _number(connection, asked) > MOST:
            return _capped(connection, asked, width, periods, _spells(found, *known))
        for table in asked.tables:
            rows = connection.execute(_counts(table, asked, _within(table, asked)))
            found.update({row.value: row.moments for row in rows})
    return _exact(width, periods, found, *known)


def moments(record: Record, asked: Asked, *, value: str | None = None, page: int = 1) -> Moments:
    """What happened and was said, in the order of the stated times.

    Args:
        asked: without a stretch of time, all times.
        value: only what has just this stated time, as TIMEX3.
        page: from 1.
    """
    page = min(max(page, 1), MOST_PAGES)
    last = page * ON_A_PAGE
    found: list[Moment] = []
    reached: list[str] = []
    with record.reading() as connection:
        for table in asked.tables:
            made = event_moment if table is t.events else statement_moment
            parts = [table.c.time == value] if value is not None else [_within(table, asked), _wider(table, asked)]
            for part in parts:
                found += map(made, connection.execute(_rows(table, asked, part, last + 1)))
            end = _end(connection, table, parts[0]) if asked.is_narrowed else None
            reached += [] if end is None else [end]
    found.sort(key=lambda m: (m.value or "", m.published or "", m.report_id, m.spans[:1]))
    looked_to = min(reached, default=None)
    return Moments(tuple(found[last - ON_A_PAGE : last]), looked_to, len(found) > last and page < MOST_PAGES)


def _within(table: Table, asked: Asked) -> ColumnElement[bool]:
    """Whether the stated time sorts among those asked for."""
    first, last = asked.since or "0", asked.until or "9"
    return (table.c.time >= first) & (table.c.time < after_all_of(last))


def _wider(table: Table, asked: Asked) -> ColumnElement[bool]:
    """Whether the stated time holds some of the days asked for, but does not sort among them."""
    known = asked.days
    return false() if known is None else table.c.time.in_(_holding(asked.since or "", asked.until or "", *known))


def _narrowed(table: Table, asked: Asked, c: ReadOnlyColumnCollection[str, Any]) -> Iterator[ColumnElement[bool]]:
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


def _is_current(reading: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a reading is its report's current one."""
    return exists(select(CURRENT.c.reading_id).where(CURRENT.c.reading_id == reading))


def _number(connection: Connection, asked: Asked) -> int:
    """How many moments sort among those asked for, whatever else is asked, up to some more than `MOST`."""
    number = 0
    for table in asked.tables:
        some = select(table.c.reading_id).where(_within(table, asked)).limit(MOST + 1).subquery()
        number += connection.execute(select(func.count()).select_from(some)).scalar_one()
    return number


def _counts(table: Table, asked: Asked, part: ColumnElement[bool]) -> Select[Any]:
    """How many moments there are of each stated time, without the time of the day."""
    value = func.substr(table.c.time, 1, 11)
    where = (part, *_narrowed(table, asked, table.c), _is_current(table.c.reading_id))
    return select(value.label("value"), func.count().label("moments")).where(*where).group_by(value)


def _wide(connection: Connection, asked: Asked) -> Counter[str]:
    """How many moments there are of each stated time that is wider than what is asked for."""
    found: Counter[str] = Counter()
    for table in asked.tables:
        few = select(table).where(_wider(table, asked)).limit(MOST).subquery("few")
        where = (*_narrowed(table, asked, few.c), _is_current(few.c.reading_id))
        counts = select(few.c.time, func.count().label("moments")).where(*where).group_by(few.c.time)
        rows = connection.execute(counts)
        found.update({row.time: row.moments for row in rows})
    return found


def _rows(table: Table, asked: Asked, part: ColumnElement[bool], most: int) -> Select[Any]:
    """The first rows, with what their report says of itself."""
    order = "time", "reading_id", "id"
    looked = select(table).where(part).order_by(*(table.c[name] for name in order)).limit(LOOKED_AT).subquery("looked")
    where = (*_narrowed(table, asked, looked.c), _is_current(looked.c.reading_id))
    few = select(looked).where(*where).limit(most).subquery("few")
    n = CURRENT.c
    of_report = n.report_id, n.version, n.publisher, n.published, n.title
    if table is t.events:
        places = t.places.c
        joined = (places.reading_id == few.c.reading_id) & (places.id == few.c.place_id)
        query = select(few, *of_report, places.precision.label("place_precision"))
        return query.join_from(few, CURRENT, n.reading_id == few.c.reading_id).join(t.places, joined, isouter=True)
    outer = t.attributions.alias("outer_one")
    joined = (outer.c.reading_id == few.c.reading_id) & (outer.c.id == few.c.within_id)
    query = select(few, *of_report, outer.c.speaker.label("outer_speaker"))
    return query.join_from(few, CURRENT, n.reading_id == few.c.reading_id).join(outer, joined, isouter=True)


def _end(connection: Connection, table: Table, part: ColumnElement[bool]) -> str | None:
    """The stated time of the last moment that is looked at, if there are further ones."""
    query = select(table.c.time).where(part).order_by(table.c.time).offset(LOOKED_AT).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found


def _years(connection: Connection, tables: tuple[Table, ...]) -> list[str]:
    """The latest years that moments have, each found through the index of times."""
    found: set[str] = set()
    for table in tables:
        below = ":"
        for _ in range(_YEARS):
            query = select(func.max(table.c.time)).where(table.c.time >= "1000", table.c.time < below)
            latest: str | None = connection.execute(query).scalar()
            if latest is None:
                break
            below = latest[:4]
            found |= {below} if below.isdecimal() else set()
    return sorted(found)[-_YEARS:]


def _capped(connection: Connection, asked: Asked, width: Width, periods: Sequence[str], spells: tuple[Spell, ...]
            ) -> Calendar:  # fmt: skip
    """Bars of which the first moments are counted."""
    each = next(number for number in (500, 200, 100, 50) if number * len(periods) <= MOST or number == 50)
    bars = []
    for period in periods:
        number, more = 0, False
        for table in asked.tables:
            part = _within(table, replace(asked, since=period, until=period))
            looked = select(table).where(part).order_by(table.c.time).limit(each).subquery("looked")
            where = (*_narrowed(table, asked, looked.c), _is_current(looked.c.reading_id))
            number += connection.execute(select(func.count()).select_from(looked).where(*where)).scalar_one()
            some = select(table.c.reading_id).where(part).limit(each + 1).subquery()
            more |= connection.execute(select(func.count()).select_from(some)).scalar_one() > each
        bars.append(Bar(period, number, more))
    return _in_a_row(bars) if asked.days is None else Calendar(width, tuple(bars), spells)


def _in_a_row(found: Sequence[Bar]) -> Calendar:
    """The years with those between them; the latest alone where they lie far apart."""
    years = {int(bar.period): bar for bar in found if bar.moments or bar.more}
    if not years:
        return Calendar("year", (), ())
    last = max(years)
    first = min(year for year in years if year > last - _YEARS)
    row = tuple(years.get(year, Bar(f"{year:04}", 0)) for year in range(first, last + 1))
    return Calendar("year", row, (), tuple(bar for year, bar in sorted(years.items()) if year < first))


def _exact(width: Width, periods: Sequence[str], found: Counter[str], first: date, last: date) -> Calendar:
    bars = dict.fromkeys(periods, 0)
    rest: Counter[str] = Counter()
    for value, number in found.items():
        known = stretch(value.removesuffix("T"))
        if known is None:
            continue
        of_first, of_last = (day.isoformat()[: len(periods[0])] for day in (known.first, known.last))
        if of_first == of_last and of_first in bars:
            bars[of_first] += number
        else:
            rest[value.removesuffix("T")] += number
    return Calendar(width, tuple(Bar(period, n) for period, n in bars.items()), _spells(rest, first, last))


def _spells(found: Counter[str], first: date, last: date) -> tuple[Spell, ...]:
    made = [Spell(value, known, n) for value, n in found.items() if _meets(known := stretch(value), first, last)]
    return tuple(sorted(made, key=lambda one: (one.stretch.first, one.stretch.last, one.value)))


def _bars(first: date, last: date) -> tuple[Width, list[str]]:
    """What a bar stands for, and the years, months or days from a first to a last day."""
    days = (last - first).days
    width: Width = "day" if days <= 62 else "month" if days <= 3 * 366 else "year"
    if width == "year":
        return width, [f"{year:04}" for year in range(first.year, last.year + 1)][-_YEARS:]
    length = 10 if width == "day" else 7
    made = (date.fromordinal(n).isoformat()[:length] for n in range(first.toordinal(), last.toordinal() + 1))
    return width, list(dict.fromkeys(made))


def _holding(since: str, until: str, first: date, last: date) -> list[str]:
    """The values that may stand for a stretch of time that holds some of the days, but do not sort among them."""
    made = {f"{first.year // 10}", f"{first.year // 10}X", f"{first.year // 100}", f"{first.year // 100}XX"}
    if (last - first).days <= 3 * 366:
        parts = ("", "-SP", "-SU", "-FA", "-WI", "-Q1", "-Q2", "-Q3", "-Q4", "-H1", "-H2")
        made |= {f"{year}{part}" for year in range(first.year - 1, last.year + 1) for part in parts}
        weeks = {date.fromordinal(n).isocalendar()[:2] for n in range(first.toordinal(), last.toordinal() + 6, 5)}
        made |= {f"{year}-W{week:02}{end}" for year, week in weeks for end in ("", "-WE")}
        made |= {f"{day.year}-{day.month:02}" for day in (first, last)}
    outside = {value for value in made if not since <= value < after_all_of(until)}
    return sorted(value for value in outside if _meets(stretch(value), first, last))


def _meets(known: Stretch | None, first: date, last: date) -> TypeGuard[Stretch]:
    return known is not None and known.first <= last and known.last >= first
