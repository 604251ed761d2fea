"""A text as HTML with the words of its entries marked, whatever overlaps."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Spans

__all__ = ["Mark", "marked"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be marked: the id by which links find it, its kind, and where it stands."""

    id: str
    kind: str
    spans: Spans


def marked(text: str, marks: Iterable[Mark]) -> str:
    """The text, escaped, with each stretch in a `mark` that names the kinds that hold it; an id stands where it begins.

    Example:
        >>> marked("a < b c", [Mark("x", "said", ((0, 5),)), Mark("y", "figure", ((4, 7),))])
        '<span id="x"></span><mark class="said">a &lt; </mark><span id="y"></span><mark class="said figure">b</mark><mark class="figure"> c</mark>'
    """  # noqa: E501 - the example is one line of HTML
    all_marks = list(marks)
    begins: dict[int, list[str]] = {}
    changes: dict[int, list[tuple[str, int]]] = {}
    for mark in all_marks:
        begins.setdefault(mark.spans[0][0], []).append(mark.id)
        for start, end in mark.spans:
            changes.setdefault(start, []).append((mark.kind, 1))
            changes.setdefault(end, []).append((mark.kind, -1))
    kinds = list(dict.fromkeys(mark.kind for mark in all_marks))
    held = dict.fromkeys(kinds, 0)
    parts: list[str] = []
    at = 0
    for place in sorted({0, len(text), *changes}):
        parts.append(_stretch(text[at:place], [kind for kind in kinds if held[kind]]))
        parts += [f'<span id="{html.escape(name)}"></span>' for name in begins.get(place, ())]
        for kind, change in changes.get(place, ()):
            held[kind] += change
        at = place
    return "".join(parts)


def _stretch(words: str, kinds: list[str]) -> str:
    said = html.escape(words, quote=False)
    return f'<mark class="{" ".join(kinds)}">{said}</mark>' if kinds and words else said
