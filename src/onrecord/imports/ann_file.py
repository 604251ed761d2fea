"""The lines of a brat .ann file (brat standoff format, version 1.3), read with what is wrong in each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from onrecord.errors import InputError
from onrecord.export.brat_labels import ARGUMENTS, ATTRIBUTES, LABELS, written
from onrecord.export.brat_notes import values
from onrecord.model import Span

__all__ = ["AnnFile", "Bound", "Entry", "Faults", "ann_file"]


@dataclass
class Faults:
    """What is wrong in a file, each by its line.

    Attributes:
        subject: the file.
    """

    subject: str
    found: list[InputError] = field(default_factory=list)

    def add(self, line: int, cause: str, remedy: str) -> None:
        """Keep one."""
        self.found.append(InputError(cause, remedy, subject=f"{self.subject}:{line}"))


@dataclass(frozen=True, slots=True)
class Bound:
    """Some words under a label: its name, the stretches of the text, and the line."""

    name: str
    label: str
    parts: tuple[Span, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of brat's: its name, kind and trigger, its arguments by role in their order, and the line."""

    name: str
    kind: str
    trigger: str
    arguments: dict[str, tuple[str, ...]]
    line: int

    def one(self, role: str) -> str | None:
        """What the argument of that role leads to, if there is one."""
        return next(iter(self.arguments.get(role, ())), None)


@dataclass
class AnnFile:
    """A whole file.

    Attributes:
        attributes: values by the name of what they are on and their own.
        notes: keys and values by the name of what they are on, each with its line.
    """

    bounds: dict[str, Bound] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)


def ann_file(lines: str, text: str, faults: Faults) -> AnnFile:
    r"""The annotations of a text; what cannot be read is left out and kept in `faults`.

    Example:
        >>> faults = Faults("a.ann")
        >>> ann_file("T1\tSource 0 2\tHe\nT2\tSource 3 99\tleft", "He left.", faults).bounds.keys()
        dict_keys(['T1'])
        >>> print(faults.found[0])
        a.ann:2: 3 99 is not a stretch of the text, which has 8 characters; mark the words again
    """
    reading = _Reading(text, faults)
    for number, line in enumerate(lines.split("\n"), start=1):
        if line.strip():
            reading.read(line.rstrip("\r"), number)
    reading.check()
    return reading.made


