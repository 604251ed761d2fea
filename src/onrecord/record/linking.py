"""What belongs together over reports, kept in the record: nodes with their keys, and the links between them.

A node is what one rule (a kind of link in one version of its code) keeps of an entry; entries of which it keeps the
same share a node. Nodes are found by keys in common and linked once; links are never altered. Which readings are
current decides which links show, so that a report that is read again brings nodes of its own and takes nothing away.
What is compared, and how, is said by `onrecord.reconcile`; here it is JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, func, select

from onrecord.record import tables as t
from onrecord.record.databases import database
from onrecord.record.numbering import following
from onrecord.record.parts import parts
from onrecord.record.views import CURRENT

__all__ = [
    "Kept",
    "NewNodes",
    "NodeLink",
    "Traced",
    "add_links",
    "add_traces",
    "current_among",
    "entries",
    "kept",
    "key_number",
    "links",
    "meetings",
    "node_digest",
    "reports",
    "untraced",
]


_WANTED = Table(
    "wanted_keys",
    MetaData(),
    Column("key", BigInteger),
    Column("node_id", Integer),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a rule keeps of one entry: the entry's id (empty for the report itself), JSON, and its keys as numbers."""

    entry: str
    kept: str
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """What a rule keeps of one reading; nothing of one that was not current any more when the rule came to it."""

    reading_id: int
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class NodeLink:
    """That the entries of node `a` and those of node `b` belong together; a < b."""

    a: int
    b: int
    score: float
    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class NewNodes:
    """Nodes that were not there before: what is kept in each, by its id, and their keys, each (key, node), ascending.

    Their ids are higher than those of all nodes that were there.
    """

    kept: Mapping[int, str]
    keys: tuple[tuple[int, int], ...]


