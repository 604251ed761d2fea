"""What befell those whom a number counts, by the parse: the verb whose object or subject they are."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.clause import DONE, FORCED, IRREALIS, Clause
from onrecord.annotators.count_words import unit_of_flight, unit_of_taking
from onrecord.annotators.units import SHOT, STRUCK
from onrecord.model import Unit

__all__ = ["unit_by_parse"]


def unit_by_parse(clause: Clause, head: int | None, first: int, end: int) -> Unit | None:
    """The unit by the parse: the verb whose object or subject the counted phrase is, or a clause that modifies it."""
    token = clause.tokens[head] if head is not None else clause.tokens[min(max(first, end - 1), len(clause.tokens) - 1)]
    if token.dep_ == "pobj" and token.head.lower_ == "of" and first <= clause.index(token.head.head) < end:
        token = token.head.head  # "killed a leader and several of his aides"
    for _ in range(3):
        unit = _by_clause(clause, token) or _by_head(clause, token)
        if unit is not None:
            return unit
        if token.dep_ not in {"conj", "appos"} or token.head.pos_ not in {"NOUN", "PROPN", "NUM"}:
            return None
        token = token.head
    return None


def _by_clause(clause: Clause, token: Token) -> Unit | None:
    for child in token.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return clause.units.act(child.lower_) or clause.units.state(child.lower_)
        if child.dep_ == "acl" and child.tag_ == "VBG":
            return clause.units.subject(child.lower_)
        if child.dep_ == "relcl":
            if any(c.dep_ == "nsubjpass" for c in child.children):
                return clause.units.act(child.lower_)
            if any(c.dep_ == "nsubj" and c.lower_ in {"who", "that", "which"} for c in child.children):
                return clause.units.subject(child.lower_)
    return None


def _by_head(clause: Clause, token: Token) -> Unit | None:
    verb = token.head
    if token.dep_ in {"dobj", "nsubjpass"} and _unreal_verb(verb):
        return None
    if any(c.dep_ == "neg" for c in verb.children) and token.dep_ != "pobj":
        return None
    if token.dep_ == "nsubjpass":
        at = clause.index(verb)
        if verb.lower_ in SHOT and clause.word(at + 1) == "at":
            return None
        forced = unit_of_flight(clause, at + 1) if verb.lower_ in FORCED else None
        taken = unit_of_taking(clause, at) if verb.lower_ == "taken" else None
        struck: Unit | None = "wounded" if verb.lower_ in STRUCK else None
        return clause.units.act(verb.lower_) or struck or forced or taken or _complement(clause, verb)
    if token.dep_ == "nsubj":
        return clause.units.subject(verb.lower_) or _refuge(verb) or _complement(clause, verb)
    if token.dep_ == "dobj":
        return clause.units.act(verb.lower_) or _complement(clause, verb)
    if token.dep_ == "pobj" and verb.lower_ == "of":
        return clause.units.happening(verb.head.lower_) if verb.head.lower_ != "return" else None
    return None


def _unreal_verb(verb: Token) -> bool:
    """Whether the verb stands under a modal or in an infinitive that does not say it was done."""
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ in IRREALIS:
            return verb.head.lower_ not in DONE
    return False


def _refuge(verb: Token) -> Unit | None:
    sought = any(c.dep_ == "dobj" and c.lower_ in {"refuge", "shelter"} for c in verb.children)
    return "displaced" if sought else None


def _complement(clause: Clause, verb: Token) -> Unit | None:
    for child in verb.children:
        if child.dep_ in {"acomp", "oprd", "attr", "ccomp", "xcomp"}:
            return clause.units.state(child.lower_)
    return None
