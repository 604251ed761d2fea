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
_LINKS = frozenset({"of", "for", "on", "in", "to", "against", "and"})
_HEADS_TOO = frozenset({"campaign", "mission", "delegation", "initiative", "pact", "junta"})
#: Titles written short, with the noun that a later description uses.
_LONG = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel",
         "lt": "lieutenant", "maj": "major", "capt": "captain", "adm": "admiral", "sgt": "sergeant", "cpl": "corporal",
         "brig": "brigadier", "amb": "ambassador", "prof": "professor", "supt": "superintendent"}  # fmt: skip
#: Nouns for one office.
_SAME_OFFICE = {"spokesman": ("spokesperson",), "spokeswoman": ("spokesperson",), "chairman": ("chair",),
                "chairwoman": ("chair",), "premier": ("minister",), "senator": ("lawmaker",), "mp": ("lawmaker",),
                "congressman": ("lawmaker",), "congresswoman": ("lawmaker",), "legislator": ("lawmaker",)}  # fmt: skip
_LEADING = frozenset({"president", "premier", "chancellor", "king", "queen", "emir", "sultan", "dictator", "ruler"})
_HEADS_OF_STATE = frozenset({"president", "king", "queen", "emir", "sultan"})
_BODY_NOUNS = ("organisation", "organization", "group", "movement", "faction", "alliance", "army", "force", "agency")
#: Nouns that mean the state's own unless words in the name say otherwise.
_STATES_OWN = frozenset({"army", "police", "navy", "military"})
_REBELLIOUS = frozenset({"liberation", "resistance", "free", "revolutionary", "salvation", "lords", "republican",
                         "independence", "patriotic", "insurgent", "separatist", "volunteer"})  # fmt: skip
_FIGHTERS = ("rebels", "militants", "insurgents", "guerrillas", "fighters")
_ARMED = ("group", "movement", "militia", "organisation", "organization", *_FIGHTERS, *(
    f"{kind} {noun}"
    for kind in ("rebel", "paramilitary", "militant", "armed", "insurgent", "islamist", "jihadist", "guerrilla",
                 "separatist")
    for noun in _BODY_NOUNS
))  # fmt: skip
_CHARITABLE = ("organisation", "organization", "group", "charity", "agency", "watchdog", "monitor", *(
    f"{kind} {noun}"
    for kind in ("rights", "aid", "human rights", "advocacy", "relief", "monitoring", "campaign", "medical")
    for noun in ("group", "organisation", "organization", "agency", "charity", "watchdog")
))  # fmt: skip
_SORTS_BY_SECTOR = {
    "MED": ("agency", "newspaper", "paper", "broadcaster", "outlet", "network", "channel", "station", "magazine",
            "news agency", "news channel", "news network", "news outlet", "state agency", "state broadcaster"),
    "IGO": ("organisation", "organization", "body", "agency", "bloc", "world body", "global body", "regional body",
            "military alliance", "western alliance", "alliance"),
    "NGO": _CHARITABLE,
    "REB": _ARMED,
    "UAF": _ARMED,
    "CRM": ("group", "gang", "cartel", "crime group", "criminal group"),
    "PTY": ("party",),
    "OPP": ("opposition", "group", "movement", "opposition group", "opposition movement"),
    "BUS": ("company", "firm", "group"),
    "MIL": ("army", "military"),
    "COP": ("police", "force"),
}  # fmt: skip
_SORTS_BY_TYPE: dict[EntityType, tuple[str, ...]] = {
    "organisation": ("company", "firm", *_CHARITABLE, *(sort for sort in _ARMED if " " in sort)),
    "group": (*_ARMED, *(sort for sort in _CHARITABLE if " " in sort)),
    "armed-force": ("force", *_ARMED),
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
        plural: whether it is several people.
        state: whether it is a country, or its government called by the country's name or capital.
    """

    kind: Kind
    sex: str
    country: str | None
    chunks: tuple[Chunk, ...]
    calls: tuple[Call, ...] = ()
    sorts: frozenset[str] = field(default_factory=frozenset)
    doubtful: bool = False
    plural: bool = False
    state: bool = False


def role_calls(roles: Sequence[Role]) -> list[Call]:
    """The offices that a person holds, as descriptions.

    Example:
        >>> role_calls([Role("foreign minister", "France", (0, 16))])[0].noun
        'minister'
    """
    calls = []
    for role in roles:
        said = [_LONG.get(word.rstrip("."), word.rstrip(".")) for word in role.role.split()]
        words = frozenset({*said, *(role.of or "").lower().split()})
        calls.append(Call(said[-1], words))
        calls += [Call(noun, words - {said[-1]} | {noun}) for noun in _SAME_OFFICE.get(said[-1], ())]
        if said[-1] in _LEADING or said[-2:] == ["prime", "minister"]:
            calls.append(Call("leader", frozenset({"leader"})))
        if said[-1] in _HEADS_OF_STATE:
            calls.append(Call("head of state", frozenset({"head of state"})))
        if said[-2:] == ["prime", "minister"]:
            calls.append(Call("premier", words - {"prime", "minister"} | {"premier"}))
        if said[-2:] == ["foreign", "minister"]:
            calls.append(Call("diplomat", frozenset({"top", "chief", "diplomat"})))
    return calls


def body_calls(names: Sequence[str]) -> list[Call]:
    """What a body is by its names: the head of each that is a word for a body.

    "The army" is the state's, whatever rebels call theirs.

    Example:
        >>> [sorted(c.words) for c in body_calls(["Green Valley Movement"])], body_calls(["Oxfam"])
        ([['green', 'movement', 'valley']], [])
        >>> body_calls(["Valley Liberation Army"])
        []
    """
    calls = []
    for name in dict.fromkeys(names):
        said = key(name).split()
        end = next((i for i in range(1, len(said)) if said[i] in _LINKS), len(said))
        head = said[:end]
        rebels = bool(head) and head[-1] in _STATES_OWN and bool(_REBELLIOUS & set(said))
        if head and head[-1] in HEADS | _HEADS_TOO and not rebels:
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
    nouns = [(kid, False) for kid in g.kids[head] if g.dep[kid] in {"appos", "compound", "nmod"}]
    if g.dep[head] == "appos":
        nouns.append((g.head[head], False))
    verbs = [kid for kid in g.kids[head] if g.dep[kid] == "relcl"]
    if g.dep[head] == "nsubj" and g.lemma[g.head[head]] == "be":
        verbs.append(g.head[head])
    for verb in verbs:
        if g.lemma[verb] == "be" and (said := g.kid(verb, "attr")) is not None:
            nouns.append((said, g.tag[verb] == "VBD" and g.dep[verb] == "relcl"))
    return [_call(g, noun, over) for noun, over in nouns if g.pos[noun] == "NOUN" and g.tag[noun] != "NNS"]


def _call(g: Grammar, noun: int, over: bool) -> Call:
    """The description that a noun heads; what somebody was is what he formerly is."""
    said = {g.lower[kid] for kid in g.kids[noun] if kid < noun and g.dep[kid] in _MODIFIERS}
    return Call(g.lemma[noun], frozenset({*said, g.lemma[noun], *(("former",) if over else ())}))