def key_number(rule: str, key: str) -> int:
    """A key as a signed 64-bit number, other for each rule.

    Example:
        >>> key_number("same-story/1", "person a b") == key_number("same-event/1", "person a b")
        False
    """
    return int.from_bytes(blake2b(f"{rule}\n{key}".encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


def untraced(connection: Connection, rule: str) -> list[int]:
    """Ids of the readings that the rule has not passed yet, ascending.

    Readings are numbered in the order in which they are stored, and passed in this order: so those that are new are
    found without a look at all the others.
    """
    d, r = t.traced.c, t.readings.c
    last = connection.execute(select(func.max(d.reading_id)).where(d.rule == rule)).scalar() or 0
    return list(connection.execute(select(r.id).where(r.id > last).order_by(r.id)).scalars())


def current_among(connection: Connection, readings: Sequence[int]) -> dict[int, str]:
    """The readings, as JSON by their ids, that are their report's current one."""
    c, r = CURRENT.c, t.readings.c
    found: dict[int, str] = {}
    for some in parts(readings):
        query = select(r.id, r.annotated).join_from(t.readings, CURRENT, c.reading_id == r.id).where(r.id.in_(some))
        found.update((row.id, row.annotated) for row in connection.execute(query))
    return found


def add_traces(connection: Connection, rule: str, traced: Sequence[Traced]) -> NewNodes:
    """Keep what a rule keeps of some readings."""
    digests = {k.kept: node_digest(k.kept) for one in traced for k in one.kept}
    known = _known(connection, rule, list(digests.values()))
    fresh = {name: text for text, name in digests.items() if name not in known}
    made = {name: n for n, name in enumerate(fresh, start=following(connection, t.nodes.c.id))}
    own = database(connection)
    rows = [{"id": made[name], "rule": rule, "digest": name, "kept": text} for name, text in fresh.items()]
    own.stored(connection, t.nodes, rows)
    keys = sorted({
        (key, made[digests[k.kept]]) for one in traced for k in one.kept if digests[k.kept] in made for key in k.keys
    })  # fmt: skip
    own.stored(connection, t.node_keys, [{"key": key, "node_id": node} for key, node in keys])
    known |= made
    traces = [{"reading_id": one.reading_id, "rule": rule, "entry": k.entry, "node_id": known[digests[k.kept]]}
              for one in traced for k in one.kept]  # fmt: skip
    own.stored(connection, t.traces, traces)
    own.stored(connection, t.traced, [{"reading_id": one.reading_id, "rule": rule} for one in traced])
    return NewNodes({made[name]: text for name, text in fresh.items()}, tuple(keys))


def node_digest(text: str) -> str:
    """By what equal nodes are known: BLAKE2b of what is kept, 12 bytes in hex."""
    return blake2b(text.encode(), digest_size=12).hexdigest()


def _known(connection: Connection, rule: str, digests: Sequence[str]) -> dict[str, int]:
    n = t.nodes.c
    found: dict[str, int] = {}
    for some in parts(digests):
        query = select(n.digest, n.id).where(n.rule == rule, n.digest.in_(some))
        found.update((row.digest, row.id) for row in connection.execute(query))
    return found


def meetings(connection: Connection, new: NewNodes, *, common: int = 1) -> list[tuple[int, int]]:
    """Pairs (a < b) of a new node with another, new or not, that have enough keys in common; each once, ascending.

    Args:
        connection: one that writes, since what is looked for is put into a temporary table.
        new: what `add_traces` gave.
        common: how many keys are enough.
    """
    if not new.keys:
        return []
    keys, wanted = t.node_keys.c, _WANTED.c
    _WANTED.create(connection)
    database(connection).stored(connection, _WANTED, [{"key": key, "node_id": node} for key, node in new.keys])
    query = (
        select(keys.node_id, wanted.node_id)
        .join_from(_WANTED, t.node_keys, (keys.key == wanted.key) & (keys.node_id < wanted.node_id))
        .group_by(keys.node_id, wanted.node_id)
        .having(func.count() >= common)
    )
    found = sorted((row[0], row[1]) for row in connection.execute(query))
    _WANTED.drop(connection)
    return found


def kept(connection: Connection, nodes: Sequence[int]) -> dict[int, str]:
    """What is kept in nodes, by their ids."""
    n = t.nodes.c
    found: dict[int, str] = {}
    for some in parts(nodes):
        found.update((row.id, row.kept) for row in connection.execute(select(n.id, n.kept).where(n.id.in_(some))))
    return found


def reports(connection: Connection, nodes: Sequence[int]) -> dict[int, str]:
    """The first reading of which each node was kept, as JSON, by the nodes' ids."""
    traces, r = t.traces.c, t.readings.c
    found: dict[int, str] = {}
    for some in parts(nodes):
        first = (
            select(traces.node_id, func.min(traces.reading_id).label("reading_id"))
            .where(traces.node_id.in_(some))
            .group_by(traces.node_id)
            .subquery()
        )
        query = select(first.c.node_id, r.annotated).join_from(first, t.readings, r.id == first.c.reading_id)
        found.update((row.node_id, row.annotated) for row in connection.execute(query))
    return found


def add_links(connection: Connection, found: Sequence[NodeLink]) -> None:
    """Store links between nodes that were not linked."""
    database(connection).stored(connection, t.links, [
        {"a": x.a, "b": x.b, "score": x.score, "reason": x.reason, "detail": x.detail} for x in found
    ])  # fmt: skip


def entries(connection: Connection, rule: str) -> dict[int, list[tuple[str, str]]]:
    """The entries of current readings, each (report, entry), by the node that is kept of them, in their order."""
    traces = t.traces.c
    query = (
        select(traces.node_id, CURRENT.c.report_id, traces.entry)
        .join_from(t.traces, CURRENT, CURRENT.c.reading_id == traces.reading_id)
        .where(traces.rule == rule)
        .order_by(CURRENT.c.report_id, traces.entry)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.node_id, []).append((row.report_id, row.entry))
    return found


def links(connection: Connection, rule: str) -> Iterator[NodeLink]:
    """All links that a rule made between nodes, of earlier readings too."""
    k, n = t.links.c, t.nodes.c
    query = (
        select(k.a, k.b, k.score, k.reason, k.detail)
        .join_from(t.links, t.nodes, n.id == k.a)
        .where(n.rule == rule)
        .order_by(k.a, k.b)
    )
    return (NodeLink(*row) for row in connection.execute(query))
