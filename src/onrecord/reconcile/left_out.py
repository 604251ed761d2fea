"""What the fullest version of an utterance says that another report leaves out, phrase by phrase."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from onrecord.model import Span
from onrecord.reconcile.said import Said, runs, said
from onrecord.reconcile.sentences import sentences

__all__ = ["Wanting", "left_out"]

#: A phrase is left out where so little of its weight stands in what the other report has of the utterance, and so
#: little in any one of its sentences.
LITTLE, ELSEWHERE = 0.45, 0.6
#: What weighs less than the first, or than the second where it is more than so many words, says too little to be
#: missed; so does a single word.
LEAST, FEW = (2.5, 0.1), 2
#: Words that both have in one order, so many of so much weight, are not left out, whatever stands beside them.
RUN, RUN_WEIGHT = 3, 1.5

#: What ends a phrase; a point after a short capitalised word ("Jan.", "Gov.") does not.
_BREAK = re.compile(
    r"(?:[,;:!?…]|(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)+[\"”’»)]*\s+|\s[-–—]+\s"
    r"|\s(?=(?:and|but|because|if|unless|until|while|although|though|provided|which|who)\b)",
)
_AROUND = " \n\t,;:.!?…\"“”«»‘’'"


class Wanting(msgspec.Struct, frozen=True):
    """Words of the fullest version that another report does not have: their span in its text, and the words."""

    span: Span
    words: str


def left_out(fullest: str, spans: Iterable[Span], text: str, held: Iterable[Span]) -> tuple[float, tuple[Wanting, ...]]:
    """Which part of the fullest version's weight another report has, and the phrases that it leaves out.

    Nothing is called left out that stands in some other sentence of the report.

    Args:
        fullest: the text that has most of the utterance, and `spans` where it stands there.
        text: the text of the other report, and `held` what it has of the utterance.

    Example:
        >>> whole = "The convoy was ours, and the flour was for Sabine"
        >>> left_out(whole, [(0, len(whole))], "The convoy was ours", [(0, 19)])[1]
        (Wanting(span=(21, 49), words='and the flour was for Sabine'),)
    """
    had = said(" ... ".join(text[start:end] for start, end in held), ())
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (start, end) in enumerate(sentences(text)):
        for root in said(text[start:end], ()).roots:
            holders[root].append(number)
    found: list[_Lacking] = []
    shared = total = 0.0
    for span in spans:
        broken = True
        for start, end, kept in _pieces(fullest, span, had):
            roots = said(fullest[start:end], ()).roots
            weight = sum(sorted(roots.values()))
            has = weight if kept else sum(sorted(w for root, w in roots.items() if root in had.roots))
            shared, total = shared + has, total + weight
            elsewhere = len(roots) > 1 and _most_in_one(roots, holders) >= ELSEWHERE * weight
            if kept or elsewhere or has > LITTLE * weight:
                broken = True
            elif weight and broken:
                found.append(_Lacking(start, end, weight))
                broken = False
            elif weight:
                found[-1] = _Lacking(found[-1].start, end, found[-1].weight + weight)
    missed = [one for one in found if _says_something(fullest[one.start : one.end], one.weight)]
    share = round(shared / total, 3) if total else 1.0
    return share, tuple(Wanting((one.start, one.end), fullest[one.start : one.end]) for one in missed)


def _says_something(phrase: str, weight: float) -> bool:
    return weight >= LEAST[len(phrase.split()) > FEW] and " " in phrase


class _Lacking(NamedTuple):
    """Phrases next to one another that a report does not have."""

    start: int
    end: int
    weight: float


def _most_in_one(roots: Mapping[str, float], holders: Mapping[str, Iterable[int]]) -> float:
    """The most weight that one sentence has, of those that hold some of the roots."""
    found: Counter[int] = Counter()
    for root, weight in roots.items():
        for number in holders.get(root, ()):
            found[number] += round(weight * 1000)
    return max(found.values(), default=0) / 1000


def _pieces(text: str, span: Span, had: Said) -> Iterator[tuple[int, int, bool]]:
    """The phrases of a span without the marks around them; and the words that the other report has as they are."""
    start = span[0]
    own = said(text[slice(*span)], ())
    for run in runs(own, had):
        if run.count >= RUN and sum(word.weight for word in own.words[run.a : run.a + run.count]) >= RUN_WEIGHT:
            first, last = own.words[run.a].span[0], own.words[run.a + run.count - 1].span[1]
            yield from ((*part, False) for part in _phrases(text, start, span[0] + first))
            yield span[0] + first, span[0] + last, True
            start = span[0] + last
    yield from ((*part, False) for part in _phrases(text, start, span[1]))


def _phrases(text: str, first: int, last: int) -> Iterator[Span]:
    start = first
    for cut in [*_BREAK.finditer(text, first, last), None]:
        part = _stripped(text, start, last if cut is None else cut.start())
        if part is not None:
            yield part
        start = last if cut is None else cut.end()


def _stripped(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    bare = words.strip(_AROUND)
    if not bare:
        return None
    offset = start + words.index(bare)
    return offset, offset + len(bare)
