"""Where the name of a country or its capital stands for its government: "Moscow said", "according to Tehran".

The words still name a place, and keep their entry among the places; the entity that they mean is the government,
apart from the country or town of the same name.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotators.bodies import Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Spot
from onrecord.annotators.grammar import Grammar
from onrecord.annotators.toponyms import Toponym

__all__ = ["State", "government_of", "speaks_as_government"]

#: Capitals that stand for others too, so that the name does not say whose government is meant.
_SHARED = frozenset({"brussels"})
#: What states do, beside saying, wanting and deciding.
_ACTS = frozenset(
    {"annex", "invade", "impose", "recognise", "recognize", "recall", "expel", "summon", "sanction", "deploy", "sign",
     "ratify", "sever", "lift", "veto", "retaliate", "mobilise", "mobilize", "launch", "attack", "bomb", "negotiate",
     "mediate", "host", "abstain", "vote", "ban", "arm", "fund", "back", "support", "supply", "suspend", "release",
     "extradite", "deport", "blockade", "boycott", "respond", "react", "withdraw", "halt", "resume"}
)  # fmt: skip
#: Verbs whose object is the one blamed, asked or told.
_ADDRESSED = frozenset(
    {"accuse", "blame", "urge", "warn", "tell", "ask", "press", "pressure", "pressurise", "condemn", "criticise",
     "criticize", "praise", "thank", "denounce", "rebuke", "sanction", "persuade", "inform", "notify", "implore"}
)  # fmt: skip
#: What states have with each other or impose on each other, by the preposition that the state follows.
_BETWEEN_STATES = frozenset(
    {"talk", "negotiation", "relation", "tie", "deal", "agreement", "dialogue", "alliance", "dispute", "tension",
     "treaty", "pact", "accord", "standoff", "row", "rift", "contact", "diplomacy", "summit"}
)  # fmt: skip
_IMPOSED = frozenset({"sanction", "embargo", "pressure", "ultimatum"})
#: How many names of a list are climbed.
_DEPTH = 8


def speaks_as_government(g: Grammar, head: int) -> bool:
    """Whether a place name with this head speaks, acts or is spoken to as states do, by the words that it hangs from.

    Example:
        >>> from onrecord.annotators.grammar import grammar
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> g = grammar(parse(report("Moscow denied it. Shells fell near Moscow.")))
        >>> [speaks_as_government(g, t) for t in range(len(g)) if g.lower[t] == "moscow"]
        [True, False]
    """
    for _ in range(_DEPTH):
        if g.dep[head] != "conj" or g.head[head] == head:
            break
        head = g.head[head]
    above = g.head[head]
    if above == head:
        return False
    if g.dep[head] == "nsubj":
        return g.pos[above] in {"VERB", "AUX"} and _of_states(g, above)
    if g.dep[head] == "poss":
        return g.cue("noun", g.lemma[above]) is not None
    if g.dep[head] in {"dobj", "dative"} or (g.dep[head] == "nsubjpass" and g.pos[above] == "VERB"):
        return g.lemma[above] in _ADDRESSED
    if g.dep[head] != "pobj":
        return False
    if g.lower[above] == "by":
        return g.dep[above] == "agent" and _of_states(g, g.head[above])
    over = g.lemma[g.head[above]]
    if g.lower[above] in {"between", "with"}:
        return over in _BETWEEN_STATES
    if g.lower[above] in {"on", "against"}:
        return over in _IMPOSED
    return g.lower[above] == "to" and g.lower[g.head[above]] == "according"


def _of_states(g: Grammar, verb: int) -> bool:
    """Whether a verb says, wants or decides something, or does what only states do."""
    if g.lemma[verb] == "be":
        said = g.kid(verb, "acomp")
        return said is not None and g.cue("adj", g.lemma[said]) is not None
    if g.lemma[verb] in {"have", "see", "show", "get", "find", "suffer", "need"}:
        return False
    return g.lemma[verb] in _ACTS or g.cue("verb", g.lemma[verb]) is not None


@dataclass(frozen=True, slots=True)
class State:
    """A state whose government a name may stand for.

    Attributes:
        country: alpha-3; None for a former state, or where the name does not say which.
        alone: whether the name stands for that government alone; Brussels does not.
    """

    country: str | None
    alone: bool


def government_of(spot: Spot | None, place: Toponym, lexicon: Lexicon) -> State | None:
    """The state that a place name means, as a country or by its capital; None if it means no state."""
    form = key(place.text)
    if form in lexicon.former or place.text.lower() in lexicon.former:
        return State(None, True)
    if spot is None or len(spot.countries) != 1:
        return None
    code = spot.countries[0]
    capital = spot.kind == "settlement" and (code, key(spot.name)) in lexicon.capitals
    if not capital and spot.kind != "country":
        return None
    return State(None, False) if form in _SHARED else State(lexicon.alpha3.get(code), True)
