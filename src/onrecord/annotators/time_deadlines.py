"""Times by which something is to be done: "promised a list by Monday", "gave the rebels until Friday"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.word_sets import word_set

__all__ = ["is_deadline"]

_BY = word_set("by before until till")
#: What binds somebody to do something later, and what only gives him time for it.
_BINDING = word_set(
    """
    promise pledge vow guarantee assure undertake demand want request seek urge require insist commit agree order ask
    call
    """
)
_GIVING = word_set("give set impose offer allow")
_TERMS = word_set("deadline ultimatum")
#: What is told of a deadline that lies behind.
_PAST_IT = word_set("pass miss expire lapse ignore defy violate")
_STEPS = 6


def is_deadline(before: Token | None) -> bool:
    """Whether the word before a time makes it one by which something that is promised or demanded is to be done.

    "By Monday 20 people had died" and "had agreed by Monday" are none: nothing that is to be done stands before "by".
    """
    if before is None:
        return False
    node = before.head
    if before.lower_ in {"of", "for"}:
        return node.lemma_.lower() in _TERMS and node.i < before.i and not _is_past(node)
    if before.lower_ not in _BY or before.dep_ not in {"prep", "mark", "agent", "dative"}:
        return False
    for _ in range(_STEPS):
        if node.lemma_.lower() in _TERMS:
            return not _is_past(node)
        if node.pos_ == "VERB" and node.dep_ != "amod":
            return _binds(node, before) or _is_of_terms(node)
        if node.head == node or node.i > before.i:
            return False
        node = node.head
    return False


def _binds(verb: Token, before: Token) -> bool:
    """Whether a verb says that what stands between it and a later word is to be done."""
    if verb.i > before.i:
        return False
    if before.lower_ in {"until", "till"}:
        return verb.lemma_.lower() in _GIVING | _BINDING
    return verb.lemma_.lower() in _BINDING and verb.i + 1 < before.i


def _is_of_terms(verb: Token) -> bool:
    """Whether an infinitive says what an ultimatum is for: "an ultimatum to the rebels to leave"."""
    if verb.tag_ != "VB" or verb.dep_ not in {"acl", "advcl", "xcomp", "relcl"}:
        return False
    term = next((c for c in verb.head.children if c.lemma_.lower() in _TERMS), verb.head)
    return term.lemma_.lower() in _TERMS and not _is_past(term)


def _is_past(term: Token) -> bool:
    """Whether a deadline is said to have passed."""
    return term.head.lemma_.lower() in _PAST_IT
