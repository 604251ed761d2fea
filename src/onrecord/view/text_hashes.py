"""The hashes of the texts of some versions, by which quoted words can be checked."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from onrecord.record import tables as t
from onrecord.record.parts import parts
from onrecord.record.store import Record

__all__ = ["text_hashes"]


def text_hashes(record: Record, versions: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each version's text, by the version; what is no version is left out.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     text_hashes(record, ["0123456789abcdef"])
        {}
    """
    wanted = sorted(set(versions))
    v, found = t.versions.c, {}
    with record.reading() as connection:
        for some in parts(wanted):
            rows = connection.execute(select(v.version, v.sha256).where(v.version.in_(some)))
            found.update({row.version: row.sha256 for row in rows})
    return found
