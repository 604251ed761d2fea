"""The numbers of rows: one more than the last, in the order in which rows are stored, without gaps.

A database's own counters leave gaps and give numbers before others are seen; here who writes has the turn (see
`onrecord.record.store.Record.writing`), so that whatever the database, a later row has a higher number.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, func, select

from onrecord.record import tables as t
from onrecord.record.contents import TABLES, Kind

__all__ = ["following"]


def following(connection: Connection, number: Column[int]) -> int:
    """The number after the last of a column, 1 for the first row; what was expunged keeps its number.

    Example:
        >>> from sqlalchemy import create_engine
        >>> with create_engine("sqlite://").connect() as connection:
        ...     t.metadata.create_all(connection)
        ...     following(connection, t.versions.c.id)
        1
    """
    last: int | None = connection.execute(select(func.max(number))).scalar()
    return 1 + max(last or 0, *(_logged(connection, kind) for kind, table in TABLES.items() if number is table.c.id), 0)


def _logged(connection: Connection, kind: Kind) -> int:
    """The highest id of a kind that was ever stored."""
    last: int | None = connection.execute(select(func.max(t.log.c.row)).where(t.log.c.kind == kind)).scalar()
    return last or 0
