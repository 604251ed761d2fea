"""The expunging of a report that must not be kept: all of it is erased, and a tombstone without its words is left.

It is the only way around what keeps a record from being altered. What is erased is what `onrecord.record.erasing`
finds; the tombstone is itself an entry of the log, so that nobody can expunge unseen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from onrecord.errors import InputError
from onrecord.model import sha256
from onrecord.record import tables as t
from onrecord.record.chain import logged
from onrecord.record.correcting import replay
from onrecord.record.databases import database
from onrecord.record.erasing import ERASED, Held, erase, held
from onrecord.record.finding import report_id, version_id
from onrecord.record.numbering import following
from onrecord.record.parts import parts
from onrecord.record.provenance import Clock, stamp
from onrecord.record.storable import unstorable
from onrecord.record.tombstones import Tombstone, neutral, tombstones

__all__ = ["Expunged", "expunge"]


@dataclass(frozen=True, slots=True)
class Expunged:
    """What was expunged, and what of it the record still holds elsewhere.

    Attributes:
        tombstone: what is left of it.
        corrections: how many corrections were erased with it.
        sharing: ids of other reports that were read from the same bytes, which stay for them.
        alike: ids of other reports with the same text.
    """

    tombstone: Tombstone
    corrections: int
    sharing: tuple[str, ...]
    alike: tuple[str, ...]


def expunge(
    connection: Connection, clock: Clock, name: str, *, version: str | int | None, author: str, reason: str
) -> Expunged:
    """Expunge a report, or one version of it, in a transaction that writes; see `Record.expunge`.

    Raises:
        ExpungedError: it was expunged already.
        InputError: nobody is named, or no reason is given.
        RecordError: there is no such report or version, or only another user may expunge.
    """
    if not author.strip() or not reason.strip():
        raise InputError("expunging needs an author and a reason", "say who expunges, and why")
    for words in (author, reason):
        if cause := unstorable(words):
            raise InputError(f"{cause}, which a record cannot keep", "leave it out")
    own, v = database(connection), t.versions.c
    own.turn(connection, "links")
    report = report_id(connection, name)
    query = select(v.id, v.number, v.version, v.given_id, v.url, v.sha256, v.original_sha256, t.reports.c.address)
    query = query.join_from(t.versions, t.reports).where(v.report_id == report).order_by(v.number)
    if version is not None:
        query = query.where(v.id == version_id(connection, report, version))
    rows = connection.execute(query).all()
    what = held(connection, report, [row.id for row in rows])
    sharing, alike = _sharing(connection, rows), _alike(connection, rows)
    with own.erasing(connection, ERASED):
        number = _entombed(connection, report, rows, what, (author.strip(), reason.strip(), stamp(clock())))
        erase(connection, what)
    logged(connection, "expunging", number, stamp(clock()))
    if what.report is None:
        replay(connection, clock, report)
    return Expunged(tombstones(connection)[-1], len(what.corrections), sharing, alike)


def _entombed(
    connection: Connection, report: str, rows: Sequence[Any], what: Held, signed: tuple[str, str, str]
) -> int:  # fmt: skip
    """The number of the expunging, which is stored with the hashes of all that is to be erased."""
    author, reason, moment = signed
    address = rows[0].address
    names = {row.version for row in rows}
    if what.report is not None:
        names |= {report, address, *(row.given_id for row in rows), *(row.url for row in rows if row.url)}
    number = following(connection, t.expungings.c.id)
    connection.execute(insert(t.expungings).values(
        id=number, report=neutral(address), number=rows[0].number if what.report is None else None,
        names=json.dumps(sorted(sha256(name) for name in names)), author=author, reason=reason, made_at=moment,
    ))  # fmt: skip
    kept = [{"kind": "version", "row": row.id, "number": row.number, "sha256": row.sha256,
             "original_sha256": row.original_sha256} for row in rows]  # fmt: skip
    for kind, table, ids in (("reading", t.readings, what.readings), ("correction", t.corrections, what.corrections)):
        for some in parts(ids):
            query = select(table.c.id, table.c.sha256).where(table.c.id.in_(some)).order_by(table.c.id)
            kept += [{"kind": kind, "row": row.id, "number": None, "sha256": row.sha256, "original_sha256": None}
                     for row in connection.execute(query)]  # fmt: skip
    database(connection).stored(connection, t.expunged, [{"expunging_id": number, **row} for row in kept])
    return number


def _sharing(connection: Connection, rows: Iterable[Any]) -> tuple[str, ...]:
    return _others(connection, rows, "original_sha256")


def _alike(connection: Connection, rows: Iterable[Any]) -> tuple[str, ...]:
    return _others(connection, rows, "sha256")


def _others(connection: Connection, rows: Iterable[Any], name: str) -> tuple[str, ...]:
    """Reports of other versions that have the same hash."""
    v = t.versions.c
    known = {row.id: getattr(row, name) for row in rows}
    query = select(v.report_id).where(v[name].in_(sorted(set(known.values()))), v.id.not_in(sorted(known)))
    return tuple(sorted(set(connection.execute(query).scalars())))
