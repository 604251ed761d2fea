"""Attributions as they are found: spans of source, cue and content, before anything is derived from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Span, Spans

__all__ = ["Found", "inside", "joined", "length", "trimmed", "without"]

_EDGE = " \t\n\r\xa0,;:—–-"


@dataclass(frozen=True, slots=True)
class Found:
    """The spans of one attribution, from rules or from a model.

    `source` is empty where no source is named; `cue` and `content` never are. The spans of a part are sorted and
    disjoint. `confidence` is 0.0 to 1.0. `rule` is the rule's name in `surety.RULES`, empty where a model found it.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    rule: str = ""


def trimmed(text: str, span: Span, edge: str = _EDGE) -> Span | None:
    """A span without spaces, commas and dashes at its edges, and without a lone full stop at its end; None if empty."""
    start, end = span
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    if end - start > 1 and text[end - 1] == "." and text[end - 2] != "." and not text[end - 3 : end - 2].isupper():
        end -= 1
    while end > start and (text[end - 1] in edge or text[end - 1].isspace()):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if start < end else None


def joined(text: str, spans: Iterable[Span]) -> Spans:
    """Spans sorted and disjoint; those with nothing but spaces between them in one paragraph become one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or (start - out[-1][1] < 8 and not text[out[-1][1] : start].strip(" \xa0"))):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return tuple(out)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """What is left of spans when others are cut out of them."""
    left = list(spans)
    for hole_start, hole_end in holes:
        cut: list[Span] = []
        for start, end in left:
            if hole_end <= start or end <= hole_start:
                cut.append((start, end))
                continue
            if start < hole_start:
                cut.append((start, hole_start))
            if hole_end < end:
                cut.append((hole_end, end))
        left = cut
    return left


def inside(inner: Iterable[Span], outer: Spans) -> bool:
    """Whether every inner span lies in some outer span; the outer ones are sorted and disjoint.

    >>> inside([(2, 4), (8, 9)], ((0, 5), (8, 10))), inside([(4, 6)], ((0, 5), (5, 10)))
    (True, False)
    """
    return all((at := bisect_right(outer, a, key=_start)) > 0 and b <= outer[at - 1][1] for a, b in inner)


def _start(span: Span) -> int:
    return span[0]


def length(spans: Iterable[Span]) -> int:
    """How many code points spans cover together."""
    return sum(end - start for start, end in spans)
