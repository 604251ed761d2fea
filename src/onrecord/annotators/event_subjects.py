"""Who does what a verb says: its subjects, those of the clause that it depends on, and those joined to them."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.event_joints import antecedents, kept_from, summoned_by, told_in, told_with
from onrecord.annotators.event_patterns import trigger_at
from onrecord.annotators.word_sets import word_set

__all__ = ["STATIVE", "conjuncts", "subjects"]

#: "is opposed to", "were engaged in": the subject acts all the same.
STATIVE = frozenset({"oppose", "engage", "commit"})
_CLAUSAL = frozenset({"xcomp", "acomp", "advcl", "conj", "pcomp", "acl", "relcl", "ccomp"})
#: What is to be done, which does not do it: "a proposal to send soldiers".
_INTENTIONS = word_set("proposal plan decision bid resolution offer motion idea order request call demand")
_PERCEIVING = word_set("hear see watch witness report")
#: After those whom the parser joins to a list, and who tell of it.
_TELLING = word_set("say report tell add state")


def subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, its own or those of the clause that it depends on."""
    node = summoned_by(verb) or told_with(verb) or told_in(verb) or _outcome_of(verb) or verb
    for _ in range(5):
        own = [c for c in node.children if c.dep_ in {"nsubj", "csubj"} or (
            c.dep_ == "nsubjpass" and (node != verb or verb.lemma_.lower() in STATIVE))]  # fmt: skip
        if own:
            return antecedents(own[-1], node)
        if (kept := kept_from(node)) is not None:
            return [kept]
        if any(c.dep_ == "aux" and c.tag_ == "VBG" and c.lower_ not in {"being", "having"} for c in node.children):
            return []  # "when shelling hit the town": the parser takes the subject for an auxiliary
        if node.dep_ in {"acl", "relcl"} and node.head.pos_ in {"NOUN", "PROPN"}:
            if node.dep_ == "acl" and node.head.lemma_.lower() in _INTENTIONS:
                return [c for c in node.head.children if c.dep_ == "poss"]
            active = node.tag_ != "VBN" or any(c.dep_ == "dobj" for c in node.children)
            return [node.head] if active else []
        if node.dep_ not in _CLAUSAL or node.head == node:
            return []
        if node.dep_ == "xcomp" or node.dep_ == "ccomp":
            if node.tag_ == "VBG" and node.head.lemma_.lower() in _PERCEIVING:
                return []  # "heard shooting"
            objects = [c for c in node.head.children if c.dep_ == "dobj"]
            if objects and node.dep_ == "xcomp":
                return objects
        node = node.head
        if node.pos_ == "ADP":
            node = node.head
        if node.pos_ in {"NOUN", "PROPN"}:
            # "an attempt to kill", "plans to build": whose?
            owner = [c for c in node.children if c.dep_ == "poss"]
            if owner:
                return owner
    return []


def conjuncts(head: Token) -> list[Token]:
    """A head and the heads joined to it."""
    found = [head]
    for token in found:
        if len(found) < 6:
            joined = (c for c in token.children if c.dep_ == "conj" and c.pos_ in {"NOUN", "PROPN", "NUM", "PRON"})
            found.extend(c for c in joined if not _tells(c))
    return sorted(found, key=lambda t: t.i)


def _tells(joined: Token) -> bool:
    """Whether the parser joins those who tell of it to a list: "killing two boys, residents said"."""
    end = joined.right_edge.i + 1
    if joined.left_edge.i == 0 or end >= len(joined.doc) or joined.doc[joined.left_edge.i - 1].text != ",":
        return False
    return joined.doc[end].pos_ == "VERB" and joined.doc[end].lemma_.lower() in _TELLING


def _outcome_of(verb: Token) -> Token | None:
    """The violence that "killing two" is the outcome of, where a clause of time between takes it: "after he left"."""
    clause = verb.head
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or clause.dep_ != "advcl" or verb.nbor(-1).text != ",":
        return None
    timed = any(c.dep_ == "mark" and c.lower_ in {"after", "before", "as", "while"} for c in clause.lefts)
    pair = [t for v in (verb, clause.head) if (t := trigger_at(v)) is not None and t.rule.type == "ASSAULT"]
    return clause.head if timed and len(pair) == 2 and trigger_at(clause) is None else None
