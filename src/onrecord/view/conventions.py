"""Named rules that make one estimate of several claimants' numbers; none is applied unless a person names it.

What they do is in `docs/coding-rules.md`. They are *like* the conventions that they are named after: a coder of those
data sets weighs sources as well, which no rule here does.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal, get_args

import msgspec

from onrecord.reconcile.series import Point, Series, Subject

__all__ = ["RULES", "Estimate", "Rule", "estimate"]

Rule = Literal["ucdp-like", "acled-like", "latest-by-claimant"]

RULES: tuple[str, ...] = get_args(Rule)

#: What vague words count for in the `acled-like` rule alone (ACLED, Fatality Methodology FAQ).
_VAGUE = (
    (re.compile(r"\bhundreds?\b(?! (?:of )?thousands?)", re.IGNORECASE), 100.0),
    (re.compile(r"\bdozens\b", re.IGNORECASE), 12.0),
    (re.compile(r"\b(?:several|a few|few|many|some|a number|a handful)\b(?! \d)", re.IGNORECASE), 3.0),
)


class Estimate(msgspec.Struct, frozen=True):
    """What a rule makes of a subject.

    Attributes:
        rule: its name.
        low, best, high: its estimates; null where the rule gives none, or the words do not bound it.
        latest: of each series, who counts, and the words of its latest number: all that the rule looks at.
        used: the numbers that the estimates come from, each (report, entry).
        because: how they come from these, in words.
    """

    rule: Rule
    low: float | None
    best: float | None
    high: float | None
    latest: tuple[tuple[str, str], ...]
    used: tuple[tuple[str, str], ...]
    because: str


def estimate(subject: Subject, rule: Rule) -> Estimate:
    """What a rule makes of the latest number of each claimant; of the outlets' own where no claimant gives one.

    Example:
        >>> point = Point(report="a", entry="f1", span=(0, 2), words="12", low=12, high=12, of="people", day=None,
        ...     stated=False, claimant="police", voice="said", part=False, publisher=None, published=None)
        >>> told = (Series("police", "claimant", (point,)),)
        >>> made = estimate(Subject(subject=("a", "f1"), unit="killed", of="people", place=None, scope="incident",
        ...     happened=None, since=None, within=None, series=told, flags=()), "ucdp-like")
        >>> made.low, made.best, made.high
        (12, 12, 12)
    """
    told = [one for one in subject.series if one.teller == "claimant"] or list(subject.series)
    last = [(one, one.points[-1]) for one in told]
    latest = tuple((one.by, point.words) for one, point in last)
    if rule == "latest-by-claimant":
        used = tuple((point.report, point.entry) for _, point in last)
        return Estimate(rule, None, None, None, latest, used, "the latest number of each, side by side")
    return _like_ucdp(last, latest) if rule == "ucdp-like" else _like_acled(last, latest)


def _like_ucdp(last: list[tuple[Series, Point]], latest: tuple[tuple[str, str], ...]) -> Estimate:
    given = [(n, point) for _, point in last if (n := _stated(point)) is not None]
    if not given:
        return Estimate("ucdp-like", None, None, None, latest, (), "no number is stated")
    times = Counter(n for n, _ in given)
    best = min(times, key=lambda n: (-times[n], n))
    low, high = min(times), max(times)
    used = tuple((point.report, point.entry) for n, point in given if n in (low, best, high))
    most = f"{times[best]} of {len(given)} give it" if times[best] > 1 else "the lowest: no two agree"
    if len(times) == 1:
        most = "all agree" if len(given) > 1 else "only one gives a number"
    return Estimate("ucdp-like", low, best, high, latest, used, f"best: {most}; low and high: the least and the most")


def _like_acled(last: list[tuple[Series, Point]], latest: tuple[tuple[str, str], ...]) -> Estimate:
    given = [(n, point) for _, point in last if (n := _conventional(point)) is not None]
    if not given:
        return Estimate("acled-like", None, None, None, latest, (), "no number is stated")
    best = min(n for n, _ in given)
    used = tuple((point.report, point.entry) for n, point in given if n == best)
    vague = any(_vague(point.words) is not None for n, point in given if n == best)
    because = "the lowest of the latest numbers" + ("; a vague word counts by convention" if vague else "")
    return Estimate("acled-like", None, best, None, latest, used, because)


def _stated(point: Point) -> float | None:
    """The number that the words state, whether as a bound or exactly; None for vague words."""
    if _vague(point.words) is not None:
        return None
    return point.low if point.low is not None else point.high


def _conventional(point: Point) -> float | None:
    vague = _vague(point.words)
    return vague if vague is not None else _stated(point)


def _vague(words: str) -> float | None:
    return next((number for pattern, number in _VAGUE if pattern.search(words)), None)
