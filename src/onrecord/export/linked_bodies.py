"""What was read, as the bodies of Web Annotations; what is unknown is left away by who writes them."""

from __future__ import annotations

from typing import Any

from onrecord.export.known import Known
from onrecord.export.linked_context import named
from onrecord.model import Attribution, Event, Figure

__all__ = ["attribution_body", "event_body", "figure_body"]


def attribution_body(known: Known, a: Attribution) -> dict[str, Any]:
    """Who says what, in which manner, through whom."""
    return {
        "id": _body(known, a.id), "type": "Attribution", "kind": a.kind, "manner": a.manner, "act": a.act,
        "negated": a.negated, "speaker": known.speaker(a), "sourceKind": a.source.kind,
        "terms": known.words(a.source.terms), "medium": a.medium.text if a.medium else None,
        "via": list(known.chain(a)), "within": _entry(known, a.within),
        "addressee": known.words(a.addressee.spans) if a.addressee else None,
        "time": a.time.value if a.time else None, "confidence": a.confidence,
    }  # fmt: skip


def event_body(known: Known, e: Event) -> dict[str, Any]:
    """Who did what to whom, where and when, and in whose voice."""
    return {
        "id": _body(known, e.id), "type": "Event", "eventType": e.type, "mode": e.mode, "context": list(e.contexts),
        "cameo": e.cameo, "modality": e.modality, "actor": [known.participant(p) for p in e.actors],
        "recipient": [known.participant(p) for p in e.recipients], "confidence": e.confidence,
        **_stated(known, e.place, e.time), **_voiced(known, e.voice),
    }  # fmt: skip


def figure_body(known: Known, f: Figure) -> dict[str, Any]:
    """How many of whom, by whose count and in whose voice."""
    return {
        "id": _body(known, f.id), "type": "Figure", "low": f.low, "high": f.high, "qualifier": f.qualifier,
        "unit": f.unit, "of": known.participant(f.of), "scope": f.scope, "partOf": _entry(known, f.part_of),
        "claimant": known.name(f.claimant), "period": known.times[f.period].value if f.period else None,
        **_stated(known, f.place, f.time), **_voiced(known, f.voice),
    }  # fmt: skip


def _stated(known: Known, place: str | None, time: str | None) -> dict[str, Any]:
    where, when = known.places[place] if place else None, known.times[time] if time else None
    return {
        "place": where.name if where else None, "precision": where.precision if where else None,
        "latitude": where.lat if where else None, "longitude": where.lon if where else None,
        "time": when.value if when else None, "timeModifier": when.mod if when else None,
    }  # fmt: skip


def _voiced(known: Known, voice: str) -> dict[str, Any]:
    """The voice: an attribution's annotation, or one of the two words that stand for nobody's."""
    is_attributed = voice in known.attributions
    return {"voice": _entry(known, voice) if is_attributed else f"onr:{voice}", "voiceName": known.voice(voice)}


def _entry(known: Known, entry: str | None) -> str | None:
    return None if entry is None else named("entry", known.report.id, known.report.version, entry)


def _body(known: Known, entry: str) -> str:
    return named("body", known.report.id, known.report.version, entry)
