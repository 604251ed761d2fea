"""Sets of reports that can be grouped each without the others, found in arrays, since there may be very many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from onrecord.bulk.links.shuffle import Buckets

__all__ = ["Components", "Numbers", "Weighed", "unite_joinable"]

Numbers: TypeAlias = npt.NDArray[np.uint64]
#: Links: the numbers of their two ends, and how likely they are, 0 to 1.
Weighed: TypeAlias = tuple[Numbers, Numbers, npt.NDArray[np.float64]]

#: Likelihoods are added up in this many parts, so that sums do not depend on the order.
_PARTS = 1_000_000


class Components:
    """Disjoint sets of numbers, united many at a time; 16 bytes for each number.

    Example:
        >>> sets = Components(np.array([10, 20, 30], dtype=np.uint64))
        >>> sets.unite(np.array([30], dtype=np.uint64), np.array([20], dtype=np.uint64))
        >>> sets.of(np.array([10, 20, 30], dtype=np.uint64)).tolist()
        [0, 1, 1]
    """

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = np.unique(numbers)
        self._parent: Buckets = np.arange(len(self.numbers), dtype=np.int64)

    def places(self, numbers: Numbers) -> Buckets:
        """The place of each number among all, which are in ascending order."""
        return np.searchsorted(self.numbers, numbers)

    def unite(self, a: Numbers, b: Numbers) -> None:
        """Make one set of those of each number of the first and the number beside it in the second."""
        self.unite_places(self.places(a), self.places(b))

    def unite_places(self, one: Buckets, other: Buckets) -> None:
        """The same for numbers given by their places."""
        while True:
            one, other = self.roots(one), self.roots(other)
            apart = one != other
            if not apart.any():
                return
            one, other = one[apart], other[apart]
            np.minimum.at(self._parent, np.maximum(one, other), np.minimum(one, other))

    def of(self, numbers: Numbers) -> Buckets:
        """The set of each number: the place, among all numbers, of its least."""
        return self.roots(self.places(numbers))

    def roots(self, places: Buckets) -> Buckets:
        """The set of each number that is given by its place."""
        found = self._parent[places]
        while True:
            above = self._parent[found]
            if (above == found).all():
                self._parent[places] = found
                return found
            found = above


def unite_joinable(sets: Components, links: Callable[[], Iterable[Weighed]], *, least: float, compared: int) -> None:
    """Unite all whose groups `onrecord.reconcile.grouping.groups` may join: set by set it makes the groups of all.

    Two groups are joined if the links across them add up to `least` for each pair, of which a member of the smaller
    has `compared` at most. So groups of two sets are never joined where no link across is as likely as `least`, and no
    report's links to the other set add up to `compared` times that: no average can reach it.

    Args:
        links: gives all links, some at a time, each time that it is called.
        least: as for `groups`.
        compared: as for `groups`.
    """
    for a, b, likely in links():
        sure = likely >= least
        sets.unite(a[sure], b[sure])
    while _unite_heavy(sets, links, round(least * _PARTS) * compared):
        pass


def _unite_heavy(sets: Components, links: Callable[[], Iterable[Weighed]], bound: int) -> bool:
    """Unite each report with the sets to which its links add up to a bound; whether there were any."""
    across = np.zeros(len(sets.numbers), dtype=np.int64)
    for one, other, parts in _across(sets, links):
        np.add.at(across, one, parts)
        np.add.at(across, other, parts)
    heavy = across >= bound
    if not heavy.any():
        return False
    ends: list[Buckets] = []
    for one, other, parts in _across(sets, links):
        for here, there in ((one, other), (other, one)):
            of = heavy[here]
            ends.append(np.stack([here[of], sets.roots(there[of]), parts[of]]))
    here, there, parts = np.concatenate(ends, axis=1)
    pairs, which = np.unique(here * len(sets.numbers) + there, return_inverse=True)
    sums = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(sums, which, parts)
    report, root = np.divmod(pairs[sums >= bound], len(sets.numbers))
    sets.unite_places(report, root)
    return len(report) > 0


def _across(sets: Components, links: Callable[[], Iterable[Weighed]]) -> Iterable[tuple[Buckets, Buckets, Buckets]]:
    """The links between different sets, by the places of their ends, with their likelihood in parts."""
    for a, b, likely in links():
        one, other = sets.places(a), sets.places(b)
        apart = sets.roots(one) != sets.roots(other)
        yield one[apart], other[apart], np.rint(likely[apart] * _PARTS).astype(np.int64)
