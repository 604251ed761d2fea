"""Time expressions and their values.

The rules are a table in `time_rules`; what they read is in `time_readings`, the calendar in `time_values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from onrecord.annotators.forms import lowered
from onrecord.annotators.parse import Parsed
from onrecord.annotators.time_context import Stretch, Surroundings, surroundings
from onrecord.annotators.time_fragments import pattern
from onrecord.annotators.time_readings import Reading
from onrecord.annotators.time_rules import RULES, Rule
from onrecord.annotators.time_values import Setting, first_day
from onrecord.model import Span, Time

__all__ = ["times"]

#: How far around a word that tells of time an expression is looked for, in code points.
_REACH = 60
#: Words up to this length are not cut at the edge of a stretch.
_LONGEST_WORD = 40
_COUNTED = frozenset({"NN", "NNS", "CD", "NNP"})

#: Every expression holds one of these; most text holds none, and is passed over.
_TELLING = re.compile(
    r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|centur|q[1-4]\b|night|morning|afternoon|"
    r"evening|noon|dawn|dusk|sunrise|sunset|today|yester|tomorrow|\bnow|current|recent|lately|future|\bthe past|moment|"
    r"present|mon\b|spring|summer|autumn|\bfall\b|winter|january|february|\bmarch|\bapril|\bmay\b|\bjune\b|"
    r"\bjuly\b|august|september|october|november|december|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|christmas|easter|"
    r"thanksgiving|halloween|annually|daily|hourly|\b(?:1\d|20)\d\d|['’`]\d0|twenties|thirties|forties|fifties|sixties|"
    r"seventies|eighties|nineties|\bfiscal|two thousand|nineteen|long ago|\d:\d\d|\d ?[ap]\.?m\b|"
    r"\d{4} ?[(\[gzlhu]|o'clock|half|\d/\d{1,2}/\d|9/11|gmt)"
)


def times(parsed: Parsed) -> tuple[Time, ...]:
    """The time expressions of a report, in the order of the text, without overlap.

    Types, values and mods are TIMEX3's (TimeML 1.2.1). A value is relative to `report.published` or to the dates that
    the report tells; one that neither settles is null, or keeps XXXX for what is unknown ("XXXX-WXX-5").

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> found = times(parse(report("Talks failed late on Friday.", published="2014-03-04")))
        >>> [(t.id, t.span, t.type, t.value, t.mod) for t in found]
        [('t1', (13, 27), 'DATE', '2014-02-28', 'END')]
    """
    text = lowered(parsed.text)
    around = surroundings(parsed)
    story = _Story(parsed)
    found: list[Time] = []
    at = 0
    for start, end in _windows(text):
        at = max(at, start)
        while match := _scanner().search(text, at, end):
            hit = _longest(match.start(), end, text, around, story)
            if hit is None:
                at = match.start() + 1
                continue
            span, reading, rule = hit
            found.append(Time(f"t{len(found) + 1}", span, reading.type, reading.value, reading.mod))
            story.tell(span, reading, rule)
            at = span[1]
    return tuple(found)


class _Story:
    """The dates that the report has told of so far, as it is read from its start."""

    def __init__(self, parsed: Parsed) -> None:
        published = parsed.report.published
        self.published = date.fromisoformat(published[:10]) if published else None
        self._text = parsed.text
        self._told: str | None = None
        self._quarter: str | None = None
        self._named: tuple[date, int] | None = None
        self._said: tuple[date, int] | None = None
        ends = parsed.paragraphs if self.published is None else [(s.start_char, s.end_char) for s in parsed.doc.sents]
        self._parts = iter(ends)
        self._part: Span = next(self._parts, (0, 0))

    def setting(self, stretch: Stretch) -> Setting:
        while stretch.start >= self._part[1] and (following := next(self._parts, None)):
            self._part = following
        within = self._part[0]
        named = self._named if self._named is not None and self._named[1] >= within else None
        said = self._said[0] if self._said is not None and self._said[1] >= within else None
        before = stretch.previous_token
        counted = before is not None and (before.tag_ in _COUNTED or before.text in {"%", ")"})
        return Setting(
            published=self.published,
            told=self._told,
            quarter=self._quarter,
            year=named[0].year if named else None,
            month=named[0].month if named else 1,
            said=said,
            follows=stretch.before in {"to", "through", "until", "till"},
            tense=stretch.tense,
            counted=counted,
        )

    def tell(self, span: Span, reading: Reading, rule: Rule) -> None:
        known = first_day(reading.value) if reading.type in {"DATE", "TIME"} else None
        if known is None:
            return
        self._told = reading.value
        if known[0] == "day":
            self._said = (known[1], span[0])
        named = str(known[1].year) in self._text[span[0] : span[1]]
        if rule.name == "quarter" and not named:
            self._quarter = reading.value
        if named and (known[0] != "year" or span[0] - self._part[0] <= len("in ")):
            self._named = (known[1], span[0])


def _longest(start: int, end: int, text: str, around: Surroundings, story: _Story) -> tuple[Span, Reading, Rule] | None:
    matches = [(m.end(), -n, m, rule) for n, (rule, p) in enumerate(_compiled()) if (m := p.match(text, start, end))]
    for stop, _, match, rule in sorted(matches, key=lambda m: m[:2], reverse=True):
        stretch = Stretch(around, start, stop)
        if stop > start and rule.fits(stretch):
            parts = match.groupdict()
            if parts.get("year2"):
                parts["year"] = parts["year2"]
            if parts.get("unit"):
                parts["unit"] = _singular(parts["unit"])
            reading = rule.reading(parts, story.setting(stretch))
            if reading is not None:
                return (start, stop), reading, rule
    return None


def _singular(words: str) -> str:
    word = words.split()[-1]
    return "century" if word == "centuries" else word.removesuffix("s")


def _windows(text: str) -> Iterator[Span]:
    """The stretches around words that tell of time, whole words only, in order and apart."""
    start, end = 0, 0
    for match in _TELLING.finditer(text):
        if match.start() - _REACH > end:
            if end:
                yield _whole(start, end, text)
            start = max(0, match.start() - _REACH)
        end = match.end() + _REACH
    if end:
        yield _whole(start, end, text)


def _whole(start: int, end: int, text: str) -> Span:
    """The stretch without the parts of words at its edges; within bounds, as text need not have spaces."""
    for _ in range(_LONGEST_WORD):
        if start == 0 or text[start - 1].isspace():
            break
        start -= 1
    for _ in range(_LONGEST_WORD):
        if end >= len(text) or text[end].isspace():
            break
        end += 1
    return start, min(end, len(text))


@cache
def _compiled() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(pattern(rule.words))) for rule in RULES)


@cache
def _scanner() -> re.Pattern[str]:
    patterns = "|".join(pattern(rule.words, named=False) for rule in RULES)
    return re.compile(rf"(?:(?<![\w-])|(?<=\d-))(?:{patterns})")
