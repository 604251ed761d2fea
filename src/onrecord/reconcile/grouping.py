"""Groups from links between pairs: average linkage over the links that there are, the same in any order of arrival."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

__all__ = ["groups"]

#: Likelihoods are counted in this many parts, so that their sums do not depend on the order of adding.
_PARTS = 1_000_000


def groups(
    links: Iterable[tuple[str, str, float]], *, least: float, opening: float | None = None, compared: int = 50
) -> tuple[tuple[str, ...], ...]:
    """Groups of two or more, each sorted, in the order of their first.

    The two groups whose pairs are likeliest on average are joined, until no average reaches `least`; where two are
    equal, the one with the first name comes first. A pair without a link counts as 0, but a member of the smaller group
    is held to no more than `compared` pairs: it was not compared with more.

    Args:
        links: pairs of names with a likelihood, 0 to 1; if a pair comes twice, the last counts.
        least: the least average at which two groups become one.
        opening: the same for two names that are both alone yet, if not `least`.
        compared: with how many others a member is compared at most.

    Example:
        >>> groups([("a", "b", 1.0), ("b", "c", 0.6), ("x", "y", 0.2)], least=0.5)
        (('a', 'b'),)
    """
    parts = {(min(a, b), max(a, b)): round(p * _PARTS) for a, b, p in links if a != b}
    opens = least if opening is None else opening
    merging = _Merging(parts, round(least * _PARTS), round(opens * _PARTS), compared)
    return tuple(sorted(tuple(sorted(group)) for group in merging.groups() if len(group) > 1))


class _Merging:
    """Agglomeration on a sparse graph: a heap of averages, in which those of groups that are gone are passed over."""

    def __init__(self, links: dict[tuple[str, str], int], least: int, opening: int, compared: int) -> None:
        self._least, self._opening, self._compared = least, opening, compared
        self._members = {name: [name] for pair in links for name in pair}
        self._sums: dict[str, dict[str, int]] = {name: {} for name in self._members}
        for (a, b), part in links.items():
            self._sums[a][b] = self._sums[b][a] = part
        self._heap = [entry for a, b in links if (entry := self._entry(a, b))]
        heapq.heapify(self._heap)

    def groups(self) -> list[list[str]]:
        """All groups when no two can be joined any more."""
        while self._heap:
            _, a, b, size_a, size_b = heapq.heappop(self._heap)
            if len(self._members.get(a, ())) == size_a and len(self._members.get(b, ())) == size_b:
                self._join(a, b)
        return list(self._members.values())

    def _entry(self, a: str, b: str) -> tuple[float, str, str, int, int] | None:
        a, b = min(a, b), max(a, b)
        sizes = len(self._members[a]), len(self._members[b])
        average = self._sums[a][b] / (min(sizes) * min(max(sizes), self._compared))
        least = self._opening if sizes == (1, 1) else self._least
        return (-average, a, b, *sizes) if average >= least else None

    def _join(self, a: str, b: str) -> None:
        """Put `b` into `a`, which is its name that sorts first."""
        self._members[a] += self._members.pop(b)
        ours = self._sums[a]
        for other, part in self._sums.pop(b).items():
            theirs = self._sums[other]
            del theirs[b]
            if other != a:
                ours[other] = theirs[a] = ours.get(other, 0) + part
        for other in ours:
            if entry := self._entry(a, other):
                heapq.heappush(self._heap, entry)
