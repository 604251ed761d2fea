"""How alike the words of two statements are: runs and rare words in common, numbers and negations that differ."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.reconcile.kinship import vector
from onrecord.reconcile.said import Run, Said, numbers, runs
from onrecord.reconcile.sayings import Statement

__all__ = ["Alike", "alike", "in_order"]

#: Two words whose meanings are so near (cosine) count as one, for so much of their weight.
KIN, KIN_WORTH = 0.56, 0.6
#: So many words that both quote are the same words, whatever is said of them.
QUOTED = 6
#: So few words between two runs are one place in both.
SLOT = 4
#: Acts that turn a content into its opposite.
_DENYING = frozenset({"denies", "refuses", "rejects", "declines-to-comment"})


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two statements are.

    Attributes:
        runs: the runs of words that both have, `verbatim` the weight of those of three words or more that hold
            something rare; `longest` the most words, and `heaviest` the most weight of one.
        shared: the weight of the roots that both have, kin words in part.
        covered: the part of the lighter statement's weight that is shared; `covered_heavier` of the heavier.
        plain: how many shared roots are no names.
        told: the weight of what both say, apart from names, numbers, places and times; `told_covered` the part of it in
            the statement that says less, `told_heavier` in the other.
        copied: the part of the words of the shorter statement that stand in runs that both have.
        quoted: whether both are quoted, for the most part.
        common: the shared roots, the rarest first.
        numbers_differ: each has numbers that the other lacks; `numbers_shared` how many both have.
        recounted: in the same place of the same words each has another number.
        opposed: one says what the other denies.
    """

    runs: tuple[Run, ...]
    verbatim: float
    longest: int
    heaviest: float
    shared: float
    covered: float
    covered_heavier: float
    plain: int
    told: float
    told_covered: float
    told_heavier: float
    copied: float
    quoted: bool
    common: tuple[str, ...]
    numbers_differ: bool
    numbers_shared: int
    recounted: bool
    opposed: bool


def alike(a: Statement, b: Statement) -> Alike:
    """How alike the words of two statements are; the same whichever comes first."""
    one, other = in_order(a, b)
    left, right = one.said, other.said
    every = runs(left, right)
    found = tuple(run for run in every if run.count > 3 or run.weight > 2)
    common = left.roots.keys() & right.roots.keys()
    kin = _kin(left, right, left.roots, right.roots, common)
    weights = [min(left.roots[word], right.roots[word]) for word in common]
    shared = sum(sorted(weights)) + kin
    lighter, heavier = sorted((left.weight, right.weight))
    names = {word.root for words in (left, right) for word in words.words if word.name}
    told, less, more = _told(left, right, names)
    return Alike(
        runs=found,
        verbatim=round(sum(run.weight for run in found), 3),
        longest=max((run.count for run in found), default=0),
        heaviest=max((run.weight for run in found), default=0.0),
        shared=round(shared, 3),
        covered=round(shared / max(lighter, 1e-6), 3),
        covered_heavier=round(shared / max(heavier, 1e-6), 3),
        plain=len(common - names),
        told=round(told, 3),
        told_covered=round(told / max(less, 1e-6), 3),
        told_heavier=round(told / max(more, 1e-6), 3),
        copied=_copied(left, right, every),
        quoted=_mostly_quoted(left) and _mostly_quoted(right),
        common=tuple(sorted(common, key=lambda word: (-min(left.roots[word], right.roots[word]), word))),
        numbers_differ=bool(left.numbers - right.numbers) and bool(right.numbers - left.numbers),
        numbers_shared=len(left.numbers & right.numbers),
        recounted=_recounted(left, right, every),
        opposed=_opposed(one, other, common) and not any(_is_quoted(run, left, right) for run in found),
    )


def in_order(a: Statement, b: Statement) -> tuple[Statement, Statement]:
    """Two statements in an order of their own, so that it does not matter which was given first."""
    return (a, b) if (a.content, a.quoted) <= (b.content, b.quoted) else (b, a)


