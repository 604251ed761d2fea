"""Which reports may be copies of one another, without comparing each with each.

A sketch keeps one in `ONE_IN` of a text's runs of four words, chosen by the run's own number, so that two texts keep
the same runs wherever they share them (the "mod m" sketch of Broder, On the resemblance and containment of documents,
1997). The shared part of two sketches estimates the shared part of the texts, also where a short text lies in a long
one, which bands of a min-wise sketch, made for texts that resemble each other as wholes, mostly miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.model import Report
from onrecord.reconcile.addresses import address, headline
from onrecord.reconcile.wording import Codes, Flags, Wording, wording

__all__ = ["LEAST_SHARE", "ONE_IN", "Sketch", "are_near", "candidates", "sketch", "sketch_of"]

Places: TypeAlias = NDArray[np.int64]

#: One in how many runs a sketch keeps.
ONE_IN = 8
#: The least part of the smaller sketch that candidates share.
LEAST_SHARE = 0.2
#: How many reports are looked up at once: bounds the memory.
_AT_ONCE = 2_000
#: How many pairs of equal keys are looked at in one piece.
_PIECE = 4_000_000


class Sketch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept of a report to find its copies.

    Attributes:
        keys: the kept runs, ascending, each an unsigned 64-bit number in eight bytes, little-endian.
        names: numbers of the whole wording, the address, and the publisher with the headline, as far as known:
            two reports that share one are candidates.
    """

    keys: bytes
    names: tuple[int, ...]

    def numbers(self) -> Codes:
        """The keys as an array."""
        return np.frombuffer(self.keys, dtype="<u8")


def sketch(
    text: str | Wording, *, url: str | None = None, publisher: str | None = None, title: str | None = None
) -> Sketch:
    """The sketch of a report's text; its address, publisher and headline find versions that share few words.

    Example:
        >>> made = sketch("Two people were killed in the shelling of the old harbour on Monday, police said.")
        >>> made == sketch("TWO people were killed, in the shelling of the old harbour on Monday police said")
        True
    """
    words = wording(text) if isinstance(text, str) else text
    kept = np.unique(words.runs[words.runs % np.uint64(ONE_IN) == 0])
    names = []
    if len(words):
        names.append(_number("words", words.codes.tobytes()))
    if place := address(url):
        names.append(_number("address", place.encode("utf-8", "surrogatepass")))
    if publisher and (line := headline(title)):
        names.append(_number("headline", f"{publisher.casefold()}\n{line}".encode("utf-8", "surrogatepass")))
    return Sketch(kept.astype("<u8").tobytes(), tuple(names))


def _number(kind: str, content: bytes) -> int:
    # Signed, as databases keep 64-bit whole numbers.
    return int.from_bytes(blake2b(content, digest_size=8, person=kind.encode()).digest(), signed=True)


def are_near(a: Sketch, b: Sketch) -> bool:
    """Whether two reports may be copies or versions: their sketches share a name, or enough keys.

    Example:
        >>> one = sketch("The envoys met again in the harbour town on Sunday and agreed to exchange prisoners at dawn.")
        >>> are_near(one, one), are_near(one, sketch("Nothing happened."))
        (True, False)
    """
    if set(a.names) & set(b.names):
        return True
    one, other = a.numbers(), b.numbers()
    least = min(len(one), len(other))
    return least > 0 and len(np.intersect1d(one, other, assume_unique=True)) >= _needed(least)


def candidates(sketches: Sequence[Sketch], *, since: int = 0) -> Iterator[tuple[int, int]]:
    """Pairs of places (i < j, ascending) in a sequence of sketches that may be of copies or versions.

    A pair is one if it shares a name, or at least `LEAST_SHARE` of the smaller one's keys and two. That depends on the
    two alone. How common a key is only decides where to look first: whoever shares so much shares at least one of
    the rarer keys of the smaller one (the prefix filter of Bayardo, Ma and Srikant, Scaling up all pairs similarity
    search, 2007).

    Args:
        since: only pairs whose later place is at least this: the sketches before it were paired already.

    Example:
        >>> one = sketch("The envoys met again in the harbour town on Sunday and agreed to exchange prisoners at dawn.")
        >>> list(candidates([one, sketch("Nothing happened."), one]))
        [(0, 2)]
    """
    keys = [s.numbers() for s in sketches]
    sizes = np.array([len(k) for k in keys], dtype=np.int64)
    if not len(sizes):
        return
    pairs = {pair for pair in _same_name(sketches) if pair[1] >= since}
    for i, others in _sharing_rare(keys, sizes):
        others = others[others >= since]
        if len(others):
            pairs.update((i, int(j)) for j in others[_enough(keys, sizes, i, others)])
    yield from sorted(pairs)


