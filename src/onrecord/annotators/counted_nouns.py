"""The noun phrase that a number counts, and what its noun says of itself."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.annotators.clause import DETERMINERS, STOP, Clause
from onrecord.annotators.numbers import Number
from onrecord.annotators.units import PERSON, is_destruction
from onrecord.model import Span, Unit

__all__ = ["counted_noun"]


#: What those counted are taken as: "took 12 policemen prisoner".
_BECOME = frozenset({"prisoner", "hostage", "captive"})


def counted_noun(
    number: Number, clause: Clause, after: int
) -> tuple[Span | None, int, int | None, str | None, Unit | None]:
    """Span, end, head, own unit and prenominal state of the noun phrase that the number counts."""
    i = after
    if number.core[1] < clause.starts[after - 1] + len(clause.tokens[after - 1]):
        glued = clause.text[number.core[1] : clause.starts[after - 1] + len(clause.tokens[after - 1])].lower()
        base = clause.units.noun(glued)
        if base is not None:
            end = number.core[1] + len(glued)
            return (number.core[1], end), after, after - 1, base, None
    if clause.word(i) == "more" and clause.word(i + 1) == "of":
        i += 1
    if clause.word(i) == "of":
        i += 1
        if clause.word(i) in {"them", "whom", "us", "which"}:
            said = i + 1  # "nine of them children"
            last = said + 1 >= len(clause.tokens) or clause.tokens[said + 1].is_punct or clause.word(said + 1) == "and"
            if last and clause.units.noun(clause.word(said)) == PERSON and clause.word(i) in {"them", "whom"}:
                span = clause.starts[said], clause.starts[said] + len(clause.tokens[said])
                return span, said + 1, said, PERSON, None
            return None, i + 1, None, None, None
    while (clause.word(i) in DETERMINERS and i > after) or clause.word(i) in {"such", "more", "further", "additional"}:
        i += 1
    if i > after and clause.word(i).isdigit():
        i += 1  # "41 of 59 drones", "30 of its 110 hostages"
    return _noun(clause, i, after, several=number.low != 1)


def _noun(
    clause: Clause, start: int, after: int, *, several: bool
) -> tuple[Span | None, int, int | None, str | None, Unit | None]:
    head: int | None = None
    early: Unit | None = None
    i = start
    while i < min(start + 9, len(clause.lower)):
        word = clause.lower[i]
        glued = i + 1 < len(clause.starts) and clause.starts[i + 1] == clause.starts[i] + len(word)
        if (
            glued
            and clause.word(i + 1) == "-"
            and clause.word(i + 2).isalpha()
            and _is_part(clause, word, several=several)
        ):
            while clause.word(i + 1) == "-":  # "a 14-year-old girl", "an interest-free loan"
                i += 2
            i += 1
            if clause.word(i - 1) == "old" and _stands_alone(clause, i):
                return (clause.starts[start], clause.starts[i - 1] + 3), i, i - 1, PERSON, early
            continue
        known = _known(clause, word, several=several)
        if known is None and (word in STOP or _ends_phrase(clause, i)):
            break
        state = clause.units.state(word)
        if state is not None and known is None:
            if not (_noun_follows(clause, i + 1) or _plural_follows(clause, i + 1)):
                break
            early = early or state
        elif (
            known is not None
            and state is not None
            and head is None
            and (_noun_follows(clause, i + 1) or _plural_follows(clause, i + 1))
        ):
            early = early or state
        elif known is None and _is_verb_form(clause, word) and not _noun_follows(clause, i + 1):
            break
        elif known is not None:
            if head is not None and state is not None:
                break
            head = i
        elif head is not None and (clause.tokens[i].tag_ == "VBG" or not _compound(clause, i)):
            break
        elif not clause.capitals and clause.tokens[i].pos_ in {"NOUN", "PROPN"}:
            head = i
        elif clause.capitals and head is not None:
            break
        i += 1
    if head is None:
        return None, after, None, None, early
    span = (clause.starts[start], clause.starts[head] + len(clause.tokens[head]))
    return span, head + 1, head, clause.units.noun(clause.lower[head]) or _people(clause.tokens[head]), early


def _is_part(clause: Clause, word: str, *, several: bool) -> bool:
    """Whether a word before a hyphen is no counted noun: "voter-registration events" are no voters."""
    noun = clause.units.noun
    return noun(word) is None or (several and not word.endswith("s") and noun(word + "s") is not None)


def _plural_follows(clause: Clause, i: int) -> bool:
    """Whether a noun in the plural is next, known or not: "three dead burglars"."""
    return not clause.capitals and i < len(clause.tokens) and clause.tokens[i].tag_ == "NNS"


def _stands_alone(clause: Clause, i: int) -> bool:
    """Whether no noun follows "17-year-old" before an index, so that it is the person: "a 17-year-old was killed"."""
    if clause.capitals:
        return not _noun_follows(clause, i)
    return i >= len(clause.tokens) or clause.tokens[i].pos_ not in {"NOUN", "PROPN", "ADJ"}


def _people(token: Token) -> str | None:
    """`PERSON` for the people of a country or a faith ("Cubans"), by spaCy's names."""
    plural = token.ent_type_ == "NORP" and token.lower_.endswith(("s", "ese", "men"))
    return PERSON if plural and token.text[:1].isupper() else None


def _known(clause: Clause, word: str, *, several: bool) -> str | None:
    """What a noun counts; after a number of several, a singular is no head: "many death threats"."""
    known = clause.units.noun(word)
    return None if several and known is not None and clause.units.noun(word + "s") == known else known


def _ends_phrase(clause: Clause, i: int) -> bool:
    token = clause.tokens[i]
    if token.is_space:
        return True
    if token.is_punct and token.text not in {"-", "–", '"', "“", "”"}:
        return True
    if token.text in {"-", "–"} and clause.text[token.idx - 1 : token.idx + 2] == f" {token.text} ":
        return True  # "two things - his family"
    if clause.capitals:
        return False
    finite = token.pos_ == "VERB" and token.tag_ in {"VBD", "VBP", "VBZ", "VB"} and token.dep_ != "amod"
    return finite or token.pos_ in {"AUX", "ADP", "SCONJ", "PRON"}


def _is_verb_form(clause: Clause, word: str) -> bool:
    return clause.units.act(word) is not None or clause.units.subject(word) is not None or is_destruction(word)


def _noun_follows(clause: Clause, i: int) -> bool:
    """Whether a counted noun stands within the next three words, before the phrase ends."""
    for j in range(i, min(i + 3, len(clause.lower))):
        if clause.units.noun(clause.lower[j]) is not None and clause.units.state(clause.lower[j]) is None:
            return True
        if clause.lower[j] in STOP or _ends_phrase(clause, j) or _is_verb_form(clause, clause.lower[j]):
            return False
    return False


def _compound(clause: Clause, i: int) -> bool:
    """Whether an unknown word after a noun still belongs to the phrase."""
    if clause.lower[i] in _BECOME:
        return False
    if _noun_follows(clause, i):
        return True
    if clause.capitals or clause.tokens[i - 1].dep_ != "compound":
        return False
    return clause.tokens[i].pos_ == "NOUN" or (
        clause.tokens[i].pos_ == "PROPN" and clause.tokens[i - 1].pos_ == "PROPN"
    )
