"""The log of a record: what was added, in its order, each entry chained to the one before by its hash.

An entry is written in the transaction of what it stands for. Who adds has the turn (`Record.writing`), so no two write
an entry at once; and since no two entries may have the same number or the same entry before, a database would refuse
the second. Links and full text are made anew from what is in the log, and stand outside of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Row, insert, select

from onrecord.record import tables as t
from onrecord.record.contents import KINDS, TABLES, Kind, canonical, digests
from onrecord.record.databases import database
from onrecord.record.parts import parts

if TYPE_CHECKING:
    from onrecord.record.store import Record

__all__ = [
    "BEGINNING",
    "Head",
    "entries",
    "entry_hash",
    "hash_at",
    "hash_of",
    "head",
    "head_of",
    "logged",
    "logged_late",
]

#: What stands for the hash of the entry before the first.
BEGINNING = "0" * 64
_AT_ONCE = 500


class Head(NamedTuple):
    """Where the log of a record ends: how many entries it has, and the hash of the last (zeros where there is none).

    Whoever keeps these two elsewhere can tell later whether all that the record held then is still there, and the same.
    """

    entries: int
    hash: str


def head(record: Record) -> Head:
    """How many entries the log of a record has, and the hash of the last.

    Example:
        >>> import tempfile
        >>> from onrecord.record.store import Record
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     head(record).entries
        0
    """
    with record.reading() as connection:
        return head_of(connection)


def hash_at(record: Record, number: int) -> str | None:
    """The hash of an entry of the log, as it is stored; that of 0 the beginning's; None if there is no such entry.

    A log that was `Head(number, hash)` once still holds all that it held, if this is that hash and the record verifies.

    Example:
        >>> import tempfile
        >>> from onrecord.record.store import Record
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     hash_at(record, 1) is None, hash_at(record, 0) == head(record).hash
        (True, True)
    """
    with record.reading() as connection:
        return hash_of(connection, number)


def hash_of(connection: Connection, number: int) -> str | None:
    """As `hash_at`, of the record of a connection."""
    if number == 0:
        return BEGINNING
    found: str | None = connection.execute(select(t.log.c.hash).where(t.log.c.number == number)).scalar()
    return found


def head_of(connection: Connection) -> Head:
    """As `head`, of the record of a connection."""
    n = t.log.c
    last = connection.execute(select(n.number, n.hash).order_by(n.number.desc()).limit(1)).one_or_none()
    return Head(0, BEGINNING) if last is None else Head(last.number, last.hash)


def logged(connection: Connection, kind: Kind, row: int, moment: str) -> None:
    """Put what was stored under an id into the log, in the transaction of the connection, once it is there whole.

    Args:
        kind: what it is.
        row: its id in the table of that kind.
        moment: ISO 8601 in UTC.
    """
    digest = digests(connection, kind, [row])[row]
    connection.execute(insert(t.log).values(_entry(head_of(connection), kind, row, digest, moment, late=0)))


def logged_late(connection: Connection, moment: str) -> None:
    """Put all that a record without a log holds into one, marked as late: what was changed before can't be seen."""
    last = head_of(connection)
    if last.entries:
        return
    own = database(connection)
    for kind in KINDS:
        key = TABLES[kind].c.id
        for some in parts(connection.execute(select(key).order_by(key)).scalars().all(), _AT_ONCE):
            made = []
            for row, digest in sorted(digests(connection, kind, some).items()):
                made.append(_entry(last, kind, row, digest, moment, late=1))
                last = Head(last.entries + 1, str(made[-1]["hash"]))
            own.stored(connection, t.log, made)


def _entry(last: Head, kind: Kind, row: int, digest: str, moment: str, *, late: int) -> dict[str, int | str]:
    number = last.entries + 1
    own = entry_hash(number, kind, row, digest, last.hash, late, moment)
    return {"number": number, "kind": kind, "row": row, "digest": digest, "previous": last.hash, "hash": own,
            "late": late, "logged_at": moment}  # fmt: skip


def entry_hash(number: int, kind: str, row: int, digest: str, previous: str, late: int, moment: str) -> str:
    """The hash of an entry: SHA-256 of a JSON array of all that it says, that of the entry before among it.

    Example:
        >>> entry_hash(1, "run", 1, "00", BEGINNING, 0, "1962-10-22T19:00:00Z")[:12]
        'e9c2d14cb728'
    """
    return hashlib.sha256(canonical([number, kind, row, digest, previous, late, moment]).encode()).hexdigest()


def entries(connection: Connection) -> Iterator[list[Row[Any]]]:
    """The entries of the log in their order, some at a time."""
    n, last = t.log.c, None
    while True:
        query = select(n.number, n.kind, n.row, n.digest, n.previous, n.hash, n.late, n.logged_at)
        query = query.order_by(n.number).limit(_AT_ONCE)
        if last is not None:
            query = query.where(n.number > last)
        some: list[Any] = list(connection.execute(query).all())
        if not some:
            return
        yield some
        last = some[-1].number
