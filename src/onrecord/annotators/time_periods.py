"""Months, years and what lies between and beyond: "last June", "mid-2014", "this week", "two years ago"."""

from __future__ import annotations

import re
from datetime import date

from onrecord.annotators.time_readings import Parts, Reading, mod_of, named_year, plain, shifted, told_year
from onrecord.annotators.time_values import Setting, at, duration, moved, nearest, relative
from onrecord.annotators.time_words import DECADES, PARTS, SEASONS, UNITS, count, month, ordinal, year_number

__all__ = [
    "ago", "century", "decade", "month_of", "quarter", "season", "told_unit", "unit", "weekend", "year", "year_end",
]  # fmt: skip


def month_of(parts: Parts, setting: Setting) -> Reading | None:
    """A month: "March 2014", "June last year", "last June", "late November"."""
    number = month(parts["month"] or "")
    mod = mod_of(parts.get("edge"))
    rel = plain(parts.get("which"))
    named = named_year(parts, setting) or (None if rel or parts.get("rel") else told_year(number, setting))
    if named is not None and not rel:
        return Reading("DATE", f"{named:04d}-{number:02d}", mod)
    if setting.published is None or parts.get("rel"):
        return Reading("DATE", f"XXXX-{number:02d}", mod)
    here = setting.published
    before = here.year if number <= here.month else here.year - 1
    after = here.year if number >= here.month else here.year + 1
    if rel in {"last", "this past", "past"}:
        found = here.year if number < here.month else here.year - 1
    elif rel in {"next", "this coming", "coming"}:
        found = here.year if number > here.month else here.year + 1
    elif rel == "this":
        found = here.year
    elif before < 1 or after > 9999:
        return Reading("DATE", f"XXXX-{number:02d}", mod)
    else:
        found = nearest(here, date(before, number, 1), date(after, number, 1), setting.tense).year
    return Reading("DATE", f"{found:04d}-{number:02d}", mod)


def year(parts: Parts, setting: Setting) -> Reading | None:
    """A year: "1962", "mid-2014", "fiscal 1989", "the year two thousand"."""
    del setting
    found = year_number(parts["year"] or "")
    if found is None:
        return None
    mod = "ON_OR_AFTER" if parts.get("later") else "ON_OR_BEFORE" if parts.get("sooner") else None
    return Reading("DATE", f"{found:04d}", mod or mod_of(parts.get("edge")))


def decade(parts: Parts, setting: Setting) -> Reading | None:
    """A decade: "the 1990s", "the late '80s", "the nineties"."""
    del setting
    words = (parts["decade"] or "").lstrip("'’`")
    if words in DECADES:
        value = f"19{DECADES[words]}"
    else:
        digits = re.sub(r"\D", "", words)
        value = digits[:3] if len(digits) == 4 else f"{'20' if digits < '20' else '19'}{digits[0]}"
    return Reading("DATE", value, mod_of(parts.get("edge")))


def year_end(parts: Parts, setting: Setting) -> Reading | None:
    """The end of the running year or month."""
    name = parts["edge"] or ""
    return Reading("DATE", at(setting.published, name) if setting.published else None, "END")


def century(parts: Parts, setting: Setting) -> Reading | None:
    """A century, by the hundreds of its years: the 20th is 19."""
    del setting
    number = ordinal(parts["which"] or "")
    return None if not number else Reading("DATE", f"{number - 1:02d}", mod_of(parts.get("edge")))


def season(parts: Parts, setting: Setting) -> Reading | None:
    """A season: "last fall", "the summer of 1990". A winter carries the year that it begins in."""
    code = SEASONS[parts["season"] or ""]
    mod = mod_of(parts.get("edge"))
    if parts.get("year") or parts.get("rel"):
        named = named_year(parts, setting)
        return Reading("DATE", f"{named:04d}-{code}" if named else f"XXXX-{code}", mod)
    if setting.published is None:
        return Reading("DATE", f"XXXX-{code}", mod)
    here, which = setting.published, plain(parts.get("which"))
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    passed = here.month >= first
    over = code != "WI" and here.month >= first + 3
    if which in {"last", "past", "this past"}:
        back = 0 if over or (which == "this past" and passed) else 1
        return Reading("DATE", f"{here.year - back:04d}-{code}", mod)
    if which in {"next", "this coming", "coming"} or (not which and setting.tense in {"present", "state", "future"}):
        return Reading("DATE", f"{here.year + (1 if passed else 0):04d}-{code}", mod)
    running = code == "WI" and here.month <= 2
    behind = not passed and setting.tense == "past" and which != "this"
    return Reading("DATE", f"{here.year - (1 if running or behind else 0):04d}-{code}", mod)


def quarter(parts: Parts, setting: Setting) -> Reading | None:
    """A quarter or half of a year: "third-quarter", "the first half of 2015", "the year-ago quarter"."""
    mod = mod_of(parts.get("edge"))
    which = plain(parts.get("which"))
    number = {"last": 2, "final": 4}.get(which) or ordinal(which.lstrip("q")) or 0
    letter = "H" if parts.get("span") == "half" else "Q"
    if letter == "H" and which == "final":
        number = 2
    if not number:
        return _told_quarter(which, parts.get("span") or "", setting)
    if number > (2 if letter == "H" else 4):
        return None
    named = named_year(parts, setting)
    if named is None:
        if setting.published is None:
            return Reading("DATE", f"XXXX-{letter}{number}", mod)
        here = setting.published
        current = (here.month + 2) // 3 if letter == "Q" else (here.month + 5) // 6
        back = number > current and setting.tense in {None, "past"} and letter == "Q"
        named = here.year - 1 if back else here.year
    return Reading("DATE", f"{named:04d}-{letter}{number}", mod)


