"""What a reading of a time is, and the parts that readings share.

A reading takes the named parts of a rule's match, in lower case, and the setting. It is None where the words are no
time after all. A value that the setting cannot settle is None, or keeps XXXX in place of what is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from onrecord.annotators.time_values import Setting, at, moved, relative
from onrecord.annotators.time_words import MODS, year_number
from onrecord.model import TimeType

__all__ = ["Parts", "Reading", "mod_of", "named_year", "plain", "shifted", "told_year"]

Parts: TypeAlias = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, value and mod of a time expression."""

    type: TimeType
    value: str | None
    mod: str | None = None


def plain(words: str | None) -> str:
    """Words with single spaces; "" for none."""
    return " ".join((words or "").split())


def mod_of(words: str | None) -> str | None:
    """The TIMEX3 mod of words such as "early" or "the end of"."""
    if not words:
        return None
    return MODS.get(plain(words.replace("-", " ")).removeprefix("the ").removesuffix(" of"))


def named_year(parts: Parts, setting: Setting) -> int | None:
    """The year that the words name: "2013", "last year"."""
    if words := parts.get("year"):
        return year_number(words)
    if rel := parts.get("rel"):
        found = shifted(rel, "year", setting)
        return int(found) if found else None
    return None


def told_year(number: int, setting: Setting) -> int | None:
    """The year that the sentence has told with an earlier month than this one, or the same ("March 2013 ... July")."""
    return setting.year if setting.year is not None and number >= setting.month else None


def shifted(rel: str, unit_: str, setting: Setting) -> str | None:
    """The value of "last", "this", "the following" and the like, with a unit."""
    words = plain(rel)
    if words in {"that", "the same", "that same"}:
        return relative(setting.told, 0, unit_)
    if words in {"the next", "the following", "the previous", "the preceding", "following"} and unit_ != "quarter":
        number = -1 if "pre" in words else 1
        if words != "the next" or unit_ == "day" or setting.tense == "past":
            return relative(setting.told, number, unit_)
    if setting.published is None:
        return None
    word = words.removeprefix("the ").removeprefix("this ") or "this"
    number = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(word, 0)
    day = moved(setting.published, number, unit_)
    return None if day is None else at(day, unit_)
