"""Those at whom a demand, a protest, a threat or a refusal is aimed, where they are named only inside what it is about.

"They marched to press their demands on the ministry", "threatened to end the talks if the union goes on", "denounced as
a crime the army's siege": the party stands within the clause that the act governs. A place that only says where
something is ("the force in Lumbria") is no party.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.annotators.word_sets import word_set

__all__ = ["is_asked", "is_party", "parties_within"]

#: spaCy's labels of those who can act.
_PARTIES = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_WHERE = word_set("in at near inside outside around across throughout within off along")
#: Where the search goes down from the word of an event, nearest first.
_DOWN = word_set("dobj ccomp xcomp prep pobj pcomp dative agent attr acomp oprd advcl")
#: Within what an act is about, any dependent may name the party but those of another scene.
_ASIDE = word_set("relcl parataxis punct cc det nummod advmod")
#: Before what only says when or under what circumstances.
_CIRCUMSTANCE = word_set("after before following since during despite amid until as without like including on-behalf")
#: "at X's request": X asks and is not acted upon.
_ASKED = word_set("request invitation behest urging insistence suggestion")
_CONDITIONS = word_set("if unless until")
#: Most words that are looked at.
_MOST = 60


def is_party(token: Token) -> bool:
    """Whether a word is named as somebody who can act: a person, people, body or state, not as where something is."""
    if token.ent_type_ not in _PARTIES or token.pos_ not in {"PROPN", "ADJ", "NOUN"}:
        return False
    return not (token.ent_type_ == "GPE" and _is_where(token))


def _is_where(token: Token) -> bool:
    """Whether a place name only says where something is: "in X", "in the city of X", "in X's capital"."""
    node = token
    for _ in range(5):
        if node.dep_ in {"compound", "conj", "appos", "nmod", "poss"} and node.head != node:
            node = node.head
        elif node.dep_ == "pobj" and node.head.lower_ == "of":
            node = node.head.head
        else:
            break
    return node.dep_ == "pobj" and node.head.lower_ in _WHERE


def parties_within(verb: Token, *, besides: frozenset[int]) -> list[Token]:
    """The party nearest to a verb within what it governs, with those joined to it; empty where none is named.

    Args:
        besides: indices of tokens that are not meant, those who act first of all.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> doc = parse(report("Workers marched to protest against Sweden's decision.")).doc
        >>> parties_within(doc[1], besides=frozenset())
        [Sweden]
    """
    level = [c for c in _dependents(verb) if (c.dep_ in _DOWN and not _is_circumstance(c)) or _is_condition(c)]
    seen = 0
    while level and seen < _MOST:
        seen += len(level)
        named = [t for t in level if is_party(t) and t.i not in besides and t.ent_type_ != ""]
        if named:
            first = min(named, key=lambda t: (t.dep_ == "compound", t.i))
            return [first, *(c for c in first.children if c.dep_ == "conj" and is_party(c))]
        level = [
            c for t in level for c in _dependents(t) if not (c.dep_ in _ASIDE or c.i in besides or _is_circumstance(c))
        ]
    return []


def _dependents(token: Token) -> Iterator[Token]:
    if token.n_lefts + token.n_rights <= _MOST:
        yield from token.children


def _is_circumstance(token: Token) -> bool:
    """Whether what follows only says when or amid what: "after the invasion of X", "when X attacked"."""
    if token.dep_ in {"prep", "mark"}:
        return is_asked(token) or token.lower_ in _CIRCUMSTANCE
    return token.dep_ == "advcl" and any(
        c.lower_ in _CIRCUMSTANCE or c.lower_ in {"when", "while"} for c in token.lefts
    )


def is_asked(preposition: Token) -> bool:
    """Whether a phrase says at whose request something is done; whoever asks is not acted upon."""
    return preposition.lower_ == "at" and any(c.lemma_.lower() in _ASKED for c in preposition.children)


def _is_condition(token: Token) -> bool:
    return token.dep_ == "advcl" and any(c.lower_ in _CONDITIONS for c in token.lefts)
