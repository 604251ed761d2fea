"""What was read, entry by entry, in words for the margin of a report and for an entry's own page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Annotated, Attribution, Event, Figure, Participant, Place, Span, Time

__all__ = ["Clause", "Field", "Note", "Step", "note", "notes"]

#: How many code points of an entry's words are given at most; what is longer ends in "…".
MOST = 2_000
#: The voice of what nobody is named for.
UNSOURCED = "no source given"

NoteKind = Literal["statement", "event", "figure", "time", "place", "name"]


@dataclass(frozen=True, slots=True)
class Field:
    """A value of an entry by its name; `entry` is the entry that it refers to, if it is one."""

    name: str
    value: str
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A source in the chain through which words came.

    Attributes:
        cue: by which words it speaks; empty where the report has none.
        entry: its statement; None where it has none of its own.
    """

    name: str
    cue: str
    entry: str | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition of a statement: its words, by which of them it is known, and what it is the condition of."""

    marker: str
    words: str
    governs: str


@dataclass(frozen=True, slots=True)
class Note:
    """An entry in words.

    Attributes:
        label: what it is in two or three words; `head` what it says in a line.
        fields: what else was read of it, each with its name.
        chain: the sources through which a statement came, the nearest to the reader first.
        span: its first words in the text; `quote` these words.
        confidence: as estimated, 0 to 1; None where none is given.
        who, does: the entry in a few words: whose it is, or how many, and what is said, done or counted.
        asides: what a reader wants to know at once: when, to whom, according to whom.
        steps: the sources of a statement, or of what an event or figure is told in, the outermost first.
        conditions: of a statement.
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
    who: str
    does: str
    asides: tuple[Field, ...]
    steps: tuple[Step, ...] = ()
    conditions: tuple[Clause, ...] = ()


def notes(annotated: Annotated, *, everything: bool = False, within: Span | None = None) -> tuple[Note, ...]:
    """The notes of a report in the order of their first words; times and places only if everything is asked for.

    Args:
        within: only of entries whose first words begin in this part of the text.
    """
    told = _Told(annotated)
    low, high = within or (0, len(annotated.report.text) + 1)

    def wanted(first: int) -> bool:
        return low <= first < max(high, 1)

    made = [told.statement(a) for a in annotated.attributions
            if (everything or a.manner in {"said", "written"}) and wanted(_first(a)[0])]  # fmt: skip
    made += [told.event(event) for event in annotated.events if wanted(event.trigger[0])]
    made += [told.figure(figure) for figure in annotated.figures if wanted(figure.span[0])]
    if everything:
        made += [told.time(time) for time in annotated.times if wanted(time.span[0])]
        made += [told.place(place) for place in annotated.places if wanted(place.span[0])]
    return tuple(sorted(made, key=lambda note: (note.span, note.id)))


def note(annotated: Annotated, entry: str) -> Note | None:
    """The note of one entry of a report; None if it has no such entry, or it is one that has no note.

    Example:
        >>> import onrecord
        >>> one = note(onrecord.annotate("Rebels shelled Kharkiv on Monday.", models=False), "ev1")
        >>> one.who, one.does
        ('Rebels', 'shelled Kharkiv')
    """
    told = _Told(annotated)
    made = (
        *(told.statement(a) for a in annotated.attributions if a.id == entry),
        *(told.event(event) for event in annotated.events if event.id == entry),
        *(told.figure(figure) for figure in annotated.figures if figure.id == entry),
        *(told.time(time) for time in annotated.times if time.id == entry),
        *(told.place(place) for place in annotated.places if place.id == entry),
    )
    return next(iter(made), None)


