"""The text of a report cut into pieces, each with the entries that it belongs to, so that marks may overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.model import Annotated, Span

__all__ = ["Mark", "Piece", "marks", "pieces"]

MarkKind = Literal["content", "cue", "source", "condition", "event", "figure", "time", "place"]

#: In which order the kinds of several marks on one piece are named: what is rather asked for first.
_ORDER: tuple[MarkKind, ...] = ("figure", "event", "time", "place", "cue", "source", "condition", "content")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of an entry: `part` says which of its words they are."""

    span: Span
    part: MarkKind
    entry: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text on which the same marks lie.

    Attributes:
        text: its words; empty only in an empty text.
        parts: the kinds of its marks, each once.
        entries: the entries, the shortest mark's first.
        opens: the entries whose first words begin here.
    """

    text: str
    parts: tuple[MarkKind, ...]
    entries: tuple[str, ...]
    opens: tuple[str, ...]


def marks(annotated: Annotated, *, everything: bool = False, within: Span | None = None) -> Iterator[Mark]:
    """The marks of a report's entries; of attributions those that were said or written, unless everything is asked.

    Args:
        within: marks that lie wholly outside this part of the text may be left out.
    """
    low, high = within or (0, len(annotated.report.text))
    for made in annotated.attributions:
        if not everything and made.manner not in {"said", "written"}:
            continue
        spans = (*made.content.spans, *made.cue.spans, *made.source.spans)
        if spans and (min(spans)[0] >= high or max(stop for _, stop in spans) <= low) and not made.conditions:
            continue
        yield from (Mark(span, "content", made.id) for span in made.content.spans)
        yield from (Mark(span, "cue", made.id) for span in made.cue.spans)
        yield from (Mark(span, "source", made.id) for span in made.source.spans)
        yield from (Mark(condition.span, "condition", made.id) for condition in made.conditions)
    yield from (Mark(event.trigger, "event", event.id) for event in annotated.events)
    yield from (Mark(figure.span, "figure", figure.id) for figure in annotated.figures)
    yield from (Mark(time.span, "time", time.id) for time in annotated.times)
    yield from (Mark(place.span, "place", place.id) for place in annotated.places)


def pieces(text: str, found: Iterable[Mark], *, within: Span | None = None) -> tuple[Piece, ...]:
    """The text in pieces, in its order; together they are the text to the character.

    Args:
        text: the whole text, into which the marks' spans point.
        within: only this part of it.

    Example:
        >>> made = pieces("He said no.", [Mark((3, 7), "cue", "a1"), Mark((0, 11), "content", "a1")])
        >>> [(piece.text, piece.parts) for piece in made]
        [('He ', ('content',)), ('said', ('cue', 'content')), (' no.', ('content',))]
    """
    low, high = within or (0, len(text))
    inside = [mark for mark in found if mark.span[0] < high and mark.span[1] > low and mark.span[0] < mark.span[1]]
    first: dict[str, int] = {}
    starting: dict[int, list[Mark]] = defaultdict(list)
    ending: dict[int, list[Mark]] = defaultdict(list)
    for mark in inside:
        start, end = max(mark.span[0], low), min(mark.span[1], high)
        starting[start].append(mark)
        ending[end].append(mark)
        first[mark.entry] = min(start, first.get(mark.entry, start))
    cuts = sorted({low, high, *starting, *ending})
    here: dict[Mark, None] = {}
    made = []
    for start, end in pairwise(cuts):
        for mark in ending.get(start, ()):
            here.pop(mark, None)
        here.update(dict.fromkeys(starting.get(start, ())))
        shortest = sorted(here, key=lambda mark: (mark.span[1] - mark.span[0], mark.span, mark.entry))
        parts = {mark.part for mark in here}
        entries = tuple(dict.fromkeys(mark.entry for mark in shortest))
        opens = tuple(entry for entry in entries if first[entry] == start)
        made.append(Piece(text[start:end], tuple(p for p in _ORDER if p in parts), entries, opens))
    return tuple(made)
