"""Sentences of two reports as the pieces that a network reads together, with the mentions of events in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.model import Span
from onrecord.reconcile.kinship import root
from onrecord.reconcile.mention_pairs import Mention
from onrecord.reconcile.rarity import folded, rarity

__all__ = ["CASES", "MATCHES", "ROOM", "Passage", "Place", "Together", "Vocabulary", "passages", "together"]

Ints = NDArray[np.int64]

#: Pieces that a passage holds at most; two of them and their marks fit what the network can read.
ROOM = 160
#: How many values the case of a word takes (none, capital, digit), and its match (tells nothing, is in both reports,
#: is in this one alone).
CASES, MATCHES = 3, 3

_WORD = re.compile(r"\w+|[^\w\s]")
_TELLING, _LONGEST = 1.6, 6
_BEGIN, _END, _UNKNOWN = 101, 102, 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands in a passage: its number in the list given, its sentence, and its words there."""

    mention: int
    sentence: int
    words: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one report, as words, and the mentions in them."""

    sentences: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Two passages, or one alone, as a network reads them.

    Attributes:
        pieces: [5, pieces]: ids, side (0 or 1), whether a mention, match, case.
        spans: [mentions, 2]: the pieces of each mention, those of the first passage before those of the second.
    """

    pieces: Ints
    spans: Ints


@dataclass(frozen=True, slots=True)
class _Word:
    ids: tuple[int, ...]
    root: str
    telling: bool
    case: int


class Vocabulary:
    """What a network sees of words, by a tokenizer; each word is looked up once."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, _Word] = {}

    def __getitem__(self, word: str) -> _Word:
        if word not in self._known:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:_LONGEST]
            telling = word.isalnum() and rarity(folded(word)) > _TELLING
            case = 2 if word[0].isdigit() else int(word[0].isupper())
            self._known[word] = _Word(tuple(ids) or (_UNKNOWN,), root(word.lower()), telling, case)
        return self._known[word]


def passages(mentions: Mapping[int, Mention], known: Vocabulary) -> list[Passage]:
    """The sentences of one report that hold mentions, sorted by their words, in passages of `ROOM` pieces or less.

    A mention without words is in none of them.

    Args:
        mentions: the mentions of the report, by their numbers in the list given.
        known: the words of the network.
    """
    held: dict[str, list[int]] = {}
    for number, mention in mentions.items():
        held.setdefault(mention.sentence, []).append(number)
    chunks = [chunk for sentence in sorted(held) for chunk in _chunks(sentence, held[sentence], mentions, known)]
    found: list[list[_Chunk]] = []
    size = ROOM
    for chunk in chunks:
        if size + chunk.size > ROOM:
            found.append([])
            size = 0
        found[-1].append(chunk)
        size += chunk.size
    return [
        Passage(
            tuple(chunk.words for chunk in part),
            tuple(Place(number, n, span) for n, chunk in enumerate(part) for number, span in chunk.places),
        )
        for part in found
    ]


@dataclass(frozen=True, slots=True)
class _Chunk:
    words: tuple[str, ...]
    places: tuple[tuple[int, Span], ...]
    size: int


def _chunks(
    sentence: str, numbers: Sequence[int], mentions: Mapping[int, Mention], known: Vocabulary
) -> Iterator[_Chunk]:
    """A sentence, cut where it is longer than a passage; parts without mentions are left out."""
    words = [(match.group(), *match.span()) for match in _WORD.finditer(sentence)]
    at = {}
    for number in numbers:
        start, end = mentions[number].span
        if inside := [n for n, (_, s, e) in enumerate(words) if s < end and e > start]:
            at[number] = (inside[0], inside[-1] + 1)
    first = size = 0
    for n in range(len(words) + 1):
        more = len(known[words[n][0]].ids) if n < len(words) else ROOM + 1
        if size + more > ROOM:
            places = tuple((m, (s - first, min(e, n) - first)) for m, (s, e) in sorted(at.items()) if first <= s < n)
            if places:
                yield _Chunk(tuple(word for word, _, _ in words[first:n]), places, size)
            first, size = n, 0
        size += more


def together(a: Passage, b: Passage | None, known: Vocabulary) -> Together:
    """Two passages, or the first alone, as pieces.

    Example:
        >>> from onrecord.reconcile.mention_network import network
        >>> known = network().vocabulary
        >>> (one,) = passages({0: Mention("a", "Rebels killed a guard.", (7, 13))}, known)
        >>> (other,) = passages({1: Mention("b", "The guard was killed.", (14, 20))}, known)
        >>> read = together(one, other, known)
        >>> read.pieces.shape, read.spans.tolist()
        ((5, 13), [[2, 3], [10, 11]])
    """
    roots = [_telling(side, known) for side in (a, b) if side is not None]
    columns: list[tuple[int, ...]] = [(_BEGIN, 0, 0, 0, 0)]
    spans: list[Span] = []
    for side, passage in enumerate((a, b) if b is not None else (a,)):
        others = roots[1 - side] if b is not None else frozenset()
        spans += _placed(passage, side, others, known, columns)
        columns.append((_END, side, 0, 0, 0))
    return Together(np.array(columns, np.int64).T, np.array(spans, np.int64).reshape(-1, 2))


def _telling(passage: Passage, known: Vocabulary) -> frozenset[str]:
    return frozenset(known[word].root for word in _words(passage) if known[word].telling)


def _words(passage: Passage) -> Iterable[str]:
    return (word for sentence in passage.sentences for word in sentence)


def _placed(
    passage: Passage, side: int, others: frozenset[str], known: Vocabulary, columns: list[tuple[int, ...]]
) -> list[Span]:
    """Adds the columns of a passage, and gives the pieces of its mentions."""
    inside = {(place.sentence, n) for place in passage.places for n in range(*place.words)}
    begins: dict[tuple[int, int], int] = {}
    for s, sentence in enumerate(passage.sentences):
        for n, text in enumerate(sentence):
            word = known[text]
            match = (1 if word.root in others else 2) if word.telling else 0
            begins[s, n] = len(columns)
            columns += [(piece, side, int((s, n) in inside), match, word.case) for piece in word.ids]
        begins[s, len(sentence)] = len(columns)
    return [(begins[p.sentence, p.words[0]], begins[p.sentence, p.words[1]]) for p in passage.places]
