"""The erasing of rows from a record's file, for `onrecord.record.expunging` alone, and the reading of damaged texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Connection, Engine, Table

from onrecord.errors import RecordError
from onrecord.record.databases import Words

__all__ = ["erasing", "forgiving", "keeping", "scrubbed", "unindexed"]


def keeping(table: Table, act: str) -> str:
    """The trigger that refuses an UPDATE or DELETE of a table."""
    return (
        f"CREATE TRIGGER {table.name}_keep_{act.lower()} BEFORE {act} ON {table.name} BEGIN "
        f"SELECT RAISE(ABORT, 'a record is append-only: {table.name} takes no {act}'); END"
    )


@contextmanager
def erasing(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """In a transaction that writes: rows of these tables can be erased by this connection, and by no other.

    The triggers that refuse it are dropped and made again in the same transaction. Nobody else can write until it ends,
    and nobody else sees the file without them.
    """
    # What is erased is overwritten with zeros, in the file and where it is noted on the way there.
    connection.exec_driver_sql("PRAGMA secure_delete = ON")
    kept = [table for table in tables if not table.info.get("index")]
    for table in kept:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table.name}_keep_delete")
    yield
    for table in kept:
        connection.exec_driver_sql(keeping(table, "DELETE"))


def unindexed(connection: Connection, words: Words, rows: Sequence[int]) -> None:
    """Make the full text anew from what is left: FTS5 keeps the words of a row that is taken out of it until then."""
    if rows:
        connection.exec_driver_sql(f"INSERT INTO {words}({words}) VALUES ('rebuild')")  # noqa: S608 - names of ours


def scrubbed(engine: Engine, tables: Sequence[Table], *, subject: str) -> None:
    """Write the whole file anew, and empty what stands beside it.

    Raises:
        RecordError: another program uses what was there before, or the disk is full.
    """
    del tables  # the file is written as a whole
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise RecordError(
            f"it was expunged, but the file, which keeps what was there before, could not be written anew ({error})",
            "free space or close the other program, then run the same command again", subject=subject,
        ) from error  # fmt: skip
    finally:
        raw.close()
    if busy:
        raise RecordError(
            "it was expunged, but another program still reads the file, which keeps what was there before",
            "close the other program, then run the same command again", subject=subject,
        )  # fmt: skip


@contextmanager
def forgiving(connection: Connection) -> Iterator[None]:
    """Read texts with bytes that are no UTF-8, each such byte as U+FFFD."""
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    before = raw.text_factory
    raw.text_factory = lambda data: data.decode("utf-8", "replace")
    try:
        yield
    finally:
        raw.text_factory = before
