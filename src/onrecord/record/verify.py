"""The check of a whole record: that every hash, every anchor and every table is what it was when it was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, exc, select

from onrecord.anchors import faults
from onrecord.errors import InputError, OnrecordError
from onrecord.model import Annotated, sha256
from onrecord.read.original import Original
from onrecord.record import tables as t
from onrecord.record.correcting import corrections, placements, replay_of
from onrecord.record.databases import database
from onrecord.record.gaps import gaps
from onrecord.record.linking import node_digest
from onrecord.record.log_faults import log_faults
from onrecord.record.provenance import Run
from onrecord.record.rows import rows
from onrecord.wire import decode

__all__ = ["Fault", "verify"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the record that does not agree.

    Attributes:
        report_id: the report it concerns; None where it concerns the file or database, a run, or an original.
        what: what does not agree, in words.
    """

    report_id: str | None
    what: str


def verify(connection: Connection) -> list[Fault]:
    """What does not agree in the record, report by report; empty if all does.

    Checked are the file or database itself; SHA-256 of texts, originals, readings, versions and runs; the map from each
    text to its original; every anchor of every reading; that each table of annotations says what the stored reading
    says; what links are made from; that no report, version or reading is missing from a row of numbers; and the log:
    that no entry is missing or moved, and that what each stands for is what was logged.
    """
    own = database(connection)
    with own.forgiving(connection):
        return _verified(connection, [Fault(None, what) for what in own.faults(connection)])


def _verified(connection: Connection, own: list[Fault]) -> list[Fault]:
    wrong = list(_wrong_originals(connection))
    found = [*own, *_runs(connection), *_originals(connection, wrong), *_corrections(connection), *_nodes(connection)]
    found += [Fault(report, what) for report, what in log_faults(connection, wrong)]
    query = select(t.versions.c.id).order_by(t.versions.c.report_id, t.versions.c.number)
    for version_id in connection.execute(query).scalars().all():
        row = connection.execute(
            select(t.versions, t.originals.c.data)
            .join(t.originals, isouter=True)
            .where(t.versions.c.id == version_id)
        ).one()  # fmt: skip
        found += [Fault(row.report_id, what) for what in _version(row)]
        found += [Fault(row.report_id, what) for what in _readings(connection, row)]
    found += [Fault(report, what) for report, what in gaps(connection)]
    return found


#: What reading raises that was changed by hand, whatever was put there.
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, msgspec.MsgspecError, OnrecordError,
               exc.InvalidRequestError)  # fmt: skip


def _checked(where: str, check: Callable[[], Iterable[str]]) -> list[str]:
    """What a check finds; that something cannot be read at all is found too."""
    found = []
    try:
        for what in check():
            found.append(f"{where}{what}")
    except _UNREADABLE as error:
        found.append(f"{where}it cannot be read ({type(error).__name__})")
    return found


def _runs(connection: Connection) -> Iterator[Fault]:
    for row in connection.execute(select(t.runs).order_by(t.runs.c.id)):
        yield from (Fault(None, what) for what in _checked(f"run {row.id}: ", partial(_run, row)))


def _run(row: Row[Any]) -> Iterator[str]:
    if Run(row.started_at, row.software, tuple(json.loads(row.models)), row.settings).digest != row.digest:
        yield "software, models and settings do not have the recorded SHA-256"


def _wrong_originals(connection: Connection) -> Iterator[str]:
    o = t.originals.c
    for digest in connection.execute(select(o.sha256).order_by(o.sha256)).scalars().all():
        data, size = connection.execute(select(o.data, o.size).where(o.sha256 == digest)).one()
        if hashlib.sha256(data).hexdigest() != digest or len(data) != size:
            yield digest


def _originals(connection: Connection, wrong: list[str]) -> Iterator[Fault]:
    for digest in wrong:
        yield Fault(None, f"original {digest[:12]}: the bytes do not have the recorded SHA-256")
    o, v = t.originals.c, t.versions.c
    read = select(v.id).where(v.original_sha256 == o.sha256).exists()
    for digest in connection.execute(select(o.sha256).where(~read).order_by(o.sha256)).scalars():
        yield Fault(None, f"original {digest[:12]}: no version was read from it")


