"""What each kind of database does in its own way: SQLite, in one file, and PostgreSQL, shared by several people.

All else is the same for both, and asks here for what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol, cast

from sqlalchemy import Connection, Engine, FromClause, Select, Table

from onrecord.model import Span
from onrecord.record.terms import Said

__all__ = ["Database", "Part", "Words", "database"]

#: The full-text tables: the rows of `versions` by their id, and those of statements in `attributions` by their key.
Words = Literal["report_words", "statement_words"]
#: What is written: reports with their readings and corrections, or links; who writes waits for others of the same part.
Part = Literal["reports", "links"]


class Database(Protocol):
    """What `onrecord.record.sqlite` and `onrecord.record.postgresql` have, each in its own way."""

    def reading(self, engine: Engine) -> AbstractContextManager[Connection]:
        """A connection that sees the record as it is at its first question, whatever is added meanwhile."""

    def writing(self, engine: Engine, part: Part) -> AbstractContextManager[Connection]:
        """A connection in a transaction of its own, alone in what it writes to that part of the record."""

    def turn(self, connection: Connection, part: Part) -> None:
        """In a transaction that writes: wait until nobody else writes to a further part of the record."""

    def errors(self, subject: str) -> AbstractContextManager[None]:
        """Turns the database's errors into a RecordError that says cause and remedy."""

    def ready(self, engine: Engine, *, wait: float) -> None:
        """Prepare the database itself, before tables are made or changed."""

    def marks(self, connection: Connection) -> tuple[int, int, bool]:
        """The mark of a record, its schema's number (0 for none), and whether there are no tables at all."""

    def mark(self, connection: Connection, schema: int) -> None:
        """Mark the database as a record of a schema."""

    def undone(self, connection: Connection) -> None:
        """Take away views, full text and triggers, which hold nothing of their own."""

    def done(self, connection: Connection) -> None:
        """Make full text, triggers and rights, after the tables and views."""

    def matching(self, words: Words, said: Said, among: Select[Any] | None = None) -> Select[Any]:
        """The rows of a full-text table that hold what is said: `rowid` and `rank` (smaller is better)."""

    def places(self, connection: Connection, words: Words, said: Said, row: int, field: int, whole: str | None
               ) -> list[Span]:  # fmt: skip
        """Where in a field of a row (0 title or speaker, 1 text or statement) what is said stands."""

    def indexed(self, connection: Connection, words: Words, rows: Iterable[tuple[int, str | None, str]]) -> None:
        """Put rows, each with its number and two fields, into the full text, where triggers do not."""

    def unindexed(self, connection: Connection, words: Words, rows: Sequence[int]) -> None:
        """Take rows that were erased out of the full text, so that none of their words is left in it."""

    def erasing(self, connection: Connection, tables: Sequence[Table]) -> AbstractContextManager[None]:
        """In a transaction that writes: rows of these tables can be erased by this connection, and by no other."""

    def scrubbed(self, engine: Engine, tables: Sequence[Table], *, subject: str) -> None:
        """After rows of these tables were erased: write them anew, so that nothing is left where the rows stood."""

    def forgiving(self, connection: Connection) -> AbstractContextManager[None]:
        """Read texts that are damaged as far as they can be read."""

    def stored(self, connection: Connection, table: FromClause, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store many rows of a table, which all have the same columns."""

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the database itself."""

    def size(self, connection: Connection, path: str) -> int:
        """How many bytes the record takes."""


def database(of: Connection | Engine) -> Database:
    """What is the database's own, for a connection to it.

    Example:
        >>> from sqlalchemy import create_engine
        >>> database(create_engine("sqlite://")).__name__
        'onrecord.record.sqlite'
    """
    if of.dialect.name == "postgresql":
        from onrecord.record import postgresql

        return cast("Database", postgresql)
    from onrecord.record import sqlite

    return cast("Database", sqlite)
