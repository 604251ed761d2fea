"""Many rows at once into a table of PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause

__all__ = ["stored"]


def stored(connection: Connection, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows, which all have the same columns, in the connection's transaction.

    COPY takes one journey to the server for all of them, and asks nothing of each.
    """
    if not rows:
        return
    names = list(rows[0])
    prepared = connection.dialect.identifier_preparer
    columns = ", ".join(prepared.quote(name) for name in names)
    # What SQLAlchemy passes on is psycopg's own connection, which is in the same transaction.
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY {table.description} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    finally:
        cursor.close()
