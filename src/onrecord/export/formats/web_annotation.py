"""W3C Web Annotations with their provenance (PROV-O), as JSON-LD whose context is in the file.

One annotation for each attribution, event and figure (W3C Web Annotation Data Model, 2017). Its targets are the spans
that it was read from, each on one version of the report, with a quotation and a position in Unicode code points; its
body says what was read. The reading of a report is a PROV activity by a software agent; corrections are entities of
their own, each attributed to the person who made it. All ids are UUIDs that depend on what they name alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.linked_bodies import attribution_body, event_body, figure_body
from onrecord.export.linked_context import CONTEXT, named
from onrecord.export.readings import Decided, Reading
from onrecord.export.streamed import bare, write_listed
from onrecord.model import Span, Spans

__all__ = ["EXPORTER"]

Object = dict[str, Any]
Part = tuple[str, Spans]


def _write(readings: Readings, out: IO[bytes]) -> None:
    write_listed(out, {"@context": CONTEXT}, "@graph", _graph(readings))


def _graph(readings: Readings) -> Iterator[Object]:
    agents: set[str] = set()
    for reading in readings:
        known = Known(reading.annotated)
        for agent in _agents(reading):
            if agent["id"] not in agents:
                agents.add(agent["id"])
                yield agent
        yield _report(known)
        yield _activity(known, reading)
        yield from (_correction(known, decided) for decided in reading.decided)
        yield from _annotations(known, reading)


def _annotations(known: Known, reading: Reading) -> Iterator[Object]:
    of = known.annotated
    for a in of.attributions:
        outer = [("via", via.spans) for via in a.via]
        addressee = a.addressee.spans if a.addressee else ()
        yield _annotation(known, reading, a.id, attribution_body(known, a), [
            ("content", a.content.spans), ("cue", a.cue.spans), ("source", a.source.spans), *outer,
            ("addressee", addressee), ("terms", a.source.terms), ("time", (a.time.span,) if a.time else ()),
            ("condition", tuple(c.span for c in a.conditions)), ("medium", a.medium.spans if a.medium else ()),
        ])  # fmt: skip
    for e in of.events:
        yield _annotation(known, reading, e.id, event_body(known, e), [
            ("trigger", (e.trigger,)), *(("actor", p.spans) for p in e.actors),
            *(("recipient", p.spans) for p in e.recipients), *_stated(known, e.place, e.time),
        ])  # fmt: skip
    for f in of.figures:
        yield _annotation(known, reading, f.id, figure_body(known, f), [
            ("figure", (f.span,)), ("of", f.of.spans), *_stated(known, f.place, f.time),
            ("period", (known.times[f.period].span,) if f.period else ()),
        ])  # fmt: skip


def _stated(known: Known, place: str | None, time: str | None) -> list[Part]:
    return [("place", (known.places[place].span,) if place else ()),
            ("time", (known.times[time].span,) if time else ())]  # fmt: skip


def _annotation(known: Known, reading: Reading, entry: str, body: Object, parts: list[Part]) -> Object:
    return {
        "id": _entry(known, entry),
        "type": ["Annotation", "prov:Entity"],
        "identifier": f"{known.report.id}:{entry}",
        "motivation": "oa:classifying" if "eventType" in body else "oa:identifying",
        "generated": reading.read_at,
        "generator": named("software", reading.run.software),
        "wasGeneratedBy": _activity_id(known, reading),
        "wasDerivedFrom": [_version(known), *(_correction_id(d) for d in reading.decided if d.entry == entry)],
        "body": bare(body),
        "target": [_target(known, part, span) for part, spans in parts for span in spans],
    }


def _target(known: Known, part: str, span: Span) -> Object:
    (anchor,) = known.anchors((span,))
    return {
        "type": "SpecificResource",
        "part": part,
        "source": _version(known),
        "selector": [
            {"type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix},
            {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
        ],
    }


def _report(known: Known) -> Object:
    report = known.report
    return bare({
        "id": _version(known), "type": ["prov:Entity", "schema:NewsArticle"], "identifier": report.id,
        "version": report.version, "sha256": report.sha256, "name": report.title, "publisher": report.publisher,
        "published": report.published, "inLanguage": report.language, "url": report.url, "text": report.text,
    })  # fmt: skip


def _activity(known: Known, reading: Reading) -> Object:
    return {
        "id": _activity_id(known, reading), "type": "prov:Activity", "startedAtTime": reading.run.started_at,
        "endedAtTime": reading.read_at, "wasAssociatedWith": named("software", reading.run.software),
        "used": [_version(known), *(named("model", model) for model in reading.run.models),
                 *map(_correction_id, reading.decided)],
        "settings": reading.run.settings, "runDigest": reading.run.digest,
    }  # fmt: skip


def _agents(reading: Reading) -> Iterator[Object]:
    software = reading.run.software
    yield {"id": named("software", software), "type": "prov:SoftwareAgent", "name": software}
    for model in reading.run.models:
        yield {"id": named("model", model), "type": "prov:Entity", "name": model}
    for author in sorted({decided.author for decided in reading.decided}):
        yield {"id": named("person", author), "type": "prov:Person", "name": author}


def _correction(known: Known, decided: Decided) -> Object:
    return bare({
        "id": _correction_id(decided), "type": "prov:Entity", "identifier": f"correction {decided.number}",
        "act": decided.act, "about": _entry(known, decided.entry) if decided.entry else None,
        "reason": decided.reason, "wasAttributedTo": named("person", decided.author),
        "generatedAtTime": decided.made_at,
    })  # fmt: skip


def _version(known: Known) -> str:
    return named("version", known.report.id, known.report.version)


def _entry(known: Known, entry: str) -> str:
    return named("entry", known.report.id, known.report.version, entry)


def _activity_id(known: Known, reading: Reading) -> str:
    return named("reading", known.report.id, known.report.version, reading.run.digest, reading.run.started_at)


def _correction_id(decided: Decided) -> str:
    return named("correction", str(decided.number), decided.made_at, decided.author)


EXPORTER = Exporter("web-annotation", ".jsonld", "W3C Web Annotations with PROV-O, as JSON-LD with its context inside.",
                    _write)  # fmt: skip
