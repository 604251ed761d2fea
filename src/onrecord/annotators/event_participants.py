"""Those who take part in an event as they are given: the words that name them, and the entity that they are."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from onrecord.annotators.event_phrases import phrase
from onrecord.annotators.event_roles import PERSONAL
from onrecord.annotators.word_sets import word_set
from onrecord.model import Entity, Participant, Span

__all__ = ["Names", "names_of", "others", "participants"]

#: Whose it is, which is not who somebody is.
_POSSESSIVES = word_set("his her its their my our your whose")


@dataclass(frozen=True, slots=True)
class Names:
    """Where a report's entities are mentioned.

    Attributes:
        mentions: the spans of the mentions in their order, each with its entity's id.
        persons: the ids of those entities that are persons.
    """

    text: str
    mentions: tuple[tuple[Span, str], ...]
    persons: frozenset[str]


def names_of(text: str, entities: tuple[Entity, ...]) -> Names:
    """Where the entities of a text are mentioned."""
    mentions = sorted((span, entity.id) for entity in entities for span in entity.mentions)
    return Names(text, tuple(mentions), frozenset(e.id for e in entities if e.type == "person"))


def participants(heads: tuple[Token, ...], names: Names) -> tuple[Participant, ...]:
    """Those of an event by the heads of their phrases, each once, with their words and the entity that they are."""
    seen: set[Span] = set()
    made = []
    for head in heads:
        span = phrase(head) if head.dep_ == "poss" else _whole(phrase(head), head.idx, names)
        if span not in seen:
            seen.add(span)
            entity = _entity(span, head.idx, names) or _apposed(head, names)
            made.append(Participant((span,), names.text[slice(*span)], entity))
    return tuple(made)


def others(recipients: tuple[Participant, ...], acting: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """The recipients, where "him" is nobody who acts: "he would meet him"."""
    who = {one.entity for one in acting} - {None}
    return tuple(
        msgspec.structs.replace(one, entity=None) if one.text.lower() in PERSONAL and one.entity in who else one
        for one in recipients
    )


def _whole(span: Span, head: int, names: Names) -> Span:
    """A participant's words with the whole of the name that its head stands in: "Her League [for Democracy]"."""
    first = bisect_left(names.mentions, ((span[0], -1), ""))
    holding = names.mentions[first : bisect_right(names.mentions, ((head, sys.maxsize), ""))]
    return span[0], max([span[1], *(end for (_, end), _ in holding if end > head)])


def _entity(span: Span, head: int, names: Names) -> str | None:
    """The entity whose mention holds the head of the phrase; else the widest in it that is not its owner; or None."""
    inside = []
    first = bisect_left(names.mentions, ((span[0], -1), ""))
    for (start, end), entity in names.mentions[first : bisect_left(names.mentions, ((span[1], -1), ""))]:
        if end <= span[1] + 1 and (start <= head < end or not _is_owner((start, end), entity, names)):
            inside.append((start <= head < end, end - start, entity))
    return max(inside, key=lambda m: m[:2])[2] if inside else None


def _apposed(head: Token, names: Names) -> str | None:
    """The person whose name stands in apposition to a noun: "Brahimi's predecessor, Kofi Annan,"."""
    name = next((c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
    if name is None or name.i < head.i:
        return None
    found = _entity((name.idx, name.idx + len(name)), name.idx, names) or next(
        (e for (start, end), e in _near(names, name) if start <= name.idx < end), None
    )
    return found if found in names.persons else None


def _near(names: Names, token: Token) -> tuple[tuple[Span, str], ...]:
    """The mentions that start a little before a token or at it."""
    first = bisect_left(names.mentions, ((max(0, token.idx - 60), -1), ""))
    return names.mentions[first : bisect_right(names.mentions, ((token.idx, sys.maxsize), ""))]


def _is_owner(span: Span, entity: str, names: Names) -> bool:
    """Whether a mention only says whose somebody is: "her party", "Torres's spokesman", but not "Peru's envoy"."""
    start, end = span
    if names.text[start:end].lower() in _POSSESSIVES:
        return True
    return entity in names.persons and names.text[end : end + 1] in {"'", "\u2019"}
