"""Events as a CSV table with the columns of ACLED (Armed Conflict Location and Event Data), for its users' tools.

It is not ACLED's data and not coded by ACLED's rules: `event_type` and `sub_event_type` are PLOVER's types and modes,
and each row is one report's telling of an event. What ACLED would fill with a convention stays empty where the report
does not say it: a day that is not one day, a point for what is no settlement, and `fatalities`, since onrecord ties no
number to an event. `killed` lists the figures of the killed for the same stated time and place, to decide by. The
columns after `timestamp` are onrecord's own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import IO

from onrecord.export.cells import Cell, defused
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.formats.geojson import DRAWN
from onrecord.export.known import Known
from onrecord.export.phrases import bounds
from onrecord.model import Event, Participant, Place, Time
from onrecord.reconcile.days import Stretch, stretch

__all__ = ["COLUMNS", "EXPORTER"]

#: ACLED's columns (ACLED codebook, 2023), then onrecord's.
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
    "codes", "modality", "date_first", "date_last", "date_words", "place_precision", "killed", "voice", "voice_name",
    "exact", "start", "end", "report", "version", "sha256", "published", "url",
)  # fmt: skip

#: Whose codes a row has.
_CODES = "PLOVER by onrecord, not ACLED"

#: ACLED's geographic precision, where a place name means as much.
_GEO = {"address": 1, "settlement": 1, "district": 2, "region": 3}


def _write(readings: Readings, out: IO[bytes]) -> None:
    line = io.StringIO(newline="")
    table = csv.DictWriter(line, COLUMNS, restval=None)
    table.writeheader()
    for reading in readings:
        known = Known(reading.annotated)
        for event in known.annotated.events:
            table.writerow({column: defused(cell) for column, cell in _row(known, event)})
        out.write(line.getvalue().encode())
        line.seek(0)
        line.truncate()
    out.write(line.getvalue().encode())


def _row(known: Known, event: Event) -> Iterator[tuple[str, Cell]]:
    report = known.report
    time = known.times[event.time] if event.time else None
    place = known.places[event.place] if event.place else None
    yield "event_id_cnty", f"{report.id}:{event.id}"
    yield from _when(known, time, stretch(time.value) if time else None)
    yield from (("event_type", event.type), ("sub_event_type", event.mode))
    yield from _parties(known, "1", event.actors)
    yield from _parties(known, "2", event.recipients)
    yield from _where(place)
    yield from (("source", report.publisher), ("notes", report.title), ("codes", _CODES), ("modality", event.modality))
    yield "killed", _killed(known, event) if time and place else None
    yield from (("voice", event.voice), ("voice_name", known.voice(event.voice)))
    yield from (("exact", known.exact(event.trigger)), ("start", event.trigger[0]), ("end", event.trigger[1]))
    yield from (("report", report.id), ("version", report.version), ("sha256", report.sha256),
                ("published", report.published), ("url", report.url))  # fmt: skip


def _when(known: Known, time: Time | None, days: Stretch | None) -> Iterator[tuple[str, Cell]]:
    if time is not None:
        yield "date_words", known.exact(time.span)
    if days is None:
        return
    yield from (("date_first", days.first.isoformat()), ("date_last", days.last.isoformat()))
    if days.first == days.last:
        yield from (("event_date", days.first.isoformat()), ("time_precision", 1))
    elif days.last - days.first < timedelta(days=7):
        yield "time_precision", 2
    elif days.first.replace(day=1) == days.last.replace(day=1):
        yield "time_precision", 3
    if days.first.year == days.last.year:
        yield "year", days.first.year


def _parties(known: Known, number: str, parties: tuple[Participant, ...]) -> Iterator[tuple[str, Cell]]:
    names = [name for name in map(known.participant, parties) if name]
    if names:
        yield from ((f"actor{number}", names[0]), (f"assoc_actor_{number}", "; ".join(names[1:]) or None))


def _where(place: Place | None) -> Iterator[tuple[str, Cell]]:
    if place is None:
        return
    yield from (("location", place.name), ("place_precision", place.precision))
    yield "geo_precision", _GEO.get(place.precision)
    if place.precision in DRAWN:
        yield from (("latitude", place.lat), ("longitude", place.lon))
    if place.precision == "country":
        yield "country", place.name
    yield from zip(("country", "admin1", "admin2", "admin3"), place.admin, strict=False)


def _killed(known: Known, event: Event) -> str | None:
    """The figures of the killed with the same stated time and place, each with its claimant."""
    figures = [f for f in known.annotated.figures
               if f.unit == "killed" and (f.time, f.place) == (event.time, event.place)]  # fmt: skip
    return "; ".join(
        f"{f.text} ({bounds(f)}; {known.name(f.claimant) or known.voice(f.voice) or f.voice}; {f.span[0]}-{f.span[1]})"
        for f in figures
    ) or None  # fmt: skip


EXPORTER = Exporter("acled", ".csv", "Events in the columns of ACLED, with PLOVER's codes; unknown is empty.", _write)
