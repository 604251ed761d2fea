"""The adding of one report: its address, version, original and reading."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, func, insert, select

from onrecord.anchors import faults
from onrecord.errors import AnchorError, InputError
from onrecord.model import Annotated, Report, sha256
from onrecord.read.original import Original, Received
from onrecord.record import tables as t
from onrecord.record.chain import logged
from onrecord.record.databases import database
from onrecord.record.names import key
from onrecord.record.numbering import following
from onrecord.record.provenance import Clock, Run, stamp
from onrecord.record.rows import STATEMENTS, rows
from onrecord.record.storable import unstorable
from onrecord.record.tombstones import expunged_numbers, refuse_expunged
from onrecord.wire import decode, encode

__all__ = ["Added", "Outcome", "Prepared", "add", "first_name", "needs_reading", "prepared",
           "second_name", "stored_reading"]  # fmt: skip

Outcome = Literal["new report", "new version", "re-read", "unchanged"]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a report did.

    Attributes:
        report_id: the report's id in the record.
        version: the report version that was received, and its number from 1.
        outcome: "new report"; "new version" of a known report; "re-read" by another run; or "unchanged": nothing added.
    """

    report_id: str
    version: str
    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report and its reading, checked and fit to be stored."""

    received: Received
    annotated: Annotated


def prepared(received: Received, annotated: Annotated) -> Prepared:
    """The report and its reading, if they belong together and every anchor verifies.

    Raises:
        AnchorError: they do not.
        InputError: a text holds what a database cannot keep to the character: NUL, or half a surrogate pair.
    """
    report, read = received.report, annotated.report
    if (report.version, report.text, report.title) != (read.version, read.text, read.title):
        raise AnchorError(f"the annotations are of version {read.version}, the report is version {report.version}",
                          "annotate this version", subject=received.original.address)  # fmt: skip
    original = received.original
    for field in (report.text, original.address, original.media_type, original.encoding, report.id, report.title,
                  report.publisher, report.published, report.url):  # fmt: skip
        _storable(field, received)
    if found := faults(annotated):
        raise AnchorError(f"{len(found)} anchors do not verify, the first: {found[0]}", "annotate the report again",
                          subject=received.original.address)  # fmt: skip
    # What is stored is what can be read back: numbers as JSON keeps them, values from the closed lists only.
    return Prepared(received, decode(encode(annotated)))


def _storable(text: str | None, received: Received) -> None:
    if text is not None and (cause := unstorable(text)):
        address = received.original.address.encode("utf-8", "backslashreplace").decode()
        raise InputError(f"{cause}, which a record cannot keep", "read the file by its right encoding",
                         subject=address.replace("\0", "\\0"))  # fmt: skip


def needs_reading(connection: Connection, received: Received, run: Run) -> bool:
    """Whether this version of the report was not read yet by the run's software, models and settings.

    Raises:
        ExpungedError: it was expunged, and is not to be read again.
    """
    refuse_expunged(connection, received)
    known = (
        select(t.versions.c.id)
        .join(t.reports)
        .where(t.reports.c.address == received.original.address, t.versions.c.version == received.report.version)
    )
    version = connection.execute(known).scalar()
    return version is None or not _is_read(connection, version, run)


def add(connection: Connection, prepared: Prepared, run: Run, clock: Clock) -> Added:
    """Add the report in the connection's transaction; see `Record.add`."""
    now = stamp(clock())
    received = prepared.received
    refuse_expunged(connection, received)
    report_id, outcome = _report(connection, received, now)
    version = received.report.version
    known = connection.execute(
        select(t.versions.c.id, t.versions.c.number).where(
            t.versions.c.report_id == report_id, t.versions.c.version == version
        )
    ).one_or_none()
    if known is not None:
        version_id, number = known
        if _is_read(connection, version_id, run):
            return Added(report_id, version, number, "unchanged")
        outcome = "re-read"
        run = _not_before(connection, version_id, run, now)
    else:
        last = connection.execute(
            select(func.max(t.versions.c.number)).where(t.versions.c.report_id == report_id)
        ).scalar()  # fmt: skip
        number = 1 + max(last or 0, *expunged_numbers(connection, received.original.address), 0)
        version_id = _version(connection, received, report_id, number, now)
        logged(connection, "version", version_id, now)
    named = msgspec.structs.replace(
        prepared.annotated, report=msgspec.structs.replace(prepared.annotated.report, id=report_id)
    )
    logged(connection, "reading", stored_reading(connection, named, version_id, run, clock), now)
    return Added(report_id, version, number, outcome)


def _not_before(connection: Connection, version_id: int, run: Run, now: str) -> Run:
    """A run that the clock puts before that of the current reading, because it went back; begun with it, to come after.

    A run that did begin before, and is stored after, stays as it is: nothing is in the future then.
    """
    query = select(func.max(t.runs.c.started_at)).join_from(t.readings, t.runs)
    latest = connection.execute(query.where(t.readings.c.version_id == version_id)).scalar_one()
    return replace(run, started_at=latest) if latest > max(now, run.started_at) else run


