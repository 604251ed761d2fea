"""Days and times of day: "4 March", "Friday night", "noon Thursday", "yesterday", "Thanksgiving"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.annotators.time_readings import Parts, Reading, mod_of, named_year, plain, told_year
from onrecord.annotators.time_values import Setting, easter, first_day, moved, nearest, relative
from onrecord.annotators.time_words import PARTS, WEEKDAYS, count, month, ordinal

__all__ = [
    "attacks_of_2001", "calendar_day", "clock_time", "holiday", "named_day", "part_of_day", "slashed", "weekday",
]  # fmt: skip

_PART = re.compile("|".join(PARTS))
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d)(?::\d\d)?)?\s?([ap])?\.?m?|(\w+)")
_MILITARY = re.compile(r"(\d\d)(\d\d)(?!\d)")
_UNIVERSAL = re.compile(r"\b(?:gmt|utc|z|zulu)\b|\dz\b")


def _clock(words: str) -> str | None:
    """The time of day, as T15:30, with Z where the words say GMT or UTC."""
    local = words.split("(")[0].split("[")[0]
    zone = "Z" if _UNIVERSAL.search(local) else ""
    for name, value in (("midnight", "T24:00"), ("noon", "T12:00"), ("midday", "T12:00")):
        if local.startswith(name):
            return value + zone
    if found := _MILITARY.match(local):
        return f"T{found[1]}:{found[2]}{zone}"
    found = _CLOCK.match(local)
    if found is None:
        return None
    number = float(found[1]) if found[1] else count(found[4])
    if number is None or number > 24:
        return None
    hour, later = int(number), found[3] == "p" or "afternoon" in local or "evening" in local or "at night" in local
    earlier = found[3] == "a" or "morning" in local
    hour = hour + 12 if later and hour < 12 else 0 if earlier and hour == 12 else hour
    if not (later or earlier or found[2]):
        return None
    return f"T{hour:02d}:{found[2] or '00'}{zone}"


def _on(day: str | None, parts: Parts) -> Reading:
    """A day with the time or the part of it that the words name beside it."""
    clock, part = parts.get("clock") or parts.get("at"), parts.get("part") or parts.get("of_part")
    mod = mod_of(parts.get("edge"))
    if clock:
        when = _clock(clock)
        return Reading("TIME", when and (day or "XXXX-XX-XX") + when, mod)
    if part and part.endswith(("early hours", "small hours")):
        return Reading("TIME", f"{day or 'XXXX-XX-XX'}TMO", "START")
    if part and (found := _PART.search(part)):
        first = part.split(found.group())[0].strip(" -")
        return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{PARTS[found.group()]}", mod or mod_of(first))
    return Reading("DATE", day, mod)


def calendar_day(parts: Parts, setting: Setting) -> Reading | None:
    """A day of a month: "4 March 2021", "Friday, Oct. 23", "Aug. 7 last year"."""
    day, number = ordinal(parts["day"] or ""), month(parts["month"] or "")
    if day is None or not 1 <= day <= 31:
        return None
    named = named_year(parts, setting) or (None if parts.get("rel") else told_year(number, setting))
    if named is not None:
        return _on(f"{named:04d}-{number:02d}-{day:02d}", parts) if _exists(named, number, day) else None
    if not _exists(2000, number, day):
        return None
    if setting.published is None or parts.get("rel"):
        return _on(f"XXXX-{number:02d}-{day:02d}", parts)
    here = setting.published.year
    days = [date(y, number, day) for y in (here - 1, here, here + 1) if 1 <= y <= 9999 and _exists(y, number, day)]
    found = _one_of(days, setting)
    return _on(found.isoformat() if found else f"XXXX-{number:02d}-{day:02d}", parts)


def _one_of(days: list[date], setting: Setting) -> date | None:
    published = setting.published
    if published is None:
        return None
    if published in days:
        return published
    before, after = [d for d in days if d < published], [d for d in days if d > published]
    if not before:
        return after[0] if after else None
    if not after:
        return before[-1]
    # A report filed late in the day, or in another zone, may carry the date of the next day.
    if (after[0] - published).days == 1 and setting.tense != "past":
        return after[0]
    return nearest(published, before[-1], after[0], setting.tense)


def _exists(year_: int, number: int, day: int) -> bool:
    try:
        date(year_, number, day)
    except ValueError:
        return False
    return True


def weekday(parts: Parts, setting: Setting) -> Reading | None:
    """A day of the week: "Friday", "last Monday", "noon Thursday", "Tuesday night", "Friday last week"."""
    name = WEEKDAYS[parts["weekday"] or ""]
    rel, week = plain(parts.get("rel")), parts.get("week")
    unknown = f"XXXX-WXX-{name}"
    told = rel in {"the previous", "the following", "the preceding", "that", "that same", "the same"}
    if told:
        known = first_day(setting.told)
        start = known[1] if known and known[0] == "day" else None
    else:
        start = setting.published
    if start is None:
        return _on(unknown, parts)
    if week:
        start = moved(start, {"last": -1, "next": 1}.get(week, 0), "week")
        day = None if start is None else start + timedelta(days=name - start.isoweekday())
        return _on(day.isoformat() if day else None, parts)
    back = (start.isoweekday() - name) % 7
    ahead = (name - start.isoweekday()) % 7
    try:
        if rel in {"last", "past", "the previous", "the preceding"}:
            day = start - timedelta(days=back or 7)
        elif rel in {"next", "coming", "the next", "the coming", "this coming", "the following"}:
            day = start + timedelta(days=ahead or 7)
        elif rel == "this":
            day = start + timedelta(days=name - start.isoweekday())
        elif (after := _after_said(name, setting)) and not rel:
            day = after
        elif rel == "this past" or setting.tense in {None, "past", "state"}:
            day = start - timedelta(days=back)
        else:
            day = start + timedelta(days=ahead)
    except OverflowError:
        return _on(unknown, parts)
    return _on(day.isoformat(), parts)


def _after_said(name: int, setting: Setting) -> date | None:
    """The first such weekday after the day that the sentence has told, where the words count from that."""
    if setting.said is None or setting.published is None or not (setting.tense == "would" or setting.follows):
        return None
    day = setting.said + timedelta(days=(name - setting.said.isoweekday()) % 7 or 7)
    return day if setting.tense != "past" or day <= setting.published else None


def named_day(parts: Parts, setting: Setting) -> Reading | None:
    """Today, yesterday, tomorrow, tonight, last night."""
    words = plain(parts["deictic"])
    number = {
        "yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1, "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }.get(words, 0)  # fmt: skip
    day = None if setting.published is None else moved(setting.published, number, "day")
    part = {"ht": "night", "ng": "evening", "on": "afternoon"}.get(words[-2:])
    if words.endswith("morning"):
        part = "morning"
    value = day.isoformat() if day else None
    found = _on(value, {"part": part, **{k: v for k, v in parts.items() if v}})
    return found if value or found.type == "DATE" else Reading("TIME", None, found.mod)


def holiday(parts: Parts, setting: Setting) -> Reading | None:
    """A holiday with a date of its own in each year."""
    name = " ".join((parts["holiday"] or "").replace("’", "'").split())
    named = named_year(parts, setting)
    published = setting.published
    years = [named] if named else [published.year + n for n in (-1, 0, 1)] if published else []
    days = [day for y in years if 1 <= y <= 9999 and (day := _holiday(name, y))]
    if published and not named and (rel := parts.get("before")):
        wanted = [d for d in days if (d < published if rel == "last" else d >= published)]
        return _on((wanted[-1] if rel == "last" else wanted[0]).isoformat() if wanted else None, parts)
    found = days[0] if named and days else _one_of(sorted(days), setting)
    return _on(found.isoformat() if found else None, parts)


def _holiday(name: str, year_: int) -> date | None:
    fixed = {
        "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
        "new year's day": (1, 1), "new year's eve": (12, 31), "new year's": (1, 1), "halloween": (10, 31),
        "valentine's day": (2, 14), "may day": (5, 1), "veterans day": (11, 11), "armistice day": (11, 11),
    }  # fmt: skip
    if name in fixed:
        return date(year_, *fixed[name])
    moving = {"easter": 0, "easter sunday": 0, "good friday": -2, "palm sunday": -7, "easter monday": 1}
    if name in moving:
        return easter(year_) + timedelta(days=moving[name])
    # Month, day of the week, and which one of the month.
    weekdays = {"thanksgiving": (11, 4, 4), "thanksgiving day": (11, 4, 4), "labor day": (9, 1, 1)}
    if name in weekdays:
        number, day, which = weekdays[name]
        first = date(year_, number, 1)
        return first + timedelta(days=(day - first.isoweekday()) % 7 + 7 * (which - 1))
    if name == "memorial day":
        last = date(year_, 5, 31)
        return last - timedelta(days=last.isoweekday() - 1)
    return None


def attacks_of_2001(parts: Parts, setting: Setting) -> Reading | None:
    """The one day that news names without its year whatever its own date."""
    del parts, setting
    return Reading("DATE", "2001-09-11")


def slashed(parts: Parts, setting: Setting) -> Reading | None:
    """A date in figures: ISO, or with slashes, where the order of day and month stays open unless one is above 12."""
    del setting
    if parts.get("iso"):
        year_, number, day = (int(x) for x in (parts["iso"] or "").split("-"))
        return Reading("DATE", parts["iso"]) if _exists(year_, number, day) else None
    first, second, words = (parts["slashes"] or "").split("/")
    year_, pair = int(words), sorted((int(first), int(second)))
    if not 1 <= pair[0] <= 12 or pair[1] > 31:
        return None
    if pair[1] <= 12 and pair[0] != pair[1]:
        return Reading("DATE", f"{year_:04d}-XX-XX")
    return Reading("DATE", f"{year_:04d}-{pair[0]:02d}-{pair[1]:02d}") if _exists(year_, *pair) else None


def clock_time(parts: Parts, setting: Setting) -> Reading | None:
    """A time of day whose day the report tells elsewhere, or not at all."""
    when = _clock(parts["clock"] or "")
    return None if when is None else Reading("TIME", (relative(setting.told, 0, "day") or "XXXX-XX-XX") + when)


def part_of_day(parts: Parts, setting: Setting) -> Reading | None:
    """A part of a day that the report tells elsewhere, or not at all: "in the morning", "overnight", "at dawn"."""
    part = parts["part"] or ""
    day = relative(setting.told, 0, "day")
    if part == "overnight" and setting.published:
        day = setting.published.isoformat()
    return Reading("TIME", f"{day or 'XXXX-XX-XX'}T{PARTS[part]}", mod_of(parts.get("edge")))
