"""What is linked with given entries: the links around them, without a look at the rest of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, exists, select, union_all

from onrecord.reconcile.linkers import KEPT_ONLY, LINKERS, Copies
from onrecord.reconcile.linking import Link
from onrecord.record import tables as t
from onrecord.record.correcting import Decided, Entry
from onrecord.record.parts import parts
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import BY_HAND, decisions

__all__ = ["MOST", "near"]

#: How many entries are looked at, the nearest first: what is linked with everything is shown in part.
MOST = 400
LinkRow: TypeAlias = tuple[int, int, float, str, str | None]


def near(record: Record, rule: str, entries: Iterable[Entry], *, most: int = MOST, steps: int | None = None
         ) -> tuple[Link, ...]:  # fmt: skip
    """The links of a rule around some entries, and around those that they link to, in the order of their entries.

    What people decided is put in. Reports that are not linked yet have no links: `reconcile` links them.

    Args:
        rule: one of `onrecord.reconcile.linkers`.
        entries: each (report, entry); an empty entry is the report itself.
        most: entries looked at, the nearest first.
        steps: how many links away to look at most; until nothing is found, unless given.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.reconcile.linkers import EVENTS
        >>> from onrecord.reconciling import reconcile
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> told = {"a": "Rebels shelled the port of Anselm on Tuesday, 4 May 1971. 14 soldiers died there.",
        ...         "b": "On Tuesday, 4 May 1971, rebels shelled the port of Anselm, killing 14 soldiers."}
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     for one, text in told.items():
        ...         kept = Original(f"/{one}", "text/plain", "utf-8", text.encode(), ())
        ...         read = onrecord.annotate(text, id=one, models=False)
        ...         made = record.add(Received(report(text, id=one), kept), read)
        ...     linked = list(reconcile(record))
        ...     [(link.a, link.b) for link in near(record, EVENTS, [("a", "ev1")])]
        [(('a', 'ev1'), ('b', 'ev1'))]
    """
    found: dict[frozenset[Entry], Link] = {}
    with record.reading() as connection:
        decided = decisions(connection, rule)
        seen: set[Entry] = set()
        edge = sorted(set(entries))
        while edge and len(seen) < most and (steps is None or steps > 0):
            edge = edge[: most - len(seen)]
            seen.update(edge)
            for link in _of(connection, rule, edge, decided):
                found.setdefault(frozenset((link.a, link.b)), link)
            edge = sorted({entry for pair in found for entry in pair} - seen)
            steps = None if steps is None else steps - 1
    return tuple(sorted(found.values(), key=lambda link: (link.a, link.b)))


def _of(connection: Connection, rule: str, entries: Sequence[Entry], decided: Sequence[Decided]) -> Iterator[Link]:
    """The links of some entries, of current readings alone."""
    kind = LINKERS[rule].kind
    parted = {pair for made in decided for pair in made.parted}
    of, linked, shared = _held(connection, rule, entries)
    others = shared | ({node for a, b, *_ in linked for node in (a, b)} - of.keys())
    of |= {node: [] for node in others}
    for node, entry in _entries(connection, rule, sorted(others)):
        of[node].append(entry)
    for a, b, score, reason, detail in linked:
        for one in of[a]:
            for other in of[b]:
                x, y = sorted((one, other))
                if one[0] != other[0] and frozenset((x, y)) not in parted:
                    yield Link(kind, x, y, score, reason, detail)
    for link in _alike(connection, rule, {node: of[node] for node in shared if len(of[node]) > 1}):
        if frozenset((link.a, link.b)) not in parted:
            yield link
    wanted = set(entries)
    for made in decided:
        for pair, why in made.joined.items():
            if pair & wanted and len(pair) == 2:
                x, y = sorted(pair)
                yield Link(kind, x, y, BY_HAND, why)


def _held(
    connection: Connection, rule: str, entries: Sequence[Entry]
) -> tuple[dict[int, list[Entry]], list[LinkRow], set[int]]:
    """The nodes of those of some entries that are linked or share a node, the links, and which nodes are shared.

    Most entries are linked with nothing: these are left where they are.
    """
    traces, k, wanted = t.traces.c, t.links.c, set(entries)
    of: dict[int, dict[Entry, None]] = {}
    linked: dict[tuple[int, int], LinkRow] = {}
    shared: set[int] = set()
    reports = _readings(connection, sorted({report for report, _ in entries}))
    for some in parts(sorted(reports)):
        own = (traces.rule == rule) & traces.reading_id.in_(some)
        sides = (
            select(traces.reading_id, traces.entry, traces.node_id, k.a, k.b, k.score, k.reason, k.detail)
            .join_from(t.traces, t.links, side == traces.node_id)
            .where(own)
            for side in (k.a, k.b)
        )
        for reading, entry, node, *link in connection.execute(union_all(*sides)):
            if (reports[reading], entry) in wanted:
                of.setdefault(node, {})[reports[reading], entry] = None
                linked[link[0], link[1]] = (link[0], link[1], link[2], link[3], link[4])
        other = t.traces.alias()
        several = exists().where(
            other.c.node_id == traces.node_id,
            (other.c.reading_id != traces.reading_id) | (other.c.entry != traces.entry),
        )
        query = select(traces.reading_id, traces.entry, traces.node_id).where(own, several)
        for reading, entry, node in connection.execute(query):
            if (reports[reading], entry) in wanted:
                shared.add(node)
    return {node: sorted(found) for node, found in of.items()}, sorted(linked.values(), key=lambda x: x[:2]), shared


def _readings(connection: Connection, reports: Sequence[str]) -> dict[int, str]:
    """The current readings of some reports, with these."""
    found: dict[int, str] = {}
    for some in parts(reports):
        query = select(CURRENT.c.reading_id, CURRENT.c.report_id).where(CURRENT.c.report_id.in_(some))
        found.update((row.reading_id, row.report_id) for row in connection.execute(query))
    return found


def _entries(connection: Connection, rule: str, nodes: Sequence[int]) -> Iterator[tuple[int, Entry]]:
    """The entries of current readings that some nodes are kept of."""
    traces = t.traces.c
    for some in parts(nodes):
        query = (
            select(traces.node_id, CURRENT.c.report_id, traces.entry)
            .join_from(t.traces, CURRENT, CURRENT.c.reading_id == traces.reading_id)
            .where(traces.rule == rule, traces.node_id.in_(some))
            .order_by(CURRENT.c.report_id, traces.entry)
        )
        for row in connection.execute(query):
            yield row.node_id, (row.report_id, row.entry)


def _alike(connection: Connection, rule: str, several: dict[int, list[Entry]]) -> Iterator[Link]:
    """The links between entries of which the rule keeps the same."""
    linker = LINKERS[rule]
    if isinstance(linker, Copies) or rule in KEPT_ONLY:
        return
    n = t.nodes.c
    for some in parts(sorted(several)):
        for row in connection.execute(select(n.id, n.kept).where(n.id.in_(some))):
            kept = msgspec.json.decode(row.kept, type=linker.kept)
            if (link := linker.linked(kept, kept)) is not None:
                for a, b in combinations(sorted(several[row.id]), 2):
                    if a[0] != b[0]:
                        yield Link(linker.kind, a, b, link.score, link.reason, link.detail)
