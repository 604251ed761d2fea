"""What is kept of each figure of a report, so that two figures can be compared from these two alone."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from onrecord.model import Annotated, Figure, Place, Span
from onrecord.reconcile.claims import Claim, claim, one_claimant
from onrecord.reconcile.counted_as import CountedAs, counted_as
from onrecord.reconcile.figure_times import FigureTimes, Period
from onrecord.reconcile.profiles import COMMON, Profile, profile
from onrecord.reconcile.rarity import rarity, words
from onrecord.reconcile.standings import THINGS, Standing, standing
from onrecord.reconcile.whereabouts import Where, nearness, where
from onrecord.reconcile.whom import Whom, whom
from onrecord.reconcile.word_sets import word_set

__all__ = ["Tally", "tallies"]

#: Units whose numbers are compared between reports.
COMPARED = THINGS | word_set(
    """
    killed wounded missing hostages captured detained released displaced evacuated refugees returned
    housing-destroyed
    """
)
#: How many figures of a report are kept: one with more is a list, and each is compared with the others.
MOST = 100
#: How far around a number its sentence is read, in code points.
REACH = 400
#: How many words of the sentence are kept.
NEAR = 14
#: How many places of the report are kept.
SPOTS = 3

_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n+")
#: A name that no gazetteer has, where a place stands.
_IN = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside) (?:the )?(?:(?:town|village|city|district|port) of )?"
    r"([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)"
)
_NO_PLACE = word_set(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday parliament congress senate court english arabic russian french ramadan easter
    """
)
_NUMBERS = word_set(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozens dozen hundred hundreds thousand
    thousands several killed killing dead died wounded injured people person said
    """
)
_BETWEEN = re.compile(r"\s+(?:(?!of\b)[\w’'-]+\s+){1,3}")
#: Within how many code points after a number those counted follow.
_FAR = 40
_NARROW = word_set("address settlement district")


class Tally(msgspec.Struct, frozen=True):
    """One figure of one report, with what is needed to compare it.

    Attributes:
        report, entry: the report's id, and the figure's in it.
        published: ISO 8601 date or time of publication, or null.
        publisher: the outlet, or null; then series name the report.
        words: the number in the report's words; `of` whom or what it counts; `span` where the number stands.
        low, high: bounds of what the words allow.
        unit, scope: as in the model.
        whom: whom it counts, for comparing; `counted` as what. `claim`: whose count it is.
        where: the place that the words link, else the only one of the sentence, or null; `place` its name.
        happened: first and last day that the words give for the event, or null.
        as_of: the day that the number is stated for or was given on, or null. Days are proleptic Gregorian ordinals.
        period: over what time a total runs, or null where it is of one event.
        standing: "whole"; or why it is not compared as a whole: a "part" of another figure, of "some" of those
            counted, "lesser" than another of its report, "added" on top of another number, of another event ("aside"),
            or of "one" person alone.
        spots: the settlements, districts and finer that its report names most, without that of a dateline.
        near: the words of its sentence, the rarest, each with what it is rarer than a common word.
        tie: what its report tells about its story, the weightiest alone.
    """

    report: str
    entry: str
    published: str | None
    publisher: str | None
    words: str
    of: str
    span: Span
    low: float | None
    high: float | None
    unit: str
    scope: str
    whom: Whom
    counted: CountedAs
    claim: Claim
    place: str | None
    where: Where | None
    happened: tuple[int, int] | None
    as_of: int | None
    period: Period | None
    standing: Standing
    spots: tuple[Where, ...]
    near: dict[str, float]
    tie: Profile

    @property
    def day(self) -> int | None:
        """The day that the number is of (proleptic Gregorian ordinal): as stated, else that of publication."""
        return self.as_of if self.as_of is not None else self.tie.published


def tallies(annotated: Annotated) -> tuple[Tally, ...]:
    """What is kept of the first `MOST` figures that can be compared, from their report alone, in the order of the text.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Police said that nine people died in the blast in Kharkiv.", models=False)
        >>> [(t.words, t.whom.head, t.claim.name, t.standing) for t in tallies(read)]
        [('nine', '', 'Police', 'whole')]
    """
    compared = [f for f in annotated.figures if f.unit in COMPARED and (f.low is not None or f.high is not None)]
    compared = compared[:MOST]
    if not compared:
        return ()
    tie, spots = _trimmed(profile(annotated)), _spots(annotated)
    made = [_tally(figure, annotated, tie, spots) for figure in compared]
    return tuple(msgspec.structs.replace(t, standing="lesser") if _is_lesser(t, made) else t for t in made)


def _tally(figure: Figure, annotated: Annotated, tie: Profile, spots: tuple[Where, ...]) -> Tally:
    report = annotated.report
    start, end = _sentence(report.text, figure.span)
    before, after = report.text[max(start, figure.span[0] - 24) : figure.span[1]], report.text[figure.span[1] : end]
    counted = whom(_of(figure, report.text), before, after)
    place, located = _where(figure, annotated, (start, end))
    times = FigureTimes(figure, annotated, (start, end))
    return Tally(
        report=report.id, entry=figure.id, published=report.published, publisher=report.publisher,
        words=" ".join(figure.text.split()), of=" ".join(figure.of.text.split()), span=figure.span,
        low=figure.low, high=figure.high, unit=figure.unit, scope=figure.scope, whom=counted,
        counted=counted_as(report.text[start:end], figure.span[0] - start, figure.span[1] - start),
        claim=claim(figure, annotated), place=place, where=located,
        happened=_not_after(times.happened(), tie.published), as_of=times.as_of(),
        period=times.period(), standing=standing(figure, counted, report, (start, end), times),
        spots=spots,
        near=_near(report.text[start:end]), tie=tie,
    )  # fmt: skip


def _of(figure: Figure, text: str) -> str:
    """Whom it counts, with the words between the number and them: "three more people"."""
    of, after = figure.of.text, text[figure.span[1] : figure.span[1] + _FAR + len(figure.of.text)]
    at = after.find(of) if of else 0
    between = after[:at] if of else " ".join(after.split()[:1])
    if of and _BETWEEN.fullmatch(between):
        return f"{between} {of}"
    return of or (between if between in ("more", "additional", "further", "others") else "")


def _where(figure: Figure, annotated: Annotated, sentence: Span) -> tuple[str | None, Where | None]:
    """The place that the words link, else the only one that its sentence names, without countries and the like."""
    linked = next((p for p in annotated.places if p.id == figure.place), None)
    credit = annotated.report.credit
    first = max(sentence[0], credit.span[1]) if credit is not None else sentence[0]
    near = [p for p in annotated.places if first <= p.span[0] < sentence[1] and p.precision in _NARROW]
    near = [p for p in near if not _of_dateline(p, annotated.report.text)]
    place = linked or (near[0] if len({p.name for p in near}) == 1 else None)
    if place is not None:
        return place.name, where(place)
    named = [] if near else [m[1] for m in _IN.finditer(annotated.report.text, first, sentence[1])]
    named = [name for name in named if name.split()[0].lower() not in _NO_PLACE]
    if len(set(named)) != 1:
        return None, None
    return named[0], Where(tuple(word.lower() for word in named[0].split()), None, None, "settlement", ())


def _is_lesser(tally: Tally, others: list[Tally]) -> bool:
    """Whether the same report gives a larger number for the same by the same claimant."""
    return tally.standing == "whole" and any(
        other is not tally
        and other.standing == "whole"
        and other.unit == tally.unit
        and other.period == tally.period
        and other.whom.head in ("", tally.whom.head)
        and tally.high is not None
        and other.low is not None
        and other.low > tally.high
        and _may_be_one_place(tally.where, other.where)
        and (tally.happened is None or other.happened is None or tally.happened == other.happened)
        and (tally.claim.words == other.claim.words or one_claimant(tally.claim, other.claim))
        for other in others
    )


def _not_after(days: tuple[int, int] | None, published: int | None) -> tuple[int, int] | None:
    """The days of an event, if they are not after the report on it: else its weekday was taken for that to come."""
    return None if days is not None and published is not None and days[0] > published + 1 else days


def _may_be_one_place(a: Where | None, b: Where | None) -> bool:
    return (a is None and b is None) or nearness(a, b) in ("same", "inside")


def _sentence(text: str, span: Span) -> Span:
    first, last = max(0, span[0] - REACH), min(len(text), span[1] + REACH)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, first, span[0])]
    after = _SENTENCE_END.search(text, span[1], last)
    return (ends[-1] if ends else first), (after.start() if after else last)


def _spots(annotated: Annotated) -> tuple[Where, ...]:
    report = annotated.report
    filed = report.credit.span if report.credit else (0, 0)
    counts = Counter(
        where(place)
        for place in annotated.places
        if place.precision in _NARROW
        and not filed[0] <= place.span[0] < filed[1]
        and not _of_dateline(place, report.text)
    )
    return tuple(spot for spot, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0].name))[:SPOTS])


def _of_dateline(place: Place, text: str) -> bool:
    """Whether a place is in capitals, in a report that is not: where it was filed."""
    return text[slice(*place.span)].isupper() and not text[-200:].isupper()


def _near(sentence: str) -> dict[str, float]:
    found = {word: round(rarity(word) - COMMON, 1) for word, _, _ in words(sentence) if not word[0].isdigit()}
    ranked = sorted((-weight, word) for word, weight in found.items() if weight > 0 and word not in _NUMBERS)
    return {word: -weight for weight, word in ranked[:NEAR]}


def _trimmed(told: Profile) -> Profile:
    """The weightiest of a profile: a report has several figures, and each keeps it."""

    def top(weights: dict[str, float], most: int) -> dict[str, float]:
        return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most])

    return msgspec.structs.replace(
        told, people=told.people[:6], names=top(told.names, 14), places=top(told.places, 6),
        terms=top(told.terms, 14), title=top(told.title, 10), lead=top(told.lead, 16), phrases=told.phrases[:4],
        points=told.points[:3], days=dict(list(told.days.items())[:4]), ages=told.ages[:6], tolls=told.tolls[:4],
        events={},
    )  # fmt: skip
