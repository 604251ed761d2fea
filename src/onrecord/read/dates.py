"""Publication dates and times as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime

from onrecord.errors import InputError

__all__ = ["published_at"]

#: Year of the first printed newspaper, the Relation of Strasbourg: an earlier date is a default that was never set.
FIRST_NEWSPAPER = 1605

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: Offsets of the zone names of RFC 2822 section 4.3, in hours. Other names ("IST", "BST") are not unique.
_ZONES = {"Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
          "PST": -8, "PDT": -7}  # fmt: skip

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", r"(?P<year>[0-9]{4})"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_CLOCK = (
    r"(?:(?:,| at| -|,? @)? (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>[a-z]{1,5}|(?:utc|gmt)?[+-][0-9]{2}:?[0-9]{2})(?: \([a-z ]{1,40}\))?)?)?"
)
_SPELLED = tuple(
    re.compile(_WEEKDAY + order + _CLOCK, re.IGNORECASE)
    for order in (rf"{_DAY}[ -]{_MONTH},?[ -]{_YEAR}", rf"{_MONTH} {_DAY},? {_YEAR}")
)
_SPACED_ZONE = re.compile(r"(?<=[0-9]) (?=(?:[+-][0-9]{2}:?[0-9]{0,2}|Z)$)")
_NAMED_ZONE = re.compile(r"(?<=[0-9]) ?(?:UTC|GMT|UT)$")
_NUMBERS = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})\b")

_REMEDY = "give an ISO 8601 date or time with its zone, such as 2021-03-04 or 2021-03-04T10:00:00+01:00"


def published_at(words: str) -> str:
    """A publication date, or date and time with the zone as far as it is given, in one form of ISO 8601.

    Read are ISO 8601 (also without separators), RFC 2822, and dates with the month in English ("March 4, 2021 10:00
    GMT"). A zone is kept as an offset and never supplied. Dates made of numbers in the order of a country
    ("03/04/2021") are refused, as are dates that do not exist or lie before the first newspaper (1605).

    Raises:
        InputError: the words are not such a date.

    Example:
        >>> published_at("2021-03-04"), published_at("20210304T100000Z"), published_at("March 4, 2021 10:00 GMT")
        ('2021-03-04', '2021-03-04T10:00:00+00:00', '2021-03-04T10:00:00+00:00')
        >>> published_at("Thu, 04 Mar 2021 10:00:00 +0100")
        '2021-03-04T10:00:00+01:00'
    """
    stripped = " ".join(words[:200].split())
    if not stripped.isascii() or len(words) > 200:
        raise InputError(f"{words[:60]!r} is not a date", _REMEDY)
    try:
        moment = _iso(stripped) or _spelled(stripped)
    except ValueError as error:
        raise InputError(f"{words!r} is not a date that exists ({error})", _REMEDY) from error
    if moment is None:
        raise _unread(words, stripped)
    if moment.year < FIRST_NEWSPAPER:
        raise InputError(f"{words!r} lies before the first newspaper ({FIRST_NEWSPAPER})", _REMEDY)
    return moment.isoformat()


def _iso(words: str) -> date | datetime | None:
    """The moment that ISO 8601 words give; None if they are not in that form.

    Raises:
        ValueError: they are, but there is no such moment.
    """
    if not re.match(r"[0-9]{4}(?:[-/]?[0-9]{2}[-/]?[0-9]{2}|-?W[0-9]{2})(?![0-9])", words):
        return None
    plain = _NAMED_ZONE.sub("Z", _SPACED_ZONE.sub("", words))
    plain = re.sub(r"^([0-9]{4})/([0-9]{2})/([0-9]{2})", r"\1-\2-\3", plain)
    if len(plain) <= 10 and "T" not in plain:
        return date.fromisoformat(plain)
    return datetime.fromisoformat(plain)


def _spelled(words: str) -> date | datetime | None:
    """The moment in words with the month's name, RFC 2822 among them; None if they are not in that form.

    Raises:
        ValueError: they are, but there is no such moment.
    """
    found = next((m for pattern in _SPELLED if (m := pattern.fullmatch(words))), None)
    if not found:
        return None
    day = date(int(found["year"]), _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"]))
    if found["hour"] is None:
        return day
    hour = int(found["hour"])
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"hour {hour} on a clock of twelve hours")
        hour = hour % 12 + (12 if half in "pP" else 0)
    clock = f"{day.isoformat()}T{hour:02}:{found['minute']}:{found['second'] or '00'}"
    return datetime.fromisoformat(clock + _offset(found["zone"]))


def _offset(zone: str | None) -> str:
    """The offset of a zone as ISO 8601 writes it; empty where there is none, as for "-0000" (RFC 2822, 3.3)."""
    if zone is None or zone == "-0000":
        return ""
    name = zone.upper()
    if name in _ZONES:
        return f"{_ZONES[name]:+03}:00"
    digits = name.removeprefix("UTC").removeprefix("GMT").replace(":", "")
    if not digits[1:].isdigit():
        raise ValueError(f"the zone {zone!r} may mean several")
    return f"{digits[:3]}:{digits[3:]}"


def _unread(words: str, stripped: str) -> InputError:
    if _NUMBERS.match(stripped):
        return InputError(f"{words!r} may be day and month or month and day", "give year-month-day, such as 2021-03-04")
    if re.fullmatch(r"[0-9]{4}(?:-[0-9]{2})?", stripped):
        return InputError(f"{words!r} is not a whole date", "give the day too, such as 2021-03-04, or no date")
    return InputError(f"{words!r} is not a date", _REMEDY)
