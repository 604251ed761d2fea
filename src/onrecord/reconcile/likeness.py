"""How alike two reports are, in numbers that mean the same in every record."""

from __future__ import annotations

import math
from collections.abc import Mapping

from onrecord.reconcile.profiles import Profile

__all__ = ["FEATURES", "likeness"]

#: What `likeness` gives, in its order.
FEATURES = (
    "names",  # cosine of the words of names
    "places",  # cosine of the words of places
    "title",  # cosine of the titles
    "lead",  # cosine of the first lines
    "rarest",  # weights of the five rarest words that both have, added
    "people",  # ln(1 + people named in full by both)
    "published_gap",  # ln(1 + days between the publications)
    "undated",  # one of the two has no date of publication
    "same_day",  # cosine of the days spoken of
    "day_gap",  # ln(1 + days between the nearest days spoken of)
    "dayless",  # one of the two speaks of no day
    "ages",  # share of the ages that both give
    "ages_apart",  # both give ages, and none is the same
    "tolls",  # kinds of toll of which both give the same count
)

#: Lengths below which names, places, title and first lines are too common for their cosine to tell much.
LEAST_NAMES, LEAST_PLACES, LEAST_TITLE, LEAST_LEAD = 10.0, 6.0, 8.0, 16.0


def likeness(a: Profile, b: Profile) -> tuple[float, ...]:
    """The features of a pair of reports; the same whichever comes first."""
    return (
        _cosine(_dot(a.names, b.names), a.lengths[0], b.lengths[0], LEAST_NAMES),
        _cosine(_dot(a.places, b.places), a.lengths[1], b.lengths[1], LEAST_PLACES),
        _cosine(_dot(a.title, b.title), a.lengths[2], b.lengths[2], LEAST_TITLE),
        _cosine(_dot(a.lead, b.lead), a.lengths[3], b.lengths[3], LEAST_LEAD),
        _rarest(a, b),
        math.log1p(len(set(a.people).intersection(b.people))),
        *_publications(a, b),
        *_days(a, b),
        *_ages(a, b),
        _tolls(a, b),
    )


def _dot(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    return math.fsum(a[word] * b[word] for word in a.keys() & b.keys())


def _cosine(dot: float, length: float, other: float, least: float) -> float:
    """The cosine, as if each had at least some length: two that hold nothing rare are not alike for that."""
    return dot / (max(length, least) * max(other, least))


def _rarest(a: Profile, b: Profile) -> float:
    shared = [
        min(one[word], other[word])
        for one, other in ((a.names, b.names), (a.places, b.places), (a.terms, b.terms))
        for word in one.keys() & other.keys()
    ]
    return math.fsum(sorted(shared, reverse=True)[:5]) / 10


def _publications(a: Profile, b: Profile) -> tuple[float, float]:
    if a.published is None or b.published is None:
        return 0.0, 1.0
    return math.log1p(abs(a.published - b.published)), 0.0


def _days(a: Profile, b: Profile) -> tuple[float, float, float]:
    if not a.days or not b.days:
        return 0.0, 0.0, 1.0
    shared = sum(a.days[day] * b.days[day] for day in a.days.keys() & b.days.keys())
    if shared:
        return shared / (math.hypot(*a.days.values()) * math.hypot(*b.days.values())), 0.0, 0.0
    return 0.0, math.log1p(min(abs(day - other) for day in a.days for other in b.days)), 0.0


def _ages(a: Profile, b: Profile) -> tuple[float, float]:
    if not a.ages or not b.ages:
        return 0.0, 0.0
    shared = len(set(a.ages).intersection(b.ages))
    return shared / (len(a.ages) + len(b.ages) - shared), float(not shared)


def _tolls(a: Profile, b: Profile) -> float:
    return float(len({toll.unit for toll in set(a.tolls).intersection(b.tolls)}))
