"""Places of events and figures as GeoJSON (RFC 7946), with how precise each is.

A point is drawn only where the words name an address or a settlement. What is wider (a district, a region, a country)
has no geometry: a point in its middle would be more exact than the report. Its representative point stays in the
properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.streamed import write_listed
from onrecord.model import Event, Figure, Place, Span

__all__ = ["DRAWN", "EXPORTER"]

#: Precisions that may be drawn as a point.
DRAWN = ("address", "settlement")


def _write(readings: Readings, out: IO[bytes]) -> None:
    features = (feature for reading in readings for feature in _features(Known(reading.annotated)))
    write_listed(out, {"type": "FeatureCollection", "title": readings.title}, "features", features)


def _features(known: Known) -> Iterator[dict[str, Any]]:
    for event in known.annotated.events:
        if event.place is not None:
            yield _feature(known, event, known.places[event.place], event.trigger, {
                "kind": "event", "type": event.type, "mode": event.mode, "modality": event.modality,
                "actors": [known.participant(p) for p in event.actors],
                "recipients": [known.participant(p) for p in event.recipients],
            })  # fmt: skip
    for figure in known.annotated.figures:
        if figure.place is not None:
            yield _feature(known, figure, known.places[figure.place], figure.span, {
                "kind": "figure", "type": figure.unit, "low": figure.low, "high": figure.high,
                "qualifier": figure.qualifier, "of": known.participant(figure.of), "scope": figure.scope,
                "claimant": known.name(figure.claimant),
            })  # fmt: skip


def _feature(known: Known, entry: Event | Figure, place: Place, span: Span, about: dict[str, Any]) -> dict[str, Any]:
    report, time = known.report, known.times[entry.time] if entry.time else None
    point = [place.lon, place.lat] if place.lat is not None and place.lon is not None else None
    return {
        "type": "Feature",
        "id": f"{report.id}:{entry.id}",
        "geometry": {"type": "Point", "coordinates": point} if point and place.precision in DRAWN else None,
        "properties": {
            **about,
            "place": place.name, "precision": place.precision, "geonames": place.geonames, "within": list(place.admin),
            "representative_point": point, "place_start": place.span[0], "place_end": place.span[1],
            "time": time.value if time else None, "time_words": known.exact(time.span) if time else None,
            "time_mod": time.mod if time else None, "voice": entry.voice, "voice_name": known.voice(entry.voice),
            "exact": known.exact(span), "start": span[0], "end": span[1], "report": report.id,
            "version": report.version, "sha256": report.sha256, "outlet": report.publisher, "title": report.title,
            "published": report.published, "url": report.url,
        },
    }  # fmt: skip


EXPORTER = Exporter("geojson", ".geojson", "Where events and figures are, with the precision of each (RFC 7946).",
                    _write)  # fmt: skip
