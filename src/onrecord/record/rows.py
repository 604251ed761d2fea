"""The rows that an annotated report makes in the tables of annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from onrecord.model import Annotated, Attribution, Entity, Event, Figure, Participant, Place, Span, Time
from onrecord.record.names import key

__all__ = ["STATEMENTS", "Row", "rows", "words"]

Row: TypeAlias = dict[str, object]

#: The manners of attributions that count as statements.
STATEMENTS = ("said", "written")


def rows(annotated: Annotated) -> dict[str, list[Row]]:
    """The rows of each table of annotations, by table, without the reading's id.

    Example:
        >>> from onrecord.model import SCHEMA
        >>> from onrecord.read.text import report
        >>> empty = Annotated(SCHEMA, report("Nothing."), (), (), (), (), (), ())
        >>> rows(empty)["events"]
        []
    """
    return _Rows(annotated).all()


def words(text: str, spans: Sequence[Span]) -> str | None:
    """The words at some spans, with an ellipsis between two; None for no spans.

    Example:
        >>> words("Talks, he said, failed.", [(0, 5), (16, 22)])
        'Talks … failed'
    """
    return " … ".join(text[start:stop] for start, stop in spans) or None


class _Rows:
    """The annotated report, with what its ids stand for at hand."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.text = annotated.report.text
        self.entities = {e.id: e for e in annotated.entities}
        self.places = {p.id: p for p in annotated.places}
        self.times = {t.id: t for t in annotated.times}
        self.mods = {t.span: t.mod for t in annotated.times}
        self.speakers = {a.id: self.speaker(a) for a in annotated.attributions}

    def all(self) -> dict[str, list[Row]]:
        of = self.annotated
        return {
            "unread": [
                {"number": n, **_extent(u.span), "why": u.why} for n, u in enumerate(of.report.unread, 1)
            ],
            "entities": [self.entity(e) for e in of.entities],
            "mentions": [row for e in of.entities for row in self.mentions(e)],
            "attributions": [self.attribution(a) for a in of.attributions],
            "events": [self.event(e) for e in of.events],
            "participants": [row for e in of.events for row in self.participants(e)],
            "figures": [self.figure(f) for f in of.figures],
            "times": [self.time(t) for t in of.times],
            "places": [self.place(p) for p in of.places],
        }  # fmt: skip

    def speaker(self, attribution: Attribution) -> str | None:
        return self.name(attribution.source.entity) or self.at(attribution.source.spans)

    def name(self, entity: str | None) -> str | None:
        return None if entity is None else self.entities[entity].name

    def at(self, spans: Sequence[Span]) -> str | None:
        return words(self.text, spans)

    def entity(self, e: Entity) -> Row:
        return {
            "id": e.id,
            "name": e.name,
            "name_key": key(e.name),
            "type": e.type,
            "country": e.country,
            "sector": e.sector,
            "roles": _json([{"role": r.role, "of": r.of, "span": r.span} for r in e.roles]),
            "ids": _json(dict(sorted(e.ids.items()))),
        }

    def mentions(self, e: Entity) -> Iterable[Row]:
        for n, span in enumerate(e.mentions, 1):
            yield {"entity_id": e.id, "number": n, **_extent(span), "words": self.text[slice(*span)]}

    def attribution(self, a: Attribution) -> Row:
        speaker = self.speakers[a.id]
        return {
            "id": a.id,
            "kind": a.kind,
            "manner": a.manner,
            "act": a.act,
            "negated": int(a.negated),
            "speaker": speaker,
            "speaker_key": key(speaker),
            "source_words": self.at(a.source.spans),
            "source_kind": a.source.kind,
            "source_entity_id": a.source.entity,
            "terms": self.at(a.source.terms),
            "cue_words": self.at(a.cue.spans),
            "content_words": self.at(a.content.spans),
            "medium": a.medium.text if a.medium else None,
            "addressee_words": self.at(a.addressee.spans) if a.addressee else None,
            "addressee_entity_id": a.addressee.entity if a.addressee else None,
            "within_id": a.within,
            "via": _listed(self.name(v.entity) or v.text for v in a.via),
            "conditions": self.at([c.span for c in a.conditions]),
            "time": a.time.value if a.time else None,
            "time_words": self.at([a.time.span]) if a.time else None,
            "time_mod": self.mods.get(a.time.span) if a.time else None,
            "confidence": a.confidence,
            "start": min(s for s, _ in a.content.spans),
            "stop": max(e for _, e in a.content.spans),
            "source_spans": _json(a.source.spans),
            "cue_spans": _json(a.cue.spans),
            "content_spans": _json(a.content.spans),
        }

    def event(self, e: Event) -> Row:
        return {
            "id": e.id,
            "type": e.type,
            "mode": e.mode,
            "contexts": _listed(e.contexts),
            "cameo": e.cameo,
            "modality": e.modality,
            "trigger_words": self.text[slice(*e.trigger)],
            **_extent(e.trigger),
            "actors": _listed(self.participant(p) for p in e.actors),
            "recipients": _listed(self.participant(p) for p in e.recipients),
            **self.where(e.place),
            **self.when("time", e.time),
            "time_mod": self.times[e.time].mod if e.time else None,
            "voice": e.voice,
            "voice_name": self.speakers.get(e.voice),
            "confidence": e.confidence,
        }

    def participant(self, p: Participant) -> str:
        return self.name(p.entity) or p.text

    def participants(self, e: Event) -> Iterable[Row]:
        for role, group in (("actor", e.actors), ("recipient", e.recipients)):
            for n, p in enumerate(group, 1):
                yield {
                    "event_id": e.id,
                    "role": role,
                    "number": n,
                    "words": p.text,
                    "name": self.participant(p),
                    "name_key": key(self.participant(p)),
                    "entity_id": p.entity,
                    "spans": _json(p.spans),
                }

    def figure(self, f: Figure) -> Row:
        return {
            "id": f.id,
            "words": f.text,
            **_extent(f.span),
            "low": f.low,
            "high": f.high,
            "qualifier": f.qualifier,
            "unit": f.unit,
            "of_words": f.of.text or None,
            "of_entity_id": f.of.entity,
            "scope": f.scope,
            "part_of_id": f.part_of,
            **self.where(f.place),
            **self.when("time", f.time),
            "time_mod": self.times[f.time].mod if f.time else None,
            **self.when("period", f.period),
            "claimant_id": f.claimant,
            "claimant": self.name(f.claimant),
            "voice": f.voice,
            "voice_name": self.speakers.get(f.voice),
        }

    def where(self, place: str | None) -> Row:
        return {"place_id": place, "place": self.places[place].name if place else None}

    def when(self, column: str, time: str | None) -> Row:
        found = self.times[time] if time else None
        return {
            f"{column}_id": time,
            column: found.value if found else None,
            f"{column}_words": self.text[slice(*found.span)] if found else None,
        }

    def time(self, t: Time) -> Row:
        return {
            "id": t.id,
            "words": self.text[slice(*t.span)],
            **_extent(t.span),
            "type": t.type,
            "value": t.value,
            "mod": t.mod,
        }

    def place(self, p: Place) -> Row:
        return {
            "id": p.id,
            "words": self.text[slice(*p.span)],
            **_extent(p.span),
            "name": p.name,
            "name_key": key(p.name),
            "lat": p.lat,
            "lon": p.lon,
            "geonames": p.geonames,
            "precision": p.precision,
            "admin": _listed(p.admin),
            "entity_id": p.entity,
        }


def _extent(span: Span) -> Row:
    return {"start": span[0], "stop": span[1]}


def _listed(names: Iterable[str]) -> str | None:
    return "; ".join(names) or None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
