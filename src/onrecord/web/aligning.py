"""Two texts side by side in rows for a page, with the words of a reworded sentence that went and that came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeAlias

from onrecord.view.differences import Line

__all__ = ["Part", "Row", "rows"]

RowKind: TypeAlias = Literal["same", "changed", "a", "b"]

#: The longest sentence, in words, that is compared word by word: the work grows with the square of them.
MOST_WORDS = 200
_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence, and whether they stand in this text alone."""

    text: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A reworded sentence, or a run of sentences that both have, or that one of the two has alone.

    Attributes:
        kind: "same", "changed", or in which text alone it stands.
        a, b: its words on each side; empty where that side has none.
    """

    kind: RowKind
    a: tuple[Part, ...]
    b: tuple[Part, ...]


def rows(lines: Iterable[Line]) -> Iterator[Row]:
    """The rows of a page; neighbouring sentences that both have, or one alone, are one.

    Example:
        >>> (row,) = rows([Line("changed", "Five men came.", "Six men came.", (0, 14), (0, 13))])
        >>> [(part.text, part.alone) for part in row.b]
        [('Six', True), (' men came.', False)]
    """
    for kind, run in groupby(lines, _kind):
        if kind == "changed":
            yield from (Row("changed", *_compared(line.a or "", line.b or "")) for line in run)
            continue
        these = list(run)
        alone = kind != "same"
        left, right = ([text for text in side if text] for side in zip(*((x.a, x.b) for x in these), strict=True))
        yield Row(kind, *((Part(" ".join(side), alone=alone),) if side else () for side in (left, right)))


def _kind(line: Line) -> RowKind:
    if line.kind == "changed":
        return "changed"
    return "same" if line.kind == "shared" else "b" if line.a is None else "a"


def _compared(a: str, b: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    left, right = _WORDS.findall(a), _WORDS.findall(b)
    if max(len(left), len(right)) > 2 * MOST_WORDS:
        return (Part(a, alone=False),), (Part(b, alone=False),)
    made: tuple[list[Part], list[Part]] = ([], [])
    for act, a1, a2, b1, b2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, words in zip(made, (left[a1:a2], right[b1:b2]), strict=True):
            if words:
                side.append(Part("".join(words), alone=act != "equal"))
    return tuple(made[0]), tuple(made[1])
