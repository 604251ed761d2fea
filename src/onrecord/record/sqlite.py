"""What is SQLite's alone: how the file is opened and marked, full text, append-only triggers, and its errors.

`onrecord.record.postgresql` has the same for PostgreSQL; `onrecord.record.databases` says what both have.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from sqlalchemy import (
    Connection,
    Engine,
    FromClause,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    exc,
    func,
    insert,
    select,
    text,
)
from sqlalchemy import table as table_named
from sqlalchemy.pool import QueuePool

from onrecord.errors import RecordError
from onrecord.record.databases import Part
from onrecord.record.sqlite_erasing import erasing, forgiving, keeping, scrubbed, unindexed
from onrecord.record.sqlite_words import indexed, matching, places
from onrecord.record.tables import metadata

__all__ = [
    "APPLICATION_ID",
    "DERIVED",
    "WRITE",
    "done",
    "engine",
    "erasing",
    "errors",
    "faults",
    "forgiving",
    "indexed",
    "is_writable",
    "mark",
    "marks",
    "matching",
    "places",
    "reading",
    "ready",
    "scrubbed",
    "size",
    "stored",
    "turn",
    "undone",
    "unindexed",
    "writing",
]

#: "onrc": marks the file as a record (SQLite's `application_id`).
APPLICATION_ID = 0x6F6E7263

#: Execution option of a connection that is going to write: it waits for its turn when it begins, not half-way.
WRITE = "onrecord_write"


def _is_there(table: Table) -> str:
    """SQL for whether a row has one of the new row's keys."""
    keys = [tuple(c.name for c in table.primary_key)]
    keys += [tuple(c.name for c in key.columns) for key in table.constraints if isinstance(key, UniqueConstraint)]
    same = (" AND ".join(f"{name} = NEW.{name}" for name in sorted(key)) for key in sorted(keys))
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table.name} WHERE {columns})" for columns in same)  # noqa: S608 - a name of ours


#: The tables that take no change; an index holds nothing of its own.
_KEEPING = tuple(table for table in metadata.sorted_tables if not table.info.get("index"))

#: Statements that make the full-text tables and the triggers, after those that drop what there was.
#:
#: Full text keeps no copy of the words: it reads them from `versions` and `attributions`.
DERIVED: tuple[str, ...] = (
    "CREATE VIEW statement_texts AS SELECT key, speaker, content_words FROM attributions "
    "WHERE manner IN ('said', 'written')",
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='versions', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE statement_words USING fts5(speaker, content_words, content='statement_texts', "
    "content_rowid='key', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER versions_words AFTER INSERT ON versions BEGIN "
    "INSERT INTO report_words(rowid, title, text) VALUES (NEW.id, NEW.title, NEW.text); END",
    "CREATE TRIGGER attributions_words AFTER INSERT ON attributions WHEN NEW.manner IN ('said', 'written') BEGIN "
    "INSERT INTO statement_words(rowid, speaker, content_words) VALUES (NEW.key, NEW.speaker, NEW.content_words); END",
    *(keeping(table, act) for table in _KEEPING for act in ("UPDATE", "DELETE")),
    # INSERT OR REPLACE deletes without a word to the triggers above, unless a program asks for them to be told.
    *(
        f"CREATE TRIGGER {table.name}_keep_replace BEFORE INSERT ON {table.name} WHEN {_is_there(table)} BEGIN "
        f"SELECT RAISE(ABORT, 'a record is append-only: {table.name} has this row'); END"
        for table in _KEEPING
    ),
    "INSERT INTO report_words(report_words) VALUES ('rebuild')",
    "INSERT INTO statement_words(statement_words) VALUES ('rebuild')",
)


def engine(path: Path, *, wait: float, readonly: bool, frozen: bool = False) -> Engine:
    """The engine of a record's file; `wait` is how many seconds to wait for another program's writing to end.

    A frozen file is one that no program uses: it is read as it is, and nothing is put beside it.
    """

    def connect() -> sqlite3.Connection:
        uri = _uri(path, readonly=readonly, frozen=frozen)
        connection = sqlite3.connect(uri, uri=True, timeout=wait, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        # What was told to be stored is on the disk: some milliseconds each, so that a power cut takes nothing of it.
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    made = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITE, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def is_writable(path: Path) -> bool:
    """Whether the file, or the folder that it would be made in, takes writes from this user."""
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)


def _uri(path: Path, *, readonly: bool, frozen: bool) -> str:
    uri = "file:" + quote(os.fsencode(path))
    if not readonly:
        return uri
    # Beside a file in a folder that takes no writes SQLite cannot put its notes, and needs none if there are none left.
    frozen = frozen or (not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists())
    return f"{uri}?mode=ro&immutable=1" if frozen else f"{uri}?mode=ro"


def marks(connection: Connection) -> tuple[int, int, bool]:
    """Application id, schema number, and whether the database has no tables."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    return int(application), int(schema), tables == 0


def mark(connection: Connection, schema: int) -> None:
    """Mark the database as a record of a schema."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {schema}")