def _told_quarter(which: str, span: str, setting: Setting) -> Reading | None:
    """A quarter by its place beside the one that the report is about; "the latest" is else the last full one."""
    if "year" in which:
        if span or setting.quarter:
            return Reading("DATE", relative(setting.quarter, -4, "quarter"))
        return Reading("DATE", shifted("last", "year", setting))
    if setting.quarter and "this" not in which:
        return Reading("DATE", setting.quarter)
    if span == "period" or setting.published is None:
        return None
    day = moved(setting.published, -1 if "latest" in which else 0, "quarter")
    return Reading("DATE", at(day, "quarter") if day else None)


def unit(parts: Parts, setting: Setting) -> Reading | None:
    """A unit beside the publication or the story: "this week", "last year", "the following month", "that night"."""
    name, rel = parts["unit"] or "", plain(parts["rel"])
    mod = mod_of(parts.get("edge"))
    if name in PARTS:
        day = shifted(rel, "day", setting) if rel not in {"this", "last"} else None
        if day is None and rel == "this" and setting.published:
            day = setting.published.isoformat()
        return Reading("TIME", f"{day}T{PARTS[name]}" if day else None, mod)
    if rel in {"the last", "the past", "the coming", "the full", "this last"} and name not in {"quarter", "century"}:
        return Reading("DURATION", duration(1, name) if name != "weekend" else "P2D", mod)
    if name == "weekend":
        return weekend(parts, setting)
    value = shifted(rel, name, setting)
    if name == "quarter" and rel in {"that", "the same"}:
        value = setting.quarter
    return Reading("DATE", value, mod)


def weekend(parts: Parts, setting: Setting) -> Reading | None:
    """A weekend; "the weekend" is the last one unless the tense says otherwise."""
    rel = plain(parts.get("rel"))
    mod = mod_of(parts.get("edge"))
    if rel in {"that", "the same", "the following", "the previous"}:
        found = relative(setting.told, {"the following": 1, "the previous": -1}.get(rel, 0), "weekend")
        return Reading("DATE", found, mod)
    if setting.published is None:
        return Reading("DATE", None, mod)
    here = setting.published
    begun = here.isoweekday() >= 6
    if rel in {"last", "this past"} or (rel in {"", "the", "this"} and setting.tense == "past"):
        number = 0 if begun and rel != "last" else -1
    elif rel in {"next", "the coming"}:
        number = 1 if rel == "next" else 0
    else:
        number = 0 if begun or setting.tense in {"present", "state", "future"} or rel == "this" else -1
    day = moved(here, number, "week")
    return Reading("DATE", at(day, "weekend") if day else None, mod)


def told_unit(parts: Parts, setting: Setting) -> Reading | None:
    """A unit that only the story can date: "the end of the year", "the day before", "the third day of the siege"."""
    name, mod = parts["unit"] or "", mod_of(parts.get("edge"))
    if parts.get("nth"):
        today = setting.published if setting.tense in {"present", "state"} and name == "day" else None
        return Reading("DATE", today.isoformat() if today else None, mod)
    if side := parts.get("side"):
        return Reading("DATE", relative(setting.told, -1 if side in {"before", "earlier"} else 1, name), mod)
    if name == "weekend":
        return weekend({"edge": parts.get("edge")}, setting)
    if name == "day":
        return Reading("DATE", relative(setting.told, 0, "day"), mod)
    return Reading("DATE", at(setting.published, name) if setting.published else None, mod)


def ago(parts: Parts, setting: Setting) -> Reading | None:
    """So long before or after the publication ("a year ago") or the story's date ("two days later")."""
    name, side = parts["unit"] or "", parts["side"] or ""
    number, mod = count(parts["count"] or ""), mod_of(parts.get("approx"))
    mod = "APPROX" if parts.get("or_so") else mod
    if number is None:
        return Reading("DATE", "PAST_REF" if side == "ago" else "FUTURE_REF") if side in {"ago", "from now"} else None
    if name in {"hour", "minute", "second"}:
        return Reading("TIME", None, mod) if side == "ago" else None
    steps, step = int(number), "week" if name == "fortnight" else name
    if number != steps:
        steps, step, mod = round(number * 12), "month", mod or "APPROX"
        if name != "year":
            return Reading("DATE", None, mod)
    steps = steps * UNITS[name][1] if step in {"decade", "century"} else steps * 2 if name == "fortnight" else steps
    step = "year" if step in {"decade", "century"} else step
    back = side in {"ago", "earlier"}
    if (name, steps, back) == ("year", 1, True) and setting.quarter:
        return Reading("DATE", relative(setting.quarter, -4, "quarter"), mod)
    number_ = -steps if back else steps
    if side in {"earlier", "later"}:
        return Reading("DATE", relative(setting.told, number_, step), mod)
    day = None if setting.published is None else moved(setting.published, number_, step)
    return Reading("DATE", None if day is None else at(day, "year" if name == "year" else step), mod)
