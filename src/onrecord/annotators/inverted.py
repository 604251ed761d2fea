"""Conditions without a conjunction: "should X attack", "were X to leave", "had X acted"."""

from __future__ import annotations

from onrecord.annotators.grammar import Grammar
from onrecord.annotators.word_sets import word_set

__all__ = ["inverted"]

_NOMINAL = word_set("DET NOUN PROPN PRON ADJ NUM")
_OUTCOME = word_set("would could might will may 'd ’d")
#: Most tokens from the first word of the condition to its verb, and from the condition to what it governs.
_REACH, _FAR = 10, 25


def inverted(g: Grammar, token: int) -> tuple[tuple[int, int], int] | None:
    """The tokens of a condition that a verb before its subject opens, and the verb that it governs; None if none does.

    Args:
        token: the index of "should", "were" or "had".
    """
    verb = _verb(g, token)
    if verb is None or not _may_open(g, token):
        return None
    stop = _sentence_end(g, token)
    comma = next((t for t in range(verb + 1, min(stop, verb + _FAR)) if g.lower[t] == ","), None)
    if comma is not None and (after := _outcome(g, range(comma + 1, min(stop, comma + _FAR)))) is not None:
        return (token, comma - 1), after
    if comma is None and (after := _outcome(g, range(g.right[verb] + 1, min(stop, verb + _FAR)))) is not None:
        return (token, g.right[verb]), after
    before = _outcome(g, range(token - 1, max(_sentence_start(g, token), token - _FAR) - 1, -1))
    last = min(g.right[verb], stop - 1)
    while last > verb and not g.word[last]:
        last -= 1
    return None if before is None else ((token, last), before)


def _verb(g: Grammar, token: int) -> int | None:
    """The verb whose subject stands between it and a token; None where nothing but a subject stands there."""
    named = False
    for t in range(token + 1, min(token + _REACH, len(g) - 1)):
        had = g.dep[token] == "aux" and g.head[token] == t
        fits = had if g.lower[token] == "had" else g.tag[t] in {"VB", "VBP"}
        led = g.lower[t - 1] == "to" if g.lower[token] == "were" else True
        if named and fits and led:
            return t
        if named and g.lower[t] == "to" and g.lower[token] == "were":
            continue
        if g.pos[t] not in _NOMINAL and g.lower[t] not in {"of", "'s", "’s", "-"}:
            return None
        named = named or g.pos[t] in {"NOUN", "PROPN", "PRON"}
    return None


def _may_open(g: Grammar, token: int) -> bool:
    """Whether no subject of its own stands before a token: a sentence, a quotation or a whole clause does."""
    if token == 0 or g.sentence_start[token] or not g.word[token - 1] or g.lower[token - 1] in {"that", "and", "but"}:
        return True
    near = (*g.kids[token], *(g.kids[g.head[token]] if g.dep[token] == "aux" else ()))
    own = any(g.dep[k] in {"nsubj", "nsubjpass", "expl"} and k < token for k in near)
    return not own and g.pos[token - 1] in {"VERB", "ADV", "NOUN", "PROPN", "ADP", "AUX", "ADJ"}


def _outcome(g: Grammar, among: range) -> int | None:
    """The first verb among some tokens that stands under "would" and the like."""
    for t in among:
        if g.lower[t] in _OUTCOME and g.dep[t] == "aux":
            return g.head[t]
    return None


def _sentence_start(g: Grammar, token: int) -> int:
    while token > 0 and not g.sentence_start[token]:
        token -= 1
    return token


def _sentence_end(g: Grammar, token: int) -> int:
    token += 1
    while token < len(g) and not g.sentence_start[token]:
        token += 1
    return token
