"""What is kept of a statement of one report, small enough to store: who, when, and the words with their quotations."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from zlib import crc32

import msgspec

from onrecord.model import Act, Annotated, Manner, Span
from onrecord.reconcile.days import ordinal
from onrecord.reconcile.rarity import rarity
from onrecord.reconcile.said import Said, quoted_spans, said
from onrecord.reconcile.speakers import Speaker, speaker
from onrecord.reconcile.subject_names import subject_names

__all__ = ["SAID", "Statement", "keys", "shingles", "statements"]

#: The manners that are statements.
SAID: tuple[Manner, ...] = ("said", "written")
#: Of a longer statement only so many code points are kept.
LONGEST = 1500
#: A statement without a stated day was made on the day of the report or so many days before.
BEFORE = 3
#: Keys hold a stretch of so many days.
STRETCH = 8
#: By how many rare words a statement is found with a surname, with an office, with each of two words for a body.
WITH_NAME, WITH_OFFICE, WITH_BODY = 5, 2, 4
#: So many first letters of a word stand for all its forms: "Orlesia", "Orlesian".
STEM = 5
#: By how many runs of quoted words a statement is found, and by how many of one sentence.
MOST_RUNS, RUNS_OF_ONE = 4, 2
#: A run of quoted words by which a statement is found in any year: so many words, of so much weight.
RUN, RARE_RUN = 5, 7.0

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
        about: words of the names that the report is about, kept where the speaker may be anybody.
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
    about: tuple[str, ...] = ()

    @property
    def said(self) -> Said:
        """The words, ready to be compared."""
        return said(self.content, self.quoted)


def statements(annotated: Annotated, *, own: bool = False) -> Iterator[tuple[str, Statement]]:
    """The statements of a report, each with the id of its attribution.

    Args:
        own: what a statement quotes from another speaker is not taken for quoted: it has a statement of its own.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate('"The map is a joke," Karel Brod said.', published="2031-03-04", models=False)
        >>> [(entry, made.content, made.speaker.shown, made.stated) for entry, made in statements(read)]
        [('a1', '"The map is a joke,"', 'Karel Brod', False)]
    """
    text = annotated.report.text
    marked = quoted_spans(text)
    published = ordinal(annotated.report.published)
    about = subject_names(annotated)
    entities = {entity.id: entity for entity in annotated.entities}
    inner: dict[str | None, list[Span]] = defaultdict(list)
    for attribution in annotated.attributions if own else ():
        inner[attribution.within] += attribution.content.spans
    for attribution in annotated.attributions:
        if attribution.manner not in SAID or not attribution.content.spans:
            continue
        content, quoted = _content(text, attribution.content.spans, marked, inner.get(attribution.id, ()))
        if attribution.kind == "direct" and not quoted and attribution.id not in inner:  # in single quotation marks
            quoted = ((0, len(content)),)
        stated = _stated(attribution.time.value if attribution.time else None)
        who = speaker(annotated, attribution, entities=entities)
        usual = None if published is None else (published - BEFORE, published)
        yield attribution.id, Statement(
            speaker=who, act=attribution.act,
            negated=attribution.negated, manner=attribution.manner, published=published, days=stated or usual,
            stated=stated is not None, content=content, quoted=quoted, about=() if who.name else about,
        )  # fmt: skip


def keys(statement: Statement) -> tuple[str, ...]:
    """What a statement is found by; at most 22.

    The speaker's surname, or words of the office, with a rare word and a stretch of days; two rare words with a stretch
    of days where nobody is named; runs of rare quoted words, at any time.
    """
    found = [f"words {run}" for run in shingles(statement)]
    roots = statement.said.roots
    rare = sorted(roots, key=lambda word: (-roots[word], word))
    by = [f"{who} {word}" for who, most in _who(statement.speaker) for word in rare[:most]]
    by = by or [f"{a} {b}" for a, b in combinations(sorted(rare[:3]), 2)]
    return tuple(sorted({*found, *(f"{key} {when}" for key in by for when in _stretches(statement))}))


def shingles(statement: Statement) -> tuple[str, ...]:
    """A few runs of `RUN` quoted words, each of much weight, chosen by their words alone, as eight hex digits.

    Of each sentence the same ones are chosen whatever stands beside it.
    """
    inside = statement.said.words
    sentences = [statement.content.count(".", 0, word.span[0]) for word in inside]
    found: dict[int, list[str]] = {}
    for n in range(len(inside) - RUN + 1):
        run, sentence = inside[n : n + RUN], sentences[n]
        if sentence != sentences[n + RUN - 1] or not all(word.quoted for word in run):
            continue
        if sum(word.weight for word in run) >= RARE_RUN:
            found.setdefault(sentence, []).append(f"{crc32(' '.join(word.text for word in run).encode()):08x}")
    chosen = sorted(run for runs in found.values() for run in sorted(set(runs))[:RUNS_OF_ONE])
    return tuple(dict.fromkeys(chosen))[:MOST_RUNS]


def _who(who: Speaker) -> list[tuple[str, int]]:
    """What names a speaker, each with how many rare words to look for it by."""
    office = [word[:STEM] for word in sorted(who.office, key=lambda word: (-rarity(word), word))]
    if who.name:
        return [
            (who.name[-1][:STEM], WITH_NAME),
            *((word, WITH_OFFICE) for word in dict.fromkeys((*office[:1], *office[-1:]))),
        ]
    return [(word, WITH_BODY) for word in dict.fromkeys((*office[:1], *office[-1:]))]


def _stretches(statement: Statement) -> list[str]:
    """The stretch of days of a statement, and near its end the next one, so that neighbours meet."""
    if statement.days is None:
        return ["undated"]
    number, day = divmod(statement.days[1], STRETCH)
    return [str(number)] if day < STRETCH - BEFORE else [str(number), str(number + 1)]


def _content(
    text: str, spans: tuple[Span, ...], marked: Sequence[Span], inner: Iterable[Span]
) -> tuple[str, tuple[Span, ...]]:
    """The words of some spans, and where they stand in quotation marks, but for what stands in inner spans."""
    parts: list[str] = []
    quoted: list[Span] = []
    length = 0
    for start, end in spans:
        parts.append(text[start:end])
        for first, last in _without(_inside(marked, start, end), inner):
            quoted.append((first - start + length, last - start + length))
        length += end - start + len(" ... ")
    cut = " ... ".join(parts)[:LONGEST]
    return cut, tuple((first, min(last, LONGEST)) for first, last in quoted if first < LONGEST)


def _inside(marked: Sequence[Span], start: int, end: int) -> list[Span]:
    """The parts of sorted, disjoint spans that lie between two offsets."""
    found = []
    for first, last in marked[max(bisect_right(marked, (start, start)) - 1, 0) :]:
        if first >= end:
            break
        if last > start:
            found.append((max(start, first), min(end, last)))
    return found


def _without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What is left of some spans without others."""
    found = list(spans)
    for first, last in holes:
        cut = [part for start, end in found for part in ((start, min(end, first)), (max(start, last), end))]
        found = [part for part in cut if part[0] < part[1]]
    return found


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
