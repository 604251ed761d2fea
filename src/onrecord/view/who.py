"""What an actor said and did, across reports, under all names; who may be the same is listed apart, never merged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, select, tuple_

from onrecord.model import EntityType, Role
from onrecord.reconcile.actors import Actors, Mention
from onrecord.reconcile.cards import held_office
from onrecord.record import tables as t
from onrecord.record.names import key
from onrecord.record.parts import parts
from onrecord.record.store import Record
from onrecord.record.views import CURRENT, HAPPENINGS, STATEMENTS
from onrecord.view.actors import Found, Seen, found
from onrecord.view.timeline import Moment, event_moment, statement_moment

__all__ = ["Actor", "Held", "MayBe", "Who", "roles_held", "who"]

#: Pairs of report and entity that one query asks for.
_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Held:
    """A role of an actor as reports state it: in the commonest words, and when they were published.

    Attributes:
        first, last: the first and the last publication date of such a report; None where none is dated.
        reports: ids of the reports that state it.
    """

    role: str
    first: str | None
    last: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MayBe:
    """Another actor that may be the same: one of its entries, how likely (0 to 1), and why."""

    name: str
    type: EntityType
    reports: int
    entry: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, organisation, government, force, group or place.

    Attributes:
        name: the commonest spelling; `spellings` has all of them.
        countries, roles: what the reports give the entity, each as they say it.
        reports: ids of the reports that mention it.
        said: its statements; `did`: events in which it acts; `met`: events of which it is the recipient.
        held: its roles with the dates at which reports state them.
        may_be: other actors that may be the same, the likeliest first.
        entries: its entries in the reports, as REPORT:ID.
    """

    name: str
    spellings: tuple[str, ...]
    type: EntityType
    countries: tuple[str, ...]
    roles: tuple[str, ...]
    reports: tuple[str, ...]
    said: tuple[Moment, ...]
    did: tuple[Moment, ...]
    met: tuple[Moment, ...]
    held: tuple[Held, ...]
    may_be: tuple[MayBe, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """The actors that may be called by the name that was asked for; those of exactly this name first.

    With more than one, the name is ambiguous: "Kennedy" may be any of them.
    """

    asked: str
    actors: tuple[Actor, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether several actors were found."""
        return len(self.actors) > 1


def who(record: Record, name: str) -> Who:
    """What everybody who may be called so said and did, by the current readings.

    Any of an actor's names will do, in any spelling: "zelenskiy" finds "Volodymyr Zelenskyy", "RSF" the Rapid Support
    Forces. Case, accents, apostrophes and the order of the words do not matter. A person's link or unlink of two
    entities (same-entity) has the last word.
    """
    meant = found(record, name)
    with record.reading() as connection:
        numbers = [n for n, actor in enumerate(meant.actors.actors) if not meant.named.isdisjoint(actor.mentions)]
        made = [_actor(connection, meant, n) for n in numbers]
    words = set((key(name) or "").split())
    made.sort(key=lambda a: (not any(set((key(s) or "").split()) == words for s in a.spellings), -len(a.reports),
                             key(a.name) or "", a.type, a.entries))  # fmt: skip
    return Who(name, tuple(made))


def _actor(connection: Connection, meant: Found, number: int) -> Actor:
    mentions = meant.actors.actors[number].mentions
    seen = sorted((meant.seen[m] for m in mentions), key=lambda one: (_when(one), one.report.id, one.entity.id))
    ordered = _spellings(seen)
    kinds = Counter(one.entity.type for one in seen)
    return Actor(
        name=ordered[0],
        spellings=ordered,
        type=max(kinds, key=lambda kind: (kinds[kind], kind)),
        countries=tuple(sorted({one.entity.country for one in seen if one.entity.country})),
        roles=tuple(dict.fromkeys(_words(role) for one in seen for role in one.entity.roles)),
        reports=tuple(dict.fromkeys(one.report.id for one in seen)),
        said=_said(connection, mentions),
        did=_happened(connection, mentions, "actor"),
        met=_happened(connection, mentions, "recipient"),
        held=roles_held((role, one.report.id, one.report.published) for one in seen for role in one.entity.roles),
        may_be=tuple(_may_be(meant, number)),
        entries=tuple(f"{one.report.id}:{one.entity.id}" for one in seen),
    )


def _when(seen: Seen) -> tuple[bool, str]:
    """For sorting by publication; what is not dated comes first."""
    return seen.report.published is not None, seen.report.published or ""


def _spellings(seen: Iterable[Seen]) -> tuple[str, ...]:
    """The names of entities, the commonest first."""
    counts = Counter(one.entity.name for one in seen)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _words(role: Role) -> str:
    return f"{role.role}, {role.of}" if role.of else role.role


def roles_held(stated_by: Iterable[tuple[Role, str, str | None]]) -> tuple[Held, ...]:
    """Roles, those of the same office and the same body together, in the order of their first statement.

    Where whose office it is stands in some reports alone, and they agree, the others mean the same.

    Args:
        stated_by: each role as a report states it, with the report's id and publication date.
    """
    stated: dict[tuple[str, str], list[tuple[str, str, str | None]]] = defaultdict(list)
    for role, report, published in stated_by:
        stated[held_office(role)].append((_words(role), report, published))
    bodies: dict[str, list[str]] = defaultdict(list)
    for office, whose in stated:
        bodies[office] += [whose] if whose else []
    for office, whose in list(stated):
        if not whose and len(bodies[office]) == 1:
            stated[office, bodies[office][0]] += stated.pop((office, whose))
    made = []
    for told in stated.values():
        words = Counter(said for said, _, _ in told)
        days = sorted(published[:10] for _, _, published in told if published is not None)
        made.append(Held(
            max(words, key=lambda said: (words[said], said)), days[0] if days else None, days[-1] if days else None,
            tuple(dict.fromkeys(report for _, report, _ in told)),
        ))  # fmt: skip
    return tuple(sorted(made, key=lambda held: (held.first is None, held.first or "", held.role)))


def _may_be(meant: Found, number: int) -> Iterator[MayBe]:
    grouped: Actors = meant.actors
    for suggestion in grouped.suggestions:
        if number in (suggestion.a, suggestion.b):
            other = grouped.actors[suggestion.b if suggestion.a == number else suggestion.a]
            seen = [meant.seen[mention] for mention in other.mentions]
            reports = len({report for report, _ in other.mentions})
            yield MayBe(_spellings(seen)[0], seen[0].entity.type, reports, ":".join(other.mentions[0]),
                        suggestion.score, suggestion.reason)  # fmt: skip


def _said(connection: Connection, mentions: Sequence[Mention]) -> tuple[Moment, ...]:
    s, outer = STATEMENTS.c, t.attributions.c
    query: Select[Any] = select(STATEMENTS, outer.speaker.label("outer_speaker")).join_from(
        STATEMENTS, t.attributions, (outer.reading_id == s.reading_id) & (outer.id == s.within_id), isouter=True
    )
    rows = _rows(connection, query, tuple_(s.report_id, s.source_entity_id), mentions)
    return tuple(statement_moment(row) for row in rows)


def _happened(
    connection: Connection, mentions: Sequence[Mention], role: Literal["actor", "recipient"]
) -> tuple[Moment, ...]:
    h, p, place = HAPPENINGS.c, t.participants.c, t.places.c
    query: Select[Any] = (
        select(HAPPENINGS, place.precision.label("place_precision"))
        .join_from(t.participants, CURRENT, CURRENT.c.reading_id == p.reading_id)
        .join(HAPPENINGS, (h.reading_id == p.reading_id) & (h.id == p.event_id))
        .join(t.places, (place.reading_id == h.reading_id) & (place.id == h.place_id), isouter=True)
        .where(p.role == role)
        .distinct()
    )
    rows = _rows(connection, query, tuple_(h.report_id, p.entity_id), mentions)
    return tuple(event_moment(row) for row in {(row.report_id, row.id): row for row in rows}.values())


def _rows(
    connection: Connection, query: Select[Any], named: ColumnElement[Any], mentions: Sequence[Mention]
) -> list[Row[Any]]:
    """The rows of some entities, by publication and place in the report; a few entities at once, as databases limit."""
    rows: list[Row[Any]] = []
    for some in parts(mentions, _AT_ONCE):
        rows += connection.execute(query.where(named.in_(some)))
    return sorted(rows, key=lambda r: (r.published is not None, r.published or "", r.report_id, r.start, r.id))
