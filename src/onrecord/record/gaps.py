"""The check that no row is missing: rows are numbered without gaps, and what was expunged keeps its number."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from onrecord.record import tables as t
from onrecord.record.contents import TABLES, Kind
from onrecord.record.tombstones import expunged_numbers

__all__ = ["gaps"]


def gaps(connection: Connection) -> Iterator[tuple[str | None, str]]:
    """What is missing, and of which report if it is a version of one."""
    for kind in TABLES:
        yield from _gap(connection, kind)
    v, r = t.versions.c, t.reports.c
    counted = select(r.id, r.address, func.count(v.id), func.max(v.number)).join(t.versions, isouter=True)
    any_expunged = connection.execute(select(t.expunged.c.row).limit(1)).first() is not None
    for report_id, address, count, last in connection.execute(counted.group_by(r.id, r.address).order_by(r.id)).all():
        gone = expunged_numbers(connection, address) if any_expunged else []
        every = max(last or 1, *gone, 1)
        if count + len(gone) != every:
            yield report_id, f"{count} of {every - len(gone)} versions are there"


def _gap(connection: Connection, kind: Kind) -> Iterator[tuple[None, str]]:
    table, x = TABLES[kind], t.expunged.c
    count, last = connection.execute(select(func.count(table.c.id), func.max(table.c.id))).one()
    gone, last_gone = connection.execute(select(func.count(x.row), func.max(x.row)).where(x.kind == kind)).one()
    every = max(last or 0, last_gone or 0) - gone
    if count != every:
        yield None, f"table {table.name}: {count} of {every} rows are there"
