"""Where withheld names stand in a text, and what stands in their place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from onrecord.export.names import Name, Word, ordinary, words
from onrecord.export.small_words import PARTICLES
from onrecord.model import Span

__all__ = ["UNKNOWN", "Moves", "Swap", "Withheld", "swapped"]

#: Stands for a name of which it is not known whose it is.
UNKNOWN = "0"

#: Between the words of one name there stands no more than this.
_GAP = 3
_JOINS = frozenset({" ", "\u00a0", "-", "\u2010", "\u2011", "'", "\u2019", "_", "", ". "})
#: What a person's name may end with, besides itself.
_ENDINGS = ("s", "es", "ism", "ist", "ists", "ite", "ites", "ian", "ians", "esque", "gate")


@dataclass(frozen=True, slots=True)
class Swap:
    """A stretch of a text, and the pseudonym that takes its place."""

    start: int
    end: int
    pseudonym: str


@dataclass(slots=True)
class Withheld:
    """The names that are withheld in a whole export, each with its pseudonyms.

    Attributes:
        unknown: what stands for a name that may be of several.
    """

    unknown: str
    _phrases: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    _lengths: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _small: set[str] = field(default_factory=set)
    _persons: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, name: Name, pseudonym: str) -> None:
        """Withhold a name wherever it stands."""
        for phrase in name.phrases:
            self._phrases[phrase].add(pseudonym)
            self._lengths[phrase[0]].add(len(phrase))
            if name.person:
                self._persons.add(phrase)
                if len(phrase) > 1:
                    self._parts["".join(phrase)].add(pseudonym)
        for part in name.parts:
            self._parts[part].add(pseudonym)
        self._small |= name.small

    def swaps(self, text: str, known: Mapping[Span, str] | None = None, near: frozenset[str] = frozenset()
              ) -> list[Swap]:  # fmt: skip
        """Where names stand in a text, in order and apart.

        Args:
            text: the text.
            known: spans of which it is known whose name they are.
            near: the pseudonyms of those who stand in the report, who are meant before others.
        """
        found, all_words, at = list[Swap](), words(text), 0
        owned = _owned(all_words, known or {})
        while at < len(all_words):
            length, owners = self._at(all_words, at)
            if length:
                start, end = all_words[at].start, all_words[at + length - 1].end
                own = set[str]().union(*(owned.get(n, ()) for n in range(at, at + length)))
                found.append(Swap(start, end, self._one(own or owners, near)))
            at += length or 1
        return list(_joined(found, text))

    def left_in(self, text: str) -> list[str]:
        """The withheld names that still stand in a text."""
        return [text[swap.start : swap.end] for swap in self.swaps(text)]

    def _one(self, owners: set[str], near: frozenset[str]) -> str:
        chosen = owners & near or owners
        return next(iter(chosen)) if len(chosen) == 1 else self.unknown

    def _at(self, found: list[Word], at: int) -> tuple[int, set[str]]:
        """How many words from here on are a name, and whose it may be."""
        best, owners = 0, set[str]()
        for length in sorted(self._lengths.get(found[at].folded, ()), reverse=True):
            some = found[at : at + length]
            phrase = tuple(word.folded for word in some)
            if len(some) == length and phrase in self._phrases and self._fits(some, phrase):
                best, owners = length, self._phrases[phrase]
                break
        if best > 1:
            return best, owners
        word = found[at]
        for form in (word.folded, *(word.folded.removesuffix(e) for e in _ENDINGS if word.folded.endswith(e))):
            if form in self._parts and self._is_name(word, form):
                return 1, owners | self._parts[form]
        return best, owners

    def _fits(self, some: list[Word], phrase: tuple[str, ...]) -> bool:
        if any(b.start - a.end > _GAP for a, b in pairwise(some)):
            return False
        if phrase in self._persons:
            if len(some) > 1 and not any(word.written != word.written.lower() for word in some):
                return True  # a whole name in small letters, even one of two ordinary words
            return all(word.folded in PARTICLES or self._is_name(word, word.folded) for word in some)
        return any(word.capital for word in some)

    def _is_name(self, word: Word, form: str) -> bool:
        """Whether a word is written as a name, or could be nothing else."""
        return word.capital or word.written in self._small or form not in ordinary()


def swapped(text: str, swaps: Iterable[Swap]) -> str:
    """The text with the pseudonyms in place.

    Example:
        >>> swapped("Orla Venn left.", [Swap(0, 9, "P1")])
        'P1 left.'
    """
    parts, at = [], 0
    for swap in swaps:
        parts += [text[at : swap.start], swap.pseudonym]
        at = swap.end
    return "".join([*parts, text[at:]])


class Moves:
    """Where spans of a text stand once the pseudonyms are in place.

    What holds a part of a name holds the whole pseudonym; spans that then overlap are one.

    Example:
        >>> Moves([Swap(0, 9, "P1")]).of(((0, 4), (5, 9), (10, 14)))
        ((0, 2), (3, 7))
    """

    def __init__(self, swaps: Sequence[Swap]) -> None:
        self._swaps = swaps
        self._starts = [swap.start for swap in swaps]
        lengths = (len(swap.pseudonym) - (swap.end - swap.start) for swap in swaps)
        self._shifts = list(accumulate(lengths, initial=0))

    def of(self, group: tuple[Span, ...]) -> tuple[Span, ...]:
        """Where the spans of a group stand, in their order."""
        made: list[Span] = []
        for span in ((self._start(start), self._end(end)) for start, end in group):
            same = next((n for n, one in enumerate(made) if span[0] < one[1] and one[0] < span[1]), None)
            if same is None:
                made.append(span)
            else:
                made[same] = min(span[0], made[same][0]), max(span[1], made[same][1])
        return tuple(made)

    def _start(self, at: int) -> int:
        number = bisect_right(self._starts, at)
        if number and at < self._swaps[number - 1].end:
            return self._starts[number - 1] + self._shifts[number - 1]
        return at + self._shifts[number]

    def _end(self, at: int) -> int:
        number = bisect_right(self._starts, at - 1)
        if number and at < self._swaps[number - 1].end:
            return self._starts[number - 1] + self._shifts[number - 1] + len(self._swaps[number - 1].pseudonym)
        return at + self._shifts[number]


def _owned(found: Sequence[Word], known: Mapping[Span, str]) -> dict[int, set[str]]:
    """Of which words it is known whose name they are, by the words' numbers."""
    starts, ends = [word.start for word in found], [word.end for word in found]
    owned: dict[int, set[str]] = defaultdict(set)
    for (start, end), pseudonym in known.items():
        for number in range(bisect_right(ends, start), bisect_left(starts, end)):
            owned[number].add(pseudonym)
    return owned


def _joined(found: list[Swap], text: str) -> Iterator[Swap]:
    """Stretches beside each other that are one name, with an initial between them or not, made one."""
    last: Swap | None = None
    for swap in found:
        if last is not None and last.pseudonym == swap.pseudonym and _is_inner(text[last.end : swap.start]):
            last = Swap(last.start, swap.end, last.pseudonym)
            continue
        if last is not None:
            yield last
        last = swap
    if last is not None:
        yield last


def _is_inner(between: str) -> bool:
    if between in _JOINS and between != ". ":
        return True
    initial = between.strip(" \u00a0").removesuffix(".")
    return len(initial) == 1 and initial.isupper() and between.startswith((" ", "\u00a0")) and between[-1:] in " \u00a0"