class _Reading:
    """A file that is being read, and which line each name is of."""

    def __init__(self, text: str, faults: Faults) -> None:
        self._text, self._faults = text, faults
        self._names: dict[str, int] = {}
        self._on: list[tuple[str, int, str | None]] = []
        self.made = AnnFile()

    def read(self, line: str, number: int) -> None:
        """One line, by the letter that it begins with."""
        name, tab, rest = line.partition("\t")
        kinds: dict[str, Callable[[str, str, int], str | None]] = {
            "T": self._bound, "E": self._entry, "A": self._attribute, "#": self._note,
        }  # fmt: skip
        read = kinds.get(name[:1])
        if not tab or read is None or not re.fullmatch("[TEA#][0-9]+", name):
            self._faults.add(number, f"{line[:40]!r} is no line that onrecord exports", "delete the annotation in brat")
        elif name in self._names:
            self._faults.add(number, f"{name} is the name of line {self._names[name]} too", "delete one of the two")
        else:
            self._names[name] = number
            if (cause := read(name, rest, number)) is not None:
                self._faults.add(number, cause, "mark the words again" if name[0] == "T" else "make it again in brat")

    def check(self) -> None:
        """That triggers, arguments, attributes and notes lead somewhere."""
        made, triggers = self.made, {entry.trigger for entry in self.made.entries.values()}
        for entry in made.entries.values():
            trigger = made.bounds.get(entry.trigger)
            if trigger is None:
                self._dangling(entry.line, entry.trigger)
            elif trigger.label != entry.kind:
                self._faults.add(entry.line, f"its trigger {trigger.name} is {trigger.label} and it is {entry.kind}",
                                 "make the event again")  # fmt: skip
            for role, targets in entry.arguments.items():
                for target in targets:
                    self._lead(entry, role, target)
        for bound in made.bounds.values():
            if bound.label in ARGUMENTS and bound.name not in triggers:
                self._faults.add(bound.line, f"{bound.name} is {bound.label} and no event has it as its trigger",
                                 "delete it, or make the event again")  # fmt: skip
        for target, line, attribute in self._on:
            label = self._label(target)
            if label is None:
                self._dangling(line, target)
            elif attribute is not None and label not in ATTRIBUTES[attribute].of:
                self._faults.add(line, f"{target} is {label}, which has no {attribute}", "take the attribute away")

    def _lead(self, entry: Entry, role: str, target: str) -> None:
        label = self._label(target)
        if label is None:
            self._dangling(entry.line, target)
        elif label not in ARGUMENTS[entry.kind][role].labels:
            self._faults.add(entry.line, f"{role} leads to {target}, which is {label}",
                             f"let it lead to {' or '.join(ARGUMENTS[entry.kind][role].labels)}")  # fmt: skip

    def _label(self, name: str) -> str | None:
        found = self.made.bounds.get(name)
        entry = self.made.entries.get(name)
        return found.label if found else entry.kind if entry else None

    def _dangling(self, line: int, name: str) -> None:
        # A name whose own line could not be read is told there.
        if name not in self._names or name[0] not in "TE":
            self._faults.add(line, f"there is no annotation {name}", "make it again, or delete what names it")

    def _bound(self, name: str, rest: str, line: int) -> str | None:
        head, _, words = rest.partition("\t")
        label, _, offsets = head.partition(" ")
        if label not in LABELS and label not in ARGUMENTS:
            return f"there is no label {label!r}"
        if not re.fullmatch("[0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*", offsets):
            return f"{offsets[:40]!r} says no stretches of the text"
        parts = []
        for one in offsets.split(";"):
            start, end = map(int, one.split(" "))
            if not 0 <= start < end <= len(self._text):
                return f"{one} is not a stretch of the text, which has {len(self._text)} characters"
            parts.append((start, end))
        stands = " ".join(self._text[start:end] for start, end in parts)
        if stands != words:
            return f"{words[:40]!r} is said to stand where {stands[:40]!r} stands"
        self.made.bounds[name] = Bound(name, label, tuple(parts), line)
        return None

    def _entry(self, name: str, rest: str, line: int) -> str | None:
        (kind, _, trigger), *parts = (part.partition(":") for part in rest.split() or [""])
        if kind not in ARGUMENTS:
            return f"there is no event {kind!r}"
        arguments: dict[str, list[tuple[int, str]]] = {}
        for said, _, target in parts:
            role, order = re.fullmatch("(.*?)([0-9]*)", said, re.DOTALL).groups()  # type: ignore[union-attr]
            if role not in ARGUMENTS[kind]:
                return f"{kind} has no argument {role!r}"
            arguments.setdefault(role, []).append((int(order or 1), target))
        for role, known in ARGUMENTS[kind].items():
            count = len(arguments.get(role, ()))
            if count > 1 and known.often != "*":
                return f"{kind} has {count} arguments {role}, where it has one at most"
            if count == 0 and known.often == "":
                return f"{kind} has no argument {role}, which it needs"
        ordered = {role: tuple(target for _, target in sorted(found, key=lambda one: one[0]))
                   for role, found in arguments.items()}  # fmt: skip
        self.made.entries[name] = Entry(name, kind, trigger, ordered, line)
        return None

    def _attribute(self, _: str, rest: str, line: int) -> str | None:
        name, target, value = (*rest.split(" "), "", "")[:3]
        if name not in ATTRIBUTES:
            return f"there is no attribute {name!r}"
        known = {written(one): one for one in ATTRIBUTES[name].values}
        if known and value not in known:
            return f"{name} is {value or 'empty'}, which is none of {', '.join(known)}"
        if value and not known:
            return f"{name} is {value}, where it has no value"
        if (target, name) in self.made.attributes:
            return f"{target} has two values of {name}"
        self.made.attributes[target, name] = known.get(value, "")
        self._on.append((target, line, name))
        return None

    def _note(self, _: str, rest: str, line: int) -> str | None:
        head, _, words = rest.partition("\t")
        kind, _, target = head.partition(" ")
        if kind != "AnnotatorNotes":
            return f"{kind!r} is no note of an annotator"
        try:
            self.made.notes.setdefault(target, []).extend((*pair, line) for pair in values(words))
        except InputError as error:
            return error.cause
        self._on.append((target, line, None))
        return None
