"""A PostgreSQL server of the tests' own, and records that stand in it where a test asks for a file."""

from __future__ import annotations

import os
import pwd
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, make_url

from onrecord.record import opening
from onrecord.record.opening import Opened
from onrecord.record.store import Record

__all__ = ["Server", "changed", "missing", "rows", "server", "tampering"]

#: Letters sort as people sort them, unlike in SQLite: what is compared must say how.
_CLUSTER = ("--encoding=UTF8", "--locale=C.UTF-8", "--auth=trust", "--username=postgres", "--no-sync")
_SORTING = ("--locale-provider=icu", "--icu-locale=en-US")
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=120",
             "shared_buffers=64MB", "autovacuum_naptime=5")  # fmt: skip


def _programs() -> Path | None:
    """The folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    known = shutil.which("initdb")
    return Path(known).resolve().parent if known else None


def missing() -> str | None:
    """Why there can be no server here; None if there can."""
    programs = _programs()
    if programs is None or not (programs / "pg_ctl").exists():
        return "no PostgreSQL server is installed: apt-get install postgresql"
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        return f"psycopg cannot be used: {error}"
    return None


@dataclass
class Server:
    """A server that runs; `made` maps the paths that tests gave to the addresses of the records made for them."""

    folder: Path
    made: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def address(self, name: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def run(self, sql: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Rows that a statement of the server's owner gives."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            ran = connection.execute(sql)
            return list(ran.fetchall()) if ran.description else []

    def empty(self) -> str:
        """The address of a database in which there is nothing."""
        name = f"t{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def record(self) -> str:
        """The address of a record in which there is nothing: quicker to copy than to make."""
        name = f"t{next(self.numbers)}"
        if not self.run("SELECT 1 FROM pg_database WHERE datname = 'made'"):
            self.run("CREATE DATABASE made")
            opening.opened(self.address("made"), create=True, wait=10).engine.dispose()
        self.run(f"CREATE DATABASE {name} TEMPLATE made")
        return self.address(name)

    def opened(self, location: str | os.PathLike[str], *, create: bool, wait: float) -> Opened:
        """What opens records, with one in this server for each path that a test gives."""
        path = os.fspath(location)
        if path not in self.made and create and not path.startswith("postgresql:"):
            self.made[path] = self.record()
        return opening.opened(self.made.get(path, path), create=create, wait=wait)

    def forget(self) -> None:
        """Drop the databases of paths: some hundred tests would leave some gigabytes."""
        for address in self.made.values():
            self.run(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")
        self.made.clear()


@contextmanager
def server() -> Iterator[Server]:
    """A server for as long as it is needed, in a folder of its own, reached by a socket there and no other way."""
    programs = _programs()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="onrecord-pg-") as folder:
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:  # the server refuses to run as root
            user = next(pwd.getpwnam(name) for name in ("postgres", "nobody") if _is_user(name))
            os.chown(folder, user.pw_uid, user.pw_gid)
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        Path(folder).chmod(0o755)
        data, log = f"{folder}/data", f"{folder}/log"

        def run(*words: str) -> None:
            done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/", **as_user)
            assert done.returncode == 0, f"{words[0]}: {done.stdout}{done.stderr}"

        known = programs.parent.name
        sorting = _SORTING if known.isdecimal() and int(known) >= 15 else ()
        run(f"{programs}/initdb", "-D", data, *_CLUSTER, *sorting)
        options = " ".join(f"-c {setting}" for setting in (*_SETTINGS, f"unix_socket_directories={folder}"))
        run(f"{programs}/pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", options)
        try:
            yield Server(Path(folder))
        finally:
            run(f"{programs}/pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)


def rows(record: Record, query: str) -> list[tuple[Any, ...]]:
    """What a question in SQL gives, in either database."""
    with record.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def changed(record: Record, *changes: str) -> None:
    """Change the record as somebody would who takes the triggers away first."""
    if not record.path.startswith("postgresql:"):
        with sqlite3.connect(record.path) as connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for change in changes:
                assert connection.execute(change).rowcount != 0, change
        return
    import psycopg

    with psycopg.connect(record.path) as shared:
        shared.execute("SET session_replication_role = replica")
        for change in changes:
            assert shared.execute(change).rowcount != 0, change


@contextmanager
def tampering(record: Record) -> Iterator[Connection]:
    """A connection of somebody who took away what keeps a record from being altered; it ends with nothing changed."""
    with record._opened.engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        if connection.dialect.name == "sqlite":
            raw.execute("PRAGMA foreign_keys = OFF")
            for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        try:
            yield connection
        finally:
            connection.rollback()
            if connection.dialect.name == "sqlite":
                raw.execute("PRAGMA foreign_keys = ON")


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
