"""When what a figure counts happened, for which day it is stated, or over what time a total runs."""

from __future__ import annotations

import re

import msgspec

from onrecord.model import Annotated, Figure, Span, Time
from onrecord.reconcile.days import stretch
from onrecord.reconcile.word_sets import word_set

__all__ = ["FigureTimes", "Period"]

_SINCE = re.compile(r"\bsince (?:the (?:start|beginning|outbreak) of )?(?P<what>[^,.;]{3,40})", re.IGNORECASE)
_WAR = re.compile(r"\b(?:war|conflict|insurgency|rebellion|genocide|uprising|occupation)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\b(?:as of|by|until|up to|as at) (?:late |early |mid-?)?$", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:since|from|after)(?: the)?(?: start| beginning| end)?(?: of)?(?: late| early| mid-?)? ?$", re.I
)
_YEARS = word_set("year decade century season half-year quarter month week weekend")
_CONTENT = re.compile(r"[^\W_]+")
_SMALL = word_set("the a an of in on at its his their this that began begin started start")


class Period(msgspec.Struct, frozen=True, array_like=True):
    """Over what time a total runs: `since` a TIMEX3 value or words of what it began with, or `within` a value."""

    since: str
    within: str


class FigureTimes:
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
