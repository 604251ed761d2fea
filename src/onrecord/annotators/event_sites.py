"""Where an event happened: each place near it is scored by plain signs of grammar, and none is given below a bound.

The signs and their weights are the table `data/event_sites.tsv`; `training/events/places.py` made it, by logistic
choice among the places of a sentence and "none of them", after Halterman, "Geolocating Political Events in Text"
(2019), on the training part of its corpus.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from spacy.tokens import Token

from onrecord.annotators.event_patterns import trigger_at
from onrecord.annotators.event_places import REACH, Links, is_held, is_main, is_site, opens, steps
from onrecord.annotators.word_sets import word_set
from onrecord.model import Place

__all__ = ["Candidate", "Sites", "signs"]

#: A place scores above this or is not given; chosen on the development part.
BOUND = -0.4
#: Most places of a sentence that are weighed for one event.
MOST = 12

_PREPOSITIONS = word_set(
    """
    in at near outside inside around on across throughout along off within over above below beside between amid past
    close opposite through into to toward towards onto against for from of by with about after during under beyond
    north south east west northeast northwest southeast southwest downtown since before as like
    """
)
_SAYING = word_set("say tell report announce add state quote declare note claim")
#: Those who live where what they tell of happened.
_LOCALS = word_set("resident villager inhabitant local neighbour neighbor townspeople townsperson islander")
_BEARINGS = word_set(
    """
    north south east west northeast northwest southeast southwest northern southern eastern western mile miles
    kilometer kilometers kilometre kilometres km
    """
)
_NAMING = word_set("compound appos conj nmod amod poss nummod npadvmod")
_ROLES = word_set("pobj dobj nsubj nsubjpass npadvmod attr ROOT advmod dep oprd")
_HEADED = word_set("to into toward towards from for against on across")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an event may have happened at, with the highest token of its name."""

    place: Place
    token: Token


class Sites:
    """The places of a document, ready to be asked which of them an event happened at."""

    __slots__ = ("_candidates", "_links", "_starts")

    def __init__(self, links: Links, places: Sequence[Place]) -> None:
        self._links = links
        self._candidates = [
            Candidate(p, token)
            for p in sorted(places, key=lambda p: p.span)
            if (token := links.root(p.span)) is not None
        ]
        self._starts = [c.place.span[0] for c in self._candidates]

    def place(self, anchor: Token, *, goal: bool = False) -> str | None:
        """The id of the place where the anchor's event happened, or None if its sentence does not say.

        Args:
            goal: what the anchor is headed for is its place as well ("marched to", "deployed to").
        """
        near = [c for c in self.near(anchor) if not (_is_tellers(c.token, anchor) or _is_doer(c.token, anchor))]
        if not near:
            return None
        weights = _weights()
        # An exact sum: the signs are a set, whose order differs from run to run and would tip what lies on the bound.
        scored = [
            (math.fsum(weights.get(s, 0.0) for s in signs(c, anchor, near, self._links, goal=goal)), c) for c in near
        ]
        best = max(scored, key=lambda pair: (pair[0], -abs(pair[1].token.i - anchor.i)))
        return best[1].place.id if best[0] > BOUND else None

    def near(self, anchor: Token) -> list[Candidate]:
        """The places of the anchor's sentence that are weighed for it, in the order of the text."""
        first, last = self._links.sentence(anchor.idx)
        low = bisect_left(self._starts, max(first, anchor.idx - REACH))
        high = bisect_right(self._starts, min(last, anchor.idx + REACH) - 1)
        found = self._candidates[low:high]
        if len(found) > MOST:
            found = sorted(sorted(found, key=lambda c: abs(c.token.i - anchor.i))[:MOST], key=lambda c: c.token.i)
        return found


def _is_tellers(place: Token, anchor: Token) -> bool:
    """Whether a place only says of those who tell of an act where they are: "the ministry in X said"."""
    if _is_of_locals(place):
        return False
    above = _chain(anchor)[1:]
    end = place.right_edge.i + 1
    if end < len(place.doc) and place.doc[end].lemma_.lower() in _SAYING and place.doc[end] in above:
        return True
    node = place
    for _ in range(6):
        if node.dep_ == "nsubj" and node.head.lemma_.lower() in _SAYING:
            return node.head in above and node not in above
        if node.dep_ not in _NAMING and node.dep_ not in {"pobj", "prep"}:
            return False
        node = node.head
    return False


