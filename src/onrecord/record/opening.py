"""The opening of a record: what is refused, what is made, what is brought up to date."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from onrecord.errors import RecordError
from onrecord.record import sqlite
from onrecord.record.chain import logged_late
from onrecord.record.databases import Database, database
from onrecord.record.postgresql_address import address, is_address, shown
from onrecord.record.provenance import stamp, utc_now
from onrecord.record.views import VIEWS

__all__ = ["SCHEMA_NUMBER", "Opened", "opened", "refuse_newer"]

#: The newest schema that this version knows: the number of the last migration.
SCHEMA_NUMBER = 5

_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened record: its engine, its file or address, whether it takes additions, and whether it takes links."""

    engine: Engine
    path: str
    writable: bool
    linkable: bool


def opened(location: str | os.PathLike[str], *, create: bool, wait: float) -> Opened:
    """The record at a path or address, made if there is none and `create` says so, brought to the newest schema.

    Raises:
        RecordError: there is none, it is another program's, of a newer onrecord, locked, damaged or unreadable.
    """
    if is_address(os.fspath(location)):
        return _shared(os.fspath(location), create=create, wait=wait)
    path = _path(location)
    exists = path.exists()
    if path.is_dir():
        raise RecordError("this is a folder", "give the path of a file", subject=str(path))
    if not exists and not create:
        raise RecordError("there is no record here", "check the path, or add reports to make one", subject=str(path))
    if not path.parent.is_dir():
        raise RecordError(f"there is no folder {path.parent}", "make the folder", subject=str(path))
    writable = sqlite.is_writable(path)
    if not exists and not writable:
        raise RecordError("the folder takes no new file", "choose another folder", subject=str(path))
    engine = sqlite.engine(path, wait=wait, readonly=not writable)
    with ExitStack() as undone:
        undone.callback(engine.dispose)
        with sqlite.errors(str(path)):
            _ready(engine, str(path), writable=writable, create=create, wait=wait)
        undone.pop_all()
    return Opened(engine, str(path), writable, linkable=writable)


def refuse_newer(connection: Connection, path: str) -> None:
    """In a transaction that writes: see to it that no newer onrecord upgraded the record since it was opened.

    What this version wrote then would lack what the newer one keeps, such as entries of a log that it does not know.

    Raises:
        RecordError: it was upgraded.
    """
    application, schema, empty = database(connection).marks(connection)
    _refuse(path, application, schema, empty=empty)


def _shared(location: str, *, create: bool, wait: float) -> Opened:
    """The record in a PostgreSQL database."""
    from onrecord.record import postgresql  # takes a while to import, and most records are files

    url = address(location)
    path = shown(url)
    engine = postgresql.engine(url, wait=wait)
    with ExitStack() as undone:
        undone.callback(engine.dispose)
        with postgresql.errors(path):
            with engine.connect() as connection:
                makes_tables = postgresql.makes_tables(connection)
            _ready(engine, path, writable=makes_tables, create=create, wait=wait)
            with engine.connect() as connection:
                writable, linkable = (postgresql.takes(connection, table) for table in ("corrections", "links"))
        undone.pop_all()
    return Opened(engine, path, writable, linkable)


def _path(location: str | os.PathLike[str]) -> Path:
    name = os.fspath(location)
    name = name.removeprefix("sqlite:///")
    if not name or "\0" in name:
        raise RecordError("no path", "give the path of a file")
    return Path(name).absolute()


def _ready(engine: Engine, path: str, *, writable: bool, create: bool, wait: float) -> None:
    """Refuse what is no record of ours; make or upgrade what is."""
    own = database(engine)
    with engine.connect() as connection:
        application, schema, empty = own.marks(connection)
    _refuse(path, application, schema, empty=empty)
    if schema == SCHEMA_NUMBER:
        return
    if empty and not create:
        what = "database" if is_address(path) else "file"
        raise RecordError(f"the {what} is empty", "check the path, or add reports to make a record", subject=path)
    if not writable:
        raise RecordError("the record is of an older version and cannot be written", "copy it to where it can",
                          subject=path)  # fmt: skip
    own.ready(engine, wait=wait)
    with own.writing(engine, "reports") as connection:
        # Another program may have made or upgraded it meanwhile.
        application, schema, empty = own.marks(connection)
        _refuse(path, application, schema, empty=empty)
        if schema < SCHEMA_NUMBER:
            _upgrade(connection, own)


def _refuse(path: str, application: int, schema: int, *, empty: bool) -> None:
    if application != sqlite.APPLICATION_ID and not (empty and application == 0):
        what = "tables are another program's" if is_address(path) else "file is another program's database"
        raise RecordError(f"the {what}", "give a record, or a new name to make one", subject=path)
    if schema > SCHEMA_NUMBER and application == sqlite.APPLICATION_ID:
        raise RecordError(f"the record was made by a newer onrecord (schema {schema}, this one knows {SCHEMA_NUMBER})",
                          "upgrade onrecord", subject=path)  # fmt: skip


def _upgrade(connection: Connection, own: Database) -> None:
    """Bring the tables to the newest schema, all or nothing, then make views, full text and triggers anew.

    Views, full text and triggers hold nothing of their own; so migrations change tables alone. What an older record
    holds is put into its log last, when its tables are as this version knows them.
    """
    # Needed here only, and slow to import.
    from alembic import command
    from alembic.config import Config

    own.undone(connection)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
    logged_late(connection, stamp(utc_now()))
    own.done(connection)
    own.mark(connection, SCHEMA_NUMBER)
