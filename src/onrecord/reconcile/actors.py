"""Actors: the entities of many reports that are one, and those that may be one, kept apart as suggestions.

The same in any order of the reports. Cards that are equal are one; cards whose link is sure are joined, the surest
first, unless the two sides contradict one another; a single name joins the one bearer that its country or office
leaves, and nobody where there are two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import msgspec

from onrecord.reconcile.card_links import JOINED, SUGGESTED, bare, card_link, contradictory, two_people
from onrecord.reconcile.cards import Card
from onrecord.reconcile.entities import keys

__all__ = ["Actor", "Actors", "Mention", "Suggestion", "actors"]

#: An entity of a report: the report's id and the entity's.
Mention = tuple[str, str]
#: A key that more different cards hold finds nothing: it does not tell them apart.
CROWD = 1000
#: Where a single name has two bearers, and one of them is found so many times as often in that country or office, the
#: other is taken for an error of reading.
STRAY = 25
_JSON = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, body or place.

    Attributes:
        mentions: its entities, each (report, entry), ascending.
        cards: what is kept of them, each once.
    """

    mentions: tuple[Mention, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two actors, by their numbers, that may be one: how likely, and why."""

    a: int
    b: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors, in the order of their first mentions, and the suggestions, the likeliest first."""

    actors: tuple[Actor, ...]
    suggestions: tuple[Suggestion, ...]


def actors(
    entries: Iterable[tuple[Mention, Card]],
    *,
    joined: Iterable[tuple[Mention, Mention]] = (),
    parted: Iterable[tuple[Mention, Mention]] = (),
) -> Actors:
    """The actors that some entities of reports are of.

    Args:
        entries: entities with their cards; no entity twice.
        joined: pairs that are one because a person says so.
        parted: pairs that are two because a person says so; where both are said of a pair, this counts.

    Example:
        >>> one, two = Card("person", ("orla venn",)), Card("person", ("orla ven",))
        >>> found = actors([(("r1", "n1"), one), (("r2", "n1"), one), (("r3", "n4"), two)])
        >>> [actor.mentions for actor in found.actors]
        [(('r1', 'n1'), ('r2', 'n1'), ('r3', 'n4'))]
    """
    held = dict(entries)
    merging = _Merging(held, [p for p in joined if set(p) <= held.keys()], [p for p in parted if set(p) <= held.keys()])
    merging.join_full_names()
    merging.join_bare_names()
    groups = sorted((tuple(sorted(cluster.mentions)), cluster) for cluster in merging.clusters())
    number = {id(cluster): n for n, (_, cluster) in enumerate(groups)}
    made = tuple(Actor(mentions, tuple(sorted(cluster.cards, key=_JSON.encode))) for mentions, cluster in groups)
    suggested = [
        Suggestion(min(at), max(at), score, reason)
        for a, b, score, reason in merging.suggested()
        for at in ((number[id(a)], number[id(b)]),)
    ]
    return Actors(made, tuple(sorted(suggested, key=lambda s: (-s.score, s.a, s.b))))


@dataclass(eq=False, slots=True)
class _Cluster:
    """Cards that are one so far.

    `kinds` are the cards without what contradicts nothing (letters, scene, roles), so that there are few of them.
    """

    order: bytes
    mentions: list[Mention]
    cards: set[Card]
    kinds: set[Card]
    parted: set[Mention] = field(default_factory=set)

    def contradicts(self, other: _Cluster) -> bool:
        """Whether the two cannot be one."""
        if not self.parted.isdisjoint(other.mentions) or not other.parted.isdisjoint(self.mentions):
            return True
        return _clash(self, other)

    def take(self, other: _Cluster) -> None:
        """Make the other part of this one."""
        self.order = min(self.order, other.order)
        self.mentions += other.mentions
        self.cards |= other.cards
        self.kinds |= other.kinds
        self.parted |= other.parted


class _Merging:
    def __init__(
        self, held: Mapping[Mention, Card], joined: list[tuple[Mention, Mention]], parted: list[tuple[Mention, Mention]]
    ) -> None:
        apart: dict[Mention, set[Mention]] = defaultdict(set)
        for a, b in parted:
            apart[a].add(b)
            apart[b].add(a)
        self._of: dict[tuple[Card, Mention | None], _Cluster] = {}
        at: dict[Mention, _Cluster] = {}
        for mention in sorted(held):
            card = held[mention]
            node = (card, mention if mention in apart else None)
            if node not in self._of:
                self._of[node] = _cluster(card, mention if mention in apart else None)
            self._of[node].mentions.append(mention)
            self._of[node].parted |= apart.get(mention, set())
            at[mention] = self._of[node]
        self._up: dict[int, _Cluster] = {}
        for a, b in sorted(joined):
            if b not in apart.get(a, ()):
                self._join(at[a], at[b])
        self._size = {id(node): len(node.mentions) for node in self._of.values()}
        self._links = self._found()

    def clusters(self) -> list[_Cluster]:
        """The clusters as they are now."""
        return list({id(top): top for node in self._of.values() for top in (self._top(node),)}.values())

    def join_full_names(self) -> None:
        """Join what is surely one; between names of different lengths only where the shorter one has one bearer."""
        sure = [(a, b) for score, _, a, b, _ in self._links if score >= JOINED and bare_cluster(a) == bare_cluster(b)]
        for a, b in sure:
            if not _in_part(a, b):
                self._join_unless_contradictory(a, b)
        tops: dict[int, _Cluster] = {}
        fuller: dict[int, Counter[int]] = defaultdict(Counter)
        for a, b in sure:
            if _in_part(a, b):
                short, long = (a, b) if _words(a) < _words(b) else (b, a)
                tops[id(self._top(long))] = self._top(long)
                fuller[id(self._top(short))][id(self._top(long))] += self._size[id(long)]
        doubtful = {
            name
            for name, found in fuller.items()
            if any(_two_people(tops[one], tops[other]) for one, other in combinations(_likely(found), 2))
        }
        for a, b in [(a, b) for a, b in sure if doubtful.isdisjoint((id(self._top(a)), id(self._top(b))))]:
            self._join_unless_contradictory(a, b)

    def join_bare_names(self) -> None:
        """Join each single name to its one bearer, all judged before any is joined."""
        bearers: dict[int, Counter[int]] = defaultdict(Counter)
        tops: dict[int, _Cluster] = {}
        for score, _, a, b, _ in self._links:
            if score < JOINED or bare_cluster(a) == bare_cluster(b):
                continue
            one, other = (a, b) if bare_cluster(a) else (b, a)
            single, full = self._top(one), self._top(other)
            if single is not full and not single.contradicts(full):
                tops[id(single)], tops[id(full)] = single, full
                bearers[id(single)][id(full)] += self._size[id(other)]
        chosen = []
        for name, found in bearers.items():
            if len(likely := _likely(found)) == 1:
                chosen.append((tops[name], tops[likely[0]]))
        for single, full in sorted(chosen, key=lambda pair: (pair[0].order, pair[1].order)):
            self._join_unless_contradictory(single, full)

    def suggested(self) -> Iterator[tuple[_Cluster, _Cluster, float, str]]:
        """Pairs of clusters that may be one, each once with its likeliest link."""
        seen: set[frozenset[int]] = set()
        for score, _, a, b, reason in self._links:
            one, other = self._top(a), self._top(b)
            pair = frozenset((id(one), id(other)))
            if one is other or pair in seen or _decided(one, other) or _two_people(one, other):
                continue
            seen.add(pair)
            yield one, other, score, reason

    def _found(self) -> list[tuple[float, tuple[bytes, bytes], _Cluster, _Cluster, str]]:
        """The links between different nodes, the surest first; among equals, those of the most entities.

        So a report that errs in a country does not keep all others out of the actor.
        """
        holders: dict[str, list[tuple[Card, _Cluster]]] = defaultdict(list)
        for (card, _), node in sorted(self._of.items(), key=lambda item: item[1].order):
            for key in keys(card):
                holders[key].append((card, node))
        seen: set[tuple[int, int]] = set()
        found = []
        for nodes in holders.values():
            if len(nodes) > CROWD:
                continue
            for (x, a), (y, b) in combinations(nodes, 2):
                if (id(a), id(b)) in seen:
                    continue
                seen.add((id(a), id(b)))
                link = card_link(x, y)
                if link is not None and link.score >= SUGGESTED:
                    found.append((link.score, (a.order, b.order), a, b, link.reason))
        size = self._size
        return sorted(found, key=lambda one: (-one[0], -size[id(one[2])] - size[id(one[3])], one[1]))

    def _top(self, cluster: _Cluster) -> _Cluster:
        while id(cluster) in self._up:
            cluster = self._up[id(cluster)]
        return cluster

    def _join_unless_contradictory(self, a: _Cluster, b: _Cluster) -> None:
        one, other = self._top(a), self._top(b)
        if one is not other and not one.contradicts(other):
            self._join(one, other)

    def _join(self, a: _Cluster, b: _Cluster) -> None:
        a, b = self._top(a), self._top(b)
        if a is not b:
            a.take(b)
            self._up[id(b)] = a


def _likely(bearers: Counter[int]) -> list[int]:
    """The bearers of a name without those that are so rare that they are errors of reading."""
    most = max(bearers.values())
    return [bearer for bearer, times in bearers.items() if times * STRAY >= most]


def _in_part(a: _Cluster, b: _Cluster) -> bool:
    """Whether the names of one person are longer in one than in the other."""
    return _words(a) != _words(b)


def _words(cluster: _Cluster) -> int:
    """How many words the shortest name of a person has; none for others."""
    names = [name for kind in cluster.kinds if kind.type == "person" for name in kind.names]
    return min((name.count(" ") + 1 for name in names), default=0)


def bare_cluster(cluster: _Cluster) -> bool:
    """Whether no card of it has more than one word of a person's name."""
    return all(map(bare, cluster.cards))


def _cluster(card: Card, mention: Mention | None) -> _Cluster:
    order = _JSON.encode(card) + (_JSON.encode(mention) if mention is not None else b"")
    kind = Card("person" if card.type == "person" else "group", card.names, known=card.known, country=card.country)
    return _Cluster(order, [], {card}, {kind})


def _decided(one: _Cluster, other: _Cluster) -> bool:
    """Whether a person said that they are two."""
    return not one.parted.isdisjoint(other.mentions) or not other.parted.isdisjoint(one.mentions)


def _two_people(one: _Cluster, other: _Cluster) -> bool:
    """Whether some names of theirs cannot be one person's."""
    return any(two_people(x, y) for x in one.kinds for y in other.kinds)


def _clash(one: _Cluster, other: _Cluster) -> bool:
    return any(contradictory(x, y) for x in one.kinds for y in other.kinds)
