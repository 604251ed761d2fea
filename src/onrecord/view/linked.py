"""The links of a record: those that hold between current readings, and what people decided in the last word."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import combinations

import msgspec
from sqlalchemy import Connection, select

from onrecord.errors import RecordError
from onrecord.model import Annotated
from onrecord.reconcile.linkers import COPIES, KEPT_ONLY, LINKERS, Copies
from onrecord.reconcile.linking import Link
from onrecord.reconciling import reconcile, unreconciled
from onrecord.record import linking as store
from onrecord.record import tables as t
from onrecord.record.correcting import Decided, decided
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.wire import decode

__all__ = ["BY_HAND", "brought_up_to_date", "decisions", "links", "readings"]

#: The score of a link that a person made.
BY_HAND = 1.0
#: What people call the links of a rule, where it is not the name of its kind alone.
_BY_PEOPLE = {COPIES: ("copy-of", "version-of")}
#: From how many new reports on several processes share the work.
_MANY = 500


def readings(connection: Connection) -> list[Annotated]:
    """The current reading of each report, in the order of their ids."""
    query = select(t.readings.c.annotated).join_from(t.readings, CURRENT, CURRENT.c.reading_id == t.readings.c.id)
    return [decode(line) for line in connection.execute(query.order_by(CURRENT.c.report_id)).scalars()]


def brought_up_to_date(record: Record, rules: Iterable[str]) -> None:
    """Link the reports that are not linked yet, so that what follows speaks of all of them.

    Raises:
        RecordError: there are such reports, and the record cannot be written.
    """
    chosen = tuple(rules)
    waiting = unreconciled(record, chosen)
    if not waiting:
        return
    if not record.linkable:
        raise RecordError(f"{waiting} reports are not linked with the others yet, and the record cannot be written",
                          "run reconcile where it can be written", subject=record.path)  # fmt: skip
    for _ in reconcile(record, chosen, processes=(os.cpu_count() or 1) if waiting >= _MANY else 1):
        pass


def links(record: Record, rule: str) -> tuple[Link, ...]:
    """The links that a rule makes between current readings, in their order; what people decided is put in.

    Args:
        record: its new reports are linked first.
        rule: a name of `onrecord.reconcile.linkers.LINKERS`; of those that are `KEPT_ONLY` people's links alone.
    """
    brought_up_to_date(record, [rule])
    with record.reading() as connection:
        found = {frozenset((link.a, link.b)): link for link in _stored(connection, rule)}
        made_by_people = decisions(connection, rule)
    for made in made_by_people:
        for pair in made.parted:
            found.pop(pair, None)
        for pair, why in made.joined.items():
            a, b = sorted(pair)
            if pair not in found:
                found[pair] = Link(LINKERS[rule].kind, a, b, BY_HAND, why)
    return tuple(sorted(found.values(), key=lambda link: (link.a, link.b)))


def decisions(connection: Connection, rule: str) -> list[Decided]:
    """What people decided on the links of a rule, in the last word."""
    return [decided(connection, kind) for kind in _BY_PEOPLE.get(rule, (LINKERS[rule].kind,))]


def _stored(connection: Connection, rule: str) -> Iterator[Link]:
    """The links between nodes as links between the entries of different reports that the nodes are kept of."""
    of = store.entries(connection, rule)
    kind = LINKERS[rule].kind
    for link in store.links(connection, rule):
        for one in of.get(link.a, ()):
            for other in of.get(link.b, ()):
                if one[0] != other[0]:
                    a, b = sorted((one, other))
                    yield Link(kind, a, b, link.score, link.reason, link.detail)
    yield from _alike(connection, rule, of)


def _alike(connection: Connection, rule: str, of: dict[int, list[tuple[str, str]]]) -> Iterator[Link]:
    """The links between entries of which the rule keeps the same."""
    linker = LINKERS[rule]
    several = {node: named for node, named in of.items() if len({report for report, _ in named}) > 1}
    if isinstance(linker, Copies) or rule in KEPT_ONLY:  # copies keep the report's id: no two are alike
        return
    for node, text in store.kept(connection, sorted(several)).items():
        kept = msgspec.json.decode(text, type=linker.kept)
        if (link := linker.linked(kept, kept)) is not None:
            for a, b in combinations(sorted(several[node]), 2):
                if a[0] != b[0]:
                    yield Link(linker.kind, a, b, link.score, link.reason, link.detail)
