"""The words of a report as numbers, made once and compared many times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Report, Span
from onrecord.read.credits import credit
from onrecord.reconcile.furniture import is_furniture
from onrecord.reconcile.sentences import sentences

__all__ = ["RUN", "Codes", "Flags", "Wording", "runs", "wording"]

Codes: TypeAlias = NDArray[np.uint64]
Flags: TypeAlias = NDArray[np.bool_]

#: How many words make a run: the shortest stretch that counts as shared.
RUN = 4

# Scripts without spaces between words count by characters.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_MARK = re.compile(r"[“”„«»\"]|\n")
_NUMBERS = frozenset(
    """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions
    dozen dozens""".split()  # noqa: SIM905 - words are easier to read than a list of strings
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a report's story: without page furniture, dateline and credit line.

    Attributes:
        text: the text that the spans point into.
        sentences: their spans in the text; furniture is left out.
        starts, ends: the words' offsets in the text.
        codes: the words' numbers: equal words, whatever their case, have equal numbers.
        runs: the numbers of the runs of `RUN` words; run n starts at word n.
        firsts: for each sentence the number of its first word, and at the end the number of words.
        own: whether a word is the outlet's own: outside quotation marks.
        names: whether a word is a name, by its capital within the sentence.
        facts: whether a word is a name or a number.
    """

    text: str
    sentences: tuple[Span, ...]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    codes: Codes
    runs: Codes
    firsts: NDArray[np.int64]
    own: Flags
    names: Flags
    facts: Flags

    def __len__(self) -> int:
        return len(self.codes)


def wording(report: Report | str) -> Wording:
    """The words of a report, or of a text, with what is needed to compare them.

    Example:
        >>> made = wording("GENEVA (AP) - Talks resumed. Sign up for our newsletter.")
        >>> len(made), made.sentences
        (2, ((14, 28),))
    """
    text = report if isinstance(report, str) else report.text
    said = credit(text) if isinstance(report, str) else report.credit
    spans = [found.span() for found in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    known = {word: _known(word) for word in dict.fromkeys(words)}
    starts = np.array([start for start, _ in spans], dtype=np.int64)
    told = sentences(text)
    firsts = np.searchsorted(starts, [start for start, _ in told])
    stops = np.append(firsts, len(words))[1:]
    kept = np.zeros(len(words), dtype=np.bool_)
    for (start, end), first, stop in zip(told, firsts.tolist(), stops.tolist(), strict=True):
        kept[first:stop] = not is_furniture(text[start:end], [known[w][0] for w in words[first:stop]])
    if said is not None:
        first, stop = np.searchsorted(starts, said.span)
        kept[first:stop] = False
    number = np.array([known[w][1] for w in words], dtype=np.uint64)
    kind = np.array([known[w][2] for w in words], dtype=np.int8)
    opening = np.zeros(len(words), dtype=np.bool_)
    opening[firsts[firsts < len(words)]] = True
    of = np.repeat(np.arange(len(told)), stops - firsts)[kept]
    shown, begins = np.unique(of, return_index=True)
    codes, places = number[kept], starts[kept]
    names = (kind == _INSIDE) & ~opening
    return Wording(
        text=text,
        sentences=tuple((int(places[n]), told[s][1]) for s, n in zip(shown.tolist(), begins.tolist(), strict=True)),
        starts=places,
        ends=np.array([end for _, end in spans], dtype=np.int64)[kept],
        codes=codes,
        runs=runs(codes),
        firsts=np.append(begins, len(codes)).astype(np.int64),
        own=_own(text, places),
        names=names[kept],
        facts=((kind == _ALWAYS) | names)[kept],
    )


#: Whether a word is a fact: never, within a sentence, always.
_NEVER, _INSIDE, _ALWAYS = 0, 1, 2


def _known(word: str) -> tuple[str, int, int]:
    """The word in small letters, its number, and whether it is a fact."""
    folded = word.casefold()
    code = int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    if word[0].isdigit() or folded in _NUMBERS:
        return folded, code, _ALWAYS
    return folded, code, _INSIDE if word[0].isupper() else _NEVER


def runs(codes: Codes) -> Codes:
    """The numbers of all runs of `RUN` words, in their order; none in a text of fewer words."""
    count = len(codes) - RUN + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    made = np.zeros(count, dtype=np.uint64)
    for n in range(RUN):
        made = _mixed(made * np.uint64(0x9E3779B97F4A7C15) + codes[n : n + count])
    return made


def _mixed(values: Codes) -> Codes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014): near inputs get far outputs."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _own(text: str, starts: NDArray[np.int64]) -> Flags:
    """Whether words at some offsets stand outside quotation marks; a paragraph closes what it left open."""
    inside = np.zeros(len(starts), dtype=np.bool_)
    opened = -1
    spans: list[Span] = []
    for mark in _MARK.finditer(text):
        sign = mark.group()
        if opened >= 0 and (sign in "”»\n" or sign == '"'):
            spans.append((opened, mark.start()))
            opened = -1
        elif opened < 0 and sign in '“„«"':
            opened = mark.start()
    if opened >= 0:
        spans.append((opened, len(text)))
    for first, stop in _numbered(starts, spans):
        inside[first:stop] = True
    return ~inside


def _numbered(starts: NDArray[np.int64], spans: Iterable[Span]) -> list[tuple[int, int]]:
    """The words, by number, that begin in some spans of the text."""
    flat = np.searchsorted(starts, [offset for span in spans for offset in span])
    return [(int(flat[n]), int(flat[n + 1])) for n in range(0, len(flat), 2)]
