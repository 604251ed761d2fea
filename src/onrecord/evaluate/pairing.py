"""Which items of two readings of one report are the same, by the words that they stand on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.evaluate.items import Item
from onrecord.model import Span

__all__ = ["SAME", "Tokens", "jaccard", "pairs"]

#: Two stretches are the same words from this likeness on: as PolNeAR is scored (Newell, Margolin and Ruths, LREC 2018).
SAME = 0.5

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


class Tokens:
    """The word tokens of a text; quotation marks and stops at the edge of a span make no difference to them."""

    def __init__(self, text: str) -> None:
        found = list(_WORD.finditer(text))
        self._starts, self._ends = [m.start() for m in found], [m.end() for m in found]

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """The numbers of the tokens in or across some spans."""
        return frozenset(
            i for start, end in spans for i in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """How alike two sets are: what they share of what they have together; 1 for two empty ones.

    Example:
        >>> jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4}))
        0.5
    """
    return len(a & b) / len(a | b) if a or b else 1.0


def pairs(
    tokens: Tokens, one: Sequence[Item], other: Sequence[Item], *, least: float = SAME, prefer: Sequence[str] = ()
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, the most alike first.

    Args:
        least: how alike the words have to be at least; above 0.
        prefer: fields that decide between pairs that are equally alike, the first of them first.
    """
    sets, others = ([tokens.of(item.spans) for item in side] for side in (one, other))
    holding: dict[int, list[int]] = defaultdict(list)
    for j, words in enumerate(others):
        for token in words:
            holding[token].append(j)
    scored = []
    for i, words in enumerate(sets):
        for j in {j for token in words for j in holding[token]}:
            if (likeness := jaccard(words, others[j])) >= least:
                agreeing = tuple(one[i].fields[f] != other[j].fields[f] for f in prefer)
                exact = one[i].spans != other[j].spans
                scored.append((-likeness, agreeing, exact, i, j))
    used: set[int] = set()
    used_other: set[int] = set()
    found = []
    for *_, i, j in sorted(scored):
        if i not in used and j not in used_other:
            used.add(i)
            used_other.add(j)
            found.append((i, j))
    return sorted(found)
