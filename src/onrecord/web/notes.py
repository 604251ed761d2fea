"""What was read, entry by entry, in words for the margin of a report and for an entry's own page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Annotated, Attribution, Event, Figure, Participant, Place, Span, Time

__all__ = ["Field", "Note", "notes"]

NoteKind = Literal["statement", "event", "figure", "time", "place", "name"]


@dataclass(frozen=True, slots=True)
class Field:
    """A value of an entry by its name; `entry` is the entry that it refers to, if it is one."""

    name: str
    value: str
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """An entry in words.

    Attributes:
        label: what it is in two or three words; `head` what it says in a line.
        fields: what else was read of it, each with its name.
        chain: the sources through which a statement came, the nearest to the reader first.
        span: its first words in the text; `quote` these words.
        confidence: as estimated, 0 to 1; None where none is given.
    """

    id: str
    kind: NoteKind
    label: str
    head: str
    fields: tuple[Field, ...]
    chain: tuple[str, ...]
    span: Span
    quote: str
    confidence: float | None


def notes(annotated: Annotated, *, everything: bool = False) -> tuple[Note, ...]:
    """The notes of a report in the order of their first words; times and places only if everything is asked for."""
    told = _Told(annotated)
    made = [told.statement(a) for a in annotated.attributions if everything or a.manner in {"said", "written"}]
    made += [told.event(event) for event in annotated.events]
    made += [told.figure(figure) for figure in annotated.figures]
    if everything:
        made += [told.time(time) for time in annotated.times]
        made += [told.place(place) for place in annotated.places]
    return tuple(sorted(made, key=lambda note: (note.span, note.id)))


class _Told:
    """The wording of one report's entries."""

    def __init__(self, annotated: Annotated) -> None:
        self._text = annotated.report.text
        self._names = {entity.id: entity.name for entity in annotated.entities}
        self._places = {place.id: place for place in annotated.places}
        self._times = {time.id: time for time in annotated.times}
        self._said = {a.id: a for a in annotated.attributions}
        self._counted = {figure.id: figure for figure in annotated.figures}

    def statement(self, a: Attribution) -> Note:
        who = self.source(a)
        fields = []
        if a.time is not None:
            said_on = self._text[slice(*a.time.span)]
            fields.append(Field("when", f"{said_on} ({a.time.value})" if a.time.value else said_on))
        if a.addressee is not None:
            fields.append(Field("to", self._names.get(a.addressee.entity or "") or self._words(a.addressee.spans)))
        if a.medium is not None:
            fields.append(Field("in", a.medium.text))
        for condition in a.conditions:
            governed = self._words((condition.governs,))
            fields.append(Field("condition", f"{self._words((condition.span,))} (of: {governed})"))
        if a.source.terms:
            fields.append(Field("on what terms", self._words(a.source.terms)))
        words = self._words(a.content.spans)
        verb = ("not " if a.negated else "") + a.act
        spans = sorted((*a.content.spans, *a.cue.spans, *a.source.spans)) or [(0, 0)]
        return Note(
            a.id, "statement", f"{a.kind} statement, {verb}", f"{who}: {words}" if words else who,
            (Field("speaker", who), Field("cue", self._words(a.cue.spans) or "none"), *fields), self._chain(a),
            spans[0], words, a.confidence,
        )  # fmt: skip

    def event(self, event: Event) -> Note:
        who, whom = self._parties(event.actors), self._parties(event.recipients)
        trigger = self._text[slice(*event.trigger)]
        head = " ".join(part for part in (who, f"[{trigger}]", whom) if part)
        fields = [
            Field("type", f"{event.type}{f' / {event.mode}' if event.mode else ''}"),
            Field("modality", event.modality),
            *([Field("who", who)] if who else []), *([Field("to whom", whom)] if whom else []),
            *self._when_where(event.time, event.place), self._voice(event.voice),
        ]  # fmt: skip
        return Note(event.id, "event", f"event, {event.type.lower()}", head, tuple(fields), (), event.trigger, trigger,
                    event.confidence)  # fmt: skip

    def figure(self, figure: Figure) -> Note:
        of = f" ({figure.of.text})" if figure.of.text and figure.of.text not in figure.text else ""
        fields = [
            Field("number", _number(figure)), Field("unit", figure.unit),
            *([Field("of", figure.of.text)] if figure.of.text else []),
            Field("scope", figure.scope),
            *([Field("part of", self._counted[figure.part_of].text, figure.part_of)]
              if figure.part_of in self._counted else []),
            *self._when_where(figure.time, figure.place),
            Field("by whose count", self._names.get(figure.claimant or "", "not told")), self._voice(figure.voice),
        ]  # fmt: skip
        return Note(figure.id, "figure", f"figure, {figure.unit}", f"{figure.text}{of}", tuple(fields), (),
                    figure.span, figure.text, None)  # fmt: skip

    def time(self, time: Time) -> Note:
        words = self._text[slice(*time.span)]
        fields = (Field("value", time.value or "none"), *([Field("mod", time.mod)] if time.mod else []))
        return Note(time.id, "time", f"time, {time.type.lower()}", words, fields, (), time.span, words, None)

    def place(self, place: Place) -> Note:
        within = ", ".join(place.admin)
        point = "" if place.lat is None or place.lon is None else f"{place.lat:.3f}, {place.lon:.3f}"
        fields = (Field("precision", place.precision), *([Field("in", within)] if within else []),
                  *([Field("at", point)] if point else []))  # fmt: skip
        words = self._text[slice(*place.span)]
        return Note(place.id, "place", "place", place.name, fields, (), place.span, words, None)

    def source(self, a: Attribution) -> str:
        """Who speaks: the entity's name, else the words, else that nobody is named."""
        return self._names.get(a.source.entity or "") or self._words(a.source.spans) or "nobody named"

    def _chain(self, a: Attribution) -> tuple[str, ...]:
        """Through whom the statement came, from the report inwards to who speaks."""
        outer: list[str] = []
        within, seen = a.within, {a.id}
        while within in self._said and within not in seen:
            seen.add(within)
            outer.insert(0, self.source(self._said[within]))
            within = self._said[within].within
        via = [self._names.get(each.entity or "") or each.text for each in a.via]
        return tuple(dict.fromkeys([*outer, *via, self.source(a)]))

    def _voice(self, voice: str) -> Field:
        if voice in self._said:
            return Field("voice", self.source(self._said[voice]), voice)
        return Field("voice", {"narrator": "the reporter", "unsourced": "no source given"}.get(voice, voice))

    def _when_where(self, time: str | None, place: str | None) -> Iterator[Field]:
        if (when := self._times.get(time or "")) is not None:
            words = self._text[slice(*when.span)]
            yield Field("when", f"{words} ({when.value})" if when.value else words)
        if (where := self._places.get(place or "")) is not None:
            yield Field("where", ", ".join((where.name, *where.admin)))

    def _parties(self, parties: tuple[Participant, ...]) -> str:
        return ", ".join(dict.fromkeys(self._names.get(party.entity or "") or party.text for party in parties))

    def _words(self, spans: tuple[Span, ...]) -> str:
        return " … ".join(" ".join(self._text[slice(*span)].split()) for span in spans)


def _number(figure: Figure) -> str:
    low, high = (None if x is None else f"{x:,.10g}" for x in (figure.low, figure.high))
    if low == high:
        between = low or "not told"
    elif high is None:
        between = f"{low} or more"
    else:
        between = f"{low or 0} to {high}"
    return f"{between} ({figure.qualifier})"
