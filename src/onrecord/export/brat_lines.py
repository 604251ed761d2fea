"""The lines of a brat .ann file (brat standoff format, version 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.model import Span, Spans

__all__ = ["Standoff", "fragments", "rejoined"]

#: What ends a line or a column for brat or for programs that read its files.
_BREAK = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")


def fragments(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    r"""The parts of spans that cross no line and hold no tab, in the order of the text; spans that meet are one.

    Example:
        >>> list(fragments("a b\nc", [(0, 5)]))
        [(0, 3), (4, 5)]
    """
    for start, end in _apart(spans):
        at = start
        for found in _BREAK.finditer(text, start, end):
            if found.start() > at:
                yield at, found.start()
            at = found.end()
        if end > at:
            yield at, end


def rejoined(text: str, parts: Iterable[Span]) -> Spans:
    r"""The spans that were cut into these parts: those between which nothing but a line's end stands are one.

    Example:
        >>> rejoined("a b\nc", [(0, 3), (4, 5)])
        ((0, 5),)
    """
    found: list[Span] = []
    for start, end in parts:
        if found and _BREAK.fullmatch(text, found[-1][1], start):
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for start, end in sorted(spans):
        if last is None or start > last[1]:
            if last is not None:
                yield last
            last = start, end
        else:
            last = last[0], max(last[1], end)
    if last is not None:
        yield last


class Standoff:
    r"""The annotations of one text as they are made; the same words with the same label and note are one annotation.

    Example:
        >>> made = Standoff("He left.")
        >>> made.text_bound("Source", ((0, 2),)), made.lines
        ('T1', ['T1\tSource 0 2\tHe'])
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._bound: dict[tuple[str, Spans, str], str] = {}
        self._events = self._attributes = self._notes = 0
        self.lines: list[str] = []

    def text_bound(self, label: str, spans: Spans, note: str = "") -> str | None:
        """The annotation of some words, with a note unless that is empty; None where there are no words."""
        found = tuple(fragments(self._text, spans))
        if not found:
            return None
        known = (label, found, note)
        if known not in self._bound:
            self._bound[known] = name = f"T{len(self._bound) + 1}"
            offsets = ";".join(f"{start} {end}" for start, end in found)
            words = " ".join(self._text[start:end] for start, end in found)
            self.lines.append(f"{name}\t{label} {offsets}\t{words}")
            self.note(name, note)
        return self._bound[known]

    def event_name(self) -> str:
        """The name of an event that is yet to be made."""
        self._events += 1
        return f"E{self._events}"

    def event(self, name: str, kind: str, trigger: str | None, parts: Iterable[tuple[str, str | None]]) -> None:
        """An event of a kind with its trigger and what arguments there are; of one role, the second is numbered 2."""
        seen: dict[str, int] = {}
        arguments = []
        for role, part in parts:
            if part is not None:
                seen[role] = seen.get(role, 0) + 1
                arguments.append(f" {role}{seen[role] if seen[role] > 1 else ''}:{part}")
        self.lines.append(f"{name}\t{kind}:{trigger}{''.join(arguments)}")

    def attribute(self, label: str, of: str | None, value: str | None = None) -> None:
        """An attribute of an annotation; without a value, that it has it."""
        if of is not None:
            self._attributes += 1
            self.lines.append(f"A{self._attributes}\t{label} {of}{'' if value is None else f' {value}'}")

    def note(self, of: str, words: str) -> None:
        """A note on an annotation, of words on one line; none where there are no words."""
        if words:
            self._notes += 1
            self.lines.append(f"#{self._notes}\tAnnotatorNotes {of}\t{words}")
