"""To which clause a verb belongs that the parser joins to another, and for whom its subject stands."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.event_phrases import is_people
from onrecord.annotators.titles import OFFICES, RANKS
from onrecord.annotators.word_sets import word_set

__all__ = ["antecedents", "kept_from", "said_by", "summoned_by", "told_in", "told_with"]

_PRONOUNS = word_set("it there that this which what who whom he she they we i you")
#: Nouns for many who act as one.
_COLLECTIVE = word_set(
    """
    army military police government group ministry party militia movement force navy council committee junta coalition
    crew family team union agency command rebel opposition side
    """
)
#: Verbs of keeping somebody "from" doing something.
_KEEPING = word_set("keep prevent stop bar block deter dissuade discourage restrain hinder prohibit")
#: What whoever summons an envoy does.
_COMPLAINING = word_set("protest complain demand warn condemn deliver express lodge convey voice object")
#: Verbs of speech that go on with the teller: "said that it had fallen and accused them".
_SAID_TOO = word_set("accuse blame warn threaten urge demand call reject vow ask denounce condemn criticise criticize")


def told_with(verb: Token) -> Token | None:
    """The verb in the past that a past verb is truly joined to, where the parser joins it to one that is not past.

    "Police fired at men who had marched to demand that he go, and arrested two": "arrested" goes with "fired".
    """
    if verb.dep_ != "conj" or verb.tag_ != "VBD":
        return None
    if verb.head.dep_ == "advcl" and verb.head.tag_ == "VBD" and verb.lemma_.lower() in _SAID_TOO and _is_apart(verb):
        return verb.head.head if verb.head.head.tag_ == "VBD" else None
    if _is_of_the_teller(verb):
        return verb.head.head
    if verb.head.tag_ not in {"VB", "VBP", "VBZ"} and not (
        verb.head.tag_ == "VBN"
        and (verb.head.dep_ == "acl" or (_is_pluperfect(verb.head) and verb.lemma_.lower() in _SAID_TOO))
    ):
        return None
    node = verb.head
    for _ in range(8):
        if node.head == node:
            return None
        node = node.head
        if node.tag_ == "VBD" and node.dep_ != "relcl":
            return node
    return None


def said_by(clause: Token) -> Token | None:
    """The verb that a clause is told by, where "and that" goes on with what it tells, too.

    "Told reporters that Rice had asked him to wait, and that she would meet him": "meet" is told, not asked.
    """
    if clause.dep_ == "ccomp":
        return clause.head
    if clause.dep_ != "conj" or not _is_with_that(clause):
        return None
    node, bare = clause.head, None
    for _ in range(8):
        told = [c for c in node.children if c.dep_ == "ccomp" and c.i < clause.i]
        if any(_is_with_that(c) for c in told):
            return node
        bare = node if told and bare is None else bare
        if node.head == node:
            break
        node = node.head
    return bare


def _is_with_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts)


def _is_of_the_teller(verb: Token) -> bool:
    """Whether only the teller can do what a verb of speech names: "said the vote was a joke and called for calm"."""
    clause = verb.head
    if clause.dep_ != "ccomp" or clause.head.tag_ != "VBD" or verb.lemma_.lower() not in _SAID_TOO:
        return False
    subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass"}]
    return bool(subjects) and all(s.pos_ == "NOUN" and not s.ent_type_ and not is_people(s) for s in subjects)


def _is_apart(verb: Token) -> bool:
    """Whether a comma and "and" come right before a verb: "until the army left, and accused them"."""
    before = [t.lower_ for t in verb.doc[max(0, verb.i - 2) : verb.i]]
    return before == [",", "and"]


def told_in(verb: Token) -> Token | None:
    """The clause in the past perfect that a participle goes on, where the parser joins it to the verb of telling.

    "They said that guards had raided the site and beaten two men": "beaten" goes with "raided".
    """
    if verb.dep_ != "conj" or not (verb.tag_ == "VBN" or verb.lower_.endswith("en")):
        return None
    if any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in verb.children):
        return None
    teller = verb.head.head if verb.head.dep_ == "conj" else verb.head
    return next((c for c in teller.children if c.i < verb.i and _is_pluperfect(c)), None)


def _is_pluperfect(verb: Token) -> bool:
    """Whether a clause tells of what came before its teller spoke: "said that it had fallen and accused"."""
    return verb.dep_ == "ccomp" and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)


def summoned_by(verb: Token) -> Token | None:
    """The verb of summoning in which one complains: "summoned the envoy to protest": the envoy does not."""
    if verb.lemma_.lower() not in _COMPLAINING or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.lefts):
        return None
    up = verb.head.head if verb.head.dep_ == "dobj" else verb.head
    return up if up.lemma_.lower() == "summon" else None


def kept_from(verb: Token) -> Token | None:
    """Those who are kept from doing what a verb names: "to keep mourners from storming the embassy"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "from" or verb.head.head.lemma_.lower() not in _KEEPING:
        return None
    return next((c for c in verb.head.head.children if c.dep_ in {"dobj", "nsubjpass"}), None)


def antecedents(subject: Token, clause: Token) -> list[Token]:
    """The words that a subject stands for: the head of a relative clause, the teller for "it" and "they"."""
    if subject.lower_ in {"who", "which", "that"} and clause.dep_ == "relcl":
        return [clause.head]
    if subject.pos_ == "PRON" and subject.lower_ in _PRONOUNS:
        # "Israel said it had bombed": the reporting clause's subject
        reporting = clause.head if clause.dep_ == "ccomp" else None
        if reporting is not None and subject.lower_ in {"it", "they", "he", "she"}:
            named = [c for c in reporting.children if c.dep_ == "nsubj" and c.pos_ != "PRON"]
            if named and _may_be(subject, named[0], reporting):
                return named
    return [subject]


def _may_be(pronoun: Token, teller: Token, reporting: Token) -> bool:
    """Whether a pronoun in what is told may stand for the teller.

    In quotation marks he says "I"; and of one person nobody says "they" or "it", of several or of a body nobody "he".
    """
    first, last = sorted((pronoun.i, reporting.i))
    if any(t.is_quote for t in pronoun.doc[first:last]):
        return False
    several = (
        teller.tag_ in {"NNS", "NNPS"} or teller.ent_type_ in {"ORG", "GPE", "NORP"}
        or teller.lemma_.lower() in _COLLECTIVE or any(c.dep_ == "conj" for c in teller.children)
    )  # fmt: skip
    if pronoun.lower_ == "it":
        return teller.ent_type_ != "PERSON" and teller.lemma_.lower() not in OFFICES | RANKS
    if pronoun.lower_ == "they":
        return several or (teller.pos_ == "PROPN" and teller.ent_type_ != "PERSON")
    return not several
