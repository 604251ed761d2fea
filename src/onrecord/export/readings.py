"""Readings as exporters get them: each with the run that made it and the decisions of people that are in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.model import Annotated
from onrecord.record import tables as t
from onrecord.record.finding import current_reading, version_id
from onrecord.record.provenance import Run
from onrecord.wire import decode

__all__ = ["Decided", "Reading", "Stored"]


@dataclass(frozen=True, slots=True)
class Decided:
    """A correction that is in a reading: its number, what was done to which entry, by whom, why and when (UTC)."""

    number: int
    act: str
    entry: str | None
    author: str
    reason: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with what was read from it, and how that came about.

    Attributes:
        run: by which software, models and settings.
        read_at: when, ISO 8601 in UTC.
        decided: the corrections that are in it.
    """

    annotated: Annotated
    run: Run
    read_at: str
    decided: tuple[Decided, ...] = ()


class Stored:
    """The current readings of some reports of a record, read one at a time.

    Args:
        connection: sees one moment of the record for as long as the readings are asked for.
        ids: the reports' ids in the record, in the order in which they are to come.
        title: what was asked for, in a few words.
        withheld: makes of a reading what may be given away; people's names and reasons then stay away too.
    """

    def __init__(
        self,
        connection: Connection,
        ids: Sequence[str],
        title: str,
        withheld: Callable[[Annotated], Annotated] | None = None,
    ) -> None:
        self.title = title
        self._connection = connection
        self._ids = tuple(ids)
        self._withheld = withheld

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Reading]:
        for report_id in self._ids:
            found = _reading(self._connection, report_id)
            if self._withheld is not None:
                found = Reading(self._withheld(found.annotated), found.run, found.read_at)
            yield found


def _reading(connection: Connection, report_id: str) -> Reading:
    r, runs = t.readings.c, t.runs.c
    reading = current_reading(connection, version_id(connection, report_id, None))
    row = connection.execute(
        select(r.annotated, r.read_at, runs.started_at, runs.software, runs.models, runs.settings)
        .join_from(t.readings, t.runs)
        .where(r.id == reading)
    ).one()
    run = Run(row.started_at, row.software, tuple(json.loads(row.models)), row.settings)
    return Reading(decode(row.annotated), run, row.read_at, _decided(connection, reading))


def _decided(connection: Connection, reading: int) -> tuple[Decided, ...]:
    p, c = t.placements.c, t.corrections.c
    query = (
        select(c.id, c.act, p.entry, c.author, c.reason, c.made_at)
        .join_from(t.placements, t.corrections, p.correction_id == c.id)
        .where(p.reading_id == reading, p.status.in_(("applied", "conflict")))
        .order_by(c.id)
    )
    return tuple(Decided(*row) for row in connection.execute(query))
