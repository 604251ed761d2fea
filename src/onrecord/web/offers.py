"""The entries of a reading that a field of another can refer to, each with words by which a person knows it."""

from __future__ import annotations

from typing import Any

from onrecord.anchors import spans
from onrecord.model import Annotated, Attribution, Event, Span

__all__ = ["MOST", "offered"]

#: How many entries are offered, those whose words stand nearest.
MOST = 150


def offered(annotated: Annotated, what: str, item: Any, *, keep: str = "") -> list[tuple[str, str]]:
    """The ids of the entries that an entry may refer to, with their words, in the order of the text.

    Args:
        what: a list of the reading, or "voices".
        item: the entry that refers; it is not offered itself.
        keep: an id that is offered however far away its words are.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Nine people were killed, police said.", models=False)
        >>> [words for _, words in offered(read, "voices", read.figures[0])][:2]
        ['the outlet’s own', 'no source given']
    """
    if what == "voices":
        fixed = [("narrator", "the outlet’s own"), ("unsourced", "no source given")]
        return fixed + offered(annotated, "attributions", item, keep=keep)
    here = next(spans(item), (0, 0))[0]
    found = [(_first(each), each) for each in getattr(annotated, what) if each.id != item.id]
    near = sorted(found, key=lambda each: (each[1].id != keep, abs(each[0] - here)))[:MOST]
    near.sort(key=lambda each: (each[0], each[1].id))
    return [(each.id, _words(annotated, each)) for _, each in near]


def _first(item: Any) -> int:
    return min((start for start, _ in spans(item)), default=0)


def _words(annotated: Annotated, item: Any) -> str:
    text = annotated.report.text
    if isinstance(item, Attribution):
        who = next((e.name for e in annotated.entities if e.id == item.source.entity), None)
        named = who or _cut(text, item.source.spans) or "nobody named"
        return f"{named}: {_cut(text, item.content.spans)}"
    name = getattr(item, "name", None)
    if name is not None:
        return f"{name} ({item.type})" if hasattr(item, "type") else str(name)
    words = _cut(text, (getattr(item, "trigger", None) or item.span,))
    value = item.type if isinstance(item, Event) else getattr(item, "value", None)
    return f"{words} ({value})" if value else words


def _cut(text: str, some: tuple[Span, ...]) -> str:
    words = " … ".join(" ".join(text[start:end].split()) for start, end in some)
    return words if len(words) <= 60 else words[:59] + "…"
