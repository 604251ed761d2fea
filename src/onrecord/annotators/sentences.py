"""Where sentences start and end, looked up without walking through them each time."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from onrecord.model import Span

__all__ = ["LONGEST_SENTENCE", "Sentences"]

#: Tokens beyond which a "sentence" is a list or a table, whose parse says nothing and whose tree is slow to search.
LONGEST_SENTENCE = 250


class Sentences:
    """The sentences of a document by offset.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> Sentences(parse(report("He left. They stayed.")).doc).around(10)
        (9, 21)
    """

    __slots__ = ("_long", "_spans", "_starts")

    def __init__(self, doc: Doc) -> None:
        found = [(s.start_char, s.end_char, len(s)) for s in doc.sents] if len(doc) else []
        self._spans = [(start, end) for start, end, _ in found]
        self._starts = [start for start, _, _ in found]
        self._long = [length > LONGEST_SENTENCE for _, _, length in found]

    def around(self, offset: int) -> Span:
        """The span of the sentence that holds an offset."""
        return self._spans[max(0, bisect_right(self._starts, offset) - 1)]

    def is_long(self, offset: int) -> bool:
        """Whether the sentence that holds an offset is too long for its parse to count."""
        return self._long[max(0, bisect_right(self._starts, offset) - 1)]
