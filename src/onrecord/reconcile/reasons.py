"""What two reports have in common, in words for the person who asks why they were put together."""

from __future__ import annotations

import math
from datetime import date

from onrecord.reconcile.profiles import Profile, Toll

__all__ = ["in_common"]

#: How many of each kind are named.
_NAMED = 3


def in_common(a: Profile, b: Profile) -> str:
    """People, places, days, counts, ages and rare words that both reports have, the most telling first.

    Example:
        >>> import onrecord
        >>> from onrecord.reconcile.profiles import profile
        >>> one = profile(onrecord.annotate("Shells hit Kharkiv on 3 May 2022, killing two.", models=False))
        >>> in_common(one, one)
        'both have: place Kharkiv; day 2022-05-03; killed 2; words shells, hit'
    """
    people = sorted(set(a.people).intersection(b.people))
    points = {point.name for point in b.points}
    places = [point.name for point in a.points if point.name in points]
    days = sorted(a.days.keys() & b.days.keys(), key=lambda day: (-a.days[day] * b.days[day], day))
    tolls = sorted(set(a.tolls).intersection(b.tolls), key=_order)
    ages = sorted(set(a.ages).intersection(b.ages))
    kinds = (
        ("names", [name.title() for name in people]),
        ("place", list(dict.fromkeys(sorted(places)))),
        ("day", [date.fromordinal(day).isoformat() for day in days]),
        ("", [f"{toll.unit} {_number(toll.low, toll.high)}" for toll in tolls]),
        ("age", [str(age) for age in ages]),
        ("words", _words(a, b)),
    )
    told = [f"{kind} {', '.join(found[:_NAMED])}".strip() for kind, found in kinds if found]
    return f"both have: {'; '.join(told)}" if told else "alike in many common words"


def _order(toll: Toll) -> tuple[str, float, float]:
    """By unit and number; complete, for a set's own order is not the same in every process."""
    low = -1.0 if toll.low is None else toll.low
    return toll.unit, low, math.inf if toll.high is None else toll.high


def _number(low: float | None, high: float | None) -> str:
    if low == high:
        return f"{low:g}"
    return f"{'' if low is None else f'{low:g}'}-{'' if high is None else f'{high:g}'}"


def _words(a: Profile, b: Profile) -> list[str]:
    weights = {
        word: min(one[word], other[word])
        for one, other in ((a.names, b.names), (a.terms, b.terms))
        for word in one.keys() & other.keys()
    }
    known = {part for name in a.people if name in b.people for part in name.split()}
    telling = [word for word in weights if word not in known and len(word) > 1]  # initials tell nobody anything
    return sorted(telling, key=lambda word: (-weights[word], word))
