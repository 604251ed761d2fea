"""The bytes that a version of a report was read from, as they arrived."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from onrecord.record import tables as t
from onrecord.record.finding import report_id, version_id
from onrecord.record.store import Record

__all__ = ["Kept", "original"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a version of a report was read from.

    Attributes:
        number: of the version.
        sha256: of the bytes, as it was when they arrived.
    """

    report_id: str
    number: int
    media_type: str
    encoding: str
    sha256: str
    data: bytes


def original(record: Record, name: str, *, version: str | int | None = None) -> Kept:
    """The stored bytes of a version of a report, of the latest unless given.

    Raises:
        RecordError: there is no such report or version.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> text = "Talks have failed."
        >>> received = Received(report(text, id="a"), Original("/a", "text/plain", "utf-8", text.encode(), ()))
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     added = record.add(received, onrecord.annotate(text, id="a", models=False))
        ...     original(record, "a").data
        b'Talks have failed.'
    """
    v, o = t.versions.c, t.originals.c
    with record.reading() as connection:
        report = report_id(connection, name)
        query = (
            select(v.number, v.media_type, v.encoding, o.sha256, o.data)
            .join_from(t.versions, t.originals, o.sha256 == v.original_sha256)
            .where(v.id == version_id(connection, report, version))
        )
        row = connection.execute(query).one()
    return Kept(report, *row)
