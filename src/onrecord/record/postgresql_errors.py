"""PostgreSQL's errors as onrecord's: cause and remedy in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from onrecord.errors import RecordError

__all__ = ["errors"]

_LATER = "try again"
#: By the beginning of SQLSTATE (PostgreSQL's manual, appendix A), the longest first.
_CAUSES: tuple[tuple[str, str, str], ...] = (
    ("55P03", "the record is locked by another program", "wait until it has finished, then try again"),
    ("53100", "the server's disk is full, nothing of this was stored", "free space, then do it again"),
    ("53300", "the server takes no more connections", "end others, or raise max_connections"),
    ("53", "the server has not enough memory", _LATER),
    ("25006", "the record cannot be written here", "connect to the server that takes writes"),
    ("42501", "your role may not do this", "ask who made the record for the role reviewer or owner"),
    ("3F000", "there is no schema to make the record in", "make the schema that the search path names"),
    ("3D000", "there is no such database", "make it with createdb, or check the address"),
    ("28", "the server does not let you in", "check user and password, and pg_hba.conf"),
    ("57014", "the question was interrupted", "ask again"),
    ("57P", "the server was stopped or is starting", _LATER),
    ("40", "another program wrote at the same moment", _LATER),
    ("23", "the change was refused", "add to the record, do not alter it"),
    ("XX", "the database is damaged", "restore it from a backup"),
    ("54", "the report is too large to store", "split it"),
    ("58", "the server's disk failed", "check the disk, then try again"),
    ("08", "the server cannot be reached", "check that it runs, and the address"),
)
#: By the words of errors that come without SQLSTATE, before there is a connection.
_WORDS: tuple[tuple[str, str, str], ...] = (
    ("NUL (0x00)", "a NUL character stands in it, which a record cannot keep", "leave it out"),
    ("database", "there is no such database", "make it with createdb, or check the address"),
    ("authentication", "the server does not let you in", "check user and password, and pg_hba.conf"),
    ("pg_hba.conf", "the server does not let you in", "check user and password, and pg_hba.conf"),
    ("no password supplied", "the server asks for a password", "put it into ~/.pgpass or PGPASSWORD"),
    ("role", "the server does not know you", "check the user in the address"),
    ("", "the server cannot be reached", "check that it runs, and the address"),
)


@contextmanager
def errors(subject: str) -> Iterator[None]:
    """Turn the database's errors into a RecordError that says cause and remedy."""
    import psycopg  # an extra, which is there where there is a connection

    try:
        yield
    except exc.DBAPIError as error:
        raise _translated(error.orig, subject) from error
    except psycopg.Error as error:
        raise _translated(error, subject) from error
    except exc.TimeoutError as error:
        raise RecordError("too many ask at once", _LATER, subject=subject) from error


def _translated(error: BaseException | None, subject: str) -> RecordError:
    state, said = getattr(error, "sqlstate", None), str(error)
    known = _CAUSES if state else _WORDS
    name = type(error).__name__
    for begins, cause, remedy in known:
        if state.startswith(begins) if state else begins in said and (begins or name == "OperationalError"):
            return RecordError(f"{cause} ({_first_line(said)})", remedy, subject=subject)
    return RecordError(f"the database failed ({_first_line(said)})", "report this as a defect", subject=subject)


def _first_line(said: str) -> str:
    return said.strip().split("\n")[0]
