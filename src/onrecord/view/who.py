"""What an actor said and did, across reports; names that might be the same are listed side by side, never merged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select

from onrecord.record import tables as t
from onrecord.record.names import key
from onrecord.record.search import holds_name
from onrecord.record.store import Record
from onrecord.record.views import CURRENT, HAPPENINGS, STATEMENTS
from onrecord.view.timeline import Moment, event_moment, statement_moment

__all__ = ["Actor", "Who", "who"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Everybody in the record who goes by one name and is of one type: one actor, or namesakes.

    Attributes:
        name: the commonest spelling; `spellings` has all of them.
        countries, roles: what the reports give the entity, each as they say it.
        reports: ids of the reports that mention it.
        said: its statements; `did`: events in which it acts; `met`: events of which it is the recipient.
    """

    name: str
    spellings: tuple[str, ...]
    type: str
    countries: tuple[str, ...]
    roles: tuple[str, ...]
    reports: tuple[str, ...]
    said: tuple[Moment, ...]
    did: tuple[Moment, ...]
    met: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """The actors whose names hold every word of the name that was asked for; those of exactly this name first.

    With more than one, the name is ambiguous: "Kennedy" may be any of them.
    """

    asked: str
    actors: tuple[Actor, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether several names, or one name of several types, were found."""
        return len(self.actors) > 1


def who(record: Record, name: str) -> Who:
    """What everybody whose name holds these words said and did, by the current readings.

    Case, accents, apostrophes and the order of the words do not matter: "kennedy" finds "John F. Kennedy".
    """
    with record.reading() as connection:
        entities = _entities(connection, name)
        said = _said(connection, name)
        happened = {role: _happened(connection, name, role) for role in ("actor", "recipient")}
    groups: dict[tuple[str, str], list[Row[Any]]] = {}
    for row in entities:
        groups.setdefault((row.name_key, row.type), []).append(row)
    actors = [
        _actor(rows, said.get(group, ()), happened["actor"].get(group, ()), happened["recipient"].get(group, ()))
        for group, rows in groups.items()
    ]
    asked = set((key(name) or "").split())
    actors.sort(key=lambda a: (set((key(a.name) or "").split()) != asked, -len(a.reports), key(a.name) or "", a.type))
    return Who(name, tuple(actors))


def _actor(rows: list[Row[Any]], said: Iterable[Moment], did: Iterable[Moment], met: Iterable[Moment]) -> Actor:
    spellings = Counter(row.name for row in rows)
    ordered = sorted(spellings, key=lambda name: (-spellings[name], name))
    return Actor(
        name=ordered[0],
        spellings=tuple(ordered),
        type=rows[0].type,
        countries=tuple(sorted({row.country for row in rows if row.country})),
        roles=tuple(dict.fromkeys(role for row in rows for role in _roles(row.roles))),
        reports=tuple(dict.fromkeys(row.report_id for row in rows)),
        said=tuple(said),
        did=tuple(did),
        met=tuple(met),
    )


def _roles(roles: str) -> list[str]:
    return [f"{r['role']}, {r['of']}" if r["of"] else r["role"] for r in json.loads(roles)]


def _entities(connection: Connection, name: str) -> list[Row[Any]]:
    e, c = t.entities.c, CURRENT.c
    query: Select[Any] = (
        select(c.report_id, e.name, e.name_key, e.type, e.country, e.roles)
        .join_from(t.entities, CURRENT, c.reading_id == e.reading_id)
        .where(holds_name(e.name_key, name))
        .order_by(c.published, c.report_id, e.id)
    )
    return list(connection.execute(query))


def _said(connection: Connection, name: str) -> dict[tuple[str, str], list[Moment]]:
    s, e, outer = STATEMENTS.c, t.entities.c, t.attributions.c
    query: Select[Any] = (
        select(STATEMENTS, outer.speaker.label("outer_speaker"), e.name_key, e.type.label("entity_type"))
        .join_from(STATEMENTS, t.entities, (e.reading_id == s.reading_id) & (e.id == s.source_entity_id))
        .join(t.attributions, (outer.reading_id == s.reading_id) & (outer.id == s.within_id), isouter=True)
        .where(holds_name(e.name_key, name))
        .order_by(s.published, s.report_id, s.start, s.id)
    )
    found: dict[tuple[str, str], list[Moment]] = {}
    for row in connection.execute(query):
        found.setdefault((row.name_key, row.entity_type), []).append(statement_moment(row))
    return found


def _happened(
    connection: Connection, name: str, role: Literal["actor", "recipient"]
) -> dict[tuple[str, str], list[Moment]]:
    h, e, p, place = HAPPENINGS.c, t.entities.c, t.participants.c, t.places.c
    query: Select[Any] = (
        select(HAPPENINGS, place.precision.label("place_precision"), e.name_key, e.type.label("entity_type"))
        .join_from(t.participants, t.entities, (e.reading_id == p.reading_id) & (e.id == p.entity_id))
        .join(HAPPENINGS, (h.reading_id == p.reading_id) & (h.id == p.event_id))
        .join(t.places, (place.reading_id == h.reading_id) & (place.id == h.place_id), isouter=True)
        .where(holds_name(e.name_key, name), p.role == role)
        .order_by(h.published, h.report_id, h.start, h.id)
        .distinct()
    )
    found: dict[tuple[str, str], list[Moment]] = {}
    for row in connection.execute(query):
        found.setdefault((row.name_key, row.entity_type), []).append(event_moment(row))
    return found
