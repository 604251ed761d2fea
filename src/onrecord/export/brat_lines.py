"""The lines of a brat .ann file (brat standoff format, version 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.model import Span, Spans

__all__ = ["Standoff", "fragments"]

#: What ends a line or a column for brat or for programs that read its files.
_BREAK = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")


def fragments(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    r"""The parts of spans that cross no line and hold no tab.

    Example:
        >>> list(fragments("a b\nc", [(0, 5)]))
        [(0, 3), (4, 5)]
    """
    for start, end in spans:
        at = start
        for found in _BREAK.finditer(text, start, end):
            if found.start() > at:
                yield at, found.start()
            at = found.end()
        if end > at:
            yield at, end


class Standoff:
    r"""The annotations of one text as they are made; the same words under the same label are one text-bound annotation.

    Example:
        >>> made = Standoff("He left.")
        >>> made.text_bound("Source", ((0, 2),)), made.lines
        ('T1', ['T1\tSource 0 2\tHe'])
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._bound: dict[tuple[str, Spans], str] = {}
        self._events = self._attributes = self._notes = 0
        self.lines: list[str] = []

    def text_bound(self, label: str, spans: Spans) -> str | None:
        """The annotation of some words; None where there are none."""
        found = tuple(fragments(self._text, spans))
        if not found:
            return None
        if (label, found) not in self._bound:
            self._bound[label, found] = name = f"T{len(self._bound) + 1}"
            offsets = ";".join(f"{start} {end}" for start, end in found)
            words = " ".join(self._text[start:end] for start, end in found)
            self.lines.append(f"{name}\t{label} {offsets}\t{words}")
        return self._bound[label, found]

    def event_name(self) -> str:
        """The name of an event that is yet to be made."""
        self._events += 1
        return f"E{self._events}"

    def event(self, name: str, kind: str, trigger: Spans, parts: Iterable[tuple[str, str | None]]) -> str:
        """An event with its trigger and what arguments there are; those of one role are numbered from the second."""
        seen: dict[str, int] = {}
        arguments = []
        bound = self.text_bound(kind, trigger)
        for role, part in parts:
            if part is not None:
                seen[role] = seen.get(role, 0) + 1
                arguments.append(f" {role}{seen[role] if seen[role] > 1 else ''}:{part}")
        self.lines.append(f"{name}\t{kind}:{bound}{''.join(arguments)}")
        return name

    def attribute(self, label: str, of: str | None, value: str | None = None) -> None:
        """An attribute of an annotation; brat's values have no spaces."""
        if of is not None:
            self._attributes += 1
            said = "" if value is None else f" {value.replace(' ', '-')}"
            self.lines.append(f"A{self._attributes}\t{label} {of}{said}")

    def note(self, of: str | None, words: str) -> None:
        """A note on an annotation, on one line."""
        if of is not None:
            self._notes += 1
            self.lines.append(f"#{self._notes}\tAnnotatorNotes {of}\t{' '.join(words.split())}")
