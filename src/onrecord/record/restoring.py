"""A record put back from a backup: only what verifies is put in place, and what it replaces is kept aside."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from onrecord.errors import RecordError
from onrecord.record.backing_up import Checked, checked, digest_of, snapshot
from onrecord.record.beside import beside, settled
from onrecord.record.copying import copied
from onrecord.record.opening import SCHEMA_NUMBER
from onrecord.record.postgresql_address import is_address
from onrecord.record.provenance import Clock, utc_now
from onrecord.record.sqlite import APPLICATION_ID
from onrecord.record.store import Record

__all__ = ["Restored", "restored"]

#: What SQLite's files begin with.
_MAGIC = b"SQLite format 3\0"
_NO_RECORD = ("the file is not a record", "give a backup that onrecord made, or a record")


@dataclass(frozen=True, slots=True)
class Restored:
    """A record that was restored: what its file is, and where the file is kept that stood there before."""

    record: Checked
    aside: str | None


def restored(
    backup: str | os.PathLike[str], target: str, *, replace: bool = False, sha256: str | None = None,
    clock: Clock = utc_now,
) -> Restored:  # fmt: skip
    """The record of a backup, verified and put where `target` says; or nothing is changed.

    A backup of an older layout is brought to the newest. The backup itself stays as it is.

    Args:
        backup: a file that `backed_up` made, or any record's file.
        target: a file, or the address of an empty PostgreSQL database.
        replace: whether a record that is there is put aside, beside it, under a name with the time.
        sha256: what the backup's SHA-256 must be; not asked unless given.
        clock: gives the time for that name.

    Raises:
        RecordError: the backup is no record, is damaged or of a newer onrecord; or there is a record already, or it is
            in use.

    Example:
        >>> import tempfile
        >>> from onrecord.record.backing_up import backed_up
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Record.open(f"{folder}/war.db") as record:
        ...         made = backed_up(record, f"{folder}/backup.db")
        ...     restored(made.path, f"{folder}/again.db", sha256=made.sha256).record.sha256 == made.sha256
        True
    """
    source = Path(os.path.realpath(backup))
    schema = _schema(source)
    if sha256 is not None and (found := digest_of(source)) != sha256.strip().lower():
        raise RecordError(f"the file does not have this SHA-256 but {found}", "take another copy of the backup",
                          subject=str(source))  # fmt: skip
    if is_address(target):
        return Restored(_into_database(source, target, replace=replace), None)
    path = Path(os.path.realpath(target.removeprefix("sqlite:///")))
    _refuse(source, path, replace=replace)
    mode = stat.S_IMODE((path if path.exists() else source).stat().st_mode)
    with beside(path, replace=replace, mode=mode) as part:
        with _pages(source) as pages:
            snapshot(pages, part, path)
        if schema < SCHEMA_NUMBER:
            Record.open(part, create=False).close()
        made = checked(part, told=source)
        aside = _aside(path, clock) if path.exists() else None
    return Restored(Checked(str(path), *_rest(made)), aside)


def _rest(made: Checked) -> tuple[str, int, int, int, int, int]:
    return made.sha256, made.size, made.reports, made.versions, made.readings, made.corrections


def _into_database(source: Path, address: str, *, replace: bool) -> Checked:
    if replace:
        raise RecordError("a database is not replaced", "give an empty database", subject=address)
    if Path(f"{source}-wal").exists():
        raise RecordError("this file is a record that a program has open", "back it up first", subject=str(source))
    made = checked(source, told=source)
    with Record.open(source, create=False) as file, Record.open(address) as record:
        copied(file, record)
        return Checked(record.path, *_rest(made))


def _schema(path: Path) -> int:
    """The number of the file's schema, from its first bytes (https://www.sqlite.org/fileformat.html)."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise RecordError(f"the backup cannot be read ({error.strerror})", "check the path and the rights to it",
                          subject=str(path)) from error  # fmt: skip
    schema, application = (int.from_bytes(head[at : at + 4], "big") for at in (60, 68))
    if len(head) < 100 or not head.startswith(_MAGIC) or application != APPLICATION_ID:
        raise RecordError(*_NO_RECORD, subject=str(path))
    if schema > SCHEMA_NUMBER:
        raise RecordError(f"the record was made by a newer onrecord (schema {schema}, this one knows {SCHEMA_NUMBER})",
                          "upgrade onrecord", subject=str(path))  # fmt: skip
    return schema


@contextmanager
def _pages(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as a database that is read alone; nothing is put beside it unless a program has it open."""
    frozen = "" if Path(f"{path}-wal").exists() else "&immutable=1"
    try:
        with closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro{frozen}", uri=True)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield connection
    except sqlite3.Error as error:
        raise RecordError(f"the file is damaged ({error})", "take another copy of the backup", subject=str(path)
                          ) from error  # fmt: skip


def _refuse(source: Path, path: Path, *, replace: bool) -> None:
    if source == path:
        raise RecordError("this is the record itself", "give another file to restore from", subject=str(source))
    if not path.exists():
        return
    if not replace:
        raise RecordError("there is a record already", "give another place with -r, or --replace to put it aside",
                          subject=str(path))  # fmt: skip
    _idle(path)


def _idle(path: Path) -> None:
    """Refuse to put a record aside that another program has open: its next words would go astray.

    Who closes a file last takes away what SQLite keeps beside it. What is damaged nobody can use.
    """
    if not path.is_file():
        return
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            return
    try:
        with closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=rw", uri=True, timeout=2)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return
        raise _used(path) from error
    if Path(f"{path}-wal").exists():
        raise _used(path)


def _used(path: Path) -> RecordError:
    return RecordError("another program has the record open", "end it (serve, watch, add), then restore",
                       subject=str(path))  # fmt: skip


def _aside(path: Path, clock: Clock) -> str:
    """Where the file that stands there is kept: under a name of its own beside it, until it is replaced too."""
    _idle(path)
    stem = f"{path}.replaced-{clock():%Y%m%dT%H%M%SZ}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 100)))
    name = next(name for name in names if not os.path.lexists(name))
    for end in ("", "-wal", "-shm"):
        if Path(f"{path}{end}").exists():
            _kept(f"{path}{end}", f"{name}{end}", stays=not end)
    settled(path.parent)
    return name


def _kept(path: str, name: str, *, stays: bool) -> None:
    """Give a file another name. It stays under the first, so that there is a record at all times, where disks can."""
    try:
        os.link(path, name)
    except OSError:
        os.rename(path, name)
    else:
        if not stays:
            os.unlink(path)