def _is_of_locals(place: Token) -> bool:
    """Whether a place is where those live who tell what befell it: "residents of the village of X said"."""
    node = place
    for _ in range(6):
        if node.dep_ == "nsubj":
            return node.lemma_.lower() in _LOCALS
        if node.dep_ not in _NAMING and node.dep_ not in {"pobj", "prep"}:
            return False
        node = node.head
    return False


def _is_doer(place: Token, anchor: Token) -> bool:
    """Whether a place stands for the government that does something else: "X broke off ties after two were shot"."""
    if place.dep_ == "pobj" and place.head.lower_ == "as":
        return True  # "as France calls for a truce", where the parser takes the clause for a phrase
    return place.dep_ == "nsubj" and place.head != anchor and trigger_at(place.head) is not None


@cache
def _weights() -> dict[str, float]:
    lines = resources.files("onrecord").joinpath("data/event_sites.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {sign: float(weight) for sign, weight in pairs}


def signs(
    candidate: Candidate, anchor: Token, near: Sequence[Candidate], links: Links, *, goal: bool = False
) -> frozenset[str]:
    """What speaks for or against a place as that of the anchor's event; each sign is a name in the table.

    Example:
        >>> from onrecord.annotators.event_places import links
        >>> from onrecord.annotators.names import names
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> parsed = parse(report("Police arrested five protesters in Minsk."))
        >>> linked = links(parsed.doc, (), ())
        >>> sites = Sites(linked, names(parsed).places)
        >>> near = sites.near(parsed.doc[1])
        >>> sorted(signs(near[0], parsed.doc[1], near, linked))[:4]
        ['adist=4', 'after', 'bias', 'ent=GPE']
    """
    first, _ = links.sentence(anchor.idx)
    token = candidate.token
    found = {"bias", f"prec={candidate.place.precision}", f"ent={token.ent_type_}"}
    found.update(_by_grammar(candidate, anchor, goal=goal))
    found.update(_by_order(token, anchor, [c.token for c in near]))
    if opens(token, first):
        found.update({"opens", "opens&main" if is_main(anchor) else "opens&sub"})
    cost = steps(token, anchor, goal=goal, country=candidate.place.precision == "country")
    found.add("rule=none" if cost is None else f"rule={_bucket(cost, (0, 1, 2, 3, 4, 6, 9))}")
    return frozenset(found)


def _by_grammar(candidate: Candidate, anchor: Token, *, goal: bool) -> Iterator[str]:
    """How the name stands in its phrase, before what it stands, and how that hangs together with the event's word."""
    token = candidate.token
    node, via = _phrase_head(token)
    yield from (f"via={v}" for v in via)
    if via and via[0] in {"compound", "nmod", "amod", "poss"}:
        yield f"{'poss' if via[0] == 'poss' else 'mod'}-of={'site' if is_site(token.head) else 'other'}"
        if candidate.place.precision == "country" and via[0] != "poss":
            yield "country-mod"
    role = node.dep_ if node.dep_ in _ROLES else "other"
    yield f"role={role}"
    node, larger = _whole(node)
    yield from larger
    preposition, governor = _governor(node, anchor)
    yield f"prep={preposition}"
    if preposition in _HEADED:
        yield f"prep={preposition}&goal={goal}"
    if governor.pos_ in {"NOUN", "PROPN", "ADJ", "PRON", "NUM"}:
        yield f"gnom&{preposition}"
    if governor.lemma_.lower() in _SAYING:
        yield "gsay"
    if governor != anchor and (named := trigger_at(governor)) is not None:
        yield "gnamed" if named.nominal else "gacts"
    if goal and is_held(token, anchor):
        yield "held"
    yield from _path(governor, anchor, preposition, role)


def _phrase_head(token: Token) -> tuple[Token, list[str]]:
    node = token
    via: list[str] = []
    while node.dep_ in _NAMING and len(via) < 4 and node.head.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
        via.append(node.dep_)
        node = node.head
    return node, via


def _whole(node: Token) -> tuple[Token, list[str]]:
    """The larger phrase that a name is part of, through "of": "the outskirts of the city of X"."""
    found: list[str] = []
    for _ in range(3):
        if node.dep_ != "pobj" or node.head.lower_ != "of":
            break
        node = node.head.head
        found.append(f"of={'site' if is_site(node) else 'other'}")
        if node.lower_ in _BEARINGS:
            found.append("bearing")
        for _ in range(3):
            if node.dep_ in {"appos", "conj", "compound"}:
                node = node.head
    return node, found


def _governor(node: Token, anchor: Token) -> tuple[str, Token]:
    """The preposition before a phrase, "-" for none, and the word that the phrase depends on."""
    if node.dep_ == "ROOT":
        return "-", node
    if node.dep_ != "pobj" and node.head.pos_ != "ADP":
        return "-", node if node == anchor else node.head
    word, up = node.head, node.head.head
    for _ in range(3):
        if up.pos_ == "ADP" and up != anchor:
            up = up.head
    return word.lower_ if word.lower_ in _PREPOSITIONS else "other", up


def _path(governor: Token, anchor: Token, preposition: str, role: str) -> Iterator[str]:
    """The way through the parse from the word that the place depends on to the event's word."""
    above = _chain(anchor)
    steps_up = {t.i: n for n, t in enumerate(above)}
    climbed = _chain(governor)
    up = next((n for n, t in enumerate(climbed) if t.i in steps_up), None)
    if up is None:
        yield "far"
        return
    down = steps_up[climbed[up].i]
    yield f"path={min(up, 4)}-{min(down, 4)}"
    yield from (f"pcross={_link(t)}" for t in climbed[:up])
    yield from (f"across={_link(t)}" for t in above[:down])
    if up == down == 0:
        yield f"here={preposition}"
        yield f"here-role={role}"
    elif up == 0 or down == 0:
        yield "above" if up == 0 else "below"


def _chain(token: Token) -> list[Token]:
    found = [token]
    while found[-1].head != found[-1] and len(found) < 12:
        found.append(found[-1].head)
    return found


def _link(token: Token) -> str:
    return token.dep_ if token.pos_ in {"VERB", "AUX"} else f"n-{token.dep_}"


def _by_order(token: Token, anchor: Token, others: Sequence[Token]) -> Iterator[str]:
    """Where the name stands among the words and the other places of the sentence."""
    distance = token.i - anchor.i
    yield "after" if distance > 0 else "before"
    yield f"{'a' if distance > 0 else 'b'}dist={_bucket(abs(distance), (2, 4, 7, 11, 16, 24))}"
    yield f"n={_bucket(len(others), (1, 2, 3))}"
    yield "nearest" if abs(distance) == min(abs(o.i - anchor.i) for o in others) else "notnearest"
    doc, gaps = token.doc, [o.i - token.i for o in others]
    if token.i + 2 < len(doc) and doc[token.i + 1].text == "," and any(0 < gap - 1 <= 3 for gap in gaps):
        yield "inner"
    if any(1 < -gap <= 3 and doc[token.i + gap + 1].text == "," for gap in gaps):
        yield "outer"
    if any(-6 <= gap < 0 for gap in gaps):
        yield "follows"
    if any(0 < gap <= 6 for gap in gaps):
        yield "followed"
    if token.i + 1 < len(doc) and is_site(doc[token.i + 1]):
        yield "kindafter"
    low, high = sorted((token.i, anchor.i))
    between = doc[low + 1 : min(high, low + 60)]
    yield f"verbs={_bucket(sum(t.tag_ in {'VBD', 'VBZ', 'VBP', 'MD'} for t in between), (0, 1, 2))}"
    if any(t.text in {";", "--", "-"} for t in between):
        yield "semicolon"
    if any(t.text == "," for t in between):
        yield "comma"
    if any(t.lower_ in {"when", "while", "as", "after", "before", "where"} for t in between):
        yield "when"


def _bucket(number: int, edges: tuple[int, ...]) -> str:
    """The first edge that a number does not pass, "+" beyond the last."""
    return next((str(edge) for edge in edges if number <= edge), "+")
