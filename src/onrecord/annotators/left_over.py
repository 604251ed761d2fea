"""Quotations that no attribution holds although the text leaves no doubt whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from onrecord.annotators.found import Found, joined, without
from onrecord.annotators.overlaps import Overlaps
from onrecord.annotators.quotes import Quotation
from onrecord.annotators.scenes import Scene
from onrecord.model import Span, Spans

__all__ = ["with_left_over"]

#: What stands between the quotations of a list.
_LISTED = re.compile(r"\s*(?:,\s*)?(?:(?:and|or|as well as)\b,?(?:\s+\w+,)?)?\s*", re.IGNORECASE)
#: A quotation of a list stays with another attribution that is surer than this.
SURE = 0.9
#: A quotation that goes on with what was said before it is a sentence of its own, of this many words at least.
FEWEST_WORDS = 4
#: Between what somebody said and the quotation that goes on with it stand no more words than these.
MOST_BETWEEN = 8

_SENTENCE_END = (".", "?", "!", "…")
_LABEL = re.compile(r"[A-Z][A-Z .'-]+:")
_WORD = re.compile(r"\w+")


def with_left_over(stage: Scene, found: Sequence[Found]) -> tuple[Found, ...]:
    """The attributions, with the quotations put to them that go on with theirs.

    Two kinds do: one that is listed with a quotation of theirs ("calls it 'a farce' and 'a fraud'"); and one that is a
    sentence of its own right after what they hold ("Mr. Vey called the plan a mistake. 'It will cost us the port.'"),
    where nobody else is made its speaker.
    """
    items = list(found)
    holding = Overlaps()
    for n, item in enumerate(items):
        holding.add(n, item.content)
    _listed(stage, items, holding)
    _going_on(stage, items, holding)
    return tuple(items)


def _listed(stage: Scene, items: list[Found], holding: Overlaps) -> None:
    text = stage.g.text
    for one, other in zip(stage.quotations, stage.quotations[1:], strict=False):
        between = text[one.span[1] : other.span[0]]
        comma = text[one.inner[1] - 1 : one.inner[1]] == ","
        if "\n" in between or not _LISTED.fullmatch(between) or not (comma or between.strip()):
            continue
        holders = [n for n in holding.over(one.span) if _share(one.span, items[n].content) > 0.8]
        holder = min(holders, key=lambda n: (sum(e - s for s, e in items[n].content), n), default=None)
        if holder is None or items[holder].cue[0][0] > one.span[0] or _share(other.span, items[holder].content):
            continue
        rivals = [n for n in holding.over(other.span) if n != holder and _share(other.span, items[n].content)]
        if any(items[n].confidence > SURE for n in rivals):
            continue
        for n in rivals:
            left = tuple(without(items[n].content, [other.span]))
            items[n] = replace(items[n], content=left or items[n].content)
        added = (*items[holder].content, (one.span[1], other.span[1]))
        items[holder] = replace(items[holder], content=joined(text, added))
        holding.add(holder, [added[-1]])


def _going_on(stage: Scene, items: list[Found], holding: Overlaps) -> None:
    text = stage.g.text
    starts = [start for start, _ in stage.parsed.paragraphs]
    ends = sorted((_end(item), n) for n, item in enumerate(items))
    for n, item in enumerate(items):
        holding.add(n, (*item.cue, *item.source))
    for quotation in stage.quotations:
        if not _is_sentence(text, quotation):
            continue
        over = (items[n] for n in holding.over(quotation.span))
        if any(_share(quotation.span, spans) for item in over for spans in (item.content, item.cue, item.source)):
            continue
        number = bisect_right(starts, quotation.span[0]) - 1
        before = _before(text, stage.parsed.paragraphs, number, quotation.span[0])
        last = _last(ends, before[0], quotation.span[0], items)
        if last is None:
            continue
        end, holder = last
        words = islice(_WORD.finditer(text, end, quotation.span[0]), MOST_BETWEEN + 1)
        if sum(1 for _ in words) > MOST_BETWEEN:
            continue
        between = text[end : quotation.span[0]].strip()
        if any(mark in between[:-1] for mark in _SENTENCE_END):
            continue
        added = (*items[holder].content, quotation.span)
        items[holder] = replace(items[holder], content=joined(text, added))
        holding.add(holder, [quotation.span])
        del ends[bisect_left(ends, last)]
        insort(ends, (_end(items[holder]), holder))


def _last(ends: list[tuple[int, int]], first: int, limit: int, items: list[Found]) -> tuple[int, int] | None:
    """Where the attribution ends that ends last before an offset and whose cue starts from `first` on; and its number.

    Args:
        ends: where each ends, and its number; sorted.
    """
    for end, n in map(ends.__getitem__, range(bisect_left(ends, (limit + 1, -1)) - 1, -1, -1)):
        if end < first:
            return None
        if first <= items[n].cue[0][0]:
            return end, n
    return None


def _before(text: str, paragraphs: Sequence[Span], number: int, start: int) -> Span:
    """Where the attribution stands that a quotation may go on with: in its paragraph or, if it opens that, in the last.

    Nothing goes on with a headline: a line that ends without a full stop.
    """
    first = paragraphs[number][0]
    if start > first:
        end = start
        while text[end - 1].isspace():
            end -= 1
        ended = text[max(first, end - 2) : end].endswith((*_SENTENCE_END, "”", '"', "''"))
        return (first, start) if ended else (start, start)
    if number < 2 or not text[slice(*paragraphs[number - 1])].rstrip().endswith("."):
        return (start, start)
    return paragraphs[number - 1]


def _is_sentence(text: str, quotation: Quotation) -> bool:
    words = text[slice(*quotation.inner)].strip()
    return (
        quotation.closed and not quotation.single and words[:1].isupper() and words.endswith(_SENTENCE_END)
        and len(words.split()) >= FEWEST_WORDS and not _LABEL.match(words)
    )  # fmt: skip


def _end(item: Found) -> int:
    return max(end for _, end in (*item.content, *item.cue))


def _share(span: Span, spans: Spans) -> float:
    """Which part of a span stands in others."""
    return sum(max(0, min(span[1], e) - max(span[0], s)) for s, e in spans) / max(span[1] - span[0], 1)
