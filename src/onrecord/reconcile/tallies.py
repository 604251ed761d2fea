"""What is kept of each figure of a report, so that two figures can be compared from these two alone."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from onrecord.model import Annotated, Figure, Span, Time
from onrecord.reconcile.claims import Claim, claim, one_claimant
from onrecord.reconcile.days import stretch
from onrecord.reconcile.profiles import COMMON, Profile, profile
from onrecord.reconcile.rarity import rarity, words
from onrecord.reconcile.whereabouts import Where, nearness, where
from onrecord.reconcile.whom import Whom, whom

__all__ = ["Period", "Tally", "tallies"]

Standing = Literal["whole", "part", "lesser", "added", "aside", "one"]

#: Units whose numbers are compared between reports; of the last ones only where the words say what is counted.
COMPARED = frozenset(
    """killed wounded missing hostages captured detained released displaced evacuated refugees returned
    housing-destroyed buildings vehicles weapons troops attacks""".split()
)
THINGS = frozenset("buildings vehicles weapons troops attacks".split())
#: How far around a number its sentence is read, in code points.
REACH = 400
#: How many words of the sentence are kept.
NEAR = 14

_SINCE = re.compile(r"\bsince (?:the (?:start|beginning|outbreak) of )?(?P<what>[^,.;]{3,40})", re.IGNORECASE)
_WAR = re.compile(r"\b(?:war|conflict|insurgency|rebellion|genocide|uprising|occupation)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:as of|by|until|up to|as at) (?:late |early |mid-?)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:since|from|after)(?: the)?(?: start| beginning| end)?(?: of)?(?: late| early| mid-?)? ?$", re.I)
#: Words of another event than that of the report.
_ASIDE = re.compile(
    r"\b(?:separate|separately|unrelated|previous|previously|similar|last (?:week|month|year)|in (?:19|20)\d\d|"
    r"years? ago|months? ago|weeks? ago|earlier (?:this|in the) (?:week|month|year)|anniversary)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n+")
_ONE = re.compile(r"an?\b|the\b|$", re.IGNORECASE)
_YEARS = frozenset({"year", "decade", "century", "season", "half-year", "quarter", "month", "week", "weekend"})
#: A name that no gazetteer has, where a place stands.
_IN = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside) (?:the )?(?:(?:town|village|city|district|port) of )?([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?)"
)
_CALENDAR = frozenset(
    """january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday""".split()
)
_NUMBERS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve dozens dozen hundred hundreds thousand thousands
    several killed killing dead died wounded injured people person said""".split()
)
_NARROW = frozenset({"address", "settlement", "district"})
_CONTENT = re.compile(r"[^\W_]+")
_SMALL = frozenset("the a an of in on at its his their this that began begin started start".split())


class Period(msgspec.Struct, frozen=True, array_like=True):
    """Over what time a total runs: `since` a TIMEX3 value or the folded words of what it began with, or `within` one."""

    since: str
    within: str


