"""Two reports side by side: which sentences they share, which are reworded, and which only one of them has."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import Literal

import msgspec
import numpy as np

from onrecord.model import Report, Span
from onrecord.reconcile.wording import Flags, Wording, wording

__all__ = ["Aligned", "Comparison", "compared", "shared_words"]

#: The least likeness of two sentences of which one is a rewording of the other.
LEAST_LIKENESS = 0.5
#: The least part of a sentence that stands in a longer one, where a sentence was split or joined.
LEAST_PART = 0.75
#: A pair of words in more sentences than these says nothing of which ones belong together.
_COMMON = 20


class Aligned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of one report and the one of the other that it belongs to.

    Attributes:
        kind: "shared": the same words; "changed": reworded, cut or joined; "added": in one report alone.
        a, b: spans in the two texts; null on the side that does not have the sentence.
        likeness: twice the common words by all words of the two, 0.0 to 1.0.
    """

    kind: Literal["shared", "changed", "added"]
    a: Span | None
    b: Span | None
    likeness: float


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two reports, sentence by sentence.

    Attributes:
        aligned: in the order of the first report, each sentence only the second has after those it follows there.
            A sentence that was split stands in several.
        share_a, share_b: the part of each report's words that stand in runs of four which the other has too.
    """

    aligned: tuple[Aligned, ...]
    share_a: float
    share_b: float

    def count(self, kind: Literal["shared", "changed", "added"], side: Literal["a", "b"]) -> int:
        """How many sentences of one side are of a kind."""
        return len({getattr(x, side) for x in self.aligned if x.kind == kind and getattr(x, side) is not None})

    def flipped(self) -> Comparison:
        """The same comparison, with the sides changed over."""
        turned = [Aligned(x.kind, x.b, x.a, x.likeness) for x in self.aligned]
        return Comparison(_ordered(turned), self.share_b, self.share_a)


def compared(a: Report | Wording, b: Report | Wording) -> Comparison:
    """Two reports side by side; page furniture, datelines and credit lines are left out.

    Symmetrical: changing the reports over changes the sides over and nothing else. Takes time in proportion to the
    words of the two.

    Example:
        >>> from onrecord.read.text import report
        >>> one = report("Talks failed on Monday. The envoy left the harbour town at noon.")
        >>> other = report("The envoy left the harbour town at night. Talks failed on Monday.")
        >>> [(x.kind, x.a, x.b) for x in compared(one, other).aligned]
        [('shared', (0, 23), (42, 65)), ('changed', (24, 64), (0, 41))]
    """
    left = a if isinstance(a, Wording) else wording(a)
    right = b if isinstance(b, Wording) else wording(b)
    if (len(right), right.text) < (len(left), left.text):
        return compared(right, left).flipped()
    in_b, in_a = shared_words(left, right), shared_words(right, left)
    found = _identical(left, right)
    found += _reworded(left, right, found)
    found += _parts(left, right, in_b, found, flip=False)
    found += _parts(right, left, in_a, found, flip=True)
    used_a, used_b = {x.a for x in found}, {x.b for x in found}
    found += [Aligned("added", span, None, 0.0) for span in left.sentences if span not in used_a]
    found += [Aligned("added", None, span, 0.0) for span in right.sentences if span not in used_b]
    return Comparison(_ordered(found), _share(in_b), _share(in_a))


def shared_words(a: Wording, b: Wording) -> Flags:
    """Which words of the first stand in a run of words that the second has too."""
    marked = np.zeros(len(a) + 1, dtype=np.int64)
    if len(a.runs) and len(b.runs):
        at = np.flatnonzero(np.isin(a.runs, b.runs))
        np.add.at(marked, at, 1)
        np.add.at(marked, at + (len(a) - len(a.runs) + 1), -1)
    return np.cumsum(marked[:-1]) > 0


def _share(flags: Flags) -> float:
    return round(float(flags.mean()), 4) if len(flags) else 0.0


def _ordered(found: list[Aligned]) -> tuple[Aligned, ...]:
    """In the order of side a; what only side b has follows the sentence that it follows there."""
    place: dict[Span, tuple[Span, int]] = {}
    last: tuple[Span, int] = ((-1, -1), 0)
    partners = {x.b: x.a for x in sorted(found, key=lambda x: x.a or (-1, -1), reverse=True) if x.a and x.b}
    for n, span in enumerate(sorted(x.b for x in found if x.b is not None)):
        partner = partners.get(span)
        last = (partner, n) if partner is not None else (last[0], n + 1)
        place[span] = last

    def key(x: Aligned) -> tuple[Span, int, Span]:
        if x.a is not None:
            return (x.a, -1, x.b or (-1, -1))
        assert x.b is not None  # noqa: S101 - every pairing has a side
        return (*place[x.b], x.b)

    return tuple(sorted(found, key=key))


def _words(w: Wording, n: int) -> list[int]:
    made: list[int] = w.codes[w.firsts[n] : w.firsts[n + 1]].tolist()
    return made


def _identical(a: Wording, b: Wording) -> list[Aligned]:
    """Sentences of the same words, the first with the first where there are several."""
    there: dict[bytes, list[int]] = defaultdict(list)
    for n in reversed(range(len(b.sentences))):
        there[b.codes[b.firsts[n] : b.firsts[n + 1]].tobytes()].append(n)
    found = []
    for n, span in enumerate(a.sentences):
        same = there.get(a.codes[a.firsts[n] : a.firsts[n + 1]].tobytes())
        if same:
            found.append(Aligned("shared", span, b.sentences[same.pop()], 1.0))
    return found


def _reworded(a: Wording, b: Wording, found: list[Aligned]) -> list[Aligned]:
    """The likest pairs of the sentences that are left, each sentence once."""
    used_a, used_b = {x.a for x in found}, {x.b for x in found}
    left = [n for n, span in enumerate(a.sentences) if span not in used_a]
    right = [n for n, span in enumerate(b.sentences) if span not in used_b]
    words_b = {n: _words(b, n) for n in right}
    holders: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, words in words_b.items():
        for pair in set(pairwise(words)):
            holders[pair].append(n)
    bags = {n: Counter(words) for n, words in words_b.items()}
    likest = []
    for n in left:
        words = _words(a, n)
        bag = Counter(words)
        met = [m for pair in set(pairwise(words)) for m in _few(holders.get(pair))]
        for m in sorted(set(met)):
            size = len(words) + len(words_b[m])
            if 2 * min(len(words), len(words_b[m])) < LEAST_LIKENESS * size:
                continue
            likeness = 2 * _in_common(bag, bags[m]) / size
            if likeness >= LEAST_LIKENESS:
                likest.append((-likeness, n, m))
    return _best(a, b, likest)


def _in_common(one: Counter[int], other: Counter[int]) -> int:
    """How many words two sentences have in common; several times faster than the intersection of the counters."""
    return sum([min(count, other[word]) for word, count in one.items() if word in other])


def _few(holders: list[int] | None) -> list[int]:
    return holders if holders is not None and len(holders) <= _COMMON else []


def _best(a: Wording, b: Wording, likest: list[tuple[float, int, int]]) -> list[Aligned]:
    found, done_a, done_b = [], set(), set()
    for less, n, m in sorted(likest):
        if n not in done_a and m not in done_b:
            done_a.add(n)
            done_b.add(m)
            found.append(Aligned("changed", a.sentences[n], b.sentences[m], round(-less, 4)))
    return found


def _parts(a: Wording, b: Wording, inside: Flags, found: list[Aligned], *, flip: bool) -> list[Aligned]:
    """Sentences of the first that stand within a longer one of the second, which may be paired already."""
    used = {x.b if flip else x.a for x in found}
    home = _homes(b)
    made = []
    for n, span in enumerate(a.sentences):
        first, stop = int(a.firsts[n]), int(a.firsts[n + 1])
        if span in used or not inside[first:stop].any() or inside[first:stop].mean() < LEAST_PART:
            continue
        met = Counter(home[run] for run in a.runs[first : max(first, stop - 3)].tolist() if run in home)
        if not met:
            continue
        m = min(met, key=lambda n: (-met[n], n))
        common = _in_common(Counter(_words(a, n)), Counter(_words(b, m)))
        likeness = round(2 * common / (stop - first + int(b.firsts[m + 1] - b.firsts[m])), 4)
        sides = (b.sentences[m], span) if flip else (span, b.sentences[m])
        made.append(Aligned("changed", *sides, likeness))
    return made


def _homes(w: Wording) -> dict[int, int]:
    """For each run the first sentence that it begins in."""
    of = np.searchsorted(w.firsts, np.arange(len(w.runs)), "right") - 1
    return dict(zip(reversed(w.runs.tolist()), reversed(of.tolist()), strict=True))
