"""When things happened, by the times that the reports state: how many in each year, month or day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select

from onrecord.reconcile.days import Stretch, stretch
from onrecord.record.store import Record
from onrecord.view.times_asked import Asked, is_current, meets, narrowed, wider, within

__all__ = ["Bar", "Calendar", "Spell", "calendar"]

Width = Literal["year", "month", "day"]

#: How many moments are counted one by one; of a choice with more, so many over all bars.
MOST = 6_000
#: How many of a bar are counted then: the most that all bars can have.
_EACH = (500, 200, 100, 50)
#: How many years are shown at most, the latest.
_YEARS = 60


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


def calendar(record: Record, asked: Asked) -> Calendar:
    """How many moments the current readings place where; those without a stated time are nowhere.

    Days where at most two months are asked for, months up to three years, else years. Where there are very many, the
    first ones of each bar are counted, and the bar says that there are more.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     [bar.period for bar in calendar(record, Asked("1962-12-30", "1963-01")).bars][:3]
        ['1962-12-30', '1962-12-31', '1963-01-01']
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
            rows = connection.execute(_counts(table, asked, within(table, asked)))
            found.update({row.value: row.moments for row in rows})
    return _exact(width, periods, found, *known)


def _number(connection: Connection, asked: Asked) -> int:
    """How many moments sort among those asked for, whatever else is asked, up to some more than `MOST`."""
    number = 0
    for table in asked.tables:
        some = select(table.c.reading_id).where(within(table, asked)).limit(MOST + 1).subquery()
        number += connection.execute(select(func.count()).select_from(some)).scalar_one()
    return number


def _counts(table: Table, asked: Asked, part: ColumnElement[bool]) -> Select[Any]:
    """How many moments there are of each stated time, without the time of the day."""
    value = func.substr(table.c.time, 1, 11)
    where = (part, *narrowed(table, asked, table.c), is_current(table.c.reading_id))
    return select(value.label("value"), func.count().label("moments")).where(*where).group_by(value)


def _wide(connection: Connection, asked: Asked) -> Counter[str]:
    """How many moments there are of each stated time that is wider than what is asked for."""
    found: Counter[str] = Counter()
    for table in asked.tables:
        few = select(table).where(wider(table, asked)).limit(MOST).subquery("few")
        where = (*narrowed(table, asked, few.c), is_current(few.c.reading_id))
        counts = select(few.c.time, func.count().label("moments")).where(*where).group_by(few.c.time)
        rows = connection.execute(counts)
        found.update({row.time: row.moments for row in rows})
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
            found |= {below} if re.fullmatch(r"\d{4}", below) else set()  # a decade or a century is no year
    return sorted(found)[-_YEARS:]


def _capped(connection: Connection, asked: Asked, width: Width, periods: Sequence[str], spells: tuple[Spell, ...]
            ) -> Calendar:  # fmt: skip
    """Bars of which the first moments are counted."""
    each = next((number for number in _EACH if number * len(periods) <= MOST), _EACH[-1])
    bars = []
    for period in periods:
        number, more = 0, False
        for table in asked.tables:
            part = within(table, replace(asked, since=period, until=period))
            looked = select(table).where(part).order_by(table.c.time).limit(each).subquery("looked")
            where = (*narrowed(table, asked, looked.c), is_current(looked.c.reading_id))
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
    made = [Spell(value, known, n) for value, n in found.items() if meets(known := stretch(value), first, last)]
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