class Tally(msgspec.Struct, frozen=True):
    """One figure of one report, with what is needed to compare it.

    Attributes:
        report, entry: the report's id, and the figure's in it.
        published: ISO 8601 date or time of publication, or null.
        publisher: the outlet, or null; then series name the report.
        words: the number in the report's words; `of` whom or what it counts; `span` where the number stands.
        low, high: bounds of what the words allow.
        unit, scope: as in the model.
        whom: whom it counts, for comparing. `claim`: whose count it is.
        where: the place that the words link, else the only one of the sentence, or null; `place` its name.
        happened: first and last day that the words give for the event, or null.
        as_of: the day that the number is stated for or was given on, or null. Days are proleptic Gregorian ordinals.
        period: over what time a total runs, or null where it is of one event.
        standing: "whole"; or why it is not compared as a whole: a "part" of another figure, "lesser" than another of
            its report, "added" on top of another number, of another event ("aside"), or of "one" person without a number.
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
    claim: Claim
    place: str | None
    where: Where | None
    happened: tuple[int, int] | None
    as_of: int | None
    period: Period | None
    standing: Standing
    near: dict[str, float]
    tie: Profile

    @property
    def day(self) -> int | None:
        """The day that the number is of (proleptic Gregorian ordinal): as stated, else that of publication."""
        return self.as_of if self.as_of is not None else self.tie.published


def tallies(annotated: Annotated) -> tuple[Tally, ...]:
    """What is kept of each figure that can be compared, from its report alone, in the order of the text.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Police said that nine people died in the blast in Kharkiv.", models=False)
        >>> [(t.words, t.whom.head, t.claim.name, t.standing) for t in tallies(read)]
        [('nine', '', 'Police', 'whole')]
    """
    compared = [f for f in annotated.figures if f.unit in COMPARED and (f.low is not None or f.high is not None)]
    if not compared:
        return ()
    tie = _trimmed(profile(annotated))
    made = [_tally(figure, annotated, tie) for figure in compared]
    return tuple(msgspec.structs.replace(t, standing="lesser") if _is_lesser(t, made) else t for t in made)


def _tally(figure: Figure, annotated: Annotated, tie: Profile) -> Tally:
    report = annotated.report
    start, end = _sentence(report.text, figure.span)
    counted = whom(figure.of.text, report.text[max(start, figure.span[0] - 24) : figure.span[1]])
    place, located = _where(figure, annotated, (start, end))
    times = _Times(figure, annotated, (start, end))
    return Tally(
        report=report.id, entry=figure.id, published=report.published, publisher=report.publisher,
        words=" ".join(figure.text.split()), of=" ".join(figure.of.text.split()), span=figure.span,
        low=figure.low, high=figure.high, unit=figure.unit, scope=figure.scope, whom=counted,
        claim=claim(figure, annotated), place=place, where=located,
        happened=times.happened(), as_of=times.as_of(),
        period=times.period(), standing=_standing(figure, counted, report.text[start:end], times),
        near=_near(report.text[start:end]), tie=tie,
    )  # fmt: skip


def _where(figure: Figure, annotated: Annotated, sentence: Span) -> tuple[str | None, Where | None]:
    """The place that the words link, else the only one that its sentence names, without countries and the like."""
    linked = next((p for p in annotated.places if p.id == figure.place), None)
    credit = annotated.report.credit
    first = max(sentence[0], credit.span[1]) if credit is not None else sentence[0]
    near = [p for p in annotated.places if first <= p.span[0] < sentence[1] and p.precision in _NARROW]
    place = linked or (near[0] if len({p.name for p in near}) == 1 else None)
    if place is not None:
        return place.name, where(place)
    named = [] if near else [m[1] for m in _IN.finditer(annotated.report.text, first, sentence[1])]
    known = {word for e in annotated.entities if e.type != "place" for word in e.name.split()}
    named = [name for name in named if not known & set(name.split()) and name.split()[0].lower() not in _CALENDAR]
    if len(set(named)) != 1:
        return None, None
    return named[0], Where(tuple(word.lower() for word in named[0].split()), None, None, "settlement", ())


def _standing(figure: Figure, counted: Whom, sentence: str, times: _Times) -> Standing:
    if figure.unit in THINGS and not counted.head:
        return "aside"
    if figure.part_of is not None:
        return "part"
    if counted.added or (counted.others and figure.unit == "killed"):
        return "added"
    if figure.high == 1 and not re.match(r"(?:one|1|only one|just one)\b", figure.text, re.IGNORECASE):
        return "one"
    if _ASIDE.search(sentence) and times.happened() is None and times.period() is None:
        return "aside"
    return "whole"


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


def _may_be_one_place(a: Where | None, b: Where | None) -> bool:
    return (a is None and b is None) or nearness(a, b) in ("same", "inside")


class _Times:
    """The times of a figure: its own, else the only day of its sentence; and apart from them that of its saying."""

    def __init__(self, figure: Figure, annotated: Annotated, sentence: Span) -> None:
        times = {time.id: time for time in annotated.times}
        self._text, self._scope, self._sentence = annotated.report.text, figure.scope, sentence
        content = next((a.content.spans for a in annotated.attributions if a.id == figure.voice), None)
        own = [times[i] for i in (figure.time, figure.period) if i in times]
        self._own = [time for time in own if content is None or _inside(time.span, content)]
        self._said = [time for time in own if time not in self._own]
        near = [t for t in annotated.times if sentence[0] <= t.span[0] < sentence[1] and t not in self._said]
        near = [t for t in near if content is None or _inside(t.span, content)]
        days = [t for t in near if (s := stretch(t.value)) is not None and s.precision not in _YEARS]
        self._near = days if not self._own and len({t.value and t.value[:10] for t in days}) == 1 else []

    def happened(self) -> tuple[int, int] | None:
        """The days on which the event of an incident was."""
        if self.period() is not None:
            return None
        for time in [*self._own, *self._near]:
            found = stretch(time.value)
            if found is not None and not self._is_as_of(time) and found.precision not in ("decade", "century"):
                return found.first.toordinal(), found.last.toordinal()
        return None

    def as_of(self) -> int | None:
        """The day that the number is stated for ("as of Friday"), or on which it was said."""
        for time in [*self._own, *self._said]:
            found = stretch(time.value)
            if found is not None and (time in self._said or self._is_as_of(time)) and found.precision not in _YEARS:
                return found.last.toordinal()
        return None

    def period(self) -> Period | None:
        """Over what time a total runs, or None for what happened at once."""
        if self._scope == "incident":
            return None
        for time in self._own:
            found = stretch(time.value)
            if found is not None and _FROM.search(self._lead(time)):
                return Period((time.value or "")[:7], "")
            if found is not None and found.precision in _YEARS and not self._is_as_of(time):
                return Period("", time.value or "")
            if time.type == "DURATION" and time.value and self._scope == "cumulative":
                return Period("", time.value)
        return self._begun() if self._scope == "cumulative" else None

    def _begun(self) -> Period | None:
        """What a total began with, where no date says: "since the siege began", "the war has killed"."""
        words = self._text[slice(*self._sentence)]
        if found := _SINCE.search(words):
            began = {w.lower() for w in _CONTENT.findall(found["what"])} - _SMALL
            return Period(" ".join(sorted(began)[:3]), "") if began else None
        found = _WAR.search(words)
        return Period(found[0].lower(), "") if found else None

    def _is_as_of(self, time: Time) -> bool:
        """Whether a number is given for a time: "as of Monday", but not "killed by Monday's bomb"."""
        after = self._text[time.span[1] : time.span[1] + 2]
        return _AS_OF.search(self._lead(time)) is not None and after not in ("'s", "’s")

    def _lead(self, time: Time) -> str:
        return self._text[max(0, time.span[0] - 32) : time.span[0]]


def _inside(span: Span, content: tuple[Span, ...]) -> bool:
    return any(start <= span[0] < end for start, end in content)


def _sentence(text: str, span: Span) -> Span:
    first, last = max(0, span[0] - REACH), min(len(text), span[1] + REACH)
    ends = [m.end() for m in _SENTENCE_END.finditer(text, first, span[0])]
    after = _SENTENCE_END.search(text, span[1], last)
    return (ends[-1] if ends else first), (after.start() if after else last)


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
        points=told.points[:2], days=dict(list(told.days.items())[:4]), ages=told.ages[:6], tolls=told.tolls[:4],
        events={},
    )  # fmt: skip
