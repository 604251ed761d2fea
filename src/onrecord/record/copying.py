"""A whole record copied into another database: every row of every table, and nothing else.

Numbers, times and hashes stay as they are, so that what names a report or a correction in one names the same in the
other. All is stored in one transaction, and read again before it is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Table, func, select

from onrecord.errors import RecordError
from onrecord.record import tables as t
from onrecord.record.databases import database
from onrecord.record.rows import STATEMENTS

if TYPE_CHECKING:
    from onrecord.record.store import Record

__all__ = ["CopiedTable", "copied"]

#: How many rows are on the way at once; of those that hold a whole document, fewer.
_AT_ONCE, _DOCUMENTS = 2_000, 20
_WHOLE = {"originals", "versions", "readings"}


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table that was copied: how many rows, and the SHA-256 of all of them in their order, the same on both sides."""

    name: str
    rows: int
    sha256: str


def copied(source: Record, target: Record, *, told: Callable[[CopiedTable], None] = lambda _: None
           ) -> tuple[CopiedTable, ...]:  # fmt: skip
    """The tables of a record, copied into one in which there is nothing; all of it or nothing.

    What is added to the source meanwhile is not copied.

    Args:
        source: the record to copy.
        target: where to; its reports must be none.
        told: is told of each table once it is copied and read again.

    Raises:
        RecordError: the target holds something, takes no additions, or does not hold what was stored.

    Example:
        >>> import tempfile
        >>> from onrecord.record.store import Record
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/a.db") as source:
        ...     with Record.open(f"{folder}/b.db") as target:
        ...         copied(source, target)[0].rows
        0
    """
    if source.path == target.path:
        raise RecordError("source and target are the same record", "give another target", subject=target.path)
    done = []
    with source.reading() as reads, target.writing() as writes:
        database(writes).turn(writes, "links")
        _refuse(writes, target.path)
        for table in t.metadata.sorted_tables:
            made = _copied(reads, writes, table)
            kept = _summed(writes, table)
            if kept != made:
                raise RecordError(
                    f"table {table.name}: {made.rows} rows were stored, {kept.rows} came back, or others",
                    "copy again; nothing was kept", subject=target.path,
                )  # fmt: skip
            told(made)
            done.append(made)
    return tuple(done)


def _refuse(connection: Connection, path: str) -> None:
    for table in t.metadata.sorted_tables:
        if connection.execute(select(*table.primary_key).limit(1)).first() is not None:
            raise RecordError("the target holds a record already", "give a new file, or an empty database",
                              subject=path)  # fmt: skip


def _copied(reads: Connection, writes: Connection, table: Table) -> CopiedTable:
    """Copy a table, and sum up what was read."""
    own, sum_of, number = database(writes), hashlib.sha256(), 0
    names = [column.name for column in table.columns]
    for some in _parts(reads, table):
        own.stored(writes, table, [dict(zip(names, row, strict=True)) for row in some])
        if table is t.versions:
            own.indexed(writes, "report_words", ((row.id, row.title, row.text) for row in some))
        if table is t.attributions:
            said = ((row.key, row.speaker, row.content_words) for row in some if row.manner in STATEMENTS)
            own.indexed(writes, "statement_words", said)
        number += len(some)
        _add(sum_of, some)
    return CopiedTable(table.name, number, sum_of.hexdigest())


def _summed(connection: Connection, table: Table) -> CopiedTable:
    sum_of = hashlib.sha256()
    for some in _parts(connection, table):
        _add(sum_of, some)
    number = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return CopiedTable(table.name, int(number), sum_of.hexdigest())


def _parts(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    """The rows of a table in the order of their keys, which is the same in both databases, a part at a time."""
    size = _DOCUMENTS if table.name in _WHOLE else _AT_ONCE
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=size)
    with connection.execute(query) as found:
        yield from found.partitions()


def _add(sum_of: Any, rows: Sequence[Row[Any]]) -> None:
    for row in rows:
        for value in row:
            # Each value by its kind and length, so that no two rows read alike.
            shown = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
            sum_of.update(f"{type(value).__name__}{len(shown)}:".encode())
            sum_of.update(shown)
