"""Reports, quotations and claims in the terms of schema.org, as JSON-LD whose context is in the file.

A report is a NewsArticle; direct speech a Quotation; every other statement and every figure a Claim with where it
appears. There is no ClaimReview: a rating is a person's. Where the words stand is under `identifier`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.linked_context import named
from onrecord.export.phrases import bounds
from onrecord.export.streamed import bare, write_listed
from onrecord.model import Attribution, Figure, Spans
from onrecord.record.rows import STATEMENTS

__all__ = ["EXPORTER"]

_CONTEXT = {"@vocab": "https://schema.org/", "id": "@id", "type": "@type"}

#: What a source is, where it is one of schema.org's agents.
_AGENTS = {"person": "Person", "unnamed-person": "Person", "organisation": "Organization", "outlet": "Organization",
           "group": "Organization"}  # fmt: skip
_ENTITIES = {"person": "Person", "organisation": "Organization", "government": "GovernmentOrganization",
             "armed-force": "Organization", "group": "Organization", "place": "Place"}  # fmt: skip


def _write(readings: Readings, out: IO[bytes]) -> None:
    write_listed(out, {"@context": _CONTEXT}, "@graph",
                 (node for reading in readings for node in _nodes(Known(reading.annotated))))  # fmt: skip


def _nodes(known: Known) -> Iterator[dict[str, Any]]:
    report = known.report
    yield bare({
        "id": _article(known), "type": "NewsArticle", "headline": report.title, "articleBody": report.text,
        "datePublished": report.published, "inLanguage": report.language, "url": report.url,
        "publisher": {"type": "Organization", "name": report.publisher} if report.publisher else None,
        "identifier": [_value("report", report.id), _value("version", report.version),
                       _value("sha256", report.sha256)],
    })  # fmt: skip
    for a in known.annotated.attributions:
        if a.manner in STATEMENTS:
            yield bare(_statement(known, a))
    for f in known.annotated.figures:
        yield bare(_figure(known, f))


def _statement(known: Known, a: Attribution) -> dict[str, Any]:
    speaker = _agent(known, a)
    return {
        "id": named("schema-org", known.report.id, known.report.version, a.id),
        **({"type": "Quotation", "spokenByCharacter": speaker, "isPartOf": {"id": _article(known)}}
           if a.kind == "direct" else {"type": "Claim", "author": speaker, "appearance": {"id": _article(known)}}),
        "text": known.words(a.content.spans),
        "identifier": _said([*_anchors(known, a.id, a.content.spans), _value("act", a.act),
                       _value("negated", a.negated), _value("cue", known.words(a.cue.spans)),
                       _value("source", known.words(a.source.spans)),
                       _value("terms", known.words(a.source.terms)),
                       *(_value("via", outer) for outer in reversed(known.chain(a)))]),
    }  # fmt: skip


def _figure(known: Known, f: Figure) -> dict[str, Any]:
    entity = known.entities.get(f.claimant) if f.claimant else None
    return {
        "id": named("schema-org", known.report.id, known.report.version, f.id),
        "type": "Claim",
        "author": {"type": _ENTITIES[entity.type], "name": entity.name} if entity else None,
        "appearance": {"id": _article(known)},
        "text": " ".join(filter(None, (f.text, f.of.text if f.of.text not in f.text else None))),
        "identifier": _said([*_anchors(known, f.id, (f.span,)), _value("unit", f.unit), _value("low", f.low),
                       _value("high", f.high), _value("bounds", bounds(f)), _value("voice", f.voice),
                       _value("voice_name", known.voice(f.voice))]),
    }  # fmt: skip


def _agent(known: Known, a: Attribution) -> dict[str, str] | None:
    name = known.speaker(a)
    entity = known.entities.get(a.source.entity) if a.source.entity else None
    kind = _ENTITIES[entity.type] if entity else _AGENTS.get(a.source.kind, "Thing")
    return None if name is None else {"type": kind, "name": name}


def _anchors(known: Known, entry: str, spans: Spans) -> list[dict[str, Any] | None]:
    return [_value("entry", f"{known.report.id}:{entry}"),
            *(_value("characters", f"{start}-{end}") for start, end in spans)]  # fmt: skip


def _said(values: list[dict[str, Any] | None]) -> list[dict[str, Any]]:
    return [value for value in values if value is not None]


def _value(name: str, value: object) -> dict[str, Any] | None:
    return None if value is None else {"type": "PropertyValue", "propertyID": f"onrecord:{name}", "value": value}


def _article(known: Known) -> str:
    return named("schema-org", known.report.id, known.report.version)


EXPORTER = Exporter("schema-org", ".jsonld", "NewsArticle, Quotation and Claim of schema.org, as JSON-LD.", _write)