def _enough(keys: Sequence[Codes], sizes: Places, i: int, others: Places) -> Flags:
    """Which of several sketches, none of them empty, share enough keys with one."""
    joined = np.concatenate([keys[j] for j in others.tolist()])
    at = np.minimum(np.searchsorted(keys[i], joined), len(keys[i]) - 1)
    starts = np.cumsum(sizes[others]) - sizes[others]
    shared = np.add.reduceat(keys[i][at] == joined, starts, dtype=np.int64)
    least = np.minimum(sizes[others], sizes[i])
    enough: Flags = shared >= np.array([_needed(int(n)) for n in least])
    return enough


def _needed(size: int) -> int:
    """How many keys the smaller sketch must share, by its size."""
    return max(min(2, size), -(-size * int(LEAST_SHARE * 100) // 100))


def _same_name(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    holders: dict[int, list[int]] = {}
    for n, made in enumerate(sketches):
        for name in made.names:
            holders.setdefault(name, []).append(n)
    for same in holders.values():
        for place, j in enumerate(same):
            yield from ((i, j) for i in same[:place] if i != j)


def _sharing_rare(keys: Sequence[Codes], sizes: Places) -> Iterator[tuple[int, Places]]:
    """Places, each with later ones, that share one of the rarer keys of the smaller one; each pair at least once."""
    flat = np.concatenate(keys)
    owners = np.repeat(np.arange(len(keys), dtype=np.int32), sizes)
    order = np.argsort(flat, kind="stable")
    ordered, holders = flat[order], owners[order]
    for first in range(0, len(keys), _AT_ONCE):
        probes, probing = [], []
        for n in range(first, min(first + _AT_ONCE, len(keys))):
            if not sizes[n]:
                continue
            low, high = np.searchsorted(ordered, keys[n], "left"), np.searchsorted(ordered, keys[n], "right")
            rarest = np.argsort(high - low, kind="stable")[: int(sizes[n]) - _needed(int(sizes[n])) + 1]
            probes.append(np.stack([low[rarest], high[rarest]]))
            probing.append(np.full(len(rarest), n, dtype=np.int32))
        if probes:
            yield from _met(np.concatenate(probes, axis=1), np.concatenate(probing), holders, sizes)


def _met(
    ranges: Places, probing: NDArray[np.int32], holders: NDArray[np.int32], sizes: Places
) -> Iterator[tuple[int, Places]]:
    """The pairs of each probing place and the holders in its ranges, where it is the smaller (or as small)."""
    low, counts = ranges[0], ranges[1] - ranges[0]
    seen: list[Places] = []
    cuts = np.searchsorted(np.cumsum(counts), np.arange(_PIECE, int(counts.sum()) + _PIECE, _PIECE), "right")
    start = 0
    for stop in [int(c) for c in np.unique(np.append(cuts, len(counts)))]:
        stop = max(stop, start + 1) if start < len(counts) else stop
        n = counts[start:stop]
        within = np.arange(int(n.sum())) - np.repeat(np.cumsum(n) - n, n)
        i = np.repeat(probing[start:stop], n).astype(np.int64)
        j = holders[np.repeat(low[start:stop], n) + within].astype(np.int64)
        fits = (i != j) & (sizes[i] <= sizes[j])
        one, other = np.minimum(i, j)[fits], np.maximum(i, j)[fits]
        seen.append(np.unique(one * len(sizes) + other))
        start = stop
    met = np.unique(np.concatenate(seen)) if seen else np.empty(0, dtype=np.int64)
    if len(met):
        one, other = np.divmod(met, len(sizes))
        places, starts = np.unique(one, return_index=True)
        yield from zip(places.tolist(), np.split(other, starts[1:]), strict=True)


def sketch_of(report: Report, words: Wording | None = None) -> Sketch:
    """The sketch of a report with all that is known of it."""
    return sketch(words or wording(report), url=report.url, publisher=report.publisher, title=report.title)
