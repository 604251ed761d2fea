"""What a bearer of a name said and did, what others say of it, and its positions; a page at a time.

All is asked of the bearer's entities that `onrecord.view.called` looked at, so that the time does not grow with the
record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, or_, select

from onrecord.model import Annotated, Attribution
from onrecord.reconcile.linkers import POSITIONS
from onrecord.reconcile.linking import Link
from onrecord.reconcile.position_links import PositionLinker
from onrecord.reconcile.positions import Position
from onrecord.reconcile.positions import positions as positions_of
from onrecord.record import tables as t
from onrecord.record.names import key, tokens
from onrecord.record.parts import parts
from onrecord.record.rows import STATEMENTS as SAID
from onrecord.record.store import Record
from onrecord.record.terms import Said
from onrecord.record.views import CURRENT, HAPPENINGS, STATEMENTS, newest_first
from onrecord.view.asked import from_words
from onrecord.view.called import Bearer
from onrecord.view.positions import Topic, topics
from onrecord.view.timeline import Moment, event_moment, statement_moment
from onrecord.wire import decode

__all__ = ["POSITIONS_AT_MOST", "Page", "Part", "events_of", "positions_held", "said_about", "said_by"]

#: How many positions, the newest, are put in order.
POSITIONS_AT_MOST = 80
#: Spellings by which somebody is looked for in what others say.
_SPELLINGS = 8
_AT_ONCE = 200

Mention = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Moments, the newest report's first, and whether there are more."""

    moments: tuple[Moment, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Part:
    """An event in which somebody takes part: whether it acts, or is acted on."""

    acts: bool
    moment: Moment


def said_by(record: Record, bearer: Bearer, *, limit: int = 20, skip: int = 0) -> Page:
    """The bearer's own statements."""
    a, mentions = t.attributions.c, set(bearer.mentions)
    with record.reading() as connection:

        def found(readings: Sequence[int]) -> Iterator[Mention]:
            query = select(a.reading_id, a.id, a.source_entity_id).where(
                a.reading_id.in_(readings), a.source_entity_id.is_not(None), a.manner.in_(SAID)
            )
            for row in connection.execute(query):
                if (row.reading_id, row.source_entity_id) in mentions:
                    yield row.reading_id, row.id

        return _page(connection, _newest(connection, bearer, found, limit + skip + 1), limit, skip)


def said_about(record: Record, bearer: Bearer, *, limit: int = 20, skip: int = 0) -> Page:
    """What others say in words that name the bearer; a name that others bear too finds what is said of them as well."""
    names = [" ".join(tokens(name)) for name in bearer.spellings]
    said = Said(content=tuple(f'"{name}"' for name in dict.fromkeys(names[:_SPELLINGS]) if name))
    own = {key(name) for name in bearer.spellings}
    if not said:
        return Page((), more=False)
    a, c = t.attributions.c, CURRENT.c
    with record.reading() as connection:
        found = from_words(connection, "statement_words", said)[0].subquery()
        query = (
            select(a.reading_id, a.id, a.speaker_key)
            .join_from(found, t.attributions, a.key == found.c.rowid)
            .join(CURRENT, c.reading_id == a.reading_id)
            .where(or_(a.speaker_key.is_(None), a.speaker_key.not_in(own)))
            .order_by(newest_first(c.published), c.version_id.desc(), a.start)
            .limit(skip + limit + 1)
        )
        return _page(connection, [(row.reading_id, row.id) for row in connection.execute(query)], limit, skip)


def events_of(record: Record, bearer: Bearer, *, limit: int = 20, skip: int = 0) -> tuple[tuple[Part, ...], bool]:
    """Events in which the bearer acts or is acted on, the newest report's first; and whether there are more."""
    p, mentions = t.participants.c, set(bearer.mentions)
    acting: dict[Mention, bool] = {}
    with record.reading() as connection:

        def found(readings: Sequence[int]) -> Iterator[Mention]:
            query = select(p.reading_id, p.event_id, p.role, p.entity_id).where(p.reading_id.in_(readings))
            for row in connection.execute(query.where(p.entity_id.is_not(None)).order_by(p.reading_id, p.event_id)):
                event = row.reading_id, row.event_id
                if (row.reading_id, row.entity_id) in mentions:
                    is_new = event not in acting
                    acting[event] = acting.get(event, False) or row.role == "actor"
                    if is_new:
                        yield event

        chosen = _newest(connection, bearer, found, limit + skip + 1)
        h, place = HAPPENINGS.c, t.places.c
        query: Select[Any] = select(HAPPENINGS, place.precision.label("place_precision")).join_from(
            HAPPENINGS, t.places, (place.reading_id == h.reading_id) & (place.id == h.place_id), isouter=True
        )
        rows = _rows(connection, query, h.reading_id, h.id, chosen[skip : skip + limit])
    made = tuple(Part(acting[name], event_moment(row)) for name, row in rows)
    return made, len(chosen) > skip + limit


def positions_held(record: Record, bearer: Bearer) -> tuple[tuple[Topic, ...], bool]:
    """The bearer's positions by issue, from its own statements, with candidates for changes; and if there are more.

    Positions are found by the traces that `reconcile` keeps: those of reports that it did not pass yet are missing.
    """
    a, traces, mentions = t.attributions.c, t.traces.c, set(bearer.mentions)
    node_of: dict[Mention, int] = {}
    with record.reading() as connection:

        def found(readings: Sequence[int]) -> Iterator[Mention]:
            query = (
                select(a.reading_id, a.id, a.source_entity_id, traces.node_id)
                .join_from(t.traces, t.attributions, (a.reading_id == traces.reading_id) & (a.id == traces.entry))
                .where(traces.rule == POSITIONS, traces.reading_id.in_(readings))
            )
            for row in connection.execute(query):
                if (row.reading_id, row.source_entity_id) in mentions:
                    node_of[row.reading_id, row.id] = row.node_id
                    yield row.reading_id, row.id

        chosen = _newest(connection, bearer, found, POSITIONS_AT_MOST + 1)
        more = len(chosen) > POSITIONS_AT_MOST
        chosen = chosen[:POSITIONS_AT_MOST]
        held = dict(_positions(connection, chosen))
        name_of = {mention: name for mention, (name, *_) in held.items()}
        entries: dict[int, list[tuple[str, str]]] = {}
        for mention in chosen:
            if mention in name_of:
                entries.setdefault(node_of[mention], []).append(name_of[mention])
        links = list(_links(connection, entries))
    return topics({name: (read, position) for name, read, position in held.values()}, links), more


def _positions(
    connection: Connection, chosen: Sequence[Mention]
) -> Iterator[tuple[Mention, tuple[tuple[str, str], Annotated, Position]]]:
    """The positions of some attributions, read from them and those that they stand in."""
    wanted: dict[int, set[str]] = {}
    for reading, entry in chosen:
        wanted.setdefault(reading, set()).add(entry)
    r = t.readings.c
    for row in connection.execute(select(r.id, r.annotated).where(r.id.in_(wanted))):
        read = decode(row.annotated)
        few = msgspec.structs.replace(read, attributions=_with_outer(read.attributions, wanted[row.id]))
        for position in positions_of(few):
            if position.id in wanted[row.id]:
                yield (row.id, position.id), ((read.report.id, position.id), read, position)


def _with_outer(attributions: Iterable[Attribution], wanted: set[str]) -> tuple[Attribution, ...]:
    """Attributions with those in which they stand and those that stand in them, on which the reading depends."""
    known = {item.id: item for item in attributions}
    kept = {item.id for item in known.values() if item.within in wanted} | wanted
    for name in list(kept):
        at = known.get(name)
        while at is not None and at.within in known and at.within not in kept:
            kept.add(str(at.within))
            at = known[str(at.within)]
    return tuple(item for item in known.values() if item.id in kept)


def _links(connection: Connection, entries: dict[int, list[tuple[str, str]]]) -> Iterator[Link]:
    linker, k, n = PositionLinker(), t.links.c, t.nodes.c
    nodes = sorted(entries)
    query = select(k.a, k.b, k.score, k.reason, k.detail).where(k.a.in_(nodes), k.b.in_(nodes))
    for low, high, score, reason, detail in connection.execute(query):
        for pair in product(entries[low], entries[high]):
            a, b = sorted(pair)
            if a[0] != b[0]:
                yield Link(linker.kind, a, b, score, reason, detail)
    several = [node for node in nodes if len(entries[node]) > 1]
    for row in connection.execute(select(n.id, n.kept).where(n.id.in_(several))):
        kept = msgspec.json.decode(row.kept, type=linker.kept)
        link = linker.linked(kept, kept)
        for a, b in combinations(sorted(entries[row.id]), 2):
            if link is not None and a[0] != b[0]:
                yield Link(linker.kind, a, b, link.score, link.reason, link.detail)


def _newest(
    connection: Connection, bearer: Bearer, found: Callable[[Sequence[int]], Iterable[Mention]], most: int
) -> list[Mention]:
    """Entries in the bearer's readings, those of the newest reports first, until there are enough."""
    v, r = t.versions.c, t.readings.c
    readings = sorted({reading for reading, _ in bearer.mentions})
    dated: list[tuple[str, int]] = []
    for some in parts(readings, _AT_ONCE):
        query = select(r.id, v.published).join_from(t.readings, t.versions, v.id == r.version_id).where(r.id.in_(some))
        dated += [(row.published or "", row.id) for row in connection.execute(query)]
    ordered = [reading for _, reading in sorted(dated, reverse=True)]
    place = {reading: n for n, reading in enumerate(ordered)}
    chosen: list[Mention] = []
    for some in parts(ordered, _AT_ONCE):
        entries = dict.fromkeys(found(some))
        chosen += sorted(entries, key=lambda one: (place[one[0]], int(one[1][1:]) if one[1][1:].isdecimal() else 0))
        if len(chosen) >= most:
            break
    return chosen[:most]


def _page(connection: Connection, chosen: Sequence[Mention], limit: int, skip: int) -> Page:
    s, outer = STATEMENTS.c, t.attributions.c
    query: Select[Any] = select(STATEMENTS, outer.speaker.label("outer_speaker")).join_from(
        STATEMENTS, t.attributions, and_(outer.reading_id == s.reading_id, outer.id == s.within_id), isouter=True
    )
    rows = _rows(connection, query, s.reading_id, s.id, chosen[skip : skip + limit])
    return Page(tuple(statement_moment(row) for _, row in rows), len(chosen) > skip + limit)


def _rows(connection: Connection, query: Select[Any], reading: Any, entry: Any, chosen: Sequence[Mention]
          ) -> list[tuple[Mention, Row[Any]]]:  # fmt: skip
    """The rows of some entries, in the entries' order."""
    if not chosen:
        return []
    # SQLite uses an index for values, not for pairs of them.
    query = query.where(reading.in_({name for name, _ in chosen}), entry.in_({name for _, name in chosen}))
    found = {(row.reading_id, row.id): row for row in connection.execute(query)}
    return [(name, found[name]) for name in chosen if name in found]
