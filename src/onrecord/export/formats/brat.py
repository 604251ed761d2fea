"""Reports for annotation projects in brat's standoff format: a .txt and an .ann for each, in a zip archive.

Offsets are Unicode code points, as brat counts them; a span that crosses a line has a part on each line, which brat
asks for. Attributions, events, figures and conditions are brat's events: the cue, trigger, words or marker with their
parts as arguments. Values of closed lists are attributes, other values notes that a program can read
(`onrecord.export.brat_notes`), so that what comes back from brat says all that the reading did (`onrecord.imports`).

`reports.tsv` says which file is of which report; `reports.jsonl` has what else is known of the report, and the SHA-256
of the reading; `annotation.conf` is brat's configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, TypeAlias

import msgspec

from onrecord.export.brat_labels import ENTITIES, TIMES, configuration, written
from onrecord.export.brat_lines import Standoff, fragments, rejoined
from onrecord.export.brat_meant import Meant
from onrecord.export.brat_notes import note
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.packed import archive
from onrecord.model import (
    Addressee,
    Annotated,
    Attribution,
    Condition,
    Event,
    Figure,
    Participant,
    Source,
    Spans,
    StatementTime,
    Via,
    sha256,
)
from onrecord.record.rows import words
from onrecord.wire import encode

__all__ = ["EXPORTER"]

_Taking: TypeAlias = Source | Via | Addressee | Participant

_LABELS = {kind: label for label, kind in (*ENTITIES.items(), *TIMES.items())}


def _write(readings: Readings, out: IO[bytes]) -> None:
    listed = ["file\treport\tversion\tsha256\toutlet\tpublished\turl"]
    kept: list[bytes] = []
    with archive(out) as made:
        with made.file("annotation.conf") as file:
            file.write(configuration().encode())
        for n, reading in enumerate(readings, 1):
            report = reading.annotated.report
            name = f"{n:05d}-{re.sub('[^A-Za-z0-9_-]+', '-', report.id)[:60]}"
            cells = (name, report.id, report.version, report.sha256, report.publisher, report.published, report.url)
            listed.append("\t".join(" ".join((cell or "").split()) for cell in cells))
            kept.append(_kept(name, reading.annotated))
            with made.file(f"{name}.txt") as file:
                file.write(report.text.encode())
            with made.file(f"{name}.ann") as file:
                file.write("".join(f"{line}\n" for line in _Lines(reading.annotated).made()).encode())
        with made.file("reports.tsv") as file:
            file.write(("\n".join(listed) + "\n").encode())
        with made.file("reports.jsonl") as file:
            file.write(b"".join(line + b"\n" for line in kept))


def _kept(name: str, annotated: Annotated) -> bytes:
    report = msgspec.to_builtins(annotated.report)
    del report["text"]
    return msgspec.json.encode({"file": name, "reading": sha256(encode(annotated).decode()), "report": report})


class _Lines:
    """The lines of one reading, under construction."""

    def __init__(self, annotated: Annotated) -> None:
        self._of = annotated
        self._meant = Meant(annotated.entities)
        self._made = Standoff(annotated.report.text)
        self._mentions: dict[str, list[tuple[int, str | None]]] = {}
        self._bound: dict[str, str | None] = {}

    def made(self) -> list[str]:
        """All of them: what has its words first, then what hangs from it."""
        of = self._of
        self._entities()
        for time in of.times:
            self._bound[time.id] = self._words(_LABELS[time.type], (time.span,),
                                               ("id", time.id), ("value", time.value), ("mod", time.mod))  # fmt: skip
        for p in of.places:
            self._bound[p.id] = bound = self._words(
                "NamedPlace", (p.span,), ("id", p.id), ("name", p.name), ("lat", p.lat), ("lon", p.lon),
                ("geonames", p.geonames), *(("admin", unit) for unit in p.admin), self._entity((p.span,), p.entity),
            )  # fmt: skip
            self._made.attribute("Precision", bound, p.precision)
        # The events' names first, since those that stand earlier name later ones as their voice.
        entries: list[Attribution | Event | Figure] = [*of.attributions, *of.events, *of.figures]
        self._bound |= {entry.id: self._made.event_name() for entry in entries}
        for a in of.attributions:
            self._attribution(a)
        for e in of.events:
            self._event(e)
        for f in of.figures:
            self._figure(f)
        return self._made.lines

    def _entities(self) -> None:
        for entity in self._of.entities:
            said = [("id", entity.id), ("name", entity.name), ("country", entity.country), ("sector", entity.sector),
                    *(("ids", f"{kind}:{value}") for kind, value in entity.ids.items())]  # fmt: skip
            self._mentions[entity.id] = [
                (span[0], self._words(_LABELS[entity.type], (span,), *said)) for span in entity.mentions
            ]
            for role in entity.roles:
                self._words("Role", (role.span,), ("entity", entity.id), ("role", role.role), ("of", role.of))

    def _attribution(self, a: Attribution) -> None:
        to, medium = a.addressee, a.medium
        parts = [
            ("Source", self._part("Source", a.source.spans, a.source.entity)),
            ("Terms", self._words("Terms", a.source.terms)), ("Content", self._words("Content", a.content.spans)),
            *(("Via", self._part("Via", via.spans, via.entity, via.text)) for via in a.via),
            ("Addressee", self._part("Addressee", to.spans, to.entity) if to else None),
            ("Medium", self._words("Medium", medium.spans, self._text(medium.spans, medium.text)) if medium else None),
            ("Time", self._stated(a.time) if a.time else None),
            *(("Condition", self._condition(one)) for one in a.conditions),
            ("Within", self._bound.get(a.within or "")),
        ]  # fmt: skip
        unsaid = self._unsaid(("source", a.source), *(("via", via) for via in a.via), ("addressee", to))
        name = self._entry(a.id, "Attribution", a.cue.spans, parts, ("confidence", a.confidence), *unsaid)
        for label, value in (("Kind", a.kind), ("Act", a.act), ("Manner", a.manner), ("SourceKind", a.source.kind)):
            self._made.attribute(label, name, value)
        if a.negated:
            self._made.attribute("Negated", name)

    def _event(self, e: Event) -> None:
        parts = [*(("Actor", self._participant("Participant", p)) for p in e.actors),
                 *(("Recipient", self._participant("Participant", p)) for p in e.recipients),
                 *self._place_and_time(e), ("Voice", self._bound.get(e.voice))]  # fmt: skip
        name = self._entry(e.id, e.type, (e.trigger,), parts, ("mode", e.mode), *(("context", c) for c in e.contexts),
                           ("cameo", e.cameo), ("confidence", e.confidence),
                           *self._unsaid(*(("actor", p) for p in e.actors),
                                         *(("recipient", p) for p in e.recipients)))  # fmt: skip
        self._made.attribute("Modality", name, e.modality)
        self._voice(name, e.voice)

    def _figure(self, f: Figure) -> None:
        period, claimant = self._bound.get(f.period or ""), self._nearest(f.claimant, f.span[0])
        parts = [("Of", self._participant("Counted", f.of)), *self._place_and_time(f), ("Period", period),
                 ("PartOf", self._bound.get(f.part_of or "")), ("Claimant", claimant),
                 ("Voice", self._bound.get(f.voice))]  # fmt: skip
        name = self._entry(f.id, "Figure", (f.span,), parts, ("low", f.low), ("high", f.high),
                           *self._unsaid(("of", f.of)))  # fmt: skip
        for label, value in (("Unit", f.unit), ("Qualifier", f.qualifier), ("Scope", f.scope)):
            self._made.attribute(label, name, written(value))
        self._voice(name, f.voice)

    def _entry(self, of: str, kind: str, trigger: Spans, parts: Iterable[tuple[str, str | None]],
               *said: tuple[str, str | float | None]) -> str:  # fmt: skip
        name = str(self._bound[of])
        self._made.event(name, kind, self._words(kind, trigger), parts)
        self._made.note(name, note((("id", of), *said)))
        return name

    def _condition(self, of: Condition) -> str:
        name, marker = self._made.event_name(), self._words("Condition", (of.marker,))
        parts = [("Words", self._words("ConditionWords", (of.span,))),
                 ("Governs", self._words("Governed", (of.governs,)))]  # fmt: skip
        self._made.event(name, "Condition", marker, parts)
        return name

    def _words(self, label: str, spans: Spans, *said: tuple[str, str | float | None]) -> str | None:
        """The annotation of some words, whose note says where exactly they stand if the parts on its lines do not."""
        text = self._of.report.text
        exact = rejoined(text, fragments(text, spans)) == spans
        at = None if exact else ",".join(f"{start}-{end}" for start, end in spans)
        return self._made.text_bound(label, spans, note((*said, ("at", at))))

    def _part(self, label: str, spans: Spans, entity: str | None, text: str | None = None) -> str | None:
        return self._words(label, spans, self._entity(spans, entity), self._text(spans, text))

    def _participant(self, label: str, one: Participant) -> str | None:
        return self._part(label, one.spans, one.entity, one.text)

    def _entity(self, spans: Spans, entity: str | None) -> tuple[str, str | None]:
        """Who is meant, where that is not told by the mentions in the words."""
        return "entity", None if self._meant.by(spans) == entity else entity or "none"

    def _text(self, spans: Spans, text: str | None) -> tuple[str, str | None]:
        return "text", None if text is None or text == words(self._of.report.text, spans) else text

    def _unsaid(self, *parts: tuple[str, _Taking | None]) -> Iterator[tuple[str, str | None]]:
        """Those who take part and have no words of their own."""
        for role, one in parts:
            if one is not None and not one.spans:
                yield role, one.entity

    def _stated(self, time: StatementTime) -> str | None:
        """When a statement was made: a time of the reading if it is just that."""
        known = next((t.id for t in self._of.times if (t.span, t.value) == (time.span, time.value)), "")
        return self._bound.get(known) or self._words("StatedTime", (time.span,), ("value", time.value))

    def _place_and_time(self, entry: Event | Figure) -> Iterator[tuple[str, str | None]]:
        yield "Place", self._bound.get(entry.place or "")
        yield "Time", self._bound.get(entry.time or "")

    def _nearest(self, entity: str | None, at: int) -> str | None:
        """The entity's mention that stands nearest."""
        mentions = self._mentions.get(entity or "", [])
        return min(mentions, key=lambda one: abs(one[0] - at))[1] if mentions else None

    def _voice(self, name: str, voice: str) -> None:
        if voice in ("narrator", "unsourced"):
            self._made.attribute("Voice", name, voice)


EXPORTER = Exporter("brat", ".zip", "Texts with standoff annotations for brat, in a zip archive.", _write,
                    is_binary=True)  # fmt: skip