def _first(a: Attribution) -> Span:
    return min((*a.content.spans, *a.cue.spans, *a.source.spans), default=(0, 0))


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
        asides = []
        if a.time is not None:
            said_on = self._exact(a.time.span)
            asides.append(Field("when", f"{said_on} ({a.time.value})" if a.time.value else said_on))
        if a.addressee is not None:
            asides.append(Field("to", self._names.get(a.addressee.entity or "") or self._words(a.addressee.spans)))
        if a.medium is not None:
            asides.append(Field("in", a.medium.text))
        if a.source.terms:
            asides.append(Field("on what terms", self._words(a.source.terms)))
        words = self._words(a.content.spans)
        verb = ("not " if a.negated else "") + a.act.replace("-", " ")
        steps = self._steps(a)
        return Note(
            a.id, "statement", f"{a.kind} statement, {verb}", f"{who}: {words}" if words else who,
            (Field("speaker", who), Field("cue", self._words(a.cue.spans) or "none"), *asides),
            tuple(step.name for step in steps), _first(a), words, a.confidence,
            who=who, does=a.act.replace("-", " ") + (" (negated)" if a.negated else ""),
            asides=_beside([*_through(steps), *asides]), steps=steps, conditions=self._conditions(a),
        )  # fmt: skip

    def event(self, event: Event) -> Note:
        who, whom = self._parties(event.actors), self._parties(event.recipients)
        trigger = self._exact(event.trigger)
        head = " ".join(part for part in (who, f"[{trigger}]", whom) if part)
        when_where = tuple(self._when_where(event.time, event.place))
        modality = Field("modality", event.modality)
        fields = [
            Field("type", f"{event.type}{f' / {event.mode}' if event.mode else ''}"), modality,
            *([Field("who", who)] if who else []), *([Field("to whom", whom)] if whom else []),
            *when_where, self._voice(event.voice),
        ]  # fmt: skip
        asides = _beside([*([modality] if event.modality not in {"happened", "ongoing"} else []), *when_where,
                          self._voice(event.voice)])  # fmt: skip
        return Note(event.id, "event", f"event, {event.type.lower()}", head, tuple(fields), (), event.trigger, trigger,
                    event.confidence, who=who, does=" ".join(part for part in (trigger, whom) if part), asides=asides,
                    steps=self._steps_of(event.voice))  # fmt: skip

    def figure(self, figure: Figure) -> Note:
        of = [Field("of", figure.of.text)] if figure.of.text and figure.of.text not in figure.text else []
        claimant = Field("by whose count", self._names.get(figure.claimant or "", "not told"))
        when_where = tuple(self._when_where(figure.time, figure.place))
        fields = [
            Field("number", _number(figure)), Field("unit", figure.unit),
            *([Field("of", figure.of.text)] if figure.of.text else []),
            Field("scope", figure.scope),
            *([Field("part of", self._counted[figure.part_of].text, figure.part_of)]
              if figure.part_of in self._counted else []),
            *when_where, claimant, self._voice(figure.voice),
        ]  # fmt: skip
        told_by = claimant if figure.claimant in self._names else self._voice(figure.voice)
        head = " ".join([figure.text, *(f"({field.value})" for field in of)])
        return Note(figure.id, "figure", f"figure, {figure.unit}", head, tuple(fields), (),
                    figure.span, figure.text, None, who=figure.text, does=figure.unit.replace("-", " "),
                    asides=_beside([*of, *when_where, told_by]), steps=self._steps_of(figure.voice))  # fmt: skip

    def time(self, time: Time) -> Note:
        words = self._exact(time.span)
        fields = (Field("value", time.value or "none"), *([Field("mod", time.mod)] if time.mod else []))
        return Note(time.id, "time", f"time, {time.type.lower()}", words, fields, (), time.span, words, None,
                    who=words, does=time.value or "no value", asides=())  # fmt: skip

    def place(self, place: Place) -> Note:
        within = ", ".join(place.admin)
        point = "" if place.lat is None or place.lon is None else f"{place.lat:.3f}, {place.lon:.3f}"
        fields = (Field("precision", place.precision), *([Field("in", within)] if within else []),
                  *([Field("at", point)] if point else []))  # fmt: skip
        words = self._exact(place.span)
        return Note(place.id, "place", "place", place.name, fields, (), place.span, words, None,
                    who=place.name, does=place.precision, asides=(Field("in", within),) if within else ())  # fmt: skip

    def source(self, a: Attribution) -> str:
        """Who speaks: the entity's name, else the words, else that nobody is named."""
        return self._names.get(a.source.entity or "") or self._words(a.source.spans) or "nobody named"

    def _steps(self, a: Attribution) -> tuple[Step, ...]:
        """Through whom the statement came, from the report inwards to who speaks; each source once."""
        outer: list[Step] = []
        within, seen = a.within, {a.id}
        while within in self._said and within not in seen:
            seen.add(within)
            outer.insert(0, self._step(self._said[within]))
            within = self._said[within].within
        via = [Step(self._names.get(each.entity or "") or each.text, "", None) for each in a.via]
        own = self._step(a)
        before = {step.name: step for step in reversed([*outer, *via]) if step.name != own.name}
        names = dict.fromkeys(step.name for step in [*outer, *via] if step.name != own.name)
        return (*(before[name] for name in names), own)

    def _step(self, a: Attribution) -> Step:
        return Step(self.source(a), self._words(a.cue.spans), a.id)

    def _steps_of(self, voice: str) -> tuple[Step, ...]:
        return self._steps(self._said[voice]) if voice in self._said else ()

    def _conditions(self, a: Attribution) -> tuple[Clause, ...]:
        return tuple(Clause(self._words((c.marker,)), self._words((c.span,)), self._words((c.governs,)))
                     for c in a.conditions)  # fmt: skip

    def _voice(self, voice: str) -> Field:
        if voice in self._said:
            return Field("voice", self.source(self._said[voice]), voice)
        return Field("voice", {"narrator": "the outlet’s own", "unsourced": UNSOURCED}.get(voice, voice))

    def _when_where(self, time: str | None, place: str | None) -> Iterator[Field]:
        if (when := self._times.get(time or "")) is not None:
            words = self._exact(when.span)
            yield Field("when", f"{words} ({when.value})" if when.value else words)
        if (where := self._places.get(place or "")) is not None:
            yield Field("where", ", ".join((where.name, *where.admin)))

    def _parties(self, parties: tuple[Participant, ...]) -> str:
        return ", ".join(dict.fromkeys(self._names.get(party.entity or "") or party.text for party in parties))

    def _words(self, spans: tuple[Span, ...]) -> str:
        return " … ".join(" ".join(self._exact(span).split()) for span in spans)

    def _exact(self, span: Span) -> str:
        """The words as they stand, of long ones the beginning."""
        start, stop = span
        return self._text[start:stop] if stop - start <= MOST else f"{self._text[start : start + MOST]}…"


#: How a value is introduced in a few words beside the text, where its name does not do.
_LEADS = {"when": "", "where": "at", "in": "", "on what terms": "", "modality": "", "voice": "according to",
          "by whose count": "by the count of"}  # fmt: skip


def _beside(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields as asides; that the report itself tells something goes without saying."""
    told = (field for field in fields if field.name != "voice" or field.entry is not None or field.value == UNSOURCED)
    return tuple(
        Field("" if field.value == UNSOURCED else _LEADS.get(field.name, field.name), field.value, field.entry)
        for field in told
    )


def _through(steps: tuple[Step, ...]) -> tuple[Field, ...]:
    """The sources between the report and who speaks, for a few words beside the text."""
    return tuple(Field("as told by", step.name, step.entry) for step in reversed(steps[:-1]))


def _number(figure: Figure) -> str:
    low, high = (None if x is None else f"{x:,.10g}" for x in (figure.low, figure.high))
    if low == high:
        between = low or "not told"
    elif high is None:
        between = f"{low} or more"
    else:
        between = f"{low or 0} to {high}"
    return f"{between} ({figure.qualifier})"
