"""Lists and tables that the parser took for a sentence: events are not looked for in them."""

from __future__ import annotations

from spacy.tokens import Span as Tokens

from onrecord.annotators.event_patterns import is_crowded, trigger_at
from onrecord.annotators.parse import Parsed
from onrecord.annotators.sentences import LONGEST_SENTENCE
from onrecord.model import Span

__all__ = ["in_list", "unread_lists"]


def in_list(sentence: Tokens) -> frozenset[int]:
    """The words of a long sentence that hang, within a few steps, from one with more dependents than can be read.

    What looks so is a list or a table. Elsewhere each step of the search for participants is bounded, so that a
    sentence without end costs no more than its length.
    """
    if len(sentence) <= LONGEST_SENTENCE:
        return frozenset()
    found: set[int] = set()
    for token in sentence:
        node = token
        for _ in range(5):
            if is_crowded(node):
                found.add(token.i)
                break
            node = node.head
    return frozenset(found)


def unread_lists(parsed: Parsed) -> tuple[Span, ...]:
    """The sentences with words for events that were not read because they stand in such a list.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> unread_lists(parse(report("Police arrested five protesters in Minsk.")))
        ()
    """
    doc, found = parsed.doc, []
    for sentence in doc.sents if len(doc) else ():
        if any(not is_crowded(doc[i]) and trigger_at(doc[i]) is not None for i in sorted(in_list(sentence))):
            found.append((sentence.start_char, sentence.start_char + len(sentence.text.rstrip())))
    return tuple(found)
