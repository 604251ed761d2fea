"""Who is called by a name, from a bounded part of the record: namesakes apart, and who may be the same apart too.

`onrecord.view.who` looks at all that bear a name; this looks at the entities added last, so that its time does not grow
with the record, and says so where there are more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, or_, select

from onrecord.model import EntityType, Role
from onrecord.reconcile.actors import Actors, Mention, actors
from onrecord.reconcile.called import Asked as AskedName
from onrecord.reconcile.called import asked as asked_name
from onrecord.reconcile.card_links import SUGGESTED, card_link
from onrecord.reconcile.cards import Card, person_name
from onrecord.reconcile.entities import keys
from onrecord.reconcile.known import also_called
from onrecord.reconcile.linkers import ENTITIES
from onrecord.record import tables as t
from onrecord.record.correcting import decided
from onrecord.record.linking import kept, key_number
from onrecord.record.names import key, tokens
from onrecord.record.store import Record
from onrecord.record.terms import Terms, terms
from onrecord.record.views import CURRENT
from onrecord.view.asked import expression, from_words
from onrecord.view.who import Held, MayBe, roles_held

__all__ = ["BEARERS", "Bearer", "Called", "called"]

#: How many entities of the name are looked at, those added last.
BEARERS = 1_000
#: How many nodes that may be of the same are compared, how many of them are looked at, and how many entities of each.
_COMPARED, _NEAR, _OF_EACH = 600, 40, 20
#: How many speakers of longer names are given.
_LONGER = 12


@dataclass(frozen=True, slots=True)
class Bearer:
    """One person, body, force, group or place that bears the name.

    Attributes:
        entry: its entity added last, REPORT:ID, by which it is asked for again.
        name: the commonest spelling; `spellings` has all.
        reports: how many of the reports looked at mention it.
        held: its roles with the dates at which reports state them.
        may_be: others that may be the same, the likeliest first; never merged.
        mentions: its entities, each (reading, entity), those added last first.
    """

    entry: str
    name: str
    spellings: tuple[str, ...]
    type: EntityType
    countries: tuple[str, ...]
    reports: int
    held: tuple[Held, ...]
    may_be: tuple[MayBe, ...]
    mentions: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Called:
    """Those who bear a name, those of the most reports first.

    Attributes:
        part: whether more entities bear it than were looked at.
        tables: other names that the package's tables have for it.
        longer: names of speakers that hold the name's words, with how many statements; they may be others.
    """

    asked: str
    bearers: tuple[Bearer, ...]
    part: bool
    tables: tuple[str, ...]
    longer: tuple[tuple[str, int], ...]


def called(record: Record, name: str) -> Called:
    """Who is called so in the current readings, in this spelling or another that is surely the same.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     called(record, "Rapid Support Forces").tables
        ('RSF',)
    """
    forms = also_called(name)
    wanted = sorted({found for form in (name, *forms) if (found := key(form))})
    with record.reading() as connection:
        rows = list(connection.execute(_named(t.entities.c.name_key.in_(wanted)).limit(BEARERS)))
        cards = _cards(connection, rows)
        question = asked_name(name)
        near = _near(connection, question, cards)
        others = _others(connection, near, {row.node_id for row in rows})
        decisions = decided(connection, "same-entity")
        others += _joined(connection, [*rows, *others], decisions.joined)
        cards |= _cards(connection, [row for row in others if row.node_id not in cards])
        seen = {(row.report_id, row.entity): row for row in [*rows, *others]}
        longer = _longer(connection, question, set(wanted))
    held = [(mention, _card(row, cards)) for mention, row in seen.items()]
    pairs, apart = ([_pair(p) for p in some if p <= seen.keys()] for some in (decisions.joined, decisions.parted))
    grouped = actors(held, joined=pairs, parted=apart)
    named = {(row.report_id, row.entity) for row in rows}
    named |= {mention for mention, card in held if question.names(card)}
    bearers = [_bearer(grouped, n, seen) for n, one in enumerate(grouped.actors) if not named.isdisjoint(one.mentions)]
    bearers.sort(key=lambda one: (one.type == "place", not any(key(s) in wanted for s in one.spellings), -one.reports,
                                  one.name, one.entry))  # fmt: skip
    spelt = {key(s) for one in bearers for s in one.spellings}
    tables = tuple(form for form in forms if key(form) not in spelt and form != name)
    others_longer = tuple(one for one in longer if key(one[0]) not in spelt)[:_LONGER]
    return Called(name, tuple(bearers), len(rows) == BEARERS, tables, others_longer)


def _named(condition: Any) -> Select[Any]:
    """Entities of current readings with what is kept of them, those added last first."""
    e, c, traces = t.entities.c, CURRENT.c, t.traces.c
    traced = and_(traces.reading_id == e.reading_id, traces.rule == ENTITIES, traces.entry == e.id)
    return (
        select(e.reading_id, e.id.label("entity"), e.name, e.type, e.country, e.roles, c.report_id, c.published,
               traces.node_id)
        .join_from(t.entities, CURRENT, c.reading_id == e.reading_id)
        .join(t.traces, traced, isouter=True)
        .where(condition)
        .order_by(e.reading_id.desc(), e.id)
    )  # fmt: skip


def _cards(connection: Connection, rows: Iterable[Row[Any]]) -> dict[int, Card]:
    nodes = sorted({row.node_id for row in rows if row.node_id is not None})
    return {node: msgspec.json.decode(text, type=Card) for node, text in kept(connection, nodes).items()}


def _card(row: Row[Any], cards: Mapping[int, Card]) -> Card:
    """What is kept of an entity; one that nothing is kept of is one with those called just so."""
    return cards.get(row.node_id) or Card(row.type, known=f"called {' '.join(tokens(row.name))}")


def _near(connection: Connection, question: AskedName, cards: Mapping[int, Card]) -> list[int]:
    """Nodes that may be of somebody of the name, or of the same as one of these: the likeliest first."""
    own = list(cards.values())
    bodies, people = " ".join(question.words), " ".join(person_name(" ".join(question.words)))
    made = [Card("place", known=one) for one in sorted(question.known)]
    made += [Card("person", (people,))] if people else []
    made += [Card("organisation", (bodies,))] if bodies else []
    wanted = sorted({key_number(ENTITIES, one) for card in [*own[:200], *made] for one in keys(card)})
    found: dict[int, None] = {}
    k = t.node_keys.c
    for start in range(0, len(wanted), 400):
        query = select(k.node_id).where(k.key.in_(wanted[start : start + 400])).limit(_COMPARED)
        found.update(dict.fromkeys(connection.execute(query).scalars()))
    others = [node for node in found if node not in cards][:_COMPARED]
    scores: dict[int, float] = {}
    for node, text in kept(connection, others).items():
        other = msgspec.json.decode(text, type=Card)
        links = [link.score for card in own[:60] if (link := card_link(card, other)) is not None]
        scores[node] = max([1.0 if question.names(other) else 0.0, *links])
    return sorted((n for n, score in scores.items() if score >= SUGGESTED), key=lambda n: (-scores[n], n))[:_NEAR]


def _others(connection: Connection, nodes: Iterable[int], known: set[int | None]) -> list[Row[Any]]:
    traces = t.traces.c
    found: list[Row[Any]] = []
    for node in nodes:
        if node in known:
            continue
        some = select(traces.reading_id, traces.entry).where(traces.node_id == node, traces.rule == ENTITIES)
        pairs = list(connection.execute(some.order_by(traces.reading_id.desc()).limit(_OF_EACH)))
        found += _entities(connection, [(row.reading_id, row.entry) for row in pairs])
    return found


def _entities(connection: Connection, pairs: Sequence[tuple[int, str]]) -> list[Row[Any]]:
    e = t.entities.c
    if not pairs:
        return []
    return list(connection.execute(_named(or_(*(and_(e.reading_id == r, e.id == i) for r, i in pairs)))))


def _joined(connection: Connection, rows: Iterable[Row[Any]], joined: Iterable[frozenset[Mention]]) -> list[Row[Any]]:
    """The entities that people said to be the same as one of these."""
    here = {(row.report_id, row.entity) for row in rows}
    away = sorted({mention for pair in joined if pair & here for mention in pair} - here)
    found: list[Row[Any]] = []
    for report, entry in away[:BEARERS]:
        found += connection.execute(_named(and_(CURRENT.c.report_id == report, t.entities.c.id == entry)))
    return found


def _pair(pair: Iterable[Mention]) -> tuple[Mention, Mention]:
    a, b = sorted(pair)
    return a, b


def _bearer(grouped: Actors, number: int, seen: Mapping[Mention, Row[Any]]) -> Bearer:
    rows = sorted((seen[m] for m in grouped.actors[number].mentions), key=lambda row: (-row.reading_id, row.entity))
    spelt = Counter(row.name for row in rows)
    spellings = tuple(sorted(spelt, key=lambda name: (-spelt[name], name)))
    kinds = Counter(row.type for row in rows)
    dated = sorted(rows, key=lambda row: (row.published is not None, row.published or "", row.report_id, row.entity))
    roles = ((role, row.report_id, row.published) for row in dated for role in _roles(row))
    return Bearer(
        f"{rows[0].report_id}:{rows[0].entity}", spellings[0], spellings, max(kinds, key=lambda k: (kinds[k], k)),
        tuple(sorted({row.country for row in rows if row.country})), len({row.report_id for row in rows}),
        roles_held(roles), tuple(_may_be(grouped, number, seen)),
        tuple((row.reading_id, row.entity) for row in rows),
    )  # fmt: skip


def _roles(row: Row[Any]) -> Iterable[Role]:
    return (Role(one["role"], one["of"], tuple(one["span"])) for one in json.loads(row.roles or "[]"))


def _may_be(grouped: Actors, number: int, seen: Mapping[Mention, Row[Any]]) -> Iterable[MayBe]:
    for suggestion in grouped.suggestions:
        if number in (suggestion.a, suggestion.b):
            other = grouped.actors[suggestion.b if suggestion.a == number else suggestion.a]
            names = Counter(seen[mention].name for mention in other.mentions)
            first = other.mentions[0]
            yield MayBe(max(names, key=lambda name: (names[name], name)), seen[first].type,
                        len({report for report, _ in other.mentions}), ":".join(first), suggestion.score,
                        suggestion.reason)  # fmt: skip


def _longer(connection: Connection, question: AskedName, known: set[str]) -> tuple[tuple[str, int], ...]:
    """Speakers whose names hold the words of the name and more."""
    said = expression(Terms((), ()), names=terms(" ".join(question.words)))
    if not said:
        return ()
    a = t.attributions.c
    found = from_words(connection, "statement_words", said)[0].subquery()
    query = select(a.speaker).join_from(found, t.attributions, a.key == found.c.rowid)
    query = query.join(CURRENT, CURRENT.c.reading_id == a.reading_id).where(a.source_entity_id.is_not(None))
    counts = Counter(name for name in connection.execute(query).scalars() if name and key(name) not in known)
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
