"""One report: what is known of it, its versions, and what was read from it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.model import Annotated
from onrecord.record import tables as t
from onrecord.record.finding import current_reading, report_id, version_id
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.tombstones import Tombstone, tombstones_of
from onrecord.wire import decode

__all__ = ["Shown", "VersionRow", "show"]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a report.

    Attributes:
        original_sha256: of the bytes that it was read from; `media_type` what they are.
        received_at: ISO 8601 in UTC.
        readings: how many runs have read it.
    """

    number: int
    version: str
    title: str | None
    published: str | None
    received_at: str
    sha256: str
    original_sha256: str
    media_type: str
    readings: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A report of the record.

    Attributes:
        report_id: its id in the record; `given_id` the id that came with this version.
        shown: the version that `annotated` is of.
        run: the run whose reading it is.
        expunged: what is left of versions that were expunged.
    """

    report_id: str
    given_id: str
    address: str
    first_seen: str
    versions: tuple[VersionRow, ...]
    shown: VersionRow
    run: Run
    annotated: Annotated
    expunged: tuple[Tombstone, ...] = ()


def show(record: Record, name: str, *, version: str | int | None = None) -> Shown:
    """A report with the current reading of a version, the latest unless given.

    Args:
        name: the report's id in the record, its address, the id that came with it, or one of its versions.
        version: a version, or its number from 1.

    Raises:
        RecordError: there is no such report or version, or several reports came with this id.
    """
    with record.reading() as connection:
        report = report_id(connection, name)
        chosen = version_id(connection, report, version)
        reading = connection.execute(
            select(t.readings.c.annotated, t.runs.c.started_at, t.runs.c.software, t.runs.c.models, t.runs.c.settings)
            .join(t.runs)
            .where(t.readings.c.id == current_reading(connection, chosen))
        ).one()
        found = connection.execute(select(t.reports).where(t.reports.c.id == report)).one()
        v = t.versions.c
        given, number = connection.execute(select(v.given_id, v.number).where(v.id == chosen)).one()
        versions = _versions(connection, report)
        expunged = tombstones_of(connection, found.address)
    return Shown(
        report_id=report,
        given_id=given,
        address=found.address,
        first_seen=found.first_seen,
        versions=versions,
        shown=next(one for one in versions if one.number == number),
        run=Run(reading.started_at, reading.software, tuple(json.loads(reading.models)), reading.settings),
        annotated=decode(reading.annotated),
        expunged=expunged,
    )


def _versions(connection: Connection, report: str) -> tuple[VersionRow, ...]:
    v = t.versions.c
    readings = (
        select(func.count())
        .select_from(t.readings)
        .where(t.readings.c.version_id == v.id)
        .correlate(t.versions)
        .scalar_subquery()
    )
    query = (
        select(v.number, v.version, v.title, v.published, v.received_at, v.sha256, v.original_sha256, v.media_type,
               readings)
        .where(v.report_id == report)
        .order_by(v.number)
    )  # fmt: skip
    return tuple(VersionRow(*row) for row in connection.execute(query))
