"""What is linked with given entries: the links around them, without a look at the rest of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, bindparam, exists, select, union_all

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

_TRACE, _LINK, _OTHER = t.traces.c, t.links.c, t.traces.alias().c
_OWN = (_TRACE.rule == bindparam("rule")) & _TRACE.reading_id.in_(bindparam("readings", expanding=True))
#: The entries of some readings that are linked, with their nodes and the links.
_LINKED = union_all(*(
    select(_TRACE.reading_id, _TRACE.entry, _TRACE.node_id, _LINK.a, _LINK.b, _LINK.score, _LINK.reason, _LINK.detail)
    .join_from(t.traces, t.links, side == _TRACE.node_id)
    .where(_OWN)
    for side in (_LINK.a, _LINK.b)
))  # fmt: skip
#: The entries of current readings that some nodes are kept of.
_TELLERS = (
    select(_TRACE.node_id, CURRENT.c.report_id, _TRACE.entry)
    .join_from(t.traces, CURRENT, CURRENT.c.reading_id == _TRACE.reading_id)
    .where(_TRACE.rule == bindparam("rule"), _TRACE.node_id.in_(bindparam("nodes", expanding=True)))
    .order_by(CURRENT.c.report_id, _TRACE.entry)
)
#: The entries of some readings that share their node with others.
_SHARED = select(_TRACE.reading_id, _TRACE.entry, _TRACE.node_id).where(
    _OWN,
    exists().where(
        _OTHER.node_id == _TRACE.node_id,
        (_OTHER.reading_id != _TRACE.reading_id) | (_OTHER.entry != _TRACE.entry),
    ),
)


def near(
    record: Record, rule: str, entries: Iterable[Entry], *, most: int = MOST, steps: int | None = None,
    readings: Mapping[str, int] | None = None,
) -> tuple[Link, ...]:  # fmt: skip
    """The links of a rule around some entries, and around those that they link to, in the order of their entries.

    What people decided is put in. Reports that are not linked yet have no links: `reconcile` links them.

    Args:
        rule: one of `onrecord.reconcile.linkers`.
        entries: each (report, entry); an empty entry is the report itself.
        most: entries looked at, the nearest first.
        steps: how many links away to look at most; until nothing is found, unless given.
        readings: the current readings of the entries' reports, where the caller has them all; with one step alone.

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
            for link in _of(connection, rule, edge, decided, readings):
                found.setdefault(frozenset((link.a, link.b)), link)
            edge = sorted({entry for pair in found for entry in pair} - seen)
            steps = None if steps is None else steps - 1
    return tuple(sorted(found.values(), key=lambda link: (link.a, link.b)))


def _of(
    connection: Connection, rule: str, entries: Sequence[Entry], decided: Sequence[Decided],
    readings: Mapping[str, int] | None,
) -> Iterator[Link]:  # fmt: skip
    """The links of some entries, of current readings alone."""
    kind = LINKERS[rule].kind
    parted = {pair for made in decided for pair in made.parted}
    of, linked, shared = _held(connection, rule, entries, readings)
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
    several = {node: of[node] for node in shared if len({report for report, _ in of[node]}) > 1}
    for link in _alike(connection, rule, several):
        if frozenset((link.a, link.b)) not in parted:
            yield link
    wanted = set(entries)
    for made in decided:
        for pair, why in made.joined.items():
            if pair & wanted and len(pair) == 2:
                x, y = sorted(pair)
                yield Link(kind, x, y, BY_HAND, why)


def _held(
    connection: Connection, rule: str, entries: Sequence[Entry], readings: Mapping[str, int] | None
) -> tuple[dict[int, list[Entry]], list[LinkRow], set[int]]:
    """The nodes of those of some entries that are linked or share a node, the links, and which nodes are shared.

    Most entries are linked with nothing: these are left where they are.
    """
    wanted = set(entries)
    of: dict[int, dict[Entry, None]] = {}
    linked: dict[tuple[int, int], LinkRow] = {}
    shared: set[int] = set()
    named = sorted({report for report, _ in entries})
    reports = _readings(connection, named) if readings is None else {readings[name]: name for name in named}
    for some in parts(sorted(reports)):
        asked = {"rule": rule, "readings": some}
        for reading, entry, node, a, b, score, reason, detail in connection.execute(_LINKED, asked):
            if (reports[reading], entry) in wanted:
                of.setdefault(node, {})[reports[reading], entry] = None
                linked[a, b] = (a, b, score, reason, detail)
        for reading, entry, node in connection.execute(_SHARED, asked):
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
    for some in parts(nodes):
        for node, report, entry in connection.execute(_TELLERS, {"rule": rule, "nodes": some}):
            yield node, (report, entry)


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
