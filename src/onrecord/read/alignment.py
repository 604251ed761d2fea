"""The map from an article's text back to the page that it was taken from."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from onrecord.read.markup import Run, runs, text_runs

__all__ = ["Segment", "segments"]

#: Start in the text, start in the page, length: a stretch that is the same in both.
Segment = tuple[int, int, int]

#: Visible characters that must agree for a place to be found at all, and the distance of the places looked up.
SEED, STRIDE = 20, 8

#: How many places with the same seed are compared: the one that agrees longest is taken.
RIVALS = 8

#: Between two stretches found, at most so many visible characters are looked through for what was too short to find.
GAP = 4000


#: At most so many pieces of the text and of the page are aligned; only markup made to do harm has more.
PIECES = 1_000_000


class _Side:
    """The visible characters of the text or the page, with their offsets there."""

    def __init__(self, found: Iterable[Run]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        for words, start, origin in itertools.islice(found, PIECES):
            parts.append(words)
            self._starts.append(start)
            self._origins.append(origin)
        self.visible = "".join(parts)

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Cuts between `start` and `end` and the offset at which the characters after each cut stand."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        return [
            (max(start, at), origin + max(0, start - at))
            for at, origin in zip(self._starts[first:last], self._origins[first:last], strict=True)
        ]


def segments(text: str, page: str, *, markup: bool = True) -> tuple[Segment, ...]:
    """The stretches of the text that stand in the page character for character, in the order of the text.

    The visible characters of both are aligned (tags, white space and invisible marks left aside, entities
    resolved): seeds of agreeing characters are looked up and stretched both ways, the longest match first among
    rivals, so that a teaser of the same words does not take the article's place. Time is linear in the two lengths.

    Args:
        markup: whether the page is HTML; else all of it is text.

    Example:
        >>> words = "Negotiators met on Monday & left"
        >>> segments(words, "<p>Negotiators <b>met</b> on Monday &amp; left</p>")
        ((0, 3, 11), (12, 18, 3), (16, 26, 11), (28, 42, 4))
    """
    near, far = _Side(text_runs(text)), _Side(runs(page) if markup else text_runs(page))
    found: list[Segment] = []
    for start, other, length in _filled(near.visible, far.visible, _matches(near.visible, far.visible)):
        found += _same(text, page, near, far, start, other, length)
    return tuple(found)


def _matches(a: str, b: str) -> list[Segment]:
    """Stretches of `a` that stand in `b`, in the order of `a`, without overlap in `a`."""
    places: dict[str, list[int]] = {}
    for at in range(0, len(b) - SEED + 1, STRIDE):
        places.setdefault(b[at : at + SEED], []).append(at)
    found: list[Segment] = []
    at = done = cursor = 0
    while at <= len(a) - SEED:
        rivals = places.get(a[at : at + SEED])
        if rivals is None:
            at += 1
            continue
        first = bisect_left(rivals, cursor)
        chosen = rivals[first : first + RIVALS] or rivals[:RIVALS]
        reach, place = max((_agreement(a, b, at, p), -p) for p in chosen)
        before = _agreement_before(a, b, at, -place, limit=at - done)
        found.append((at - before, -place - before, before + reach))
        at = done = at + reach
        cursor = -place + reach
    return found


def _filled(a: str, b: str, found: list[Segment]) -> list[Segment]:
    """The matches with what was too short for a seed: where it lies between two, or all of it, if it stands once."""
    if not found:
        at = b.find(a) if 0 < len(a) <= GAP else -1
        return [(0, at, len(a))] if at >= 0 and b.find(a, at + 1) < 0 else []
    filled: list[Segment] = []
    done = cursor = 0
    for start, other, length in [*found, (len(a), len(b), 0)]:
        if done < start and cursor <= other:
            rest = a[done:start]
            at = b.find(rest, cursor, min(other, cursor + GAP)) if len(rest) <= GAP else -1
            if at >= 0:
                filled.append((done, at, len(rest)))
        filled.append((start, other, length))
        done, cursor = start + length, other + length
    return [f for f in filled if f[2]]


def _agreement(a: str, b: str, i: int, j: int) -> int:
    """How many characters agree from `i` and `j` on."""
    n, step = 0, 64
    while (piece := a[i + n : i + n + step]) and piece == b[j + n : j + n + step]:
        n += len(piece)
        step = min(step * 2, 4096)
    for x, y in zip(a[i + n : i + n + step], b[j + n : j + n + step], strict=False):
        if x != y:
            break
        n += 1
    return n


def _agreement_before(a: str, b: str, i: int, j: int, *, limit: int) -> int:
    n = 0
    while n < min(limit, j) and a[i - n - 1] == b[j - n - 1]:
        n += 1
    return n


def _same(text: str, page: str, near: _Side, far: _Side, start: int, other: int, length: int) -> list[Segment]:
    """The agreeing visible characters as stretches of the text and the page that are the same."""
    here, there = near.pieces(start, start + length), far.pieces(other, other + length)
    cuts = sorted({at - start for at, _ in here} | {at - other for at, _ in there} | {length})
    found: list[Segment] = []
    i = j = 0
    for cut, until in itertools.pairwise(cuts):
        while i + 1 < len(here) and here[i + 1][0] - start <= cut:
            i += 1
        while j + 1 < len(there) and there[j + 1][0] - other <= cut:
            j += 1
        at = here[i][1] + cut - (here[i][0] - start)
        origin = there[j][1] + cut - (there[j][0] - other)
        size = until - cut
        # An entity's characters do not stand in the page as such, but for "&" in "&amp;".
        if text[at : at + size] == page[origin : origin + size]:
            _join(found, (at, origin, size), text, page)
    return found


def _join(found: list[Segment], new: Segment, text: str, page: str) -> None:
    """Add a stretch, as part of the last one where what lies between them is the same in both."""
    if found:
        at, origin, size = found[-1]
        gap = new[0] - at - size
        if 0 <= gap <= 8 and gap == new[1] - origin - size and text[at + size : new[0]] == page[origin + size : new[1]]:
            found[-1] = (at, origin, size + gap + new[2])
            return
    found.append(new)
