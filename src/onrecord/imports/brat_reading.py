"""The annotated report that a .ann file says: what `onrecord.export.formats.brat` writes, read the other way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from onrecord.anchors import faults as unsound
from onrecord.errors import InputError
from onrecord.export.brat_labels import ENTITIES, PARTS, TIMES
from onrecord.export.brat_meant import Meant
from onrecord.imports.ann_file import Bound, Entry, Faults, ann_file
from onrecord.imports.brat_values import Values, number
from onrecord.model import (
    SCHEMA,
    Addressee,
    Annotated,
    Attribution,
    Condition,
    Content,
    Cue,
    Entity,
    Event,
    Figure,
    Medium,
    Participant,
    Place,
    Report,
    Role,
    Source,
    Spans,
    StatementTime,
    Time,
    Via,
)
from onrecord.record.rows import words

__all__ = ["Read", "read"]

T = TypeVar("T")
#: The words of somebody who takes part, the entity and the text.
_Taking: TypeAlias = tuple[Spans, str | None, str]

#: How sure a person who annotates is taken to be.
_SURE = 1.0
_PREFIXES = {"Attribution": "a", "Figure": "f"}


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated report, and where in the file it stands.

    Attributes:
        lines: the line of each entry by its id, for an entity that of its first mention.
        loose: how many words are marked as a part of something, and are no argument.
    """

    annotated: Annotated
    lines: Mapping[str, int]
    loose: int


def read(lines: str, report: Report, subject: str) -> Read | tuple[InputError, ...]:
    """What a file says of a report, or all that is wrong in it: of a faulty file nothing is taken.

    Args:
        lines: what the .ann file holds.
        report: what it annotates.
        subject: what to call the file in errors.
    """
    faults = Faults(subject)
    made = ann_file(lines, report.text, faults)
    if faults.found:
        return tuple(faults.found)
    values = Values(made, report.text, faults)
    annotated = _Building(values, report).annotated()
    if not faults.found:
        faults.found += [InputError(fault, "put that right in brat", subject=subject) for fault in unsound(annotated)]
    if faults.found:
        return tuple(faults.found)
    used = {target for entry in made.entries.values() for found in entry.arguments.values() for target in found}
    loose = sum(bound.label in PARTS and bound.name not in used for bound in made.bounds.values())
    return Read(annotated, values.lines, loose)


