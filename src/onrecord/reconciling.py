"""The links over a record's reports, made for what is new: the stages of reconciling and storing composed.

A report is compared with those alone that have a key in common with it. Whether two belong together depends on the two
alone. So any order of adding, and a rebuild, make the same links.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from functools import lru_cache, partial
from multiprocessing import get_context
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection

from onrecord.model import Annotated, Report
from onrecord.reconcile.linkers import COMMON, KEPT_ONLY, LINKERS, Copies
from onrecord.reconcile.linking import Linked
from onrecord.reconcile.wording import wording
from onrecord.record import linking as store
from onrecord.record.linking import Kept, NodeLink, Traced
from onrecord.record.store import Record
from onrecord.wire import decode

__all__ = ["Read", "compares_reports", "judged", "near", "reconcile", "traces", "unreconciled"]

#: How many reports are linked in one transaction: what is lost if the work is stopped.
AT_ONCE = 1_000
#: How many pairs a process judges at a time.
_PIECE = 100

Pair = tuple[int, int]
#: By what a node is known: a number in a record, a name in files.
Node = TypeVar("Node", bound=Hashable)


def unreconciled(record: Record, rules: Iterable[str] = LINKERS) -> int:
    """How many readings some of the rules have not passed yet."""
    with record.reading() as connection:
        return len({reading for rule in rules for reading in store.untraced(connection, rule)})


def reconcile(record: Record, rules: Iterable[str] = LINKERS, *, processes: int = 1) -> Iterator[int]:
    """Link the current reports that are not linked yet; after each part, how many of them it was.

    A part is stored whole or not at all, so that the work can be stopped at any moment and started again.

    Args:
        record: one that can be written.
        rules: names of `LINKERS`.
        processes: how many processes compare.

    Raises:
        RecordError: the record takes no additions.
    """
    chosen = tuple(rules)
    with ExitStack() as until_done:
        work: Callable[..., Iterable[Any]] = map
        if processes > 1:
            pool: Executor = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
            work = partial(until_done.enter_context(pool).map, chunksize=4)
        while True:
            with record.writing("links") as connection:
                count = _part(connection, chosen, work)
            if not count:
                return
            yield count


def _part(connection: Connection, rules: tuple[str, ...], work: Callable[..., Iterable[Any]]) -> int:
    """Link some reports by every rule; how many."""
    waiting = {rule: store.untraced(connection, rule) for rule in rules}
    some = sorted({reading for ids in waiting.values() for reading in ids})[:AT_ONCE]
    if not some:
        return 0
    current = store.current_among(connection, some)
    seen = {rule: frozenset(ids) for rule, ids in waiting.items()}
    tasks = [
        (reading, current.get(reading), tuple(rule for rule in rules if reading in seen[rule])) for reading in some
    ]
    found: dict[str, list[Traced]] = {rule: [] for rule in rules}
    for traced in work(_traced, tasks):
        for rule, one in traced:
            found[rule].append(one)
    # All pairs are handed out before the first links are stored, so that processes judge those of one rule while the
    # next rule's are looked up.
    judged = [_judgements(connection, rule, found[rule], work) for rule in rules]
    for links in (links for of_rule in judged for links in of_rule):
        store.add_links(connection, links)
    return len(some)


def _traced(task: tuple[int, str | None, tuple[str, ...]]) -> list[tuple[str, Traced]]:
    """What each rule keeps of a reading."""
    reading, line, rules = task
    if line is None:
        return [(rule, Traced(reading, ())) for rule in rules]
    annotated = decode(line)
    made = []
    for rule in rules:
        made.append((rule, Traced(reading, tuple(traces(rule, annotated)))))
    return made


def traces(rule: str, annotated: Annotated) -> Iterator[Kept]:
    """What a rule keeps of a reading, as it is stored.

    Example:
        >>> import onrecord
        >>> [kept.entry for kept in traces("same-story/1", onrecord.annotate("Talks failed in Orsk.", models=False))]
        ['']
    """
    for trace in LINKERS[rule].traces(annotated):
        keys = tuple(store.key_number(rule, key) for key in dict.fromkeys(trace.keys))
        yield Kept(trace.entry, msgspec.json.encode(trace.kept).decode(), keys)


def _judgements(
    connection: Connection, rule: str, traced: list[Traced], work: Callable[..., Iterable[Any]]
) -> Iterable[list[NodeLink]]:
    """The links that a rule finds for some readings, as they are judged; what it keeps of them is stored at once."""
    new = store.add_traces(connection, rule, traced)
    if rule in KEPT_ONLY:
        return ()
    pairs = store.meetings(connection, new, common=COMMON.get(rule, 1))
    texts = dict(new.kept)
    texts |= store.kept(connection, sorted({node for pair in pairs for node in pair} - texts.keys()))
    if compares_reports(rule):
        pairs = list(near(rule, pairs, texts))
        texts = store.reports(connection, sorted({node for pair in pairs for node in pair}))
    pieces = (pairs[i : i + _PIECE] for i in range(0, len(pairs), _PIECE))
    tasks = ((rule, piece, {node: texts[node] for pair in piece for node in pair}) for piece in pieces)
    found: Iterable[list[NodeLink]] = work(_judged, tasks)
    return found


def _judged(task: tuple[str, list[Pair], Mapping[int, str]]) -> list[NodeLink]:
    """The links among some pairs of nodes; of what is kept of them or, for copies, of the reports."""
    return [NodeLink(a, b, link.score, link.reason, link.detail) for a, b, link in judged(*task)]


def compares_reports(rule: str) -> bool:
    """Whether pairs that are `near` by what is kept are judged by their reports; else by what is kept itself."""
    return isinstance(LINKERS[rule], Copies)


def near(rule: str, pairs: Iterable[tuple[Node, Node]], kept: Mapping[Node, str]) -> Iterator[tuple[Node, Node]]:
    """The pairs of nodes that are worth comparing word by word, for a rule that compares reports."""
    linker = LINKERS[rule]
    assert isinstance(linker, Copies)  # noqa: S101 - for the type checker: `compares_reports` says so
    return ((a, b) for a, b in pairs if linker.near(_kept(rule, kept[a]), _kept(rule, kept[b])))


def judged(
    rule: str, pairs: Iterable[tuple[Node, Node]], texts: Mapping[Node, str]
) -> Iterator[tuple[Node, Node, Linked]]:
    """The pairs of nodes that a rule links, each with the link.

    Args:
        texts: what is kept in each node, as JSON; of a rule that compares reports, a reading of which it is kept.
    """
    linker = LINKERS[rule]
    found: Iterable[tuple[Node, Node, Linked | None]]
    if isinstance(linker, Copies):
        reports = {node: msgspec.json.decode(text, type=Read).report for node, text in texts.items()}
        words = {node: wording(report) for node, report in reports.items()}
        found = ((a, b, linker.judged(reports[a], reports[b], (words[a], words[b]))) for a, b in pairs)
    else:
        kept = {node: _kept(rule, text) for node, text in texts.items()}
        found = ((a, b, linker.linked(kept[a], kept[b])) for a, b in pairs)
    return ((a, b, link) for a, b, link in found if link is not None)


class Read(msgspec.Struct):
    """A reading of which nothing but the report is looked at."""

    report: Report


@lru_cache(maxsize=4096)
def _kept(rule: str, text: str) -> Any:
    return msgspec.json.decode(text, type=LINKERS[rule].kept)
