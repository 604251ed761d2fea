"""The calendar of TIMEX3 values: from a day and a unit to a value, and back.

Values follow TimeML 1.2.1: `2014`, `2014-03`, `2014-03-04`, `2014-W10` (ISO weeks), `2014-W10-WE`, `2014-Q1`,
`2014-SU`, `201` (a decade), `20` (a century's hundreds), `P3D`, `PT5H30M`, `PXW`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from onrecord.annotators.time_words import UNITS

__all__ = ["Setting", "Tense", "at", "duration", "easter", "first_day", "moved", "nearest", "relative"]

#: "would" is what lay ahead of a past that the report tells ("said on Saturday that it would open on Sunday").
#: For days of the week the present points ahead, as the future does ("the talks open Monday").
#: A "state" is a present that points nowhere ("on Monday the mood is grim").
Tense = Literal["past", "present", "state", "future", "would"]

#: Finer units first; a value of one unit can stand for the larger ones that it lies in, never for the smaller.
_FINENESS = {"day": 0, "week": 1, "month": 2, "quarter": 3, "season": 3, "year": 4, "decade": 5, "century": 6}

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-WE)?")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"(\d{4})(?:-(?:SP|SU|FA|WI|H[12]))?")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is relative to.

    Attributes:
        published: day of publication; None if unknown.
        told: value of the date last told of in the report before this time; None if there is none.
        quarter: value of the quarter last told of.
        year, month: those of a date with its year that the sentence (or, without a publication date, the paragraph) has
            told before this time; month 1 if it has told the year alone.
        said: the day that the sentence has told before this time.
        follows: this time is the end of a stretch that begins with that day ("Monday to Friday").
        tense: that of the verb that governs this time; None if unknown.
        counted: the words before this time are an amount, so that "a day" is a rate.
    """

    published: date | None = None
    told: str | None = None
    quarter: str | None = None
    year: int | None = None
    month: int = 1
    said: date | None = None
    follows: bool = False
    tense: Tense | None = None
    counted: bool = False


def at(day: date, unit: str) -> str:
    """The value of the unit that a day lies in.

    Example:
        >>> [at(date(2014, 3, 4), u) for u in ("day", "week", "weekend", "month", "quarter", "year", "decade")]
        ['2014-03-04', '2014-W10', '2014-W10-WE', '2014-03', '2014-Q1', '2014', '201']
    """
    year, week, _ = day.isocalendar()
    match unit:
        case "day":
            return day.isoformat()
        case "week" | "fortnight":
            return f"{year:04d}-W{week:02d}"
        case "weekend":
            return f"{year:04d}-W{week:02d}-WE"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "decade":
            return f"{day.year // 10:03d}"
        case "century":
            return f"{day.year // 100:02d}"
        case _:
            return f"{day.year:04d}"


def moved(day: date, number: int, unit: str) -> date | None:
    """The day so many units later (earlier if negative); None beyond the years 1 to 9999.

    A day that the month lacks becomes the month's last.

    Example:
        >>> moved(date(2014, 3, 31), -1, "month"), moved(date(2014, 3, 4), 2, "week")
        (datetime.date(2014, 2, 28), datetime.date(2014, 3, 18))
    """
    days = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(unit)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    try:
        if days is not None:
            return day + timedelta(days=days * number)
        if months is None:
            return None
        year, month = divmod(day.year * 12 + day.month - 1 + months * number, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def first_day(value: str | None) -> tuple[str, date] | None:
    """The unit of a value and the first day in it; None for values that are not dates.

    Example:
        >>> first_day("2014-W10"), first_day("PAST_REF")
        (('week', datetime.date(2014, 3, 3)), None)
    """
    if value is None:
        return None
    try:
        if m := _DAY.fullmatch(value):
            return "day", date(int(m[1]), int(m[2]), int(m[3]))
        if m := _WEEK.fullmatch(value):
            return "week", date.fromisocalendar(int(m[1]), int(m[2]), 1)
        if m := _MONTH.fullmatch(value):
            return "month", date(int(m[1]), int(m[2]), 1)
        if m := _QUARTER.fullmatch(value):
            return "quarter", date(int(m[1]), 3 * int(m[2]) - 2, 1)
        if m := _YEAR.fullmatch(value):
            return "year", date(int(m[1]), 1, 1)
    except ValueError:
        pass
    return None


def relative(told: str | None, number: int, unit: str) -> str | None:
    """The value so many units from a value; None if that is vaguer than the unit.

    Example:
        >>> relative("2014-03-04", 2, "day"), relative("2014-03", -1, "year"), relative("2014", 2, "day")
        ('2014-03-06', '2013', None)
    """
    known = first_day(told)
    fine = {"weekend": "week", "fortnight": "week"}.get(unit, unit)
    if known is None or _FINENESS[known[0]] > _FINENESS[fine]:
        return None
    day = moved(known[1], number, unit)
    return None if day is None else at(day, unit)


def nearest(published: date, before: date, after: date, tense: Tense | None) -> date:
    """Of two days that a date without a year may mean, the one that the distance or the tense speaks for.

    News dates what is far off with its year, so a day that is very close counts even against the tense, which a noun
    or a participle between ("said the talks, set for Dec. 15") may not share. Where the tense does not tell, the past
    one is taken unless the other is much closer, as reports tell mostly of what was.
    """
    ahead, back = (after - published).days, (published - before).days
    if tense == "past":
        return after if ahead < 60 and back > 300 else before
    if tense in {"future", "would"}:
        return before if back < 100 and ahead > 260 else after
    return after if ahead < 120 and back > 240 else before


def duration(number: float | None, unit: str) -> str | None:
    """The value of so many units, or of an unknown number of them.

    Example:
        >>> duration(3, "day"), duration(5.5, "hour"), duration(1.5, "year"), duration(None, "hour")
        ('P3D', 'PT5H30M', 'P1Y6M', 'PTXH')
    """
    letter, times = UNITS[unit]
    time = "T" if unit in {"hour", "minute", "second"} else ""
    if number is None:
        return f"P{time}X{'C' if unit == 'century' else letter}"
    total = number * times
    whole = int(total)
    if total == whole:
        return f"P{time}{whole}{letter}"
    finer = {"hour": ("M", 60), "minute": ("S", 60), "year": ("M", 12)}.get(unit)
    if finer is None or (total - whole) * finer[1] % 1:
        return f"P{time}{total:g}{letter}"
    rest = f"{round((total - whole) * finer[1])}{finer[0]}"
    return f"P{time}{whole}{letter}{rest}" if whole else f"P{time}{rest}"


def easter(year: int) -> date:
    """Easter Sunday (Gregorian; the anonymous algorithm, Nature, 20 April 1876).

    Example:
        >>> easter(2000)
        datetime.date(2000, 4, 23)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