def _told(a: Said, b: Said, names: set[str]) -> tuple[float, float, float]:
    """What both tell, and what the one tells that tells less, and the other."""
    left = {word: weight for word, weight in a.telling.items() if word not in names}
    right = {word: weight for word, weight in b.telling.items() if word not in names}
    common = left.keys() & right.keys()
    both = sum(sorted(min(left[word], right[word]) for word in common)) + _kin(a, b, left, right, common)
    less, more = sorted((sum(sorted(left.values())), sum(sorted(right.values()))))
    return both, less, more


def _copied(a: Said, b: Said, found: tuple[Run, ...]) -> float:
    shorter = min(len(a.words), len(b.words))
    return round(min(sum(run.count for run in found) / max(shorter, 1), 1.0), 3)


def _recounted(a: Said, b: Said, found: tuple[Run, ...]) -> bool:
    """Whether beside or between runs there are a few words on both sides with other numbers."""
    ends = [(0, 0), *((run.a + run.count, run.b + run.count) for run in found)]
    starts = [*((run.a, run.b) for run in found), (len(a.words), len(b.words))]
    for (end_a, end_b), (start_a, start_b) in zip(ends, starts, strict=True):
        one, other = a.words[end_a:start_a], b.words[end_b:start_b]
        if found and 0 < len(one) <= SLOT and 0 < len(other) <= SLOT:
            counts, others = numbers(one), numbers(other)
            if counts and others and not counts & b.numbers and not others & a.numbers:
                return True
    return False


def _mostly_quoted(one: Said) -> bool:
    return sum(word.quoted for word in one.words) > 0.7 * len(one.words)


def _kin(a: Said, b: Said, by_a: Mapping[str, float], by_b: Mapping[str, float], common: AbstractSet[str]) -> float:
    """The weight of words that differ and are near in meaning, each used once, the nearest first."""
    left, right = sorted(by_a.keys() - common), sorted(by_b.keys() - common)
    if not left or not right:
        return 0.0
    near = np.round(_vectors([a.forms[word] for word in left]) @ _vectors([b.forms[word] for word in right]).T, 4)
    found = 0.0
    used_a: set[int] = set()
    used_b: set[int] = set()
    rows, columns = np.nonzero(near >= KIN)
    close = sorted((-float(near[n, m]), n, m) for n, m in zip(rows.tolist(), columns.tolist(), strict=True))
    for _, n, m in close:
        if n not in used_a and m not in used_b:
            used_a.add(n)
            used_b.add(m)
            found += KIN_WORTH * min(by_a[left[n]], by_b[right[m]])
    return found


def _vectors(words: list[str]) -> NDArray[np.float32]:
    return np.array([vector((word,)) for word in words], np.float32)


def _opposed(a: Statement, b: Statement, common: set[str]) -> bool:
    """Whether one says what the other denies, by acts, negated cues and "not" beside the words that both have."""
    flipped_a, flipped_b = _flipped(a), _flipped(b)
    if flipped_a != flipped_b:
        return not (b.said.negates if flipped_a else a.said.negates)
    if flipped_a or not common:
        return False
    differ = (a.said.negated ^ b.said.negated) & common
    return _weight(differ, a.said, b.said) > 0.3 * _weight(common, a.said, b.said)


def _is_quoted(run: Run, a: Said, b: Said) -> bool:
    """Whether both quote so many words of a run that it does not matter how each outlet introduces them."""
    inside = zip(a.words[run.a : run.a + run.count], b.words[run.b : run.b + run.count], strict=True)
    return sum(one.quoted and other.quoted for one, other in inside) >= QUOTED


def _flipped(statement: Statement) -> bool:
    """Whether the act or the cue turns the content round; "she would not open it" is turned by its own "not"."""
    return statement.negated or (statement.act in _DENYING and not statement.said.negates)


def _weight(words: set[str] | frozenset[str], a: Said, b: Said) -> float:
    return sum(sorted(min(a.roots[word], b.roots[word]) for word in words))
