"""Who speaks in a quotation that runs on in a new paragraph, without a cue of its own and without an end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.model import Attribution, Span, Spans

__all__ = ["RunningQuotes"]

_MARKS = '"“”'
#: Most code points between the end of what was quoted, or its source, and the paragraph that goes on with it.
_GAP = 60


class RunningQuotes:
    r"""The quotations of a report, looked up for what stands in the next paragraph.

    Example:
        >>> from onrecord.annotators.reading import annotated
        >>> from onrecord.read.text import report
        >>> text = '"The bridge is gone," said Anna Berg.\n"We lost nine men there and then.'
        >>> read = annotated(report(text))
        >>> found = RunningQuotes(text, read.attributions).at((text.index("nine"), text.index("nine") + 4))
        >>> found.id == read.attributions[0].id
        True
    """

    __slots__ = ("_ends", "_said", "_text")

    def __init__(self, text: str, attributions: Sequence[Attribution]) -> None:
        quoted = [a for a in attributions if a.kind in {"direct", "mixed"} and a.content.spans]
        self._text = text
        self._said = sorted(quoted, key=lambda a: a.content.spans[-1][1])
        self._ends = [a.content.spans[-1][1] for a in self._said]

    def at(self, span: Span) -> Attribution | None:
        """The attribution whose quotation runs on over a span, or None."""
        first = self._text.rfind("\n", 0, span[0]) + 1
        line = self._text[first : span[0]].lstrip()
        opened = line.lstrip(_MARKS)
        if first == 0 or line == opened or any(mark in opened for mark in _MARKS):
            return None
        i = bisect_right(self._ends, first) - 1
        if i < 0:
            return None
        before = self._said[i]
        reached = max(_end(spans, first) for spans in (before.content.spans, before.source.spans, before.cue.spans))
        return before if first - reached <= _GAP else None


def _end(spans: Spans, limit: int) -> int:
    """Where the last of some spans, sorted and disjoint, ends that does so before an offset or there; -1 if none."""
    at = bisect_right(spans, limit, key=_last) - 1
    return spans[at][1] if at >= 0 else -1


def _last(span: Span) -> int:
    return span[1]
