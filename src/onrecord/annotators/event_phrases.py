"""The words of those who take part in an event: which of a phrase's words say who they are."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.units import PERSON, units_of
from onrecord.annotators.word_sets import word_set
from onrecord.model import Span

__all__ = ["is_people", "is_set_off", "phrase", "words_of"]

#: "accused X of Y": what follows "of" is no part of X.
_CHARGING = word_set("accuse suspect convict warn inform rob deprive strip acquit clear remind assure")
#: Tokens after a participant's head that may still belong to it: "of the Revolutionary United Front".
_LONGEST_TAIL = 7
_DRESS = word_set("uniform fatigue fatigues camouflage mask balaclava plainclothes clothes disguise")
#: Those who act together, beside the people that `units` knows.
_COLLECTIVES = word_set(
    """
    paramilitary militia junta faction insurgency garrison cabinet leadership opposition coalition alliance trader
    government army authority regime police council parliament assembly
    official general commander party side smuggler supplier mercenary warlord separatist jihadist cleric
    """
)


def words_of(head: Token) -> range:
    """The indices of the words of a participant's phrase."""
    start, end = _extent(head)
    return range(start, end + 1)


def phrase(head: Token) -> Span:
    """The words of a participant: the noun phrase up to its head, with a short "of" phrase, without its conjuncts."""
    start, end = _extent(head)
    return head.doc[start].idx, head.doc[end].idx + len(head.doc[end])


def _extent(head: Token) -> tuple[int, int]:
    lefts = [c for c in head.lefts if c.dep_ not in {"cc", "preconj", "punct", "mark", "advmod", "relcl"}]
    start = min([head.i, *(c.left_edge.i for c in lefts if c.left_edge.i <= head.i)])
    end = head.i
    for child in head.rights:
        if child.dep_ == "prep" and _belongs(child):
            last = child.right_edge.i
            if last - head.i > _LONGEST_TAIL:
                last = max(c.i for c in child.children if c.dep_ == "pobj")
            if last - head.i > _LONGEST_TAIL:
                break
            end = max(end, last)
        elif child.dep_ in {"flat", "nmod"} or (child.dep_ == "compound" and child.i == end + 1):
            end = child.i
        else:
            break
    doc = head.doc
    start = max([start, *(i + 1 for i in range(start, head.i) if _ends_dateline(doc[i]))])
    while start < head.i and (doc[start].is_punct or doc[start].is_space or _is_result(doc[start])):
        start += 1
    while end > head.i and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    return start, end


def _is_result(word: Token) -> bool:
    """Whether "dead" says what came of the act before it: "shot dead two farmers"."""
    return word.lower_ == "dead" and word.i > 0 and word.nbor(-1).lemma_.lower() in {"shoot", "leave"}


def _belongs(preposition: Token) -> bool:
    """Whether what follows a preposition says who somebody is: "of the army", "from Mali", "in black uniforms"."""
    things = [c for c in preposition.children if c.dep_ == "pobj"]
    if preposition.lower_ == "in":
        return any(t.lemma_.lower() in _DRESS for t in things)
    if preposition.lower_ == "of" and preposition.head.head.lemma_.lower() in _CHARGING:
        return False
    if preposition.lower_ == "for":
        return any(is_people(t) for t in things)
    return preposition.lower_ in {"of", "from"} and bool(things)


def _ends_dateline(token: Token) -> bool:
    """Whether a token parts a dateline from its sentence: "KYIV (AP) - Troops"."""
    if token.text in {")", ":", "–", "—", "--"}:
        return True
    return token.text == "-" and token.i > 0 and bool(token.nbor(-1).whitespace_)


def is_people(token: Token) -> bool:
    """Whether a noun is one for people or for those who act together: "villagers", "the militia"."""
    if token.lemma_.lower() in _COLLECTIVES:
        return True
    kinds = {PERSON, "troops", "hostages", "refugees", "detained"}
    units = units_of(token.doc)
    return units.noun(token.lower_) in kinds or units.noun(token.lower_ + "s") in kinds


def is_set_off(verb: Token) -> bool:
    """Whether a participle after a comma says what was done to a thing, where the parser makes the thing its subject.

    "A ban on gems, agreed in May, was extended": the ban did not agree.
    """
    if verb.tag_ not in {"VBD", "VBN"} or verb.i == 0 or verb.nbor(-1).text != ",":
        return False
    if any(c.dep_ in {"aux", "auxpass", "dobj", "ccomp", "xcomp", "nsubjpass"} for c in verb.children):
        return False
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject.pos_ != "NOUN" or subject.ent_type_ or is_people(subject):
        return False
    commas = sum(t.text == "," for t in verb.doc[subject.i : verb.i])
    return commas == 1 and any(t.text == "," for t in verb.doc[verb.i + 1 : verb.sent.end])
