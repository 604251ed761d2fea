"""The JSON-LD context of Web Annotations with provenance, and ids that depend on what they name alone."""

from __future__ import annotations

import json
import uuid
from typing import Any

__all__ = ["CONTEXT", "VOCABULARY", "named"]

#: The name space of onrecord's own terms: the fields of schema onrecord/1 that no standard has.
VOCABULARY = "tag:onrecord.example,2026:onrecord/1#"

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, VOCABULARY)


def _typed(term: str, kind: str) -> dict[str, str]:
    return {"@id": term, "@type": kind}


def _all(prefix: str, *terms: str, kind: str | None = None) -> dict[str, Any]:
    return {term: _typed(f"{prefix}:{term}", kind) if kind else f"{prefix}:{term}" for term in terms}


#: The terms of Web Annotation as in its own context (http://www.w3.org/ns/anno.jsonld), and those of PROV-O, schema.org
#: and onrecord; nothing is fetched to read it.
CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "onr": VOCABULARY,
    "id": "@id",
    "type": "@type",
    **_all("oa", "Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "exact", "prefix",
           "suffix"),
    **_all("oa", "start", "end", kind="xsd:nonNegativeInteger"),
    "body": _typed("oa:hasBody", "@id"),
    "target": _typed("oa:hasTarget", "@id"),
    "source": _typed("oa:hasSource", "@id"),
    "selector": _typed("oa:hasSelector", "@id"),
    "motivation": _typed("oa:motivatedBy", "@id"),
    "generator": _typed("as:generator", "@id"),
    "generated": _typed("dcterms:issued", "xsd:dateTime"),
    "identifier": "dcterms:identifier",
    **_all("prov", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith", "wasAttributedTo", "used", kind="@id"),
    **_all("prov", "startedAtTime", "endedAtTime", "generatedAtTime", kind="xsd:dateTime"),
    **_all("schema", "name", "text", "inLanguage", "version", "publisher"),
    "published": "schema:datePublished",
    "url": _typed("schema:url", "xsd:anyURI"),
    "about": _typed("schema:about", "@id"),
    "within": _typed("onr:within", "@id"),
    "voice": _typed("onr:voice", "@id"),
    "partOf": _typed("onr:partOf", "@id"),
    "via": {"@id": "onr:via", "@container": "@list"},
    **_all("onr", "low", "high", "confidence", "latitude", "longitude", kind="xsd:double"),
    **_all(
        "onr", "Attribution", "Event", "Figure", "act", "actor", "addressee", "cameo", "claimant", "context",
        "eventType", "kind", "manner", "medium", "modality", "mode", "negated", "of", "part", "period", "place",
        "precision", "qualifier", "reason", "recipient", "runDigest", "scope", "settings", "sha256", "sourceKind",
        "speaker", "terms", "time", "timeModifier", "unit", "voiceName",
    ),
}  # fmt: skip


def named(*parts: str) -> str:
    """A UUID for what some words name, the same each time.

    Example:
        >>> named("entry", "r-1", "a1") == named("entry", "r-1", "a1"), named("entry", "r-1", "a1")[:9]
        (True, 'urn:uuid:')
    """
    return uuid.uuid5(_SPACE, json.dumps(parts, ensure_ascii=True)).urn
