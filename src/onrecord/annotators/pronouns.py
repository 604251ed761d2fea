"""Whom "he", "she", "it" and "they" stand for, where only one can be meant.

"It" and "they" are read where they speak or act by an attribution's verb, since elsewhere they mostly mean things.
Inside a quotation a pronoun means nobody who is named only outside of it, and the other way round.
"""

from __future__ import annotations

from onrecord.annotators.clauses import name_of
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.salience import Seen, likeliest

__all__ = ["PRONOUNS", "antecedent", "governing", "speaks"]

#: How many names of a list are climbed.
DEPTH = 8

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its"})
_THEY = frozenset({"they", "their"})
PRONOUNS = _HE | _SHE | _IT | _THEY
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_ASKING = frozenset({"ask", "question", "press", "quiz"})


def governing(g: Grammar, token: int) -> int:
    """The verb or noun that a token is an argument of, through its preposition."""
    head = g.head[token]
    for _ in range(DEPTH):
        if g.dep[token] not in {"conj", "appos"} or head == token:
            break
        token, head = head, g.head[head]
    return g.head[head] if g.pos[head] == "ADP" or g.dep[token] == "pobj" else head


def speaks(g: Grammar, verb: int) -> bool:
    """Whether a verb can attribute something to its subject."""
    return g.pos[verb] in {"VERB", "AUX"} and g.cue("verb", name_of(g, verb)) is not None


def antecedent(g: Grammar, token: int, unit: int, near: list[Seen]) -> Seen | None:
    """The last mention of whom a pronoun stands for, among those spoken of in the last sentences; None if unclear."""
    word = g.lower[token]
    subject = g.dep[token] in {"nsubj", "nsubjpass"}
    verb = governing(g, token)
    if word not in _POSSESSIVE:
        near = [s for s in near if s.verb != verb or s.unit != unit]
        doing = None if subject else _shared_subject(g, verb)
        near = [s for s in near if doing is None or s.verb != doing or s.unit != unit or not s.subject]
    if word in _HE or word in _SHE:
        sex = "m" if word in _HE else "f"
        fits = [s for s in near if s.kind in {"person", "doubtful"} and not s.plural and s.sex in {"", sex}]
        return _asked(g, token, fits) or likeliest(fits, unit, sex)
    if word == "its":
        here = [s for s in near if s.unit == unit and s.subject and s.kind == "body"]
        return here[0] if len({s.who for s in here}) == 1 else None
    if not subject or g.dep[token] != "nsubj" or not speaks(g, verb):
        return None
    if word == "it":
        return likeliest([s for s in near if not s.plural and _speaking(s, "thing")], unit)
    if word != "they":
        return None
    several = {(s.unit, s.verb) for s in near if s.plural}
    fits = [s for s in near if s.plural or (_speaking(s) and (s.unit, s.verb) not in several)]
    return likeliest(fits, unit, several=True)


def _shared_subject(g: Grammar, verb: int) -> int | None:
    """The verb whose subject a later one shares, and so cannot do it to himself: "met the king and pressed him"."""
    for _ in range(DEPTH):
        if g.dep[verb] != "conj" or g.kid(verb, "nsubj", "nsubjpass") is not None:
            return None
        verb = g.head[verb]
        if g.kid(verb, "nsubj", "nsubjpass") is not None:
            return verb
    return None


def _speaking(seen: Seen, *more: str) -> bool:
    """Whether it was a body, or a place that did something, as states and capitals do."""
    return seen.kind in {"body", "doubtful", *more} or (seen.kind == "place" and seen.subject)


def _asked(g: Grammar, token: int, near: list[Seen]) -> Seen | None:
    """Who is asked in "X asked Y whether he ...": he answers, so the pronoun is Y's."""
    clause = g.head[token]
    asking = g.head[clause]
    if g.dep[token] not in {"nsubj", "nsubjpass"} or g.lemma[asking] not in _ASKING or asking == clause:
        return None
    marks = {g.lower[kid] for kid in g.kids[clause] if kid < token}
    if not marks & {"if", "whether", "why", "how", "when", "what"}:
        return None
    asked = [s for s in near if s.verb == asking and asking < s.token < token]
    return asked[-1] if len({s.who for s in asked}) == 1 else None
