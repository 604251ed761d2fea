"""Events in PLOVER's terms as JSON Lines (Open Event Data Alliance, PLOVER manual, 2021, "event data record").

`date` is the day that the report states for the event and stays empty where it states none that is one day; the day of
publication is in `text_info`. What PLOVER has no field for (the voice, the modality, where the words stand) is under
`onrecord`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.streamed import one_line
from onrecord.model import Event, Participant
from onrecord.reconcile.days import stretch

__all__ = ["EXPORTER"]


def _write(readings: Readings, out: IO[bytes]) -> None:
    for reading in readings:
        for event in _events(Known(reading.annotated)):
            out.write(one_line(event) + b"\n")


def _events(known: Known) -> Iterator[dict[str, Any]]:
    report = known.report
    for event in known.annotated.events:
        time = known.times[event.time] if event.time else None
        days = stretch(time.value) if time else None
        yield {
            "id": f"{report.id}:{event.id}",
            "date": days.first.isoformat() if days and days.first == days.last else None,
            "actor": [_party(known, party) for party in event.actors],
            "recipient": [_party(known, party) for party in event.recipients],
            "event": event.type,
            "mode": event.mode,
            "context": list(event.contexts),
            "event_loc": _place(known, event.place),
            "cameo": event.cameo,
            "text_info": {
                "publisher": report.publisher, "published": report.published, "url": report.url,
                "title": report.title, "language": report.language, "report": report.id, "version": report.version,
                "sha256": report.sha256,
            },
            "onrecord": {
                "exact": known.exact(event.trigger), "start": event.trigger[0], "end": event.trigger[1],
                "modality": event.modality, **_voice(known, event),
                "date_first": days.first.isoformat() if days else None,
                "date_last": days.last.isoformat() if days else None,
                "time": time.value if time else None, "time_mod": time.mod if time else None,
                "time_words": known.exact(time.span) if time else None, "confidence": event.confidence,
            },
        }  # fmt: skip


def _party(known: Known, party: Participant) -> dict[str, Any]:
    entity = known.entities.get(party.entity) if party.entity else None
    return {
        "name": entity.name if entity else None, "text": party.text, "spans": [list(span) for span in party.spans],
        "country": entity.country if entity else None, "sector": entity.sector if entity else None,
    }  # fmt: skip


def _place(known: Known, name: str | None) -> dict[str, Any] | None:
    place = known.places[name] if name else None
    return None if place is None else {
        "name": place.name, "lat": place.lat, "lon": place.lon, "precision": place.precision,
        "geonames": place.geonames, "admin": list(place.admin), "span": list(place.span),
    }  # fmt: skip


def _voice(known: Known, event: Event) -> dict[str, Any]:
    attribution = known.attributions.get(event.voice)
    return {"voice": event.voice, "voice_name": known.voice(event.voice),
            "voice_via": list(known.chain(attribution)) if attribution else []}  # fmt: skip


EXPORTER = Exporter("plover", ".jsonl", "Events in PLOVER's terms, one in a line.", _write)