def _version(row: Row[Any]) -> list[str]:
    return _checked(f"version {row.number}: ", partial(_received, row))


def _received(row: Row[Any]) -> Iterator[str]:
    if sha256(row.text) != row.sha256:
        yield "the text does not have the recorded SHA-256"
    content = json.dumps([row.text, row.title, row.publisher, row.published, row.url], ensure_ascii=True)
    if hashlib.sha256(content.encode()).hexdigest()[:16] != row.version:
        yield "text, title, publisher, date and address do not have the recorded SHA-256"
    segments = json.loads(row.segments)
    if not segments or row.data is None:
        return
    try:
        original = Original("", row.media_type, row.encoding, row.data, ()).decoded
    except LookupError:
        yield f"{row.encoding!r} is no encoding"
        return
    for start, at, length in segments:
        if row.text[start : start + length] != original[at : at + length]:
            yield f"characters {start}-{start + length} are not those of the original"


def _readings(connection: Connection, version: Row[Any]) -> Iterator[str]:
    query = select(t.readings).where(t.readings.c.version_id == version.id).order_by(t.readings.c.id)
    readings = connection.execute(query).all()
    if not readings:
        yield f"version {version.number}: it has no reading"
    for reading in readings:
        where = f"version {version.number}, reading {reading.id}"
        if sha256(reading.annotated) != reading.sha256:
            yield f"{where}: the annotations do not have the recorded SHA-256"
        try:
            annotated = decode(reading.annotated)
        except InputError as error:
            yield f"{where}: {error.cause}"
            continue
        if (annotated.report.id, annotated.report.text, annotated.report.version) != (
            version.report_id, version.text, version.version,
        ):  # fmt: skip
            yield f"{where}: it is not of this version"
        if found := _checked("", partial(faults, annotated)):
            yield from (f"{where}: {what}" for what in found)
        else:
            yield from _checked(f"{where}: ", partial(_tables, connection, reading.id, annotated))
            yield from _checked(f"{where}: ", partial(_corrected, connection, reading.id, annotated))


def _corrected(connection: Connection, reading_id: int, annotated: Annotated) -> Iterator[str]:
    """What is not as the corrections make it, of a reading that they were put into."""
    row = connection.execute(select(t.corrected).where(t.corrected.c.reading_id == reading_id)).one_or_none()
    if row is None:
        return
    made = [c for c in corrections(connection, annotated.report.id) if c.number <= row.last_correction]
    done = replay_of(connection, row.base_id, made)
    if done.annotated != annotated:
        yield "it is not what the corrections make of its base"
    if list(done.placed) != placements(connection, reading_id):
        yield "what became of the corrections is not as recorded"


def _corrections(connection: Connection) -> Iterator[Fault]:
    for row in connection.execute(select(t.corrections).order_by(t.corrections.c.id)):
        if sha256("\n".join((row.draft, row.author, row.reason, row.made_at))) != row.sha256:
            yield Fault(row.report_id, f"correction {row.id}: it does not have the recorded SHA-256")


def _nodes(connection: Connection) -> Iterator[Fault]:
    """What is not as recorded of what links are made from; that links refer to it is seen with the file itself."""
    n = t.nodes.c
    for row in connection.execute(select(n.id, n.digest, n.kept).order_by(n.id)):
        if node_digest(row.kept) != row.digest:
            yield Fault(None, f"node {row.id}: what is kept does not have the recorded digest")


def _tables(connection: Connection, reading_id: int, annotated: Annotated) -> Iterator[str]:
    expected = rows(annotated)
    for table in t.ANNOTATIONS:
        columns = [c for c in table.columns if c.name not in {"key", "reading_id"}]
        stored = connection.execute(select(*columns).where(table.c.reading_id == reading_id)).all()
        names = [c.name for c in columns]
        if _sorted(stored) != _sorted([tuple(row[name] for name in names) for row in expected[table.name]]):
            yield f"table {table.name} does not say what the reading says"


def _sorted(values: Any) -> list[str]:
    # By their text, since rows hold nulls and numbers, which have no order among each other.
    return sorted(repr(tuple(row)) for row in values)
