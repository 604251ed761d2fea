"""What an event is as it is put: help that is promised is AGREE, an attack that is announced THREATEN."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.event_patterns import Trigger
from onrecord.annotators.event_senses import named
from onrecord.annotators.modality import COOPERATIVE, Frame
from onrecord.annotators.word_sets import word_set
from onrecord.model import EventType, Modality

__all__ = ["modality_as_put", "type_as_put"]

_VENGEFUL = word_set("avenge retaliate revenge punish crush annihilate obliterate respond hit")


def type_as_put(trigger: Trigger, put: Frame) -> EventType | None:
    """The type of an event as it is put; None for a warning of what nobody threatens to do."""
    kind, nominal = trigger.rule.type, trigger.nominal
    if put.modality == "denied" and not nominal and _refusal(trigger, put):
        return "REJECT"
    if put.future and put.modality != "denied" and not nominal:
        if kind == "CONCEDE" and trigger.token.dep_ == "xcomp":
            return kind
        return kind if kind == "CONSULT" and not _is_offered(trigger.token) else _promised(kind)
    if kind == "AGREE":
        inner = _complement(trigger.token)
        if put.modality == "failed":
            return "REJECT"
        return _agreed(trigger.token, inner)
    return kind


def modality_as_put(trigger: Trigger, kind: EventType, put: Frame) -> Modality:
    """The modality; of a demand, a threat or a promise, how what it is about stands."""
    if put.modality == "denied" and kind == "REJECT" != trigger.rule.type:
        return "happened"
    if kind == "THREATEN" and put.modality in {"happened", "ongoing", "planned"}:
        return "threatened"
    if kind == "REQUEST" and put.modality in {"happened", "ongoing"}:
        return "demanded"
    if kind in {"AGREE", "CONCEDE"} and trigger.rule.type == "AGREE" and put.modality == "happened":
        return "planned" if _complement(trigger.token) is not None else "happened"
    if kind == "REJECT" and put.modality == "failed":
        return "happened"
    return put.modality


def _promised(kind: EventType) -> EventType:
    if kind in COOPERATIVE:
        return "AGREE"
    return kind if kind in {"REQUEST", "REJECT", "ACCUSE", "PROTEST"} else "THREATEN"


def _is_offered(token: Token) -> bool:
    """Whether a meeting is only what somebody is ready for: one that is due is coded as itself, and planned."""
    return token.head.lower_ in {"willing", "ready", "prepared", "open"}


def _complement(token: Token) -> Token | None:
    """The verb of what is agreed, vowed or promised."""
    return next((c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.pos_ in {"VERB", "AUX"}), None)


def _agreed(verb: Token, inner: Token | None) -> EventType:
    """What an agreement or a vow is by what it is about: harm is a threat, stepping down a concession."""
    if inner is None:
        return "AGREE"
    vowed = [t for v in (inner, *(c for c in inner.children if c.dep_ == "conj")) if (t := named(v)) is not None]
    negated = any(c.dep_ == "neg" for c in inner.children)
    if inner.lemma_.lower() in _VENGEFUL or any(t.rule.type in {"ASSAULT", "COERCE", "SANCTION"} for t in vowed):
        return "AGREE" if negated else "THREATEN"
    if negated and verb.lemma_.lower() == "vow":
        return "REJECT"
    yields = any(t.rule.type == "CONCEDE" or t.rule.mode == "resign" for t in vowed)
    return "CONCEDE" if yields and verb.lemma_.lower() in {"agree", "accept", "promise"} else "AGREE"


def _refusal(trigger: Trigger, put: Frame) -> bool:
    """Whether "will not" or "does not" before a cooperative act refuses it."""
    auxiliaries = {c.lower_ for c in trigger.token.children if c.dep_ == "aux"}
    if trigger.rule.type == "CONSULT" and "do" in auxiliaries and trigger.token.lemma_.lower() != "meet":
        # "we do not negotiate with them"
        return any(c.dep_ == "nsubj" and c.lower_ in {"we", "i"} for c in trigger.token.children)
    return put.modality == "denied" and trigger.rule.type in COOPERATIVE and bool(auxiliaries & {"will", "wo", "would"})
