"""Numbers in words and digits: their bounds and their qualifier, by the project's rules for vague words.

Only the number is read here; what it counts, and whether it is a figure at all, is decided by `figures`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Qualifier, Span

__all__ = ["MONTHS", "Number", "numbers"]

#: Names of months, as alternatives of a regular expression.
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression.

    Attributes:
        span: the qualifier and the number words ("at least 40"), without what they count.
        core: the number words alone ("40").
        low: the least that the words allow, or None if they set no lower bound.
        high: the most that the words allow, or None if they set no upper bound.
        vague: the words name no number ("dozens", "several", "many").
        currency: a currency sign stands before the digits ("$5 million").
        article: the words are "a", "an" or "another", which count one only beside a person to whom something happened.
    """

    span: Span
    core: Span
    low: float | None
    high: float | None
    qualifier: Qualifier
    vague: bool
    currency: bool
    article: bool = False


_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {"hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 1_000_000, "crore": 10_000_000,
           "billion": 1_000_000_000, "bn": 1_000_000_000, "trillion": 1_000_000_000_000, "dozen": 12}  # fmt: skip

#: The least that a vague expression can mean; None where it sets no bound at all.
_VAGUE: dict[str, float | None] = {
    "hundreds of thousands": 200_000, "tens of thousands": 20_000, "tens of millions": 20_000_000,
    "hundreds of millions": 200_000_000, "millions": 2_000_000, "thousands": 2_000, "hundreds": 200, "dozens": 24,
    "scores": None, "several hundred thousand": 300_000, "several thousand": 3_000, "several hundred": 300,
    "several dozen": 36, "several dozens": 36, "several hundreds": 300, "several thousands": 3_000,
    "several million": 3_000_000, "several": 3, "a few hundred thousand": 300_000,
    "a few thousand": 3_000, "a few hundred": 300, "a few dozen": 36, "a few million": 3_000_000, "a few": 3,
    "a couple of hundred": 200, "a couple of thousand": 2_000, "a couple of dozen": 24, "a couple dozen": 24,
    "a couple of": 2, "a couple": 2, "a handful of": None, "a handful": None, "a number of": None, "many": None,
    "numerous": None, "countless": None, "multiple": 2, "tens": 20,
}  # fmt: skip
_EXACT = {
    "half a dozen": 6, "half a million": 500_000, "half-dozen": 6, "a dozen": 12, "a hundred thousand": 100_000,
    "a hundred": 100, "a thousand": 1_000, "a million": 1_000_000, "a billion": 1_000_000_000, "two dozen": 24,
    "a quarter of a million": 250_000, "no one": 0, "no-one": 0, "nobody": 0, "none": 0, "no": 0,
}  # fmt: skip


def _phrase(words: str) -> str:
    return r"[\s-]+".join(re.escape(w) for w in words.replace("-", " ").split())


_SET_PHRASES = {" ".join(k.replace("-", " ").split()): v for k, v in (_VAGUE | _EXACT).items()}
_SET = re.compile(
    r"(?<![\w-])(?:" + "|".join(_phrase(k) for k in sorted(_SET_PHRASES, key=lambda k: (-len(k), k))) + r")(?!\w|-\w)",
    re.IGNORECASE,
)
_WORDS = "|".join(sorted([*_UNITS, *_TENS], key=lambda k: (-len(k), k)))
_SCALE_WORDS = "hundred|thousand|lakh|million|crore|billion|bn|trillion|dozen"
_START = re.compile(rf"(?<![\w.,'’/-])(?:{_WORDS})(?!\w)|(?<![\w./])(?<![A-Za-z]-)\d|(?<=[a-z]{{4}})\d", re.IGNORECASE)
_NEXT = re.compile(rf"(?:[\s-]{{1,6}}|\s{{1,6}}and\s{{1,6}})({_WORDS}|{_SCALE_WORDS})(?!\w)", re.IGNORECASE)
_WORD = re.compile(rf"(?:{_WORDS})(?!\w)", re.IGNORECASE)
_DIGITS = re.compile(
    r"\d{1,3}(?:, ?\d{3}){1,4}(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}(?!\d|,\d)|\d{1,15}(?:\.\d{1,4})?(?!\d)"
)
_SCALE = re.compile(rf"[\s-]{{0,4}}({_SCALE_WORDS}|mn|[mk](?=\W|$)|(?<=\d)b(?=\W|$))(?!\w)", re.IGNORECASE)
_TO = re.compile(r"\s{0,4}(?:to|or|-|–|—)\s{0,4}", re.IGNORECASE)
_AND = re.compile(r"\s{1,4}(?:and|to|-|–)\s{0,4}", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<![\w-])(?:an?(?=\s\S)|another(?![\w-]))", re.IGNORECASE)
#: "handed over four hostages": the verb's own "over".
_HANDED = re.compile(
    r"\b(?:hand|turn|sign)(?:s|ed|ing)? +$|\b(?:take|takes|taken|taking|took|give|gives|given|gave) +$", re.IGNORECASE
)
_CURRENCY = re.compile(r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|Rs\.?)) ?$")
_SIGN = re.compile(r"(?:US)?[$€£¥₹] ?")
_ORDINAL_OR_MEASURE = re.compile(r"(?:st|nd|rd|th|d|s|mm|cm|km|kg|am|pm|x|m|ft|lb|lbs)\b", re.IGNORECASE)

