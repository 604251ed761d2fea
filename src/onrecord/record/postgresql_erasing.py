"""The erasing of rows from a record in PostgreSQL, for `onrecord.record.expunging` alone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection, Engine, Table, delete

from onrecord.errors import RecordError
from onrecord.record.databases import Words
from onrecord.record.parts import parts
from onrecord.record.postgresql_words import TABLES

__all__ = ["erasing", "forgiving", "scrubbed", "unindexed"]

#: Sessions of this database that see it as it was before a moment of it, which keeps the server from removing rows.
_SEEING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND backend_xmin IS NOT NULL AND age(backend_xmin) > age(CAST(%s AS xid))"
)
#: Seconds to wait for them.
_WAIT = 10.0


@contextmanager
def erasing(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """In a transaction that writes: rows of these tables can be erased by this connection, and by no other.

    Right and triggers are changed and put back in the same transaction, which locks the tables against all other
    writing until it ends; nobody else sees them without.

    Raises:
        RecordError: the user did not make the record.
    """
    owned = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'versions'::regclass"
    if not connection.exec_driver_sql(owned).scalar_one():
        raise RecordError("only who made the record can expunge", "ask them, or connect as that user")
    kept = [table for table in tables if not table.info.get("index")]
    for table in kept:
        connection.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER keep")
        connection.exec_driver_sql(f"GRANT DELETE ON {table.name} TO CURRENT_USER")
    yield
    for table in kept:
        connection.exec_driver_sql(f"REVOKE DELETE ON {table.name} FROM CURRENT_USER")
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE TRIGGER keep")


def unindexed(connection: Connection, words: Words, rows: Sequence[int]) -> None:
    """Take rows that were erased out of the full text."""
    table = TABLES[words]
    for some in parts(rows):
        connection.execute(delete(table).where(table.c.row.in_(some)))


def scrubbed(engine: Engine, tables: Sequence[Table], *, subject: str) -> None:
    """Write the tables anew, with what the server notes of them for its planning.

    Raises:
        RecordError: another session sees the record as it was before.
    """
    with engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        now = alone.exec_driver_sql("SELECT CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text)").scalar_one()
        until = time.monotonic() + _WAIT
        while alone.exec_driver_sql(_SEEING, (str(int(now) % 2**32),)).scalar_one():
            if time.monotonic() > until:
                raise RecordError(
                    "it was expunged, but another session still sees the record as it was, which keeps the server from "
                    "removing it", "end that session, then run the same command again", subject=subject,
                )  # fmt: skip
            time.sleep(0.1)
        for name in [*(table.name for table in tables), *TABLES]:
            alone.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {name}")


def forgiving(connection: Connection) -> nullcontext[None]:
    """Nothing: the server gives no text that is no UTF-8."""
    del connection
    return nullcontext()
