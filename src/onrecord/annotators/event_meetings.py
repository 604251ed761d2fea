"""Meetings by verbs that mean much else: "flew to X", "received him", "brought both sides to X", "sat down with"."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.word_sets import word_set

__all__ = ["JOURNEYS", "PUBLIC", "TRAVEL", "is_meeting", "met_on_arrival", "on_a_journey", "told_by_phone"]

#: Verbs of going somewhere; with "to" and a place, somebody in public life visits it.
TRAVEL = word_set("fly travel arrive go head")
JOURNEYS = word_set("visit trip tour")
_TALKS = word_set("talk negotiation meeting discussion consultation")
#: Those in public life, by their office.
PUBLIC = word_set(
    """
    president minister king queen prince premier chancellor leader secretary envoy mediator ambassador diplomat
    delegation negotiator pope bishop archbishop patriarch chief commander commissioner senator lawmaker official emir
    """
)
#: Those who are set around a table.
_SIDES = word_set("side party rival faction minister counterpart leader negotiator delegation president general foe")
#: Verbs of what is said in a call.
_SPEAKING = word_set(
    "tell say urge assure warn ask inform discuss promise stress reiterate thank congratulate press brief"
)
_HIM = word_set("him her them us")


def is_meeting(verb: Token) -> bool:
    """Whether a verb that may mean a meeting names one here, by who goes, is received or is brought together."""
    lemma = verb.lemma_.lower()
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if lemma in TRAVEL:
        return _goes_somewhere(verb) and any(_is_public(s) for s in _goers(verb)) and met_on_arrival(verb) is None
    if lemma == "receive":
        # "received a letter", "received wounds": only people are guests
        return any(_is_public(t) or t.lower_ in _HIM for t in objects)
    if lemma == "bring":
        together = any(c.lower_ == "together" for c in verb.children)
        return any(t.lemma_.lower() in _SIDES for t in objects) and (together or _goes_somewhere(verb))
    return True


def met_on_arrival(verb: Token) -> Token | None:
    """The verb of meeting that a journey is for: "will fly to X to meet the king"; it is then the one event."""
    purposes = (c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and any(a.lower_ == "to" for a in c.lefts))
    return next((c for c in purposes if c.lemma_.lower() in {"meet", "visit", "see", "negotiate", "confer"}), None)


def on_a_journey(noun: Token) -> Token | None:
    """Who is on a journey during which or after which something is said or done: "on a visit to X, [he] said"."""
    talks = noun.lemma_.lower() in _TALKS and any(c.dep_ == "prep" and c.lower_ == "with" for c in noun.children)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.ent_type_ == "DATE":
        noun = noun.head.head  # "after two days of talks"
    if not (talks or noun.lemma_.lower() in JOURNEYS) or noun.dep_ != "pobj":
        return None
    by = noun.head
    if by.lower_ not in {"during", "on", "after", "before", "amid", "in"} or by.head.pos_ != "VERB":
        return None
    return next((c for c in by.head.children if c.dep_ == "nsubj" and (_is_public(c) or c.pos_ == "PRON")), None)


def told_by_phone(noun: Token) -> Token | None:
    """The verb of what is said in a call: "told him in a phone call that"; None if the noun is none or stands alone.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("The emir told the king in a phone call that the talks went on.")).doc
        >>> [told_by_phone(t) for t in doc if t.lower_ == "call"]
        [told]
    """
    by_phone = any(c.lemma_.lower() in {"phone", "telephone"} for c in noun.lefts)
    if noun.lemma_.lower() not in {"call", "conversation"} or noun.dep_ != "pobj" or not by_phone:
        return None
    by = noun.head
    verb = by.head
    said = by.lower_ in {"in", "during", "by", "over", "on"} and verb.lemma_.lower() in _SPEAKING
    return verb if said and verb.pos_ == "VERB" else None


def _goes_somewhere(verb: Token) -> bool:
    return any(
        c.dep_ == "pobj" and c.pos_ == "PROPN"
        for p in verb.children
        if p.dep_ == "prep" and p.lower_ in {"to", "in", "for"}
        for c in p.children
        if c.ent_type_ not in {"DATE", "TIME", "ORG", "NORP", "EVENT"}
    )


def _goers(verb: Token) -> list[Token]:
    node = verb
    for _ in range(3):
        own = [c for c in node.children if c.dep_ == "nsubj"]
        if own:
            told = node.dep_ == "relcl" and own[0].lower_ in {"who", "which", "that"}
            return [node.head] if told else own
        if node.dep_ not in {"conj", "xcomp"}:
            break
        node = node.head
    return []


def _is_public(token: Token) -> bool:
    if token.ent_type_ == "PERSON" or token.lemma_.lower() in PUBLIC:
        return True
    return any(c.dep_ == "appos" and c.lemma_.lower() in PUBLIC for c in token.children)
