"""What stretch of days a TIMEX3 value stands for, so that times of different precision can be put in order."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

__all__ = ["DatePrecision", "Stretch", "ordinal", "stretch", "stretches"]

DatePrecision = Literal[
    "time", "part of day", "day", "weekend", "week", "month", "season", "quarter", "half-year", "year", "decade",
    "century",
]  # fmt: skip

_Made = Callable[[re.Match[str]], "Stretch"]

# Meteorological seasons of the north, which news in English means unless it says otherwise; winter starts in its year.
_SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The first and last day that a value may mean, and how precise it is."""

    first: date
    last: date
    precision: DatePrecision


def stretch(value: str | None) -> Stretch | None:
    """The days that a TIMEX3 value stands for; None for what is no place in time: durations, sets, "PAST_REF".

    Values are those of TimeML 1.2.1 and of HeidelTime (weeks, weekends, seasons, quarters, halves, decades).

    Example:
        >>> found = stretch("1962-10")
        >>> found.first.isoformat(), found.last.isoformat(), found.precision
        ('1962-10-01', '1962-10-31', 'month')
        >>> [stretch(value) for value in ("P3D", "XXXX-10-22", "1962-13", "9999-W52")]
        [None, None, None, None]
    """
    for pattern, made in _FORMS:
        if match := pattern.fullmatch(value or ""):
            try:
                return made(match)
            except (ValueError, OverflowError):  # no such day or week, or one that ends after the last year
                return None
    return None


def ordinal(day: str | None) -> int | None:
    """The number of a day (proleptic Gregorian ordinal) that an ISO 8601 date or time begins with; None if it has none.

    Example:
        >>> ordinal("2022-05-03T06:00+02:00"), ordinal("2022-05"), ordinal(None)
        (738278, None, None)
    """
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def stretches(day: int | None, days: int) -> tuple[str, ...]:
    """The stretch of so many days that holds a day, and the next, as parts of keys; "undated" for no day.

    Two days that are not further apart than so many days have one in common.

    Example:
        >>> stretches(738278, 30), stretches(738290, 30), stretches(None, 30)
        (('24609', '24610'), ('24609', '24610'), ('undated',))
    """
    return ("undated",) if day is None else (str(day // days), str(day // days + 1))


def _moment(match: re.Match[str]) -> Stretch:
    day = date(int(match[1]), int(match[2]), int(match[3]))
    precision: DatePrecision = "day"
    if match[4]:
        precision = "time" if match[4][1].isdigit() else "part of day"
    return Stretch(day, day, precision)


def _months(year: int, first: int, last: int, precision: DatePrecision) -> Stretch:
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end = calendar.monthrange(last_year, last_month)[1]
    return Stretch(date(year, first, 1), date(last_year, last_month, end), precision)


def _week(match: re.Match[str]) -> Stretch:
    monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    if match[3]:
        return Stretch(monday + timedelta(days=5), monday + timedelta(days=6), "weekend")
    return Stretch(monday, monday + timedelta(days=6), "week")


def _years(first: int, count: int, precision: DatePrecision) -> Stretch:
    return Stretch(date(first, 1, 1), date(first + count - 1, 12, 31), precision)


def _form(pattern: str, made: _Made) -> tuple[re.Pattern[str], _Made]:
    return re.compile(pattern, re.ASCII), made


_FORMS = (
    _form(r"(\d{4})-(\d{2})-(\d{2})(T(?:\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?|[A-Z]{2}))?", _moment),
    _form(r"(\d{4})-(\d{2})", lambda m: _months(int(m[1]), int(m[2]), int(m[2]), "month")),
    _form(r"(\d{4})", lambda m: _years(int(m[1]), 1, "year")),
    _form(r"(\d{4})-W(\d{2})(-WE)?", _week),
    _form(r"(\d{4})-Q([1-4])", lambda m: _months(int(m[1]), int(m[2]) * 3 - 2, int(m[2]) * 3, "quarter")),
    _form(r"(\d{4})-H([12])", lambda m: _months(int(m[1]), int(m[2]) * 6 - 5, int(m[2]) * 6, "half-year")),
    _form(r"(\d{4})-(SP|SU|FA|WI)", lambda m: _months(int(m[1]), *_SEASONS[m[2]], "season")),
    _form(r"(\d{3})X?", lambda m: _years(int(m[1]) * 10, 10, "decade")),
    _form(r"(\d{2})(?:XX)?", lambda m: _years(int(m[1]) * 100, 100, "century")),
)
