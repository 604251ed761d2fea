"""Whether an event happened, or is planned, threatened, denied, failed or only supposed; and what frames it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.annotators.word_sets import word_set
from onrecord.model import EventType, Modality

__all__ = ["COOPERATIVE", "Frame", "frame"]

#: Types that PLOVER counts as cooperation; promised, they are AGREE. The others, announced, are THREATEN.
COOPERATIVE: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})

_PLANNED_VERBS = word_set("plan intend prepare expect schedule aim decide consider propose hope order")
_PLANNED_WORDS = word_set("plan intention readiness willingness ready willing prepared set due poised plans")
_FAILED = word_set("fail foil thwart avert miss abort")
_TRIED = word_set("try attempt seek want")
_DENIED = word_set("deny refute")
_ONGOING = word_set("continue keep resume go remain")
_CHARGING = word_set("arrest detain jail accuse convict suspect charge condemn criticize blame sentence")
_SUPPOSED = frozenset({"could", "would", "might", "may", "can", "should"})


@dataclass(frozen=True, slots=True)
class Frame:
    """How an event is put.

    Attributes:
        aside: it is only a purpose, a condition or a charge ("to defend", "if attacked", "for spying").
        future: it is said that it will or is to happen, on the actor's own account.
        duty: it is said that another must do it ("Iran must stop").
    """

    modality: Modality
    future: bool
    duty: bool
    aside: bool = False


def frame(token: Token) -> Frame:
    """How the event of a word is put, by its auxiliaries, its negation and the words that govern it."""
    auxiliaries = {c.lower_ for c in token.children if c.dep_ in {"aux", "auxpass"}}
    negated = any(c.dep_ == "neg" or c.lower_ in {"no", "never"} for c in token.children)
    above = _governors(token)
    lemmas = {t.lemma_.lower() for t in above}
    if auxiliaries & {"must", "should"} or {"have", "need"} & lemmas & {t.lemma_.lower() for t in above[:1]}:
        return Frame("demanded", future=False, duty=True)
    if _conditional(token) or _purpose(token) or _charge(token):
        return Frame("hypothetical", future=False, duty=False, aside=True)
    if lemmas & _DENIED:
        return Frame("denied", future=False, duty=False)
    if lemmas & _FAILED or (token.pos_ == "NOUN" and any(c.lemma_.lower() in {"fail", "foil", "failed", "attempted"}
                                                         for c in token.children)):  # fmt: skip
        return Frame("failed", future=False, duty=False)
    if auxiliaries & _SUPPOSED or lemmas & _TRIED:
        return Frame("hypothetical", future=False, duty=False)
    if negated:
        return Frame("denied", future=False, duty=False)
    if auxiliaries & {"will", "'ll", "shall", "wo"} or lemmas & (_PLANNED_VERBS | _PLANNED_WORDS) or _going(token):
        return Frame("planned", future=True, duty=False)
    progressive = token.tag_ == "VBG" and auxiliaries & {"is", "are", "'re", "'s"}
    if progressive or lemmas & _ONGOING:
        return Frame("ongoing", future=False, duty=False)
    return Frame("happened", future=False, duty=False)


def _governors(token: Token) -> list[Token]:
    """The words that a word's happening depends on, innermost first."""
    found: list[Token] = []
    node = token
    for _ in range(4):
        if node.dep_ in {"xcomp", "pcomp", "dobj", "pobj", "prep", "nsubjpass"} or (node.dep_ in {"acl", "ccomp"} and
                                                                                    _infinitive(node)):  # fmt: skip
            node = node.head
            found.append(node)
            if node.pos_ == "VERB" and node.lemma_.lower() not in _ALL_FRAMES:
                break
        elif node.dep_ == "ccomp" and node.head.lemma_.lower() in _DENIED | _PLANNED_VERBS:
            node = node.head
            found.append(node)
        else:
            break
    return found


_ALL_FRAMES = _PLANNED_VERBS | _FAILED | _TRIED | _DENIED | _ONGOING


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _going(token: Token) -> bool:
    head = token.head
    return token.dep_ == "xcomp" and head.lower_ in {"going", "set", "ready", "willing", "prepared", "committed", "due"}


def _purpose(token: Token) -> bool:
    """Whether a verb is an infinitive of purpose."""
    return token.pos_ == "VERB" and token.dep_ == "advcl" and _infinitive(token)


def _charge(token: Token) -> bool:
    """Whether a verb only says for what somebody is arrested, accused or convicted."""
    if token.dep_ != "pcomp" or token.head.lower_ not in {"for", "of", "on"}:
        return False
    return token.head.head.lemma_.lower() in _CHARGING


def _conditional(token: Token) -> bool:
    node = token
    for _ in range(3):
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"if", "unless"} for c in node.children):
            return True
        if node.dep_ not in {"conj", "xcomp", "ccomp"}:
            return False
        node = node.head
    return False
