"""The actors of a record that a name may be of, and those that may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from onrecord.model import Entity, Report
from onrecord.reconcile.actors import Actors, Mention, actors
from onrecord.reconcile.called import asked
from onrecord.reconcile.cards import Card
from onrecord.reconcile.entities import keys
from onrecord.reconcile.linkers import ENTITIES
from onrecord.record import finding
from onrecord.record import linking as store
from onrecord.record import tables as t
from onrecord.record.correcting import decided
from onrecord.record.names import tokens
from onrecord.record.search import holds_name
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import brought_up_to_date

__all__ = ["Found", "Seen", "found"]

#: How often one goes from cards to those that they may be linked to: a spelling, its bearer, the bearer's others.
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity in its report; `card` is None where the report says too little to know it again."""

    report: Report
    entity: Entity
    card: Card | None


@dataclass(frozen=True, slots=True)
class Found:
    """Who may be meant by a name.

    Attributes:
        seen: the entities that are looked at.
        named: those of them that are called so.
        actors: all actors among them, those meant and those that they may be.
    """

    seen: Mapping[Mention, Seen]
    named: frozenset[Mention]
    actors: Actors


def found(record: Record, name: str) -> Found:
    """The entities of the current readings that may be called by a name, with all that they are linked to."""
    brought_up_to_date(record, [ENTITIES])
    with record.reading() as connection:
        of = store.entries(connection, ENTITIES)
        texts = store.kept(connection, sorted(of))
        bearers = {msgspec.json.decode(texts[node], type=Card): frozenset(named) for node, named in of.items()}
        card_of = {mention: card for card, mentions in bearers.items() for mention in mentions}
        question = asked(name)
        named = frozenset(_called(connection, name)).union(
            *(mentions for card, mentions in bearers.items() if question.names(card))
        )
        decisions = decided(connection, "same-entity")
        near = _near(card_of, bearers, named, decisions.joined)
        seen = _seen(connection, near, card_of)
    held = [(mention, one.card or _own(one)) for mention, one in seen.items()]
    pairs, apart = ([_pair(one) for one in pairs if one <= near] for pairs in (decisions.joined, decisions.parted))
    return Found(seen, named, actors(held, joined=pairs, parted=apart))


def _called(connection: Connection, name: str) -> list[Mention]:
    """The entities whose name in their report holds every word."""
    wanted = " ".join(word for word in tokens(name) if word not in {"the"})
    if not wanted:
        return []
    e, c = t.entities.c, CURRENT.c
    query = select(c.report_id, e.id).join_from(t.entities, CURRENT, c.reading_id == e.reading_id)
    return [(row[0], row[1]) for row in connection.execute(query.where(holds_name(e.name_key, wanted)))]


def _seen(connection: Connection, near: Iterable[Mention], card_of: Mapping[Mention, Card]) -> dict[Mention, Seen]:
    wanted: dict[str, list[str]] = defaultdict(list)
    for report, entry in sorted(near):
        wanted[report].append(entry)
    found: dict[Mention, Seen] = {}
    for report, entries in wanted.items():
        annotated = finding.annotated(connection, report, None)
        known = {entity.id: entity for entity in annotated.entities}
        for entry in entries:
            found[report, entry] = Seen(annotated.report, known[entry], card_of.get((report, entry)))
    return found


def _own(seen: Seen) -> Card:
    """A card of an entity that has none: it is one with those called just so in the same way."""
    return Card(seen.entity.type, known=f"called {' '.join(tokens(seen.entity.name))}")


def _pair(pair: Iterable[Mention]) -> tuple[Mention, Mention]:
    a, b = sorted(pair)
    return a, b


def _near(
    card_of: Mapping[Mention, Card],
    bearers: Mapping[Card, frozenset[Mention]],
    named: frozenset[Mention],
    joined: Iterable[frozenset[Mention]],
) -> frozenset[Mention]:
    """The entities called so, and those that a few steps from card to card lead to."""
    holders: dict[str, set[Card]] = defaultdict(set)
    for card in bearers:
        for key in keys(card):
            holders[key].add(card)
    near = set(named)
    for _ in range(_STEPS):
        reached = {card_of[mention] for mention in near if mention in card_of}
        reached |= {other for card in reached for key in keys(card) for other in holders[key]}
        near |= {mention for card in reached for mention in bearers[card]}
        near |= {mention for pair in joined if pair & near for mention in pair}
    return frozenset(near)