class _Building:
    """An annotated report under construction."""

    def __init__(self, of: Values, report: Report) -> None:
        self._of, self._report, self._text = of, report, report.text
        self._meant = Meant(())

    def annotated(self) -> Annotated:
        """All of it."""
        entities = self._entities()
        self._meant = Meant(entities)
        times = tuple(map(self._time, self._of.labelled(TIMES)))
        places = tuple(map(self._place, self._of.labelled(("NamedPlace",))))
        entries: dict[str, list[Entry]] = {"a": [], "ev": [], "f": []}
        for entry in self._of.file.entries.values():
            if entry.kind != "Condition":
                prefix = _PREFIXES.get(entry.kind, "ev")
                self._of.id(entry.name, prefix)
                entries[prefix].append(entry)
        return Annotated(SCHEMA, self._report, entities, tuple(map(self._attribution, entries["a"])),
                         tuple(map(self._event, entries["ev"])), tuple(map(self._figure, entries["f"])),
                         times, places)  # fmt: skip

    def _entities(self) -> tuple[Entity, ...]:
        groups: dict[str, list[Bound]] = {}
        for bound in self._of.labelled(ENTITIES):
            # Mentions without an id are of one new entity where they are the same words; no id begins with a blank.
            key = self._of.note(bound.name, "id") or f" {bound.label} {self._words(bound)}"
            groups.setdefault(key, []).append(bound)
        roles: dict[str, list[Role]] = {}
        for bound in self._of.labelled(("Role",)):
            of, role = self._of.note(bound.name, "entity") or "", self._of.note(bound.name, "role")
            if of not in groups:
                self._of.faults.add(bound.line, f"the role is of {of or 'nobody'}, who is not mentioned",
                                    "write the entity's id into its note, as entity=n1")  # fmt: skip
            roles.setdefault(of, []).append(
                Role(self._words(bound) if role is None else role, self._of.note(bound.name, "of"),
                     self._of.span(bound.name))
            )  # fmt: skip
        return tuple(self._entity(key, found, tuple(roles.get(key, ()))) for key, found in groups.items())

    def _entity(self, key: str, mentions: list[Bound], roles: tuple[Role, ...]) -> Entity:
        first, known = mentions[0], not key.startswith(" ")
        made = self._of.entered(key, first.line) if known else self._of.new("n", first.name)
        self._of.ids.update((bound.name, made) for bound in mentions)
        name = self._agreed(mentions, "name", lambda bound: self._of.note(bound.name, "name"))
        if name is None and known:
            self._of.faults.add(first.line, f"no mention of {key} says its name",
                                "write it into the note, as name=Orla Venn")  # fmt: skip
        ids = self._agreed(mentions, "ids", lambda bound: self._of.notes(bound.name).all("ids") or None)
        label = self._agreed(mentions, "type", lambda bound: bound.label)
        return Entity(
            made, self._words(first) if name is None else name, ENTITIES[label or first.label],  # type: ignore[arg-type]
            tuple(sorted(self._of.span(bound.name) for bound in mentions)), roles,
            {kind: value for kind, _, value in (one.partition(":") for one in ids or ())},
            self._agreed(mentions, "country", lambda bound: self._of.note(bound.name, "country")),
            self._agreed(mentions, "sector", lambda bound: self._of.note(bound.name, "sector")),
        )  # fmt: skip

    def _agreed(self, mentions: list[Bound], what: str, value: Callable[[Bound], T | None]) -> T | None:
        """What the mentions of an entity say; all that say something have to say the same."""
        said: dict[T, Bound] = {}
        for bound in mentions:
            if (one := value(bound)) is not None:
                said.setdefault(one, bound)
        if len(said) > 1:
            (a, first), (b, second), *_ = said.items()
            self._of.faults.add(second.line, f"{first.name} and {second.name} mention one entity, and its {what} is "
                                f"{_shown(a)} and {_shown(b)}", "give both the same, or other ids")  # fmt: skip
        return next(iter(said), None)

    def _time(self, of: Bound) -> Time:
        kind, notes = TIMES[of.label], self._of.notes(of.name)
        return Time(self._of.id(of.name, "t"), self._of.span(of.name), kind, notes.one("value"), notes.one("mod"))  # type: ignore[arg-type]

    def _place(self, of: Bound) -> Place:
        notes, span, name = self._of.notes(of.name), self._of.span(of.name), self._of.note(of.name, "name")
        return Place(self._of.id(of.name, "p"), span, self._words(of) if name is None else name,
                     notes.number("lat", number), notes.number("lon", number), notes.number("geonames", int),
                     self._of.attribute(of, "Precision"), notes.all("admin"), self._who(of.name, (span,)))  # fmt: skip

    def _attribution(self, of: Entry) -> Attribution:
        source, to, medium = self._one(of, "Source"), self._one(of, "Addressee"), self._of.spans(of.one("Medium"))
        spans, entity, _ = source or ((), None, "")
        return Attribution(
            self._of.ids[of.name], self._of.attribute(of, "Kind"), self._of.attribute(of, "Manner"),
            self._of.attribute(of, "Act"), (of.name, "Negated") in self._of.file.attributes,
            Medium(medium, self._said(of.one("Medium"), medium)) if medium else None,
            Source(spans, entity, self._of.attribute(of, "SourceKind"), self._of.spans(of.one("Terms"))),
            Cue(self._of.spans(of.trigger)), Content(self._of.spans(of.one("Content"))),
            self._of.named(of.one("Within")), tuple(Via(*one) for one in self._taking(of, "Via")),
            Addressee(*to[:2]) if to else None, self._stated(of.one("Time")),
            tuple(map(self._condition, of.arguments.get("Condition", ()))), self._confidence(of),
        )  # fmt: skip

    def _event(self, of: Entry) -> Event:
        notes, named = self._of.notes(of.name), self._of.named
        return Event(
            self._of.ids[of.name], of.kind, notes.one("mode"), notes.all("context"), notes.one("cameo"),  # type: ignore[arg-type]
            self._of.span(of.trigger), self._participants(of, "Actor"), self._participants(of, "Recipient"),
            named(of.one("Place")), named(of.one("Time")), self._of.attribute(of, "Modality"), self._voice(of),
            self._confidence(of),
        )  # fmt: skip

    def _figure(self, of: Entry) -> Figure:
        notes, span, named = self._of.notes(of.name), self._of.span(of.trigger), self._of.named
        whom, by, said = self._one(of, "Of") or ((), None, "")
        return Figure(
            self._of.ids[of.name], span, self._text[slice(*span)], notes.number("low", number),
            notes.number("high", number), self._of.attribute(of, "Qualifier"), self._of.attribute(of, "Unit"),
            Participant(whom, said, by), self._of.attribute(of, "Scope"), named(of.one("PartOf")),
            named(of.one("Place")), named(of.one("Time")), named(of.one("Period")), named(of.one("Claimant")),
            self._voice(of),
        )  # fmt: skip

    def _condition(self, name: str) -> Condition:
        of = self._of.file.entries[name]
        return Condition(self._of.span(of.trigger), self._of.span(of.one("Words")), self._of.span(of.one("Governs")))

    def _participants(self, of: Entry, role: str) -> tuple[Participant, ...]:
        return tuple(Participant(spans, text, entity) for spans, entity, text in self._taking(of, role))

    def _one(self, of: Entry, role: str) -> _Taking | None:
        """Who takes part in a role that one alone can have."""
        found = list(self._taking(of, role))
        if len(found) > 1:
            self._of.faults.add(of.line, f"{of.name} has {role} more than once, by an argument and by its note",
                                "leave one of them")  # fmt: skip
        return found[0] if found else None

    def _taking(self, of: Entry, role: str) -> Iterator[_Taking]:
        """Who takes part in a role: by words, then those whom the entry's note names by their ids."""
        for name in of.arguments.get(role, ()):
            spans = self._of.spans(name)
            yield spans, self._who(name, spans), self._said(name, spans)
        for entity in self._of.notes(of.name).all(role.lower()):
            yield (), entity, ""

    def _who(self, name: str, spans: Spans) -> str | None:
        """Who is meant: as the note says, else by the mentions in the words."""
        said = self._of.note(name, "entity")
        return self._meant.by(spans) if said is None else None if said == "none" else said

    def _said(self, name: str | None, spans: Spans) -> str:
        said = self._of.note(name, "text")
        return words(self._text, spans) or "" if said is None else said

    def _words(self, of: Bound) -> str:
        return " ".join(self._text[slice(*self._of.span(of.name))].split())

    def _stated(self, name: str | None) -> StatementTime | None:
        return None if name is None else StatementTime(self._of.span(name), self._of.note(name, "value"))

    def _confidence(self, of: Entry) -> float:
        said = self._of.notes(of.name).number("confidence", number)
        return _SURE if said is None else said

    def _voice(self, of: Entry) -> str:
        told, said = of.one("Voice"), self._of.file.attributes.get((of.name, "Voice"))
        if (told is None) == (said is None):
            count = "no voice" if told is None else "two voices"
            self._of.faults.add(of.line, f"{of.name} has {count}",
                                "let the argument Voice lead to an attribution, or set the attribute")  # fmt: skip
        return said or self._of.named(told) or ""


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