_SLIGHTLY = r"(?:just|well|slightly|far|somewhat|a\s+little)"
_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("at least", r"at\s+(?:the\s+very\s+)?least|(?:no|not)\s+(?:fewer|less)\s+than|(?:an?\s+)?minimum(?:\s+of)?"),
    ("fewer than", rf"(?:{_SLIGHTLY}\s+)?(?:(?:fewer|less)\s+than|under|below|short\s+of)"),
    ("up to", r"up\s+to|as\s+many\s+as|as\s+much\s+as|no\s+more\s+than|not\s+more\s+than|at\s+most|a\s+maximum\s+of"),
    ("more than", rf"(?:{_SLIGHTLY}\s+)?(?:more\s+than|over|above)|upwards?\s+of|in\s+excess\s+of|"
                  r"exceed(?:s|ed|ing)?|greater\s+than"),
    ("about", r"about|around|some|approximately|approx\.?|roughly|nearly|almost|(?:an?\s+)?estimated|close\s+to|"
              r"circa|an\s+average\s+of|perhaps|round"),
)  # fmt: skip
_QUALIFIERS = tuple((kind, re.compile(rf"(?<![\w-])(?:{words})\s{{0,4}}$", re.IGNORECASE)) for kind, words in _BEFORE)
_OF = re.compile(
    r"(\s{1,3}of)\s{1,3}(?!(?:the|them|these|those|its|their|his|her|our|which|whom|us)\b)\w", re.IGNORECASE
)
_AFTER = re.compile(r"\s{1,3}or\s{1,3}(?:(more)|(so)|(fewer|less))(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\w)between\s{0,4}$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)from\s{1,4}$", re.IGNORECASE)
_MONTH = re.compile(rf"(?<!\w)(?:{MONTHS})\.?\s{{1,3}}$", re.IGNORECASE)

#: Words that open a qualifier, and are no number of their own there: "no fewer than", "as many as", "an estimated".
_OPENS_QUALIFIER = re.compile(
    r"(?:no|not)\s+(?:fewer|less|more|greater)\s+than\b|(?<=as )(?:many|much)\s+as\b|"
    r"an?\s+(?:estimated|average|minimum|maximum|little)\b",
    re.IGNORECASE,
)
#: Larger numbers are no counts of anything; beyond it, floats lose whole numbers.
_LARGEST = 1e15

#: How far back, in code points, a qualifier is looked for.
_BACK = 32


def numbers(text: str) -> tuple[Number, ...]:
    """The number expressions of a text, in order, without overlaps.

    Dates, ages and the like are numbers too and are not left out here. Nor are "a", "an" and "another" (see `Number`).

    Example:
        >>> [(n.low, n.high, n.qualifier) for n in numbers("at least 40 dead, dozens hurt, between 20 and 30 held")]
        [(40.0, None, 'at least'), (24.0, None, 'at least'), (20.0, 30.0, 'exactly')]
    """
    found: list[Number] = []
    starts = sorted({*(m.start() for m in _START.finditer(text)), *(m.start() for m in _SET.finditer(text)),
                     *(m.start() for m in _ARTICLE.finditer(text))})  # fmt: skip
    reached = 0
    for start in starts:
        if start < reached or _OPENS_QUALIFIER.match(text, start):
            continue
        number = _number(text, start, reached)
        if number is not None:
            found.append(number)
            reached = number.span[1]
    return tuple(found)


def _number(text: str, start: int, reached: int) -> Number | None:
    set_phrase = _SET.match(text, start)
    before = text[max(reached, start - _BACK) : start]
    if set_phrase is not None:
        key = " ".join(set_phrase.group().lower().replace("-", " ").split())
        bound = _SET_PHRASES[key]
        vague = key in _VAGUE
        core = set_phrase.span()
        if vague:
            return _vague(text, core, bound, before)
        return _qualified(text, core, float(bound or 0), float(bound or 0), before, currency=False)
    value = _value(text, start)
    if value is None:
        article = _ARTICLE.match(text, start)
        return article and Number(article.span(), article.span(), 1.0, 1.0, "exactly", vague=False, currency=False,
                                  article=True)  # fmt: skip
    end, low, scale = value
    currency = _CURRENCY.search(before)
    low, high, end = _range(text, end, low, scale, before)
    if currency is not None:
        sign = currency.group()
        start, before = start - len(sign), before[: len(before) - len(sign)]
    return _qualified(text, (start, end), low, high, before, currency=currency is not None)


