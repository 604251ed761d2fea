"""The words that times are written with, and the numbers and codes that they stand for.

Codes are those of TIMEX3 (TimeML 1.2.1, Sauri et al. 2006): `Y M W D Q H` for units, `MO AF EV NI` for parts of a
day, `SP SU FA WI` for seasons.
"""

# ruff: noqa: SIM905 - lists of words are easier to read and to add to as words

from __future__ import annotations

import re

__all__ = [
    "COUNT", "DECADES", "MODS", "MONTH", "MONTHS", "MONTH_NAMES", "NUMBER", "ORDINAL", "PARTS", "SEASONS", "UNITS",
    "VAGUE", "WEEKDAYS", "count", "month", "ordinal", "year_number",
]  # fmt: skip

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

#: First three letters of a month to its number.
MONTHS: dict[str, int] = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)}

#: Monday is 1, as in ISO 8601.
WEEKDAYS: dict[str, int] = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), 1
    )
}  # fmt: skip

#: Unit to its TIMEX3 letter and how many of these it is; those of hours and less stand after a T.
UNITS: dict[str, tuple[str, int]] = {
    "second": ("S", 1), "minute": ("M", 1), "hour": ("H", 1), "day": ("D", 1), "week": ("W", 1), "fortnight": ("W", 2),
    "month": ("M", 1), "quarter": ("Q", 1), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100),
}  # fmt: skip

PARTS: dict[str, str] = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV",
    "sunset": "EV", "night": "NI", "nightfall": "NI", "overnight": "NI",
}  # fmt: skip

SEASONS: dict[str, str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

DECADES: dict[str, int] = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip

#: What stands before or within a time and narrows or widens it, to the TIMEX3 mod.
MODS: dict[str, str] = {
    "early": "START", "earlier": "START", "beginning": "START", "start": "START", "first": "START",
    "mid": "MID", "middle": "MID", "midway": "MID",
    "late": "END", "later": "END", "end": "END", "close": "END",
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "some": "APPROX",
    "more than": "MORE_THAN", "just over": "MORE_THAN", "well over": "MORE_THAN", "longer than": "MORE_THAN",
    "less than": "LESS_THAN", "fewer than": "LESS_THAN", "under": "LESS_THAN", "just under": "LESS_THAN",
    "nearly": "LESS_THAN", "almost": "LESS_THAN", "close to": "LESS_THAN",
    "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "no fewer than": "EQUAL_OR_MORE",
    "up to": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS",
    "as long as": "EQUAL_OR_LESS",
}  # fmt: skip

#: Amounts that say no number.
VAGUE = (
    "several", "a few", "few", "many", "a couple of", "a couple", "couple of", "a number of", "dozens of", "scores of",
    "hundreds of", "thousands of", "countless", "numerous", "some",
)  # fmt: skip

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: float(n) for n, word in enumerate(_ONES)},
    **{word: 10.0 * n for n, word in enumerate(_TENS, 2)},
    "a": 1.0, "an": 1.0,
}  # fmt: skip
_SCALES = {"hundred": 100.0, "thousand": 1000.0}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINAL_VALUES = {
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **{f"twenty-{word}": 20 + n for n, word in enumerate(_ORDINALS[:9], 1)},
    "thirtieth": 30, "thirty-first": 31,
}  # fmt: skip

_WORD = "|".join([*reversed(_ONES[1:]), *_TENS, *_SCALES, "dozen"])

#: A number in digits or words; digits of more than four figures, or a part of a longer number, are none.
NUMBER = (
    r"(?:\d{1,4}(?:\.\d{1,2})?(?: [1-9]/[1-9])?(?![\d.,]\d)"
    rf"|(?:an? (?=hundred|thousand|dozen))?(?:{_WORD})(?![a-z])(?:[ -](?:and[ -])?(?:{_WORD})(?![a-z])){{0,4}})"
    r"(?:[ -]and[ -]a[ -]half)?"
)
#: A number, or an amount that says none.
COUNT = rf"(?:{NUMBER}|{'|'.join(VAGUE)})"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(_ORDINAL_VALUES, key=len, reverse=True))})"
MONTH = (
    rf"(?:{'|'.join(MONTH_NAMES)}|"
    r"jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?)(?![a-z])"
)

_FRACTION = re.compile(r"(\d+) (\d)/(\d)")


def count(words: str) -> float | None:
    """The number that words say; None if they say none.

    Example:
        >>> count("twenty-five"), count("5 1/2"), count("two and a half"), count("half an"), count("several")
        (25.0, 5.5, 2.5, 0.5, None)
    """
    plain = " ".join(words.replace("-", " ").split())
    if plain in {"half", "half a", "half an", "a half"}:
        return 0.5
    if found := _FRACTION.fullmatch(plain):
        whole, over, under = (int(g) for g in found.groups())
        return whole + over / under
    stripped = plain.removesuffix("and a half").strip()
    half = 0.5 if stripped != plain else 0.0
    try:
        return float(stripped) + half
    except ValueError:
        total = _in_words(stripped)
        return None if total is None else total + half


def _in_words(words: str) -> float | None:
    total = 0.0
    part: float | None = None
    for word in words.split():
        if word in _SCALES:
            part = (1.0 if part is None else part) * _SCALES[word]
            if word == "thousand":
                total, part = total + part, 0.0
        elif word == "dozen":
            part = (1.0 if part is None else part) * 12
        elif word in _VALUES:
            part = (part or 0.0) + _VALUES[word]
        elif word != "and":
            return None
    return None if part is None else total + part


def ordinal(words: str) -> int | None:
    """The number of an ordinal or a day of the month.

    Example:
        >>> ordinal("eighth"), ordinal("3rd"), ordinal("21")
        (8, 3, 21)
    """
    if found := re.match(r"\d{1,2}", words):
        return int(found.group())
    return _ORDINAL_VALUES.get(words)


def year_number(words: str) -> int | None:
    """The year of four digits, of two with or without an apostrophe, or of words.

    Two digits are read by POSIX's window (strptime %y): 1969 to 2068.

    Example:
        >>> year_number("1962"), year_number("'89"), year_number("nineteen seventy-nine"), year_number("two thousand")
        (1962, 1989, 1979, 2000)
    """
    digits = words.lstrip("'’`")
    if digits.isdecimal():
        number = int(digits)
        return number if len(digits) == 4 else number + (1900 if number >= 69 else 2000)
    first, _, rest = words.partition(" ")
    tail = count(rest)
    if first in {"eighteen", "nineteen"} and tail is not None:
        return (18 if first == "eighteen" else 19) * 100 + int(tail)
    whole = count(words)
    return None if whole is None else int(whole)


def month(name: str) -> int:
    """The number of a month from its name or abbreviation in lower case."""
    return MONTHS[name[:3]]
