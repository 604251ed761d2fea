"""The finding of a report, its versions and its readings, by any of the ids that people have at hand."""

from __future__ import annotations

from sqlalchemy import Connection, Select, select

from onrecord.errors import ExpungedError, RecordError
from onrecord.model import Annotated
from onrecord.record import tables as t
from onrecord.record.tombstones import Tombstone, expunged_called, expunged_version
from onrecord.wire import decode

__all__ = ["annotated", "current_reading", "reading_of_digest", "report_id", "version_id"]


def report_id(connection: Connection, name: str) -> str:
    """The record's id of the report with this id, address, id that came with it, or version; tried in this order.

    Raises:
        ExpungedError: it was expunged.
        RecordError: there is none, or there are several.
    """
    v = t.versions.c
    asked: tuple[Select[str], ...] = (
        select(t.reports.c.id).where(t.reports.c.id == name),
        select(t.reports.c.id).where(t.reports.c.address == name),
        select(v.report_id).where(v.given_id == name).distinct(),
        select(v.report_id).where(v.version == name.removeprefix("r-")).distinct(),
    )
    for query in asked:
        found = sorted(connection.execute(query).scalars())
        if len(found) == 1:
            return found[0]
        if found:
            raise RecordError(f"{len(found)} reports came with this id", f"give one of {', '.join(found[:5])}",
                              subject=name)  # fmt: skip
    if (gone := expunged_called(connection, name)) is not None:
        raise _expunged(gone, name)
    raise RecordError("there is no such report in the record", "look for it with a search", subject=name)


def _expunged(gone: Tombstone, name: str) -> ExpungedError:
    return ExpungedError(str(gone), "its hashes alone are kept; ask for another", subject=name)


def version_id(connection: Connection, report: str, version: str | int | None) -> int:
    """The row of a version of a report: by its digest, its number from 1, or the latest for None.

    Raises:
        ExpungedError: it was expunged.
        RecordError: there is none.
    """
    v = t.versions.c
    query = select(v.id).where(v.report_id == report).order_by(v.number.desc()).limit(1)
    if isinstance(version, int):
        query = query.where(v.number == version)
    elif version is not None:
        query = query.where(v.version == version)
    found: int | None = connection.execute(query).scalar()
    if found is None:
        if (gone := expunged_version(connection, report, version)) is not None:
            raise _expunged(gone, report)
        known = connection.execute(select(v.version).where(v.report_id == report).order_by(v.number)).scalars()
        raise RecordError(f"there is no version {version}", f"give one of {', '.join(known)}", subject=report)
    return found


def current_reading(connection: Connection, version: int) -> int:
    """The row of the latest run's reading of a version."""
    query = (
        select(t.readings.c.id)
        .join(t.runs)
        .where(t.readings.c.version_id == version)
        .order_by(t.runs.c.started_at.desc(), t.readings.c.id.desc())
        .limit(1)
    )
    found: int = connection.execute(query).scalar_one()
    return found


def annotated(connection: Connection, name: str, version: str | int | None) -> Annotated:
    """The current reading of a report, or of one version of it; see `Record.annotated`."""
    found = version_id(connection, report_id(connection, name), version)
    reading = current_reading(connection, found)
    line = connection.execute(select(t.readings.c.annotated).where(t.readings.c.id == reading)).scalar_one()
    return decode(line)


def reading_of_digest(connection: Connection, report: str, sha256: str) -> Annotated:
    """The reading of a report, of any run and version, whose JSON has this SHA-256.

    Raises:
        RecordError: the record has no such reading.
    """
    r, v = t.readings.c, t.versions.c
    query = (
        select(r.annotated)
        .join_from(t.readings, t.versions)
        .where(v.report_id == report, r.sha256 == sha256)
        .order_by(r.id)
        .limit(1)
    )
    line = connection.execute(query).scalar()
    if line is None:
        raise RecordError("the record does not hold the reading that was exported",
                          "give its own record; withheld names cannot come back", subject=report)  # fmt: skip
    return decode(line)
