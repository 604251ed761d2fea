"""Reports for annotation projects in brat's standoff format: a .txt and an .ann for each, in a zip archive.

Offsets are Unicode code points, as brat counts them; a span that crosses a line has a part on each line, which brat
asks for. Attributions, events and figures are brat's events: the cue, trigger or words with their parts as arguments.
The voice is an argument where it is an attribution, else an attribute. Values that are no words (bounds, a time's
value, outer sources) are notes. `reports.tsv` says which file is of which report; `annotation.conf` is brat's
configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from onrecord.export.brat_lines import Standoff
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.known import Known
from onrecord.export.packed import archive
from onrecord.export.phrases import bounds
from onrecord.model import (
    ACTS,
    ENTITY_TYPES,
    EVENT_TYPES,
    MANNERS,
    MODALITIES,
    PRECISIONS,
    QUALIFIERS,
    SCOPES,
    UNITS,
    Attribution,
    Event,
    Figure,
)

__all__ = ["EXPORTER"]

_PARTS = ("Source", "Content", "Via", "Addressee", "Participant", "Counted")


def _write(readings: Readings, out: IO[bytes]) -> None:
    listed = ["file\treport\tversion\tsha256\toutlet\tpublished\turl"]
    with archive(out) as made:
        with made.file("annotation.conf") as file:
            file.write(_configuration().encode())
        for n, reading in enumerate(readings, 1):
            report = reading.annotated.report
            name = f"{n:05d}-{re.sub('[^A-Za-z0-9_-]+', '-', report.id)[:60]}"
            cells = (name, report.id, report.version, report.sha256, report.publisher, report.published, report.url)
            listed.append("\t".join(" ".join((cell or "").split()) for cell in cells))
            with made.file(f"{name}.txt") as file:
                file.write(report.text.encode())
            with made.file(f"{name}.ann") as file:
                file.write("".join(f"{line}\n" for line in _lines(Known(reading.annotated))).encode())
        with made.file("reports.tsv") as file:
            file.write(("\n".join(listed) + "\n").encode())


def _lines(known: Known) -> Iterator[str]:
    made, of = Standoff(known.report.text), known.annotated
    for entity in of.entities:
        for span in entity.mentions:
            made.note(made.text_bound(_label(entity.type), (span,)), f"entity {entity.id}: {entity.name}")
    for time in of.times:
        bound = made.text_bound(time.type.capitalize(), (time.span,))
        made.note(bound, f"{time.id}: {' '.join(filter(None, (time.value, time.mod)))}")
    for place in of.places:
        bound = made.text_bound("NamedPlace", (place.span,))
        made.attribute("Precision", bound, place.precision)
        made.note(bound, f"{place.id}: {place.name} {place.lat} {place.lon}")
    # The events' names first, since those that stand earlier name later ones as their voice.
    entries: list[Attribution | Event | Figure] = [*of.attributions, *of.events, *of.figures]
    names = {entry.id: made.event_name() for entry in entries}
    for a in of.attributions:
        _attribution(known, made, a, names)
    for e in of.events:
        _event(known, made, e, names)
    for f in of.figures:
        _figure(known, made, f, names)
    return iter(made.lines)


def _attribution(known: Known, made: Standoff, a: Attribution, names: dict[str, str]) -> None:
    parts = [("Source", made.text_bound("Source", a.source.spans)),
             ("Content", made.text_bound("Content", a.content.spans)),
             *(("Via", made.text_bound("Via", via.spans)) for via in a.via),
             ("Addressee", made.text_bound("Addressee", a.addressee.spans if a.addressee else ())),
             ("Within", names.get(a.within or ""))]  # fmt: skip
    name = made.event(names[a.id], "Attribution", a.cue.spans, parts)
    made.attribute("Act", name, a.act)
    made.attribute("Manner", name, a.manner)
    if a.negated:
        made.attribute("Negated", name)
    chain = f"; via {'; '.join(known.chain(a))}" if a.via else ""
    made.note(name, f"{a.id}: {a.kind}; speaker {known.speaker(a) or 'not named'}{chain}")


def _event(known: Known, made: Standoff, e: Event, names: dict[str, str]) -> None:
    parts = [*(("Actor", made.text_bound("Participant", p.spans)) for p in e.actors),
             *(("Recipient", made.text_bound("Participant", p.spans)) for p in e.recipients),
             *_stated(known, made, e), ("Voice", names.get(e.voice))]  # fmt: skip
    name = made.event(names[e.id], e.type, (e.trigger,), parts)
    made.attribute("Modality", name, e.modality)
    _voice(made, name, e.voice)
    made.note(name, " ".join(filter(None, (f"{e.id}:", e.mode, *e.contexts))))


def _figure(known: Known, made: Standoff, f: Figure, names: dict[str, str]) -> None:
    parts = [("Of", made.text_bound("Counted", f.of.spans)), *_stated(known, made, f),
             ("PartOf", names.get(f.part_of or "")), ("Voice", names.get(f.voice))]  # fmt: skip
    name = made.event(names[f.id], "Figure", (f.span,), parts)
    made.attribute("Unit", name, f.unit)
    made.attribute("Qualifier", name, f.qualifier)
    made.attribute("Scope", name, f.scope)
    _voice(made, name, f.voice)
    made.note(name, f"{f.id}: {bounds(f)}; claimant {known.name(f.claimant) or 'not named'}")


def _stated(known: Known, made: Standoff, entry: Event | Figure) -> Iterator[tuple[str, str | None]]:
    place = known.places[entry.place] if entry.place else None
    time = known.times[entry.time] if entry.time else None
    yield "Place", made.text_bound("NamedPlace", (place.span,) if place else ())
    yield "Time", made.text_bound(time.type.capitalize(), (time.span,)) if time else None


def _voice(made: Standoff, name: str, voice: str) -> None:
    if voice in ("narrator", "unsourced"):
        made.attribute("Voice", name, voice)


def _label(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("-"))


def _configuration() -> str:
    any_event = "|".join(("Attribution", *EVENT_TYPES, "Figure"))
    stated = "Place?:NamedPlace, Time?:Date|Time|Duration|Set, Voice?:Attribution"
    entities = [*map(_label, ENTITY_TYPES), "Date", "Time", "Duration", "Set", "NamedPlace", *_PARTS]
    events = ["Attribution\tSource?:Source, Content:Content, Via*:Via, Addressee?:Addressee, Within?:Attribution",
              *(f"{kind}\tActor*:Participant, Recipient*:Participant, {stated}" for kind in EVENT_TYPES),
              f"Figure\tOf?:Counted, PartOf?:Figure, {stated}"]  # fmt: skip
    attributes = [f"{name}\tArg:{arg}" + (f", Value:{'|'.join(values).replace(' ', '-')}" if values else "")
                  for name, arg, values in (
                      ("Act", "Attribution", ACTS), ("Manner", "Attribution", MANNERS), ("Negated", "Attribution", ()),
                      ("Modality", "|".join(EVENT_TYPES), MODALITIES), ("Unit", "Figure", UNITS),
                      ("Qualifier", "Figure", QUALIFIERS), ("Scope", "Figure", SCOPES),
                      ("Precision", "NamedPlace", PRECISIONS),
                      ("Voice", any_event, ("narrator", "unsourced")))]  # fmt: skip
    sections: list[tuple[str, list[str]]] = [("entities", entities), ("relations", []), ("events", events),
                                             ("attributes", attributes)]  # fmt: skip
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections)


EXPORTER = Exporter("brat", ".zip", "Texts with standoff annotations for brat, in a zip archive.", _write,
                    is_binary=True)  # fmt: skip
