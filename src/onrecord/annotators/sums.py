"""What a sum of money is: "a net loss of $3 million", "bail was set at $50,000", "$20 million in aid"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.clause import Clause
from onrecord.annotators.word_sets import word_set
from onrecord.model import Span

__all__ = ["purpose"]

#: What says nothing of what a sum is.
_NO_THING = word_set("total all return exchange advance part fact turn addition response years months days weeks")
_AMOUNTS = word_set(
    """
    total sum amount value worth maximum minimum excess tune rate average combined hundreds thousands millions billions
    dozens most some many all one none case lack out figure number fraction share portion half
    quarter range low high kind instead because ahead record
    """
)
#: What may be set at, be or come to a sum.
_SUMS = word_set(
    """
    bond bail deficit debt budget cost price bill fine ransom reward loss damage revenue income profit surplus spending
    salary aid donation contribution payment sale export import tax fee loan grant investment compensation penalty
    settlement funding fund trade reserve expense asset wealth fortune purse prize bounty credit subsidy pledge
    """
)
_AMOUNTING = word_set(
    "be set put place fix stand total amount reach exceed come hit estimate climb rise fall grow near"
)
_STEPS = 5


def purpose(clause: Clause, first: int, after: int) -> Span | None:
    """The words that say what a sum is, before it or after; None where none do, and in text without a parse.

    Args:
        first: index of the first token of the number, its qualifier included.
        after: index of the first token behind it.

    Example:
        >>> from onrecord.annotators.clause import clause_words
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> text = "The firm had a net loss of $3 million."
        >>> start, end = purpose(clause_words(parse(report(text))), 7, 10)
        >>> text[start:end]
        'net loss'
    """
    if clause.capitals:
        return None
    return _in_what(clause, after) or _what_of(clause, first) or _what_is(clause, first, after)


def _in_what(clause: Clause, after: int) -> Span | None:
    """What a sum is in: "$20 million in aid", "nearly $3 billion in company losses"; None for a place or a time."""
    if clause.word(after) != "in" or after + 1 >= len(clause.tokens):
        return None
    first = clause.tokens[after + 1]
    noun = next((c for c in clause.tokens[after].children if c.dep_ == "pobj"), None)
    if noun is None or noun.pos_ != "NOUN" or noun.ent_type_ in {"DATE", "TIME", "GPE", "LOC"}:
        return None
    if noun.left_edge != first or first.pos_ == "DET" or first.tag_ == "PRP$" or noun.lower_ in _NO_THING:
        return None
    return first.idx, noun.idx + len(noun)


def _what_of(clause: Clause, first: int) -> Span | None:
    """The noun of "a net loss of" right before a sum."""
    if clause.word(first - 1) != "of" or first < 2:
        return None
    noun = clause.tokens[first - 2]
    return _named(noun) if noun.pos_ == "NOUN" and noun.lower_ not in _AMOUNTS else None


def _what_is(clause: Clause, first: int, after: int) -> Span | None:
    """The subject that is, is set at or comes to a sum."""
    node = clause.tokens[after - 1]
    for _ in range(_STEPS):
        if node.head == node or node.pos_ in {"VERB", "AUX"}:
            break
        if node.dep_ == "prep" and node.lower_ not in {"at", "to", "by"}:
            return None
        node = node.head
    if node.lemma_.lower() not in _AMOUNTING or clause.index(node) >= first:
        return None
    subject = next((c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    known = subject is not None and subject.pos_ == "NOUN" and subject.lemma_.lower() in _SUMS
    return _named(subject) if known and subject is not None else None


def _named(noun: Token) -> Span:
    """A noun with the words before it that say which: "net loss", "budget deficit"."""
    start = noun
    while start.i > 0:
        before = start.nbor(-1)
        if before.head != noun or before.dep_ not in {"compound", "amod"} or before.tag_ in {"JJR", "JJS", "CD"}:
            break
        start = before
    return start.idx, noun.idx + len(noun)
