"""The check of a record's log: every entry follows the one before, and stands for what is still there, unchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from onrecord.record import tables as t
from onrecord.record.chain import BEGINNING, entries, entry_hash
from onrecord.record.contents import KINDS, TABLES, Kind, digests

__all__ = ["Said", "log_faults"]

#: The report that something concerns, if it is known, and what is wrong.
Said = tuple[str | None, str]


def log_faults(connection: Connection, wrong: Collection[str] = ()) -> Iterator[Said]:
    """What does not agree in the log, or between it and what it stands for, entry by entry.

    Args:
        connection: of the record.
        wrong: the SHA-256 by which originals are kept whose bytes do not have it.
    """
    number, previous = 0, BEGINNING
    last: dict[str, int] = dict.fromkeys(KINDS, 0)
    for some in entries(connection):
        held = _Held(connection, some, wrong)
        for entry in some:
            for what in _chained(entry, number, previous):
                yield held.told(entry, what)
            for what in _in_order(entry, last):
                yield held.told(entry, what)
            for what in held.faults(entry):
                yield held.told(entry, what)
            number, previous = entry.number, entry.hash
            last[entry.kind] = entry.row
    for kind in KINDS:
        yield from _unlogged(connection, kind)


def _chained(entry: Row[Any], number: int, previous: str) -> Iterator[str]:
    if entry.number != number + 1:
        one = entry.number <= number + 2
        gap = f"entry {number + 1} is" if one else f"entries {number + 1} to {entry.number - 1} are"
        yield f"{gap} missing before it" if entry.number > number + 1 else "no entry has this number"
    elif entry.previous != previous:
        yield f"it does not follow entry {number}" if number else "it is not the first that was logged"
    own = entry_hash(entry.number, entry.kind, entry.row, entry.digest, entry.previous, entry.late, entry.logged_at)
    if own != entry.hash:
        yield "the entry does not have its recorded hash"


def _in_order(entry: Row[Any], last: Mapping[str, int]) -> Iterator[str]:
    """Whatever is stored has the next number of its kind, so what stands elsewhere was moved, or another is missing."""
    if entry.kind not in last:
        yield "there is nothing of this kind"
    elif entry.row != last[entry.kind] + 1:
        yield f"{entry.kind} {last[entry.kind] + 1} should stand there"


class _Held:
    """What some entries of the log stand for, as it is in the database now."""

    def __init__(self, connection: Connection, some: Iterable[Row[Any]], wrong: Collection[str]) -> None:
        rows: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
        for entry in some:
            if entry.kind in rows:
                rows[cast("Kind", entry.kind)].append(entry.row)
        self.digests: dict[tuple[str, int], str] = {}
        self.gone: set[tuple[str, int]] = set()
        self.reports: dict[tuple[str, int], str] = {}
        self.wrong: set[int] = set()
        x, v = t.expunged.c, t.versions.c
        for kind, ids in rows.items():
            self.digests |= {(kind, row): digest for row, digest in digests(connection, kind, ids).items()}
            gone = select(x.row).where(x.kind == kind, x.row.in_(ids))
            self.gone |= {(kind, row) for row in connection.execute(gone).scalars()}
            if (named := _reports(kind, ids)) is not None:
                self.reports |= {(kind, row): report for row, report in connection.execute(named)}
        if wrong:
            read = select(v.id).where(v.id.in_(rows["version"]), v.original_sha256.in_(wrong))
            self.wrong = set(connection.execute(read).scalars())

    def faults(self, entry: Row[Any]) -> Iterator[str]:
        key = (entry.kind, entry.row)
        digest = self.digests.get(key)
        if key in self.gone:
            if digest is not None:
                yield "it was expunged, and is there again"
        elif digest is None:
            yield "it is not there any more"
        elif digest != entry.digest:
            yield "it is not what was logged"
        if entry.kind == "version" and entry.row in self.wrong:
            yield "the bytes of its original are not those that were logged"

    def told(self, entry: Row[Any], what: str) -> Said:
        report = self.reports.get((entry.kind, entry.row))
        return report, f"log entry {entry.number}, {entry.kind} {entry.row}: {what}"


def _reports(kind: Kind, rows: list[int]) -> Select[Any] | None:
    """Of which report some rows of a kind are; None for what is of no report."""
    v, r, k = t.versions.c, t.readings.c, t.corrections.c
    if kind == "version":
        return select(v.id, v.report_id).where(v.id.in_(rows))
    if kind == "reading":
        return select(r.id, v.report_id).join_from(t.readings, t.versions).where(r.id.in_(rows))
    return select(k.id, k.report_id).where(k.id.in_(rows)) if kind == "correction" else None


def _unlogged(connection: Connection, kind: Kind) -> Iterator[Said]:
    """What is stored and in no entry: it was put there by another program, or the end of the log was cut off."""
    key, n = TABLES[kind].c.id, t.log.c
    there: ColumnElement[bool] = select(n.row).where(n.kind == kind, n.row == key).exists()
    for row in connection.execute(select(key).where(~there).order_by(key)).scalars().all():
        named = _reports(kind, [row])
        report = None if named is None else connection.execute(named).one()[1]
        yield report, f"{kind} {row}: it is in no entry of the log"
