"""The opening of a record: what is refused, what is made, what is brought up to date."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from onrecord.errors import RecordError
from onrecord.record import sqlite
from onrecord.record.views import VIEWS

__all__ = ["SCHEMA_NUMBER", "Opened", "opened"]

#: The newest schema that this version knows: the number of the last migration.
SCHEMA_NUMBER = 4

_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened record: its engine, its file, and whether it takes additions."""

    engine: Engine
    path: Path
    writable: bool


def opened(location: str | os.PathLike[str], *, create: bool, wait: float) -> Opened:
    """The record at a path, made if there is none and `create` says so, brought to the newest schema.

    Raises:
        RecordError: there is none, it is another program's file, of a newer onrecord, locked, damaged or unreadable.
    """
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
            _ready(engine, path, writable=writable, create=create, wait=wait)
        undone.pop_all()
    return Opened(engine, path, writable)


def _path(location: str | os.PathLike[str]) -> Path:
    name = os.fspath(location)
    if name.startswith(("postgresql:", "postgresql+", "postgres:")):
        raise RecordError("records on PostgreSQL cannot be opened by this version", "give the path of a file",
                          subject=name.split("@")[-1])  # fmt: skip
    name = name.removeprefix("sqlite:///")
    if not name or "\0" in name:
        raise RecordError("no path", "give the path of a file")
    return Path(name).absolute()


def _ready(engine: Engine, path: Path, *, writable: bool, create: bool, wait: float) -> None:
    """Refuse what is no record of ours; make or upgrade what is."""
    with engine.connect() as connection:
        application, schema, empty = sqlite.marks(connection)
    _refuse(path, application, schema, empty=empty)
    if schema == SCHEMA_NUMBER:
        return
    if empty and not create:
        raise RecordError("the file is empty", "check the path, or add reports to make a record", subject=str(path))
    if not writable:
        raise RecordError("the record is of an older version and cannot be written", "copy it to where it can",
                          subject=str(path))  # fmt: skip
    sqlite.use_wal(engine, wait=wait)
    with engine.connect().execution_options(**{sqlite.WRITE: True}) as connection, connection.begin():
        # Another program may have made or upgraded it meanwhile.
        application, schema, empty = sqlite.marks(connection)
        _refuse(path, application, schema, empty=empty)
        if schema < SCHEMA_NUMBER:
            _upgrade(connection)


def _refuse(path: Path, application: int, schema: int, *, empty: bool) -> None:
    if application != sqlite.APPLICATION_ID and not (empty and application == 0):
        raise RecordError("the file is another program's database", "give a record, or a new name to make one",
                          subject=str(path))  # fmt: skip
    if schema > SCHEMA_NUMBER and application == sqlite.APPLICATION_ID:
        raise RecordError(f"the record was made by a newer onrecord (schema {schema}, this one knows {SCHEMA_NUMBER})",
                          "upgrade onrecord", subject=str(path))  # fmt: skip


def _upgrade(connection: Connection) -> None:
    """Bring the tables to the newest schema, all or nothing, then make views, full text and triggers anew.

    Views, full text and triggers hold nothing of their own; so migrations change tables alone.
    """
    # Needed here only, and slow to import.
    from alembic import command
    from alembic.config import Config

    for kind, name in _derived(connection):
        connection.exec_driver_sql(f"DROP {kind} IF EXISTS {name}")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
    for statement in sqlite.DERIVED:
        connection.exec_driver_sql(statement)
    sqlite.mark(connection, SCHEMA_NUMBER)


def _derived(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        text("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'")
    )
    found = sorted((str(kind), str(name)) for kind, name in rows)
    return [(kind, name) for kind, name in reversed(found)]