def _report(connection: Connection, received: Received, now: str) -> tuple[str, Outcome]:
    """The id of the report at the address, which is made if there is none."""
    address = received.original.address
    known = connection.execute(select(t.reports.c.id).where(t.reports.c.address == address)).scalar()
    if known is not None:
        return known, "new version"
    report_id = _new_id(connection, received.report, address)
    connection.execute(insert(t.reports).values(id=report_id, address=address, first_seen=now))
    return report_id, "new report"


def _new_id(connection: Connection, report: Report, address: str) -> str:
    """The id that came with the report, or one made from its address where none did or another report has it.

    An id derived from the content would not do: the content changes, and stands at other addresses too.
    """
    name = first_name(report.id, report.version, address)
    taken = connection.execute(select(t.reports.c.id).where(t.reports.c.id == report.id)).scalar()
    return name if taken is None else second_name(name, address)


def first_name(report_id: str, version: str, address: str) -> str:
    """The id of a report in a record that has no report of that id: the one that came with it, else of its address.

    Example:
        >>> first_name("wire-7", "5bd7", "/news#id:wire-7"), first_name("r-5bd7", "5bd7", "/news/7.html")
        ('wire-7', 'r-b72bed088753')
    """
    return f"r-{_digits(address)}" if report_id == f"r-{version}" else report_id


def second_name(name: str, address: str) -> str:
    """The id of a report in a record in which a report at another address has its name."""
    return f"{name}~{_digits(address)}"


def _digits(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:12]


def _version(connection: Connection, received: Received, report_id: str, number: int, now: str) -> int:
    report, original = received.report, received.original
    digest = _original(connection, original)
    credit = report.credit
    made = following(connection, t.versions.c.id)
    connection.execute(
        insert(t.versions).values(
            id=made,
            report_id=report_id,
            number=number,
            version=report.version,
            given_id=report.id,
            text=report.text,
            sha256=sha256(report.text),
            title=report.title,
            publisher=report.publisher,
            publisher_key=key(report.publisher),
            published=report.published,
            url=report.url,
            language=report.language,
            credit=credit.text if credit else None,
            agency=credit.agency if credit else None,
            filed_from=credit.place if credit else None,
            original_sha256=digest,
            media_type=original.media_type,
            encoding=original.encoding,
            segments=json.dumps(original.segments, separators=(",", ":")),
            received_at=now,
        )
    )
    database(connection).indexed(connection, "report_words", [(made, report.title, report.text)])
    return made


def _original(connection: Connection, original: Original) -> str:
    digest = original.sha256
    if connection.execute(select(t.originals.c.sha256).where(t.originals.c.sha256 == digest)).scalar() is None:
        connection.execute(insert(t.originals).values(sha256=digest, size=len(original.data), data=original.data))
    return digest


def _run(connection: Connection, run: Run, now: str) -> int:
    known: int | None = connection.execute(
        select(t.runs.c.id).where(t.runs.c.digest == run.digest, t.runs.c.started_at == run.started_at)
    ).scalar()
    if known is not None:
        return known
    made = following(connection, t.runs.c.id)
    connection.execute(
        insert(t.runs).values(
            id=made,
            digest=run.digest,
            started_at=run.started_at,
            software=run.software,
            models=json.dumps(run.models, ensure_ascii=False),
            settings=run.settings,
        )
    )
    logged(connection, "run", made, now)
    return made


def _is_read(connection: Connection, version_id: int, run: Run) -> bool:
    read = (
        select(t.readings.c.id)
        .join(t.runs)
        .where(t.readings.c.version_id == version_id, t.runs.c.digest == run.digest)
        .limit(1)
    )
    return connection.execute(read).scalar() is not None


def stored_reading(connection: Connection, annotated: Annotated, version_id: int, run: Run, clock: Clock) -> int:
    """The id of a reading of a version by a run, which is stored with its rows; to be logged once all of it is."""
    line = encode(annotated).decode()
    now = stamp(clock())
    run_id = _run(connection, run, now)
    reading_id = following(connection, t.readings.c.id)
    connection.execute(
        insert(t.readings).values(
            id=reading_id, version_id=version_id, run_id=run_id, annotated=line, sha256=sha256(line), read_at=now
        )
    )
    found = rows(annotated)
    first = following(connection, t.attributions.c.key)
    found["attributions"] = [{"key": n, **row} for n, row in enumerate(found["attributions"], first)]
    own = database(connection)
    for table in t.ANNOTATIONS:
        own.stored(connection, table, [{"reading_id": reading_id, **row} for row in found[table.name]])
    said: list[tuple[Any, Any, Any]] = [
        (a["key"], a["speaker"], a["content_words"]) for a in found["attributions"] if a["manner"] in STATEMENTS
    ]
    own.indexed(connection, "statement_words", said)
    return reading_id
