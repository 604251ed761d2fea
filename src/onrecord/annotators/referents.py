"""What each entity of a report may be called after it was named: its sex, its offices, the nouns that describe it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from onrecord.annotators.bodies import HEADS
from onrecord.annotators.forms import key
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.words import Chunk
from onrecord.model import EntityType, Role

__all__ = ["Call", "Referent", "body_calls", "body_sorts", "described", "head_in", "place_sorts", "role_calls"]

Kind = Literal["person", "body", "place"]
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "poss"})
_SORTS_BY_SECTOR = {
    "MED": ("agency", "newspaper", "paper", "broadcaster", "outlet", "network", "channel", "station", "magazine"),
    "IGO": ("organisation", "organization", "body", "agency", "bloc"),
    "NGO": ("organisation", "organization", "group", "charity", "agency"),
    "REB": ("group", "movement", "militia", "organisation", "organization", "rebels", "militants", "insurgents"),
    "UAF": ("group", "movement", "militia", "militants"),
    "CRM": ("group", "gang", "cartel"),
    "PTY": ("party",),
    "OPP": ("opposition", "group", "movement"),
    "BUS": ("company", "firm", "group"),
    "MIL": ("army", "military"),
    "COP": ("police", "force"),
}
_SORTS_BY_TYPE: dict[EntityType, tuple[str, ...]] = {
    "organisation": ("organisation", "organization", "group", "company", "agency", "charity", "firm"),
    "group": ("group", "movement", "organisation", "organization", "militia"),
    "armed-force": ("force", "group"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A description: its noun, and all its words in lower case."""

    noun: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity as later words may mean it.

    Attributes:
        sex: "m", "f" or nothing.
        country: ISO 3166-1 alpha-3, or the name of a former state, or None.
        calls: what the report, or its own name, says it is.
        sorts: nouns for anything of its sort ("the group"), which mean it only where nothing else near is of that sort.
        chunks: its mentions, in order.
        doubtful: whether the bearer of the name, taken for a body, may be a person.
    """

    kind: Kind
    sex: str
    country: str | None
    chunks: tuple[Chunk, ...]
    calls: tuple[Call, ...] = ()
    sorts: frozenset[str] = field(default_factory=frozenset)
    doubtful: bool = False


def role_calls(roles: Sequence[Role]) -> list[Call]:
    """The offices that a person holds, as descriptions.

    Example:
        >>> role_calls([Role("foreign minister", "France", (0, 16))])[0].noun
        'minister'
    """
    calls = []
    for role in roles:
        said = [word.rstrip(".") for word in role.role.split()]
        calls.append(Call(said[-1], frozenset(said)))
    return calls


def body_calls(names: Sequence[str]) -> list[Call]:
    """What a body is by its names: the head of each that is a word for a body.

    Example:
        >>> [sorted(c.words) for c in body_calls(["Green Valley Movement"])], body_calls(["Oxfam"])
        ([['green', 'movement', 'valley']], [])
    """
    calls = []
    for name in dict.fromkeys(names):
        said = key(name).split()
        head = said[: said.index("of")] if "of" in said[1:] else said
        if head and head[-1] in HEADS:
            calls.append(Call(head[-1], frozenset(said)))
    return calls


def body_sorts(type_: EntityType, sector: str | None) -> frozenset[str]:
    """The nouns for bodies of a type, or of a PLOVER sector where that is known."""
    return frozenset(_SORTS_BY_SECTOR.get(sector or "", ()) if sector else _SORTS_BY_TYPE.get(type_, ()))


def place_sorts(kind: str) -> frozenset[str]:
    """The nouns for a country or a settlement."""
    return frozenset({"country": {"country"}, "settlement": {"city", "town", "village"}}.get(kind, ()))


def head_in(g: Grammar, chunk: Chunk) -> int:
    """The token of a chunk whose head lies outside it."""
    for token in range(chunk.start, chunk.end):
        if g.head[token] == token or not chunk.start <= g.head[token] < chunk.end:
            return token
    return chunk.end - 1


def described(g: Grammar, chunk: Chunk) -> list[Call]:
    """What the sentence says that the bearer of a name is: beside the name, after "is", or in "who was president"."""
    head = head_in(g, chunk)
    nouns = [(kid, False) for kid in g.kids[head] if g.dep[kid] == "appos"]
    if g.dep[head] == "appos":
        nouns.append((g.head[head], False))
    verbs = [kid for kid in g.kids[head] if g.dep[kid] == "relcl"]
    if g.dep[head] == "nsubj" and g.lemma[g.head[head]] == "be":
        verbs.append(g.head[head])
    for verb in verbs:
        if g.lemma[verb] == "be" and (said := g.kid(verb, "attr")) is not None:
            nouns.append((said, g.tag[verb] == "VBD" and g.dep[verb] == "relcl"))
    return [_call(g, noun, over) for noun, over in nouns if g.pos[noun] == "NOUN"]


def _call(g: Grammar, noun: int, over: bool) -> Call:
    """The description that a noun heads; what somebody was is what he formerly is."""
    said = {g.lower[kid] for kid in g.kids[noun] if kid < noun and g.dep[kid] in _MODIFIERS}
    return Call(g.lemma[noun], frozenset({*said, g.lemma[noun], *(("former",) if over else ())}))
