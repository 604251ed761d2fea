"""Figures of many reports by what they count, and of each count the numbers of each claimant over time.

No number is chosen and none is added up: a subject holds every number beside its claimant, and flags say where they
do not go together, each with both entries and its reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Literal

import msgspec

from onrecord.model import Annotated, Span
from onrecord.reconcile.claims import claimants
from onrecord.reconcile.flags import Flag, Teller, Told, flags
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.linking import Link, links
from onrecord.reconcile.same_figure import SAME_FIGURE, comparable, repeated, within_report
from onrecord.reconcile.tallies import Tally

__all__ = ["Point", "Series", "Subject", "series", "subjects"]

Entry = tuple[str, str]

_RANKS: tuple[Teller, ...] = ("claimant", "outlet", "nobody")
#: Figures are of one event if their links are, on average, at least this likely.
JOINED = 0.35
#: Between two figures of one report for the same thing.
ONE_REPORT = 1.0


class Point(msgspec.Struct, frozen=True):
    """A number of a series, as one report gives it.

    Attributes:
        report, entry: the report's id, and the figure's in it.
        words, low, high: the number in the report's words, and the bounds of what they allow. `of`: whom it counts.
        day: the day that the number is of: as stated, else that of publication, or null. `stated`: it is stated.
        claimant: in the report's words; null where it names nobody. `voice`: "narrator", "unsourced" or "said".
        part: it is given as a part of a larger number.
    """

    report: str
    entry: str
    span: Span
    words: str
    low: float | None
    high: float | None
    of: str
    day: str | None
    stated: bool
    claimant: str | None
    voice: str
    part: bool
    publisher: str | None
    published: str | None


class Series(msgspec.Struct, frozen=True):
    """One claimant's numbers for one subject, in the order of time.

    Attributes:
        by: the claimant's fullest name; else the outlet's name or the report's id.
        teller: whether `by` is a claimant, an outlet in its own voice, or a report that gives a number as nobody's.
    """

    by: str
    teller: Teller
    points: tuple[Point, ...]


class Subject(msgspec.Struct, frozen=True):
    """What is counted: unit, whom, place, and of one event or over what time.

    Attributes:
        subject: its name: report and entry of its first number, in the order of these.
        of: whom, as most reports put it; empty where none says.
        scope: "incident" for one event, "cumulative" for a total over a time.
        happened: first and last day of the event, where words give it; `since`, `within`: over what time a total runs.
    """

    subject: Entry
    unit: str
    of: str
    place: str | None
    scope: Literal["incident", "cumulative"]
    happened: tuple[str, str] | None
    since: str | None
    within: str | None
    series: tuple[Series, ...]
    flags: tuple[Flag, ...]


def series(reports: Iterable[Annotated], made: Iterable[Link] | None = None) -> tuple[Subject, ...]:
    """What the figures of some reports count, with the numbers of each claimant over time.

    The same in any order of the reports. Reports have different ids: one version of each.

    Args:
        made: links of the kind same-figure between them, as a record keeps them; by default they are made here.

    Example:
        >>> import onrecord
        >>> told = ("Police said that nine people died in the Orsk ferry fire on Monday.",
        ...         "The Orsk ferry fire on Monday killed 11 people, police said.")
        >>> read = [onrecord.annotate(text, id=f"r{n}", published=f"2031-03-0{n + 3}", models=False)
        ...         for n, text in enumerate(told)]
        >>> [(s.unit, [(one.by, [p.words for p in one.points]) for one in s.series]) for s in series(read)]
        [('killed', [('Police', ['nine', '11'])])]
    """
    held = list(reports)
    found = links(SAME_FIGURE, held) if made is None else made
    return subjects([trace.kept for annotated in held for trace in SAME_FIGURE.traces(annotated)], found)


def subjects(kept: Iterable[Tally], made: Iterable[Link]) -> tuple[Subject, ...]:
    """The subjects of what is kept of figures and of the links between them, in the order of their first numbers.

    Totals over a time are one subject if unit, whom, place and time agree; figures of one event if they are linked.
    """
    held = {(t.report, t.entry): t for t in kept}
    totals: dict[tuple[str, ...], list[Tally]] = defaultdict(list)
    for name in sorted(held):
        if (key := total(held[name])) is not None:
            totals[key].append(held[name])
    alone = {name: [t] for name, t in held.items() if comparable(t)}
    joined = [[held[name] for name in group] for group in _events(held, made)]
    for group in joined:
        for tally in group:
            del alone[tally.report, tally.entry]
    made_of = [*totals.values(), *joined, *alone.values()]
    return tuple(sorted((_subject(group) for group in made_of), key=lambda one: one.subject))


def total(tally: Tally) -> tuple[str, ...] | None:
    """What a total over a time counts, in a form that is equal where it is the same; None for figures of one event.

    Where the words link no place, it is of the place that its report names most.
    """
    if tally.period is None or tally.standing != "whole":
        return None
    place = " ".join(tally.where.name) if tally.where is not None else next(iter(tally.tie.places), "")
    since, within = tally.period.since, tally.period.within
    if within.startswith("P"):  # a length up to now is another time every day
        within += f" to {tally.day}"
    return tally.unit, tally.whom.head, " ".join(tally.whom.sides), place, since, within


def _events(held: Mapping[Entry, Tally], made: Iterable[Link]) -> Iterator[list[Entry]]:
    """Figures of one event, in groups of two or more."""
    names = {f"{n:08d}": name for n, name in enumerate(sorted(held))}
    number = {name: n for n, name in names.items()}
    pairs = [(number[link.a], number[link.b], link.score) for link in made if link.a in number and link.b in number]
    pairs += [(number[a], number[b], ONE_REPORT) for a, b in _inside(held)]
    for group in groups(pairs, least=JOINED):
        yield [names[n] for n in group]


def _inside(held: Mapping[Entry, Tally]) -> Iterator[tuple[Entry, Entry]]:
    """Figures of one report for the same thing: by two claimants, or the same number again."""
    reports: dict[str, list[Tally]] = defaultdict(list)
    for tally in held.values():
        reports[tally.report].append(tally)
    for of_one in reports.values():
        for a, b in combinations(of_one, 2):
            if within_report(a, b) or repeated(a, b):
                yield (a.report, a.entry), (b.report, b.entry)


def _subject(group: list[Tally]) -> Subject:
    ordered = sorted(group, key=_by_time)
    told = _by_teller(ordered)
    first = min((t.report, t.entry) for t in group)
    lead = next((t for t in ordered if t.place), ordered[0])
    period = ordered[0].period
    days = [t.happened for t in ordered if t.happened is not None]
    return Subject(
        subject=first,
        unit=lead.unit,
        of=_commonest(t.of for t in ordered if t.whom.head or not t.whom.others),
        place=lead.place,
        scope="incident" if period is None else "cumulative",
        happened=None if not days else (_iso(min(days)[0]), _iso(min(days)[1])),
        since=(period.since or None) if period else None,
        within=(period.within or None) if period else None,
        series=tuple(Series(one.by, one.teller, tuple(_point(t) for t in one.tallies)) for one in told),
        flags=flags(told),
    )


def _by_teller(ordered: list[Tally]) -> list[Told]:
    """The figures by who tells them: claimants, outlets, then what is nobody's, each in the order of their first."""
    named = claimants(tally.claim for tally in ordered if tally.claim.words)
    found: dict[tuple[Teller, str], dict[tuple[object, ...], Tally]] = defaultdict(dict)
    for tally in ordered:
        outlet = tally.publisher or tally.report
        teller: tuple[Teller, str] = ("outlet", outlet) if tally.claim.voice == "narrator" else ("nobody", outlet)
        if tally.claim.words:
            teller = ("claimant", named[tally.claim])
        found[teller].setdefault((tally.report, tally.low, tally.high), tally)  # a report may say it again and again
    ranked = sorted(found.items(), key=lambda item: _RANKS.index(item[0][0]))  # stable: then by the first number
    return [Told(kind, by, tuple(tallies.values())) for (kind, by), tallies in ranked]


def _by_time(tally: Tally) -> tuple[bool, int, str, str, Span]:
    day = tally.day
    return day is None, day or 0, tally.published or "", tally.report, tally.span


def _commonest(words: Iterable[str]) -> str:
    counts = Counter(word for word in words if word)
    return min(counts, key=lambda word: (-counts[word], word), default="")


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _point(tally: Tally) -> Point:
    return Point(
        report=tally.report, entry=tally.entry, span=tally.span, words=tally.words, low=tally.low, high=tally.high,
        of=tally.of, day=None if tally.day is None else _iso(tally.day), stated=tally.as_of is not None,
        claimant=tally.claim.name or None, voice=tally.claim.voice, part=tally.standing == "part",
        publisher=tally.publisher, published=tally.published,
    )  # fmt: skip
