"""Which of many items with spans lie over a stretch of text, without looking at each of them every time."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import Span

__all__ = ["Overlaps"]

#: The text is divided into parts of so many characters, each with the items that lie in it.
PART = 256


class Overlaps:
    """Items by number, looked up by the stretches that their spans lie over.

    Example:
        >>> overlaps = Overlaps()
        >>> overlaps.add(0, [(0, 10)])
        >>> overlaps.add(1, [(5, 20), (600, 700)])
        >>> overlaps.over((8, 12)), overlaps.over((650, 660))
        ([0, 1], [1])
    """

    __slots__ = ("_parts",)

    def __init__(self) -> None:
        self._parts: dict[int, dict[int, list[Span]]] = {}

    def add(self, number: int, spans: Iterable[Span]) -> None:
        """Spans of an item, which may have some already."""
        for span in spans:
            for part in range(span[0] // PART, (span[1] - 1) // PART + 1):
                self._parts.setdefault(part, {}).setdefault(number, []).append(span)

    def over(self, span: Span) -> list[int]:
        """The numbers, in order, of the items that have or had a character in common with a span."""
        found: set[int] = set()
        for part in range(span[0] // PART, (span[1] - 1) // PART + 1):
            for number, spans in self._parts.get(part, {}).items():
                if any(start < span[1] and span[0] < end for start, end in spans):
                    found.add(number)
        return sorted(found)
