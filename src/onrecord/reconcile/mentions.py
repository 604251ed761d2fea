"""Mentions of one event, over many reports: which words speak of the same happening, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from onrecord.reconcile.grouping import groups
from onrecord.reconcile.mention_pairs import Mention, Reading, features, log_odds, read

__all__ = ["JOINED", "Mention", "SameEvent", "event_links", "events"]

#: Two groups of mentions become one event when their pairs are, on average, at least this likely, and two mentions that
#: are alone yet when they are as likely as `OPENING`, or `OPENING_ALIKE` by likeness alone; pairs less likely than
#: `LEAST` are no links.
JOINED, OPENING, OPENING_ALIKE, LEAST = 0.3, 0.7, 0.6, 0.05
#: Mentions whose days or places are known and further apart than this are never of one event.
DAYS_APART, KILOMETRES_APART = 3, 150.0
#: With how many others a mention counts as compared at most.
COMPARED = 30
_EARTH_KM = 6371.0


class SameEvent(msgspec.Struct, frozen=True):
    """That two mentions, by their numbers in the list given, speak of one event: how likely, and why, in words."""

    a: int
    b: int
    score: float
    reason: str


def events(mentions: Sequence[Mention], *, models: bool = True) -> tuple[tuple[int, ...], ...]:
    """The mentions of each event, as their numbers in the list given; every mention in one event, alone or with others.

    A small network reads each two reports that may tell of the same together, and judges their mentions; groups are
    joined while their pairs are likely on average. Without it, two mentions are compared where their words have one
    root ("killed", "killings") or a like meaning ("arrested", "detained"), by these and by how alike their reports are.
    The same, but for the numbers, in any order of the mentions. Takes time and memory by the square of the number of
    reports: give the mentions of some hundred reports at a time, such as those of one story or one week.

    Args:
        mentions: the mentions, of any number of reports.
        models: whether the network is asked.

    Example:
        >>> told = ["Rebels killed a guard in Lomi.", "The killing of the guard in Lomi was filmed.", "Talks opened."]
        >>> events([Mention("a", told[0], (7, 13)), Mention("b", told[1], (4, 11)), Mention("c", told[2], (0, 5))])
        ((0, 1), (2,))
    """
    order = _ordered(mentions)
    names = {f"{place:09d}": number for place, number in enumerate(order)}
    place = {number: name for name, number in names.items()}
    links = [(place[link.a], place[link.b], link.score) for link in event_links(mentions, models=models)]
    opening = OPENING if models else OPENING_ALIKE
    found = [
        tuple(sorted(names[name] for name in group))
        for group in groups(links, least=JOINED, opening=opening, compared=COMPARED)
    ]
    together = {number for group in found for number in group}
    return tuple(sorted([*found, *((number,) for number in range(len(mentions)) if number not in together)]))


def event_links(mentions: Sequence[Mention], *, models: bool = True) -> list[SameEvent]:
    """Pairs of mentions that may speak of one event, with how likely that is and why.

    Each is judged by its two mentions and what is given of their two reports, whatever else is given.
    """
    order = _ordered(mentions)
    readings = [read(mentions[number]) for number in order]
    compared, table = features(readings)
    alike = dict(zip(compared, (1 / (1 + np.exp(-log_odds(table)))).tolist(), strict=True))
    likely = alike
    if models:
        from onrecord.reconcile.read_together import likelihoods  # takes a while to import

        likely = likelihoods(readings, alike)
    return [
        SameEvent(order[i], order[j], round(p, 4), _reason(readings[i], readings[j], alike=(i, j) in alike))
        for (i, j), p in sorted(likely.items())
        if p >= LEAST and not _apart(mentions[order[i]], mentions[order[j]])
    ]


def _ordered(mentions: Sequence[Mention]) -> list[int]:
    """The numbers of the mentions in an order that does not depend on the one given."""
    return sorted(range(len(mentions)), key=lambda n: (mentions[n].report, mentions[n].sentence, mentions[n].span, n))


def _apart(a: Mention, b: Mention) -> bool:
    """Whether the days or the places of two mentions are known and cannot be those of one event."""
    if a.day is not None and b.day is not None and abs(a.day - b.day) > DAYS_APART:
        return True
    return a.point is not None and b.point is not None and kilometres(*a.point, *b.point) > KILOMETRES_APART


def kilometres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Distance of two points in degrees, near enough (equirectangular) for telling near from far.

    Example:
        >>> round(kilometres(50.45, 30.52, 50.0, 36.23), -1)
        410.0
    """
    east = math.radians((to_lon - lon + 180) % 360 - 180) * math.cos(math.radians((lat + to_lat) / 2))
    return _EARTH_KM * math.hypot(east, math.radians(to_lat - lat))


def _reason(a: Reading, b: Reading, *, alike: bool) -> str:
    words = f'"{a.head}"' if a.head == b.head else f'"{a.head}" and "{b.head}"'
    if a.root == b.root:
        told = [f"{words} of one root"]
    else:
        told = [f"{words} alike in meaning" if alike else f"{words} alike where both reports are read together"]
    if names := sorted(a.names & b.names):
        told.append(f"both sentences name {', '.join(names[:3])}")
    if a.mention.day is not None and b.mention.day is not None:
        told.append("the same day" if a.mention.day == b.mention.day else "days near one another")
    if a.mention.point is not None and b.mention.point is not None:
        told.append(f"places {math.ceil(kilometres(*a.mention.point, *b.mention.point))} km apart")
    return "; ".join(told)
