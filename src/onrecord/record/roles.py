"""The roles of people who share a record on PostgreSQL, as SQL.

A reader asks. A reviewer decides about entries too: corrections are stored with the readings that they are put into. An
owner adds reports and links too. None of them can alter, delete or expunge anything; the user who made the record has
the tables, brings them up to date, and alone may expunge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from sqlalchemy import Connection

from onrecord.errors import InputError
from onrecord.record import tables as t
from onrecord.record.postgresql import MARK
from onrecord.record.postgresql_words import TABLES
from onrecord.record.views import VIEWS

__all__ = ["ROLES", "RoleName", "granted", "statements"]

RoleName = Literal["reader", "reviewer", "owner"]
ROLES: tuple[RoleName, ...] = get_args(RoleName)

#: What a correction adds to: itself, and the reading that it is put into.
_REVIEWED = ("corrections", "corrected", "log", "placements", "runs", "readings",
             *(table.name for table in t.ANNOTATIONS), "statement_words")  # fmt: skip
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")


def statements(database: str, schema: str, prefix: str) -> Iterator[str]:
    """The SQL that makes the three roles of a record, or brings their rights up to date; it may be run again.

    Args:
        database: the database in which the record is.
        schema: the schema in which its tables are.
        prefix: what the names of the roles begin with, such as "war" for war_reader.

    Raises:
        InputError: the prefix is no name for a role.

    Example:
        >>> next(statements("war", "public", "war"))
        'CREATE ROLE war_reader NOLOGIN'
    """
    if not _NAME.fullmatch(prefix):
        raise InputError(f"{prefix!r} cannot begin the name of a role", "give small letters, digits and _")
    reader, reviewer, owner = (f"{prefix}_{role}" for role in ROLES)
    yield from (f"CREATE ROLE {role} NOLOGIN" for role in (reader, reviewer, owner))
    yield f"REVOKE CONNECT, TEMPORARY ON DATABASE {_quoted(database)} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {reader}"
    yield f"GRANT TEMPORARY ON DATABASE {_quoted(database)} TO {owner}"
    yield f"GRANT USAGE ON SCHEMA {_quoted(schema)} TO {reader}"
    every = [*t.metadata.tables, *TABLES]
    yield f"GRANT SELECT ON {_listed(schema, [*every, *VIEWS, MARK, 'alembic_version'])} TO {reader}"
    yield f"GRANT {reader} TO {reviewer}"
    yield f"GRANT INSERT ON {_listed(schema, _REVIEWED)} TO {reviewer}"
    yield f"GRANT {reviewer} TO {owner}"
    added = [name for name in every if name not in {t.expungings.name, t.expunged.name}]
    yield f"GRANT INSERT ON {_listed(schema, added)} TO {owner}"


def granted(connection: Connection, prefix: str) -> None:
    """Make the roles of the record of a connection, or bring their rights up to date.

    Raises:
        InputError: the prefix is no name for a role.
    """
    database, schema = connection.exec_driver_sql("SELECT current_database(), current_schema()").one()
    roles = set(connection.exec_driver_sql("SELECT rolname FROM pg_roles").scalars())
    for statement in statements(database, schema, prefix):
        words = statement.split()
        if words[:2] != ["CREATE", "ROLE"] or words[2] not in roles:
            connection.exec_driver_sql(statement)


def _listed(schema: str, names: Iterable[str]) -> str:
    return ", ".join(f"{_quoted(schema)}.{name}" for name in sorted(names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'
