"""What a record holds: how much, from whom, by which runs, and what was not read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.record import tables as t
from onrecord.record.databases import database
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.views import CURRENT, STATEMENTS

__all__ = ["Info", "RunRow", "UnreadRow", "info"]


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run, and how many readings it made, and its number in the record."""

    run: Run
    readings: int
    number: int


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A reason for which text was not annotated, in how many reports, and how many characters of them."""

    why: str
    reports: int
    characters: int


@dataclass(frozen=True, slots=True)
class Info:
    """A record in numbers. What is read counts the current readings alone; the rest counts everything.

    Attributes:
        size: of the file and what SQLite keeps beside it, in bytes.
        published: first and last date of publication; None if no report has one.
        undated: reports without a date of publication.
        annotations: how many of each kind: "entities", "attributions", ...
        statements: how many by each publisher (None: unknown), most first.
        languages: reports in each language (None: unknown), most first.
        characters: of the reports' current text; `unread` says which were not annotated, and why.
    """

    path: str
    size: int
    reports: int
    versions: int
    originals: int
    readings: int
    runs: tuple[RunRow, ...]
    published: tuple[str, str] | None
    undated: int
    annotations: dict[str, int]
    statements: dict[str | None, int]
    languages: dict[str | None, int]
    characters: int
    unread: tuple[UnreadRow, ...]


def info(record: Record) -> Info:
    """What the record holds."""
    with record.reading() as connection:
        first, last, dated, all_reports = connection.execute(
            select(func.min(CURRENT.c.published), func.max(CURRENT.c.published), func.count(CURRENT.c.published),
                   func.count()).select_from(CURRENT)
        ).one()  # fmt: skip
        return Info(
            path=record.path,
            size=database(connection).size(connection, record.path),
            reports=_count(connection, "reports"),
            versions=_count(connection, "versions"),
            originals=_count(connection, "originals"),
            readings=_count(connection, "readings"),
            runs=_runs(connection),
            published=(first[:10], last[:10]) if first else None,
            undated=all_reports - dated,
            annotations=_annotations(connection),
            statements=_shares(connection, "publisher"),
            languages=_shares(connection, "language"),
            characters=_characters(connection),
            unread=_unread(connection),
        )


def _count(connection: Connection, table: str) -> int:
    count: int = connection.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar_one()
    return count


def _annotations(connection: Connection) -> dict[str, int]:
    current = select(CURRENT.c.reading_id)
    counts = {}
    for table in (t.entities, t.mentions, t.attributions, t.events, t.figures, t.times, t.places):
        query = select(func.count()).select_from(table).where(table.c.reading_id.in_(current))
        counts[table.name] = int(connection.execute(query).scalar_one())
    return counts


def _shares(connection: Connection, name: str) -> dict[str | None, int]:
    column = STATEMENTS.c.publisher if name == "publisher" else CURRENT.c.language
    query = select(column, func.count()).group_by(column)
    found = [(value, int(count)) for value, count in connection.execute(query)]
    return dict(sorted(found, key=lambda each: (-each[1], each[0] is None, each[0] or "")))


def _characters(connection: Connection) -> int:
    query = select(func.sum(func.length(t.versions.c.text))).where(t.versions.c.id.in_(select(CURRENT.c.version_id)))
    return int(connection.execute(query).scalar() or 0)


def _unread(connection: Connection) -> tuple[UnreadRow, ...]:
    u = t.unread.c
    query = (
        select(u.why, func.count(u.reading_id.distinct()), func.sum(u.stop - u.start))
        .where(u.reading_id.in_(select(CURRENT.c.reading_id)))
        .group_by(u.why)
    )
    rows = [UnreadRow(why, int(reports), int(characters)) for why, reports, characters in connection.execute(query)]
    return tuple(sorted(rows, key=lambda row: (-row.characters, row.why)))


def _runs(connection: Connection) -> tuple[RunRow, ...]:
    r = t.runs.c
    readings = (
        select(func.count())
        .select_from(t.readings)
        .where(t.readings.c.run_id == r.id)
        .correlate(t.runs)
        .scalar_subquery()
    )
    query = select(r.id, r.started_at, r.software, r.models, r.settings, readings).order_by(r.started_at, r.id)
    return tuple(
        RunRow(Run(started, software, tuple(json.loads(models)), settings), int(count), number)
        for number, started, software, models, settings, count in connection.execute(query)
    )
