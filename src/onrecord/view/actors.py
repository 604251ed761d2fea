"""The actors of a record that a name may be of, and those that may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.errors import InputError, RecordError
from onrecord.model import Annotated, Entity, Report
from onrecord.reconcile.actors import Actors, Mention, actors
from onrecord.reconcile.called import asked
from onrecord.reconcile.cards import Card, cards
from onrecord.reconcile.entities import keys
from onrecord.record import finding
from onrecord.record.correcting import corrections
from onrecord.record.corrections import Target
from onrecord.record.names import tokens
from onrecord.record.replaying import found_again, undone_by
from onrecord.view.linked import readings

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


def found(connection: Connection, name: str) -> Found:
    """The entities of the current readings that may be called by a name, with all that they are linked to."""
    seen: dict[Mention, Seen] = {}
    wanted, question = set(tokens(name)) - {"the"}, asked(name)
    named = set()
    for annotated in readings(connection):
        known = dict(cards(annotated))
        for entity in annotated.entities:
            mention, card = (annotated.report.id, entity.id), known.get(entity.id)
            seen[mention] = Seen(annotated.report, entity, card)
            if (wanted and wanted <= set(tokens(entity.name))) or (card is not None and question.names(card)):
                named.add(mention)
    joined, parted = _decided(connection)
    near = _near(seen, named, joined)
    held = [(mention, seen[mention].card or _own(seen[mention])) for mention in near]
    pairs, apart = ([_pair(one) for one in decided if one <= near] for decided in (joined, parted))
    made = actors(held, joined=pairs, parted=apart)
    return Found({mention: seen[mention] for mention in near}, frozenset(named), made)


def _decided(connection: Connection) -> tuple[set[frozenset[Mention]], set[frozenset[Mention]]]:
    """The pairs of entities that people linked, and those that they unlinked, found again in current readings.

    Of several decisions about one pair the last that is not undone counts; one about an entity that the current reading
    does not have any more says nothing.
    """
    made = corrections(connection)
    undone = undone_by(made)
    joined: set[frozenset[Mention]] = set()
    parted: set[frozenset[Mention]] = set()
    read: dict[str, Annotated] = {}
    for one in made:
        draft = one.draft
        if one.number in undone or draft.field != "same-entity" or draft.other is None:
            continue
        try:
            pair = frozenset(_now(connection, target, read) for target in (draft.target, draft.other))
        except (InputError, RecordError):
            continue
        joined.discard(pair)
        parted.discard(pair)
        if len(pair) == 2:
            (joined if draft.act == "link" else parted).add(pair)
    return joined, parted


def _now(connection: Connection, target: Target, read: dict[str, Annotated]) -> Mention:
    """An entity that a person saw, as it is called in the current reading of its report."""
    if target.report not in read:
        read[target.report] = finding.annotated(connection, target.report, None)
    return target.report, found_again(target, read[target.report]).id


def _own(seen: Seen) -> Card:
    """A card of an entity that has none: it is one with those called just so in the same way."""
    return Card(seen.entity.type, known=f"called {' '.join(tokens(seen.entity.name))}")


def _pair(pair: Iterable[Mention]) -> tuple[Mention, Mention]:
    a, b = sorted(pair)
    return a, b


def _near(seen: Mapping[Mention, Seen], named: set[Mention], joined: Iterable[frozenset[Mention]]) -> set[Mention]:
    """The entities called so, and those that a few steps from card to card lead to."""
    holders: dict[str, set[Card]] = defaultdict(set)
    bearers: dict[Card, set[Mention]] = defaultdict(set)
    for mention, one in seen.items():
        if one.card is not None:
            bearers[one.card].add(mention)
    for card in bearers:
        for key in keys(card):
            holders[key].add(card)
    near = set(named)
    for _ in range(_STEPS):
        reached = {seen_card for mention in near if (seen_card := seen[mention].card) is not None}
        reached |= {other for card in reached for key in keys(card) for other in holders[key]}
        near |= {mention for card in reached for mention in bearers[card]}
        near |= {mention for pair in joined if pair & near for mention in pair if mention in seen}
    return near
