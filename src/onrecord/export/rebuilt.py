"""An annotated report made anew, with other words or at other places; all else stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

import msgspec

from onrecord.codebook.model import OWN_ID
from onrecord.model import Credit, Entity, Figure, Medium, Participant, Place, Report, Role, Span, Unread, Via

__all__ = ["rebuilt", "words_in"]

T = TypeVar("T")
Spans = tuple[Span, ...]

#: The fields that hold words, of a report or about one; all others hold codes, numbers, ids and spans.
WORDS: dict[type, frozenset[str]] = {
    Report: frozenset({"text", "title", "publisher"}),
    Credit: frozenset({"text", "agency", "place"}),
    Unread: frozenset({"why"}),
    Role: frozenset({"role", "of"}),
    Entity: frozenset({"name"}),
    Medium: frozenset({"text"}),
    Via: frozenset({"text"}),
    Participant: frozenset({"text"}),
    Figure: frozenset({"text"}),
    Place: frozenset({"name", "admin"}),
}


def rebuilt(value: T, *, words: Callable[[str], str], spans: Callable[[Spans], Spans],
            texts: tuple[str, str] = ("", "")) -> T:  # fmt: skip
    """The same, with each field of words and each group of spans replaced by what the functions make of it.

    Args:
        value: an annotated report, or a part of one.
        words: what is made of words.
        spans: what is made of spans that belong together; one span for one.
        texts: the report's text before and after: words that are those at a span stay those at that span.

    Example:
        >>> medium = Medium(((0, 4), (6, 9)), "in a letter")
        >>> rebuilt(medium, words=str.upper, spans=lambda group: tuple((a + 1, b + 1) for a, b in group))
        Medium(spans=((1, 5), (7, 10)), text='IN A LETTER')
    """
    if isinstance(value, msgspec.Struct):
        held = WORDS.get(type(value), frozenset())
        fields = {}
        for name in value.__struct_fields__:
            field = getattr(value, name)
            fields[name] = (_worded(field, words) if name in held
                            else rebuilt(field, words=words, spans=spans, texts=texts))  # fmt: skip
        before, after = _span_of(value), _span_of_fields(fields)
        if before and after and isinstance(fields.get("text"), str) and _said(value) == texts[0][slice(*before)]:
            fields["text"] = texts[1][slice(*after)]
        if isinstance(value, Entity):
            # A name from a team's codebook is no code.
            fields["ids"] = {key: code for key, code in value.ids.items() if key != OWN_ID}
        return type(value)(**fields)
    if isinstance(value, tuple):
        if _is_span(value):
            return cast(T, spans((value,))[0])
        if value and all(map(_is_span, value)):
            return cast(T, spans(value))
        return cast(T, tuple(rebuilt(item, words=words, spans=spans, texts=texts) for item in value))
    return value


def words_in(value: object) -> Iterator[str]:
    """Every field of words, in the order of the fields."""
    if isinstance(value, msgspec.Struct):
        held = WORDS.get(type(value), frozenset())
        for name in value.__struct_fields__:
            field = getattr(value, name)
            if name not in held:
                yield from words_in(field)
            elif field is not None:
                yield from field if isinstance(field, tuple) else (field,)
    elif isinstance(value, tuple):
        for item in value:
            yield from words_in(item)


def _worded(value: object, words: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return words(value)
    return tuple(map(words, value)) if isinstance(value, tuple) else value


def _is_span(value: object) -> bool:
    return isinstance(value, tuple) and tuple(map(type, value)) == (int, int)


def _span_of(value: msgspec.Struct) -> Span | None:
    """The one span at which a value's words stand."""
    return _span_of_fields({name: getattr(value, name) for name in value.__struct_fields__})


def _span_of_fields(fields: dict[str, Any]) -> Span | None:
    spans: Spans = fields.get("spans") or ((fields["span"],) if "span" in fields else ())
    return spans[0] if len(spans) == 1 else None


def _said(value: msgspec.Struct) -> str:
    return str(getattr(value, "text", ""))
