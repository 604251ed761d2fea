"""A text as word pieces, with typed quotation state, case and paragraph starts; and the windows that are encoded."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.annotators.quotes import stray_marks
from onrecord.model import Span

__all__ = ["N_BREAK", "N_CASE", "N_QUOTE", "Floats", "Ints", "Pieces", "Quotes", "read_pieces", "windows"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Pieces a window, with [CLS] and [SEP].
WINDOW = 320
#: Pieces that two windows share where a paragraph is longer than a window.
OVERLAP = 64

#: How many values the three features of a piece take: quotation state, case, paragraph start.
N_QUOTE, N_CASE, N_BREAK = 6, 4, 2

_MARK = re.compile(r"[\"“”„«»]|``|''")
_OPENED = "'‘[($#@…"
_SINGLE = re.compile(r"(?<!\w)['‘](?=\w)(.{1,300}?[\w.,!?])['’](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotation state of each character and the closed quotations, marks included."""

    state: NDArray[np.int8]  # 0 outside, 1 inside, 2 opening, 3 closing mark, 4 after an unclosed one, 5 single
    closed: tuple[Span, ...]  # over several paragraphs: from the first opening to the last closing mark


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text: ids, offsets, features (quote, case, break) and paragraph numbers."""

    ids: Ints
    starts: Ints
    ends: Ints
    features: Ints
    paragraph: Ints
    quotes: Quotes


def paragraphs(text: str) -> list[Span]:
    r"""Non-empty lines of a text.

    >>> paragraphs("A b.\n\nC.")
    [(0, 4), (6, 8)]
    """
    return [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]


def quotes_of(text: str, lines: Sequence[Span]) -> Quotes:
    """Which characters stand in quotation marks; an unclosed mark never reaches past its paragraph.

    >>> quotes_of('He said "no".', [(0, 13)]).closed
    ((8, 12),)
    """
    state = np.zeros(len(text) + 1, np.int8)
    closed: list[Span] = []
    carried = -1  # where a quotation began that goes on over paragraphs, each of which opens it anew
    stray = stray_marks(text, lines)
    for number, (begin, end) in enumerate(lines):
        begin += begin in stray
        for found in _SINGLE.finditer(text, begin, end):
            state[found.start() : found.end()] = 5
        opened = -1
        if carried >= 0 and not _MARK.match(text, begin):
            carried = -1
        for found in _MARK.finditer(text, begin, end):
            at, past, mark = *found.span(), found.group()
            straight = mark in ('"', "''")
            opening = mark in "“„«``" or (straight and opened < 0) or _opens(text, at, past, begin)
            if opening and opened < 0:
                opened, state[at:past] = at, 2
            elif not opening and opened >= 0:
                state[opened:at][state[opened:at] != 2] = 1
                state[at:past] = 3
                closed.append((opened if carried < 0 else carried, past))
                opened = carried = -1
        if opened >= 0:
            state[opened:end][state[opened:end] != 2] = 4
            following = lines[number + 1][0] if number + 1 < len(lines) else len(text)
            if _MARK.match(text, following):
                carried = opened if carried < 0 else carried
            elif carried >= 0:
                closed.append((carried, lines[number - 1][1]))
                carried = -1
    return Quotes(state, tuple(closed))


def _opens(text: str, at: int, past: int, begin: int) -> bool:
    before, after = text[max(at - 1, begin) : at], text[past : past + 1]
    begins = not before or before.isspace() or before in "([—-"
    return begins and (after.isalnum() or (bool(after) and after in _OPENED))


def read_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Word pieces of a text, a paragraph at a time, with the features that the encoder adds to them."""
    lines = paragraphs(text)
    quotes = quotes_of(text, lines)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    paragraph: list[int] = []
    for number, (begin, end) in enumerate(lines):
        coded = tokenizer.encode(text[begin:end], add_special_tokens=False)
        ids += coded.ids
        starts += [begin + s for s, _ in coded.offsets]
        ends += [begin + e for _, e in coded.offsets]
        breaks += [int(i == 0) for i in range(len(coded.ids))]
        paragraph += [number] * len(coded.ids)
    case = [_case(text[s:e]) for s, e in zip(starts, ends, strict=True)]
    start_array = np.array(starts, np.int64)
    quote = quotes.state[start_array] if starts else np.zeros(0, np.int8)
    features = np.stack([quote.astype(np.int64), np.array(case, np.int64), np.array(breaks, np.int64)], 1)
    return Pieces(
        np.array(ids, np.int64), start_array, np.array(ends, np.int64), features, np.array(paragraph, np.int64), quotes
    )


def _case(piece: str) -> int:
    """0 lower or none, 1 Capitalised, 2 UPPER (two letters or more), 3 digits."""
    if piece.islower():
        return 0
    if piece[:1].isdigit():
        return 3
    if len(piece) > 1 and piece.isupper():
        return 2
    return int(piece[:1].isupper())


def windows(pieces: Pieces, text: str) -> list[tuple[int, int, int, int]]:
    """(start, end, first owned, end of owned) of each window.

    A window is a run of whole paragraphs, cut where no quotation is likely to go on in the next one.
    Only a paragraph that is longer than a window is cut inside, and then windows overlap.
    """
    n, size = len(pieces.ids), WINDOW - 2
    heads = [*(np.flatnonzero(np.diff(pieces.paragraph)) + 1).tolist(), n]
    loose = {h for h in heads[:-1] if _goes_on(pieces, text, h)}
    out: list[tuple[int, int, int, int]] = []
    start = owned = 0
    while owned < n:
        near = heads[bisect_right(heads, owned) : bisect_right(heads, start + size)]
        if near:
            end = max((h for h in near if h not in loose and h > start + size // 2), default=near[-1])
            out.append((start, end, owned, end))
            start = owned = end
        else:
            end = start + size
            out.append((start, end, owned, end - OVERLAP // 2))
            start, owned = end - OVERLAP, end - OVERLAP // 2
    return out


def _goes_on(pieces: Pieces, text: str, head: int) -> bool:
    """Whether the paragraph before `head` may belong with the one that begins there."""
    before = int(pieces.ends[head - 1]) - 1
    return text[before] in ":," or pieces.features[head - 1, 0] in (1, 2, 4) or pieces.features[head, 0] == 2
