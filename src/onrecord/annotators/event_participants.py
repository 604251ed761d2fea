"""Those who take part in an event as they are given: the words that name them, and the entity that they are."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right

import msgspec
from spacy.tokens import Token

from onrecord.annotators.event_phrases import phrase
from onrecord.annotators.event_roles import PERSONAL
from onrecord.annotators.parse import Parsed
from onrecord.annotators.word_sets import word_set
from onrecord.model import Participant, Span

__all__ = ["others", "participants"]

#: Whose it is, which is not who somebody is.
_POSSESSIVES = word_set("his her its their my our your whose")


def participants(heads: tuple[Token, ...], parsed: Parsed, mentions: list[tuple[Span, str]]) -> tuple[Participant, ...]:
    """Those of an event by the heads of their phrases, each once, with their words and the entity that they are.

    Args:
        mentions: the spans of the mentions of entities, in their order, each with its entity's id.
    """
    seen: set[Span] = set()
    made = []
    for head in heads:
        span = phrase(head) if head.dep_ == "poss" else _whole(phrase(head), head.idx, mentions)
        if span not in seen:
            seen.add(span)
            made.append(Participant((span,), parsed.text[slice(*span)], _entity(span, head.idx, mentions, parsed.text)))
    return tuple(made)


def others(recipients: tuple[Participant, ...], acting: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """The recipients, where "him" is nobody who acts: "he would meet him"."""
    who = {one.entity for one in acting} - {None}
    return tuple(
        msgspec.structs.replace(one, entity=None) if one.text.lower() in PERSONAL and one.entity in who else one
        for one in recipients
    )


def _whole(span: Span, head: int, mentions: list[tuple[Span, str]]) -> Span:
    """A participant's words with the whole of the name that its head stands in: "Her League [for Democracy]"."""
    first = bisect_left(mentions, ((span[0], -1), ""))
    holding = mentions[first : bisect_right(mentions, ((head, sys.maxsize), ""))]
    return span[0], max([span[1], *(end for (_, end), _ in holding if end > head)])


def _entity(span: Span, head: int, mentions: list[tuple[Span, str]], text: str) -> str | None:
    """The entity whose mention holds the head of the phrase; else the widest in it that is not its owner; or None."""
    inside = []
    first = bisect_left(mentions, ((span[0], -1), ""))
    for (start, end), entity in mentions[first : bisect_left(mentions, ((span[1], -1), ""))]:
        if end <= span[1] + 1 and (start <= head < end or text[start:end].lower() not in _POSSESSIVES):
            inside.append((start <= head < end, end - start, entity))
    return max(inside, key=lambda m: m[:2])[2] if inside else None
