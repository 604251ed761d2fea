"""A record copied into one file while others use it, and the file read again: every hash, every anchor."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from onrecord.errors import RecordError
from onrecord.record import sqlite
from onrecord.record import tables as t
from onrecord.record.beside import beside
from onrecord.record.copying import copied
from onrecord.record.opening import Opened
from onrecord.record.postgresql_address import is_address
from onrecord.record.provenance import utc_now
from onrecord.record.store import Record

__all__ = ["Checked", "backed_up", "checked", "digest_of", "snapshot"]

#: How many pages are copied at once: between them, ctrl-C is heard.
_PAGES = 2048


@dataclass(frozen=True, slots=True)
class Checked:
    """A record's file that was read whole and agrees: its hex SHA-256, its bytes, and how much it holds."""

    path: str
    sha256: str
    size: int
    reports: int
    versions: int
    readings: int
    corrections: int


def backed_up(record: Record, target: str | os.PathLike[str], *, replace: bool = False) -> Checked:
    """The record as it is now, in one file that is on the disk and verifies; or no file.

    Others may read and write the record meanwhile; what they add is not in the file. A record in PostgreSQL is copied
    into a file as `onrecord copy` does.

    Args:
        record: what to back up.
        target: the file.
        replace: whether it may take the place of a file, which stays until the new one verifies.

    Raises:
        RecordError: there is something already, it cannot be written, or what was written does not verify.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     backed_up(record, f"{folder}/backup.db").reports
        0
    """
    path = Path(os.path.realpath(target))
    _refuse(record, path)
    own = not is_address(record.path)
    # Rights are never wider than the record's.
    mode = stat.S_IMODE(os.stat(record.path).st_mode) if own else 0o600
    with beside(path, replace=replace, mode=mode) as part:
        if own:
            with record.reading() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")  # from here on nothing new is seen
                snapshot(_raw(connection), part, path)
        else:
            with Record.open(part) as file:
                copied(record, file)
        return checked(part, told=path)


def snapshot(source: sqlite3.Connection, part: Path, target: Path) -> None:
    """Copy all pages of a database that is being read into an empty file.

    Raises:
        RecordError: they cannot be read or written; `target` is named.
    """
    file = sqlite3.connect(part, isolation_level=None)
    try:
        # The whole file is brought to disk in the end; if this is cut short, it is thrown away.
        file.execute("PRAGMA synchronous = OFF")
        source.backup(file, pages=_PAGES)
    except sqlite3.Error as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        what = {sqlite3.SQLITE_FULL: "the disk is full", sqlite3.SQLITE_IOERR: "the disk is full or failed"}
        raise RecordError(f"{what.get(code, 'the record cannot be copied')} ({error}), nothing was written",
                          "free space, or choose another disk", subject=str(target)) from error  # fmt: skip
    finally:
        file.close()


def checked(path: Path, *, told: Path) -> Checked:
    """The record in a file that nobody uses, read whole; `told` is the path to name.

    Raises:
        RecordError: it is no record, or something in it does not agree.
    """
    engine = sqlite.engine(path, wait=0.0, readonly=True, frozen=True)
    with Record(Opened(engine, str(told), writable=False, linkable=False), utc_now) as record:
        try:
            faults = record.verify()
            with record.reading() as connection:
                counts = [_count(connection, table) for table in (t.reports, t.versions, t.readings, t.corrections)]
        except (ValueError, LookupError, TypeError) as error:
            raise _damaged(str(error), 1, told) from error
    if faults:
        raise _damaged(f"{faults[0].report_id or 'the file'}: {faults[0].what}", len(faults), told)
    return Checked(str(told), digest_of(path), path.stat().st_size, *counts)


def digest_of(path: Path) -> str:
    """Hex SHA-256 of a file, as `sha256sum` prints it.

    Raises:
        RecordError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RecordError(f"the file cannot be read ({error.strerror})", "check the path and the rights to it",
                          subject=str(path)) from error  # fmt: skip


def _refuse(record: Record, path: Path) -> None:
    """What must not be replaced, even if one asks for it."""
    if not is_address(record.path) and os.path.realpath(record.path) == str(path):
        raise RecordError("this is the record itself", "give another file", subject=str(path))
    if Path(f"{path}-wal").exists():
        raise RecordError("this file is a record that a program has open", "give another file", subject=str(path))


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("the connection is not SQLite's")
    return raw


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _damaged(what: str, number: int, path: Path) -> RecordError:
    more = f", and {number - 1} more faults" if number > 1 else ""
    return RecordError(f"it does not verify ({what}{more}); nothing was kept",
                       "run `onrecord verify` on what it was made from, and keep earlier backups",
                       subject=str(path))  # fmt: skip
