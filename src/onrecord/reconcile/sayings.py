"""What is kept of a statement of one report, small enough to store: who, when, and the words with their quotations."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from zlib import crc32

import msgspec

from onrecord.model import Act, Annotated, Attribution, Manner, Span
from onrecord.reconcile.rarity import rarity, words
from onrecord.reconcile.said import Said, quoted_spans, said
from onrecord.reconcile.speakers import Speaker, speaker

__all__ = ["SAID", "Statement", "keys", "shingles", "statements"]

#: The manners that are statements.
SAID: tuple[Manner, ...] = ("said", "written")
#: Of a longer statement only so many code points are kept.
LONGEST = 1500
#: A statement without a stated day was made on the day of the report or so many days before.
BEFORE = 3
#: Keys hold a stretch of so many days, and the next one.
STRETCH = 4
#: How many words, and runs of words, a statement is found by.
MOST_WORDS, MOST_RUNS, MOST_PAIRS = 5, 5, 3
#: A run of quoted words by which a statement is found in any year: so many words, of so much weight.
RUN, RARE_RUN = 6, 7.0

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_YEAR = re.compile(r"\d{4}")


class Statement(msgspec.Struct, frozen=True):
    """What is kept of a statement.

    Attributes:
        speaker: who speaks.
        act, negated, manner: as in the model.
        published: the day of publication (proleptic Gregorian ordinal), or null.
        days: the first and last day on which it may have been made; null where nothing says so.
        stated: whether the report states the day.
        content: the words, at most `LONGEST` code points; a split statement's parts with " ... " between them.
        quoted: the spans of `content` that stand in quotation marks.
        venue: rare words of addressee and medium, sorted.
    """

    speaker: Speaker
    act: Act
    negated: bool
    manner: Manner
    published: int | None
    days: tuple[int, int] | None
    stated: bool
    content: str
    quoted: tuple[Span, ...]
    venue: tuple[str, ...]

    @property
    def said(self) -> Said:
        """The words, ready to be compared."""
        return said(self.content, self.quoted)


def statements(annotated: Annotated) -> Iterator[tuple[str, Statement]]:
    """The statements of a report, each with the id of its attribution.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate('"The map is a joke," Karel Brod said.', published="2031-03-04", models=False)
        >>> [(entry, made.content, made.speaker.shown, made.stated) for entry, made in statements(read)]
        [('a1', '"The map is a joke,"', 'Karel Brod', False)]
    """
    text = annotated.report.text
    marked = quoted_spans(text)
    published = _ordinal(annotated.report.published)
    for attribution in annotated.attributions:
        if attribution.manner not in SAID or not attribution.content.spans:
            continue
        content, quoted = _content(text, attribution.content.spans, marked)
        stated = _stated(attribution.time.value if attribution.time else None)
        usual = None if published is None else (published - BEFORE, published)
        yield attribution.id, Statement(
            speaker=speaker(annotated, attribution), act=attribution.act, negated=attribution.negated,
            manner=attribution.manner, published=published, days=stated or usual, stated=stated is not None,
            content=content, quoted=quoted, venue=_venue(annotated, attribution),
        )  # fmt: skip


def keys(statement: Statement) -> tuple[str, ...]:
    """What a statement is found by; at most 22.

    The speaker with a rare word and a stretch of days; two rare words with a stretch of days, for a speaker whom
    another report names otherwise; runs of rare quoted words, at any time.
    """
    found = [f"words {run}" for run in shingles(statement)]
    roots = statement.said.roots
    rare = sorted(roots, key=lambda word: (-roots[word], word))
    if statement.days is None:
        return tuple(sorted({*found, *(f"undated {who} {word}" for who in _who(statement) for word in rare[:3])}))
    first = statement.days[1] // STRETCH
    for stretch in (first, first + 1):
        found += [f"{who} {word} {stretch}" for who in _who(statement) for word in rare[:MOST_WORDS]]
        found += [f"{a} {b} {stretch}" for a, b in list(combinations(sorted(rare[:3]), 2))[:MOST_PAIRS]]
    return tuple(sorted(set(found)))


def shingles(statement: Statement) -> tuple[str, ...]:
    """A few runs of `RUN` quoted words, each of much weight, chosen by their words alone, as eight hex digits."""
    inside = statement.said.words
    found = set()
    for n in range(len(inside) - RUN + 1):
        run = inside[n : n + RUN]
        if all(word.quoted for word in run) and sum(word.weight for word in run) >= RARE_RUN:
            found.add(f"{crc32(' '.join(word.text for word in run).encode()):08x}")
    return tuple(sorted(found)[:MOST_RUNS])


def _who(statement: Statement) -> list[str]:
    """The surname, or else the rarest word of the office."""
    if statement.speaker.name:
        return [statement.speaker.name[-1]]
    office = sorted(statement.speaker.office, key=lambda word: (-rarity(word), word))
    return office[:1]


def _content(text: str, spans: tuple[Span, ...], marked: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    quoted: list[Span] = []
    length = 0
    for start, end in spans:
        parts.append(text[start:end])
        inside = ((max(start, first), min(end, last)) for first, last in marked if first < end and last > start)
        quoted += [(first - start + length, last - start + length) for first, last in inside]
        length += end - start + len(" ... ")
    cut = " ... ".join(parts)[:LONGEST]
    return cut, tuple((first, min(last, LONGEST)) for first, last in quoted if first < LONGEST)


def _venue(annotated: Annotated, attribution: Attribution) -> tuple[str, ...]:
    spans = [*(attribution.addressee.spans if attribution.addressee else ()),
             *(attribution.medium.spans if attribution.medium else ())]  # fmt: skip
    told = (word for start, end in spans for word, _, _ in words(annotated.report.text[start:end]))
    return tuple(sorted({word for word in told if rarity(word) > 1.5}))[:8]


def _stated(value: str | None) -> tuple[int, int] | None:
    """The first and last day of a TIMEX3 value that is a day, a week, a month or a year."""
    try:
        if match := _DAY.match(value or ""):
            day = date(int(match[1]), int(match[2]), int(match[3])).toordinal()
            return day, day
        if match := _WEEK.match(value or ""):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return monday.toordinal(), (monday + timedelta(days=6)).toordinal()
        if match := _MONTH.fullmatch(value or ""):
            year, month = int(match[1]), int(match[2])
            return date(year, month, 1).toordinal(), date(year, month, calendar.monthrange(year, month)[1]).toordinal()
        if match := _YEAR.fullmatch(value or ""):
            return date(int(match[0]), 1, 1).toordinal(), date(int(match[0]), 12, 31).toordinal()
    except ValueError:  # no such day
        pass
    return None


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None
