"""What the annotations of a .ann file say, value by value: notes, attributes, stretches of the text, ids."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from onrecord.export.brat_labels import ARGUMENTS, ATTRIBUTES, ENTITIES, PARTS, TIMES
from onrecord.export.brat_lines import fragments, rejoined
from onrecord.imports.ann_file import AnnFile, Bound, Entry, Faults
from onrecord.model import Span, Spans

__all__ = ["Notes", "Values", "number"]

T = TypeVar("T")

#: The keys of notes by the labels of what they are on.
_KEYS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(ENTITIES, frozenset({"id", "name", "country", "sector", "ids", "at"})),
    **dict.fromkeys(TIMES, frozenset({"id", "value", "mod", "at"})),
    **dict.fromkeys(PARTS, frozenset({"entity", "text", "at"})),
    "StatedTime": frozenset({"value", "at"}),
    "NamedPlace": frozenset({"id", "name", "lat", "lon", "geonames", "admin", "entity", "at"}),
    "Role": frozenset({"entity", "role", "of", "at"}),
    **dict.fromkeys(ARGUMENTS, frozenset({"at"})),
}
_EVENT = frozenset({"id", "mode", "context", "cameo", "confidence", "actor", "recipient"})
_ENTRY_KEYS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(ARGUMENTS, _EVENT),
    "Attribution": frozenset({"id", "confidence", "source", "via", "addressee"}),
    "Figure": frozenset({"id", "low", "high", "of"}),
    "Condition": frozenset(),
}
_ID = re.compile("([a-z]+)([0-9]{1,9})")


class Notes:
    """What the notes on one annotation say.

    Attributes:
        line: that of the annotation.
    """

    def __init__(self, pairs: Iterable[tuple[str, str, int]], line: int, faults: Faults, keys: frozenset[str]) -> None:
        self.line = line
        self._faults = faults
        self._values: dict[str, list[tuple[str, int]]] = {}
        for key, value, at in pairs:
            self._values.setdefault(key, []).append((value, at))
            if key not in keys:
                faults.add(at, f"the note has {key}={value}, where it can have {', '.join(sorted(keys)) or 'nothing'}",
                           "correct the key, or leave the equals sign out of a remark")  # fmt: skip

    def one(self, key: str) -> str | None:
        """The value of a key; None where there is none."""
        found = self._values.get(key, ())
        if len(found) > 1:
            self._faults.add(found[1][1], f"the note says {key} twice", "leave one of them")
        return found[0][0] if found else None

    def all(self, key: str) -> tuple[str, ...]:
        """The values of a key that may have several."""
        return tuple(value for value, _ in self._values.get(key, ()))

    def number(self, key: str, kind: Callable[[str], T]) -> T | None:
        """The value of a key as a number."""
        value = self.one(key)
        try:
            return None if value is None else kind(value)
        except ValueError:
            self._faults.add(self._values[key][0][1], f"{key} is {value!r}, which is no number", "write it in digits")
            return None


class Values:
    """The annotations of a file with what each says; what is wrong is kept in `faults`.

    Attributes:
        file: the annotations.
        ids: the ids of the entries of the reading by the names of brat's annotations.
        lines: the line of each of these entries by its id.
    """

    def __init__(self, file: AnnFile, text: str, faults: Faults) -> None:
        self.file, self.faults = file, faults
        self.ids: dict[str, str] = {}
        self.lines: dict[str, int] = {}
        self._text = text
        self._notes = {one.name: Notes(file.notes.get(one.name, ()), one.line, faults, _KEYS[one.label])
                       for one in file.bounds.values()}  # fmt: skip
        self._notes |= {one.name: Notes(file.notes.get(one.name, ()), one.line, faults, _ENTRY_KEYS[one.kind])
                        for one in file.entries.values()}  # fmt: skip
        self._last: dict[str, int] = {}
        for notes in self._notes.values():
            for said in notes.all("id"):
                if found := _ID.fullmatch(said):
                    self._last[found[1]] = max(self._last.get(found[1], 0), int(found[2]))

    def notes(self, name: str) -> Notes:
        """The notes on an annotation."""
        return self._notes[name]

    def note(self, name: str | None, key: str) -> str | None:
        """What a note on an annotation says; None where there is no annotation or no such value."""
        return None if name is None else self._notes[name].one(key)

    def named(self, name: str | None) -> str | None:
        """The id of the entry of the reading that an annotation is."""
        return self.ids.get(name or "")

    def labelled(self, labels: Iterable[str]) -> list[Bound]:
        """The words under some labels."""
        wanted = frozenset(labels)
        return [bound for bound in self.file.bounds.values() if bound.label in wanted]

    def attribute(self, of: Bound | Entry, name: str) -> Any:
        """The value of an attribute that has to be there."""
        found = self.file.attributes.get((of.name, name))
        if found is None:
            self.faults.add(of.line, f"{of.name} has no {name}",
                            f"set it to one of {', '.join(ATTRIBUTES[name].values)}")  # fmt: skip
        return found

    def spans(self, name: str | None) -> Spans:
        """Where words stand: as their note says, if these are the words that are marked."""
        if name is None:
            return ()
        bound, said = self.file.bounds[name], self.note(name, "at")
        if said is not None:
            try:
                exact = tuple(_pair(one) for one in said.split(","))
            except ValueError:
                self.faults.add(bound.line, f"at is {said!r}, which says no stretches", "take it out of the note")
                return ()
            inside = all(0 <= start < end <= len(self._text) for start, end in exact)
            if inside and bound.parts == tuple(fragments(self._text, exact)):
                return exact
        return rejoined(self._text, bound.parts)

    def span(self, name: str | None) -> Span:
        """Where words stand that have to be one stretch."""
        found = self.spans(name)
        if name is not None and len(found) > 1:
            bound = self.file.bounds[name]
            self.faults.add(bound.line, f"{name} is in {len(found)} pieces, where {bound.label} is one",
                            "mark one stretch of words")  # fmt: skip
        return found[0] if found else (0, 0)

    def id(self, name: str, prefix: str) -> str:
        """The id that an annotation's note gives the entry, else a new one."""
        said = self.note(name, "id")
        self.ids[name] = self.entered(said, self._notes[name].line) if said else self.new(prefix, name)
        return self.ids[name]

    def entered(self, said: str, line: int) -> str:
        """An id that a note gives."""
        if said in self.lines:
            self.faults.add(line, f"the id {said} is that of line {self.lines[said]} too",
                            "take it out of one of the notes")  # fmt: skip
        self.lines[said] = line
        return said

    def new(self, prefix: str, name: str) -> str:
        """An id that no other entry has."""
        self._last[prefix] = self._last.get(prefix, 0) + 1
        made = f"{prefix}{self._last[prefix]}"
        self.lines[made] = self._notes[name].line
        return made


def number(words: str) -> float:
    """A number that has an end.

    Raises:
        ValueError: it is none.
    """
    found = float(words)
    if not math.isfinite(found):
        raise ValueError(words)
    return found


def _pair(words: str) -> Span:
    start, end = words.split("-")
    return int(start), int(end)