def _vague(text: str, core: Span, bound: float | None, before: str) -> Number:
    qualifier, start = _qualifier(before, core[0])
    core = core[0], _past_of(text, core[1])
    least = None if bound is None else float(bound)
    if qualifier == "exactly":
        qualifier = "about" if least is None else "at least"
    return Number((start, core[1]), core, least, None, qualifier, vague=True, currency=False)


def _past_of(text: str, end: int) -> int:
    """The end of "hundreds of", which are the words of the number, save before "them" and the like."""
    following = _OF.match(text, end)
    return end if following is None else following.end(1)


def _qualified(text: str, core: Span, low: float, high: float, before: str, *, currency: bool) -> Number:
    qualifier, start = _qualifier(before, core[0])
    end = core[1]
    if low != high:
        between = _BETWEEN.search(before)
        start = core[0] - len(between.group()) if between else start
    after = _AFTER.match(text, end)
    if after is not None and qualifier == "exactly":
        end = after.end()
        qualifier = "at least" if after[1] else "about" if after[2] else "up to"
    lower: float | None = low if qualifier in {"exactly", "about", "at least", "more than"} or low != high else None
    upper: float | None = None if qualifier in {"at least", "more than"} and low == high else high
    return Number((start, end), core, lower, upper, qualifier, vague=False, currency=currency)


def _qualifier(before: str, start: int) -> tuple[Qualifier, int]:
    """The qualifier that ends right before a number, and its start; of two ("at least some 40") the one that bounds."""
    kind, at = _one_qualifier(before, start)
    if kind == "about":
        outer, earlier = _one_qualifier(before[: len(before) - (start - at)], at)
        if outer != "exactly":
            return outer, earlier
    return kind, at


def _one_qualifier(before: str, start: int) -> tuple[Qualifier, int]:
    for kind, pattern in _QUALIFIERS:
        match = pattern.search(before)
        if match is None:
            continue
        if match.group().strip().lower() != "over" or not _HANDED.search(before[: match.start()]):
            return kind, start - len(match.group())
    return "exactly", start


def _range(text: str, end: int, low: float, scale: float, before: str) -> tuple[float, float, int]:
    """The bounds and the end of "20 to 30" or "2-3 million"; equal bounds where there is no range."""
    joint = (_AND if _BETWEEN.search(before) else _TO).match(text, end)
    if joint is None or _FROM.search(before):
        return low, low, end
    sign = _SIGN.match(text, joint.end()) if _CURRENCY.search(before) else None
    value = _value(text, joint.end() if sign is None else sign.end())
    if value is None:
        return low, low, end
    second_end, second, second_scale = value
    if scale == 1 and second_scale > 1 and low < second / second_scale:
        low *= second_scale
    return (low, second, second_end) if second > low else (low, low, end)


def _value(text: str, start: int) -> tuple[int, float, float] | None:
    """End, value and scale ("million" is 1,000,000, else 1) of the digits or number words at an offset."""
    digits = _DIGITS.match(text, start)
    if digits is None:
        return _worded(text, start)
    words = digits.group()
    if re.search(r"\d[ \u00a0\u202f]\d", words) and _MONTH.search(text[max(0, start - 12) : start]):
        words = re.split(r"[ \u00a0\u202f]", words)[0]
    end = start + len(words)
    value = float(re.sub(r"[,\s]", "", words))
    scale = _SCALE.match(text, end)
    if scale is not None:
        size = {"m": 1_000_000, "mn": 1_000_000, "k": 1_000, "b": 1_000_000_000}.get(scale[1].lower()) or _SCALES[
            scale[1].lower()
        ]
        return scale.end(), round(value * size, 2), float(size)
    if _ORDINAL_OR_MEASURE.match(text, end):
        return None
    return end, value, 1.0


def _worded(text: str, start: int) -> tuple[int, float, float] | None:
    first = _WORD.match(text, start)
    if first is None:
        return None
    word = first.group().lower()
    total, group, scale = 0.0, float(_UNITS.get(word, _TENS.get(word, 0))), 1.0
    last, end = word, first.end()
    while (following := _NEXT.match(text, end)) is not None:
        word = following[1].lower()
        joined = "and" in following.group()[: following.start(1) - following.start()].lower()
        if word in _SCALES:
            if joined:
                break
            size = float(_SCALES[word])
            if max(total, group) * size > _LARGEST:
                break
            scale = size
            if size > 100 or word == "dozen":
                total, group = total + group * size, 0.0
            else:
                group *= size
        elif not _continues(last, word, joined=joined):
            break
        else:
            group += _UNITS.get(word, _TENS.get(word, 0))
            scale = 1.0
        last, end = word, following.end()
    return end, total + group, scale


def _continues(last: str, word: str, *, joined: bool) -> bool:
    """Whether a number word goes on with the number: "twenty" "one", "hundred" ("and") "five", not "two" "three"."""
    if last in _SCALES and last != "dozen":
        return True
    return last in _TENS and not joined and 0 < _UNITS.get(word, 0) < 10