def ready(engine: Engine, *, wait: float) -> None:
    """Let readers and one writer work at once; SQLite itself does not wait for its turn to change this."""
    until = time.monotonic() + wait
    raw = engine.raw_connection()
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if not _is(error, sqlite3.SQLITE_BUSY) or time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return
    finally:
        raw.close()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the record as it is at its first question."""
    with engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine, part: Part) -> Iterator[Connection]:
    """A connection in a transaction, which waits for its turn; SQLite has one for the whole file, whatever the part."""
    del part
    with engine.connect() as connection:
        turn = connection.execution_options(**{WRITE: True})
        with turn.begin():
            yield turn


def turn(connection: Connection, part: Part) -> None:
    """Nothing: who writes has the whole file."""


def stored(connection: Connection, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows, which all have the same columns, in the connection's transaction."""
    if rows:
        connection.execute(insert(cast("Table", table)), rows)


def size(connection: Connection, path: str) -> int:
    """How many bytes the record takes."""
    del connection
    return sum(p.stat().st_size for end in ("", "-wal", "-shm") if (p := Path(path + end)).exists())


def undone(connection: Connection) -> None:
    """Take away views, full text and triggers, which hold nothing of their own."""
    rows = connection.execute(
        text("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'")
    )
    for kind, name in sorted(((str(kind), str(name)) for kind, name in rows), reverse=True):
        connection.exec_driver_sql(f"DROP {kind} IF EXISTS {name}")


def done(connection: Connection) -> None:
    """Make full text and triggers, after the tables and views."""
    for statement in DERIVED:
        connection.exec_driver_sql(statement)


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the file itself: its pages, its references, its full text."""
    for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if line != "ok":
            yield f"the file is damaged: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"table {row[0]}: a row refers to a row of {row[2]} that is not there"
    for words, table in (("report_words", "versions"), ("statement_words", "statement_texts")):
        sizes = table_named(f"{words}_docsize")
        indexed, all_rows = (
            connection.execute(select(func.count()).select_from(counted)).scalar_one()
            for counted in (sizes, table_named(table))
        )
        if indexed != all_rows:
            yield f"full text: {indexed} of {all_rows} rows of {table} can be found"


_CAUSES: tuple[tuple[int, str, str], ...] = (
    (sqlite3.SQLITE_BUSY, "the record is locked by another program", "wait until it has finished, then try again"),
    (sqlite3.SQLITE_LOCKED, "the record is locked by another program", "wait until it has finished, then try again"),
    (sqlite3.SQLITE_FULL, "the disk is full, nothing of this was stored", "free space, then do it again"),
    (sqlite3.SQLITE_READONLY, "the record cannot be written", "make the file and its folder writable, or copy it"),
    (sqlite3.SQLITE_NOTADB, "the file is not a record", "give a record, or a new name to make one"),
    (sqlite3.SQLITE_CORRUPT, "the file is damaged", "restore it from a backup"),
    (sqlite3.SQLITE_CANTOPEN, "the record cannot be opened", "check the path and the rights to it"),
    (sqlite3.SQLITE_PERM, "the record cannot be opened", "check the rights to it"),
    (sqlite3.SQLITE_AUTH, "the record cannot be opened", "check the rights to it"),
    (sqlite3.SQLITE_IOERR, "the disk failed, or a limit is reached", "check the disk and its quota, then do it again"),
    (sqlite3.SQLITE_TOOBIG, "the report is too large to store", "split it"),
    (sqlite3.SQLITE_INTERRUPT, "the query was interrupted", "ask again"),
    (sqlite3.SQLITE_CONSTRAINT, "the change was refused", "add to the record, do not alter it"),
)


@contextmanager
def errors(subject: str) -> Iterator[None]:
    """Turn the database's errors into a RecordError that says cause and remedy."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _translated(error.orig, subject) from error
    except sqlite3.Error as error:
        raise _translated(error, subject) from error


def _translated(error: BaseException | None, subject: str) -> RecordError:
    for code, cause, remedy in _CAUSES:
        if _is(error, code):
            return RecordError(f"{cause} ({error})", remedy, subject=subject)
    return RecordError(f"the database failed ({error})", "report this as a defect", subject=subject)


def _is(error: BaseException | None, code: int) -> bool:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF == code
