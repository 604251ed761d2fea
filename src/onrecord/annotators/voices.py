"""Whose voice a stretch of text is in: the narrator's, a source's, or nobody's."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from heapq import heappop, heappush

from onrecord.annotators.overlaps import Overlaps
from onrecord.annotators.parse import Parsed
from onrecord.annotators.sentences import Sentences
from onrecord.model import Attribution, Span

__all__ = ["NARRATOR", "UNSOURCED", "Voices", "voice"]

NARRATOR = "narrator"
UNSOURCED = "unsourced"

_HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|supposedly|rumou?red|"
    r"(?:is|are|was|were) (?:said|alleged|reported|believed|thought|understood|rumou?red) to)\b",
    re.IGNORECASE,
)


class Voices:
    """The voices of one report, ready to be looked up by span.

    The text is cut where contents start and end, and each piece knows the innermost attribution over it, so that a
    report with many attributions is not searched anew for every figure.
    """

    __slots__ = ("_attributions", "_by_id", "_cuts", "_hearsay", "_inner", "_over", "_parsed", "_sentences")

    def __init__(self, parsed: Parsed, attributions: tuple[Attribution, ...]) -> None:
        self._parsed = parsed
        self._attributions = attributions
        self._by_id = {a.id: a for a in attributions}
        self._cuts, self._inner = _pieces(attributions)
        self._over = Overlaps()
        for number, attribution in enumerate(attributions):
            self._over.add(number, attribution.content.spans)
        self._sentences = Sentences(parsed.doc)
        self._hearsay = [m.start() for m in _HEARSAY.finditer(parsed.text)]

    def of(self, span: Span) -> str:
        """The id of the innermost attribution whose content holds the span, or "unsourced", or "narrator".

        An attribution is innermost if its content is the shortest, and of equals the one that starts last. A word of
        hearsay ("reportedly", "is said to") in the sentence makes it unsourced where the narrator speaks, as does an
        attribution that no source is named for and that stands in no other.
        """
        holder = self._holder(span)
        if holder is not None:
            nobody = holder.source.kind == "none" and not holder.source.spans and holder.within is None
            return UNSOURCED if nobody else holder.id
        start, end = self._sentences.around(span[0])
        at = bisect_left(self._hearsay, start)
        return UNSOURCED if at < len(self._hearsay) and self._hearsay[at] < end else NARRATOR

    def attribution(self, voice: str) -> Attribution | None:
        """The attribution that a voice is, or None for the narrator and for hearsay."""
        return self._by_id.get(voice)

    def _holder(self, span: Span) -> Attribution | None:
        at = bisect_right(self._cuts, span[0]) - 1
        inner = self._inner[at] if at >= 0 else None
        if inner is None or _holds(inner, span):
            return inner
        # the innermost ends inside the span: one further out may hold it all
        holders = [a for n in self._over.over(span) if _holds(a := self._attributions[n], span)]
        return min(holders, key=_narrowness, default=None)


def voice(span: Span, parsed: Parsed, attributions: tuple[Attribution, ...]) -> str:
    """The voice of one span; `Voices` answers for many.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> voice((0, 4), parse(report("Some reportedly fled.")), ())
        'unsourced'
    """
    return Voices(parsed, attributions).of(span)


def _holds(attribution: Attribution, span: Span) -> bool:
    spans = attribution.content.spans  # sorted and disjoint
    at = bisect_right(spans, span[0], key=_start) - 1
    return at >= 0 and span[1] <= spans[at][1]


def _start(span: Span) -> int:
    return span[0]


def _narrowness(attribution: Attribution) -> tuple[int, int, str]:
    spans = attribution.content.spans
    return sum(e - s for s, e in spans), -spans[0][0], attribution.id


def _pieces(attributions: tuple[Attribution, ...]) -> tuple[list[int], list[Attribution | None]]:
    """Where contents start or end, and the innermost attribution from each such offset to the next."""
    contents = sorted((s, e, i) for i, a in enumerate(attributions) for s, e in a.content.spans)
    narrowness = [_narrowness(a) if a.content.spans else None for a in attributions]
    cuts = sorted({offset for s, e, _ in contents for offset in (s, e)})
    inner: list[Attribution | None] = []
    active: list[tuple[tuple[int, int, str], int, int]] = []
    following = 0
    for cut in cuts:
        while following < len(contents) and contents[following][0] <= cut:
            _, end, i = contents[following]
            if (narrow := narrowness[i]) is not None:
                heappush(active, (narrow, end, i))
            following += 1
        while active and active[0][1] <= cut:
            heappop(active)
        inner.append(attributions[active[0][2]] if active else None)
    return cuts, inner
