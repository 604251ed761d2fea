"""The full text of a record in SQLite: FTS5, which keeps no copy of the words, and is kept by triggers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, column, func, literal_column, select
from sqlalchemy import table as table_named

from onrecord.model import Span
from onrecord.record.databases import Words
from onrecord.record.snippets import CLOSE, OPEN, marked
from onrecord.record.terms import Said

__all__ = ["expression", "indexed", "matching", "places"]

_WORDS = {
    name: table_named(name, column("rowid"), column("rank"), *map(column, columns))
    for name, columns in (("report_words", ("title", "text")), ("statement_words", ("speaker", "content_words")))
}


def matching(words: Words, said: Said, among: Select[Any] | None = None) -> Select[Any]:
    """The rows of a full-text table that hold what is said: `rowid` and `rank` (smaller is better).

    Args:
        words: which of the tables.
        among: rows of which alone they may be.
    """
    table = _WORDS[words]
    asked: ColumnElement[Any] = literal_column(words)
    query = select(table.c.rowid, table.c.rank).where(asked.op("MATCH")(expression(said)))
    if among is None:
        return query
    # The sign keeps SQLite from asking the full text once for each of these rows, which is a hundred times slower.
    rowid: ColumnElement[int] = literal_column(f"+{words}.rowid", Integer)
    return query.where(rowid.in_(among))


def expression(said: Said) -> str:
    """What is said in the language of FTS5.

    Example:
        >>> expression(Said(every=('"truce"',), without=('"rumour"',), speaker=('"Adler"',)))
        '("truce" AND speaker : "adler") NOT ("rumour")'
    """
    every = [*said.every, *(f"speaker : {term.lower()}" for term in said.speaker)]
    every += [f"({' OR '.join(said.some)})"] if said.some else []
    every += [f"content_words : ({' OR '.join(said.content)})"] if said.content else []
    asked = " AND ".join(every)
    return f"({asked}) NOT ({' OR '.join(said.without)})" if said.without else asked


def places(connection: Connection, words: Words, said: Said, row: int, field: int, whole: str | None) -> list[Span]:
    """Where in a field of a row what is said stands; nothing where the row does not hold it.

    Args:
        field: 0 for the title or the speaker, 1 for the text or what is said.
        whole: what stands in the field.
    """
    table = _WORDS[words]
    asked: ColumnElement[Any] = literal_column(words)
    lit = select(func.highlight(asked, field, OPEN, CLOSE))
    query = lit.where(asked.op("MATCH")(expression(said)), table.c.rowid == row)
    return list(marked(connection.execute(query).scalar(), whole))


def indexed(connection: Connection, words: Words, rows: Iterable[tuple[int, str | None, str]]) -> None:
    """Nothing: triggers keep SQLite's full text."""
