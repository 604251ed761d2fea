"""The links of one kind between the current readings of a record, with what people decided put in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from onrecord.model import Annotated
from onrecord.reconcile.linking import Link, Linker, links
from onrecord.record import tables as t
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.wire import decode

__all__ = ["linked", "readings"]


def readings(connection: Connection) -> list[Annotated]:
    """The current reading of each report, in the order of their ids."""
    query = select(t.readings.c.annotated).join_from(t.readings, CURRENT, CURRENT.c.reading_id == t.readings.c.id)
    return [decode(line) for line in connection.execute(query.order_by(CURRENT.c.report_id)).scalars()]


def linked(record: Record, linker: Linker[Any]) -> tuple[Link, ...]:
    """The links of a kind in a record."""
    with record.reading() as connection:
        return links(linker, readings(connection))
