"""How long, how often, and vague pointers: "three weeks", "every Monday", "recently"."""

from __future__ import annotations

from onrecord.annotators.time_readings import Parts, Reading, mod_of
from onrecord.annotators.time_values import Setting, duration
from onrecord.annotators.time_words import PARTS, SEASONS, UNITS, WEEKDAYS, count, month

__all__ = ["length", "rate", "reference", "repeated"]


def length(parts: Parts, setting: Setting) -> Reading | None:
    """How long: "for three weeks", "two-day", "the next few months", "half an hour", "decades"."""
    name, words = parts["unit"] or "", parts.get("count")
    mod = mod_of(parts.get("approx"))
    if parts.get("to"):
        return Reading("DURATION", duration(None, name), mod)
    if words in {"a", "an"} and setting.counted and not parts.get("approx"):
        return Reading("SET", duration(1, name))
    if words is None:
        number: float | None = None if parts.get("plural") is not None else 1.0
    else:
        number = count(words)
    if number is not None and parts.get("half"):
        number += 0.5
    if number is not None and 1500 <= number <= 2100:  # a year: "the 1988 quarter"
        return None
    return Reading("DURATION", duration(number, name), "APPROX" if parts.get("or_so") else mod)


def repeated(parts: Parts, setting: Setting) -> Reading | None:
    """What comes again: "every Monday", "each year", "Tuesday nights", "every two weeks"."""
    del setting
    if name := parts.get("weekday"):
        part = parts.get("part")
        return Reading("SET", f"XXXX-WXX-{WEEKDAYS[name.removesuffix('s')]}" + (f"T{PARTS[part]}" if part else ""))
    name = parts["unit"] or ""
    if name in PARTS:
        return Reading("SET", f"XXXX-XX-XXT{PARTS[name]}")
    if name in SEASONS:
        return Reading("SET", f"XXXX-{SEASONS[name]}")
    if name == "weekend":
        return Reading("SET", "XXXX-WXX-WE")
    if name not in UNITS:
        return Reading("SET", f"XXXX-{month(name):02d}")
    counted = parts.get("count")
    number = count(counted) if counted else 2.0 if parts.get("other") else 1.0
    return Reading("SET", duration(number, name))


def rate(parts: Parts, setting: Setting) -> Reading | None:
    """A rate in one word or with "a": "daily", "twice a week", "per year"."""
    del setting
    word = parts.get("rate") or ""
    name = {"daily": "day", "nightly": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month",
            "yearly": "year", "annually": "year", "hourly": "hour"}.get(word) or parts.get("unit") or ""  # fmt: skip
    return Reading("SET", duration(1, name))


def reference(parts: Parts, setting: Setting) -> Reading | None:
    """A vague pointer to the present, the past or the future."""
    del setting
    for name in ("present", "past", "future"):
        if parts.get(name):
            return Reading("DATE", f"{name.upper()}_REF")
    return None
