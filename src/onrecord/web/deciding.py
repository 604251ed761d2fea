"""What a form of the review says, as steps that the record takes: fields, words, speakers, merging, links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

from onrecord.errors import InputError
from onrecord.model import Annotated, Entity, Span
from onrecord.record.corrections import Family
from onrecord.record.deciding import Step
from onrecord.record.names import key
from onrecord.web.controls import changes

__all__ = ["PARTS", "REASONS", "Typed", "only", "steps"]

#: What a form holds: the values of each field.
Typed: TypeAlias = Mapping[str, Sequence[str]]

#: The words of an entry that can be set, by their field: of which there can be several, and of which one alone.
PARTS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "attributions": {"content.spans": "what was said", "cue.spans": "by which words", "source.spans": "who said it"},
    "events": {"trigger": "what happened", "actors": "who did it", "recipients": "to whom"},
    "figures": {"span": "how many", "of": "whom or what it counts"},
    "times": {"span": "when"}, "places": {"span": "where"}, "entities": {"mentions": "where it is named"},
})  # fmt: skip
_SEVERAL = frozenset({"content.spans", "cue.spans", "source.spans", "mentions", "actors", "recipients"})
#: The reason that a form proposes for each thing to do.
REASONS: Mapping[str, str] = MappingProxyType({
    "accept": "the words say so", "reject": "the words do not say so", "edit": "misread", "words": "other words",
    "speaker": "another speaks", "merge": "one and the same", "split": "not the same",
    "link": "the same", "unlink": "not the same", "undo": "decided by mistake",
})  # fmt: skip


def only(given: Typed, name: str) -> str:
    """What was typed into a field of a form; empty where there is no such field.

    Example:
        >>> only({"low": ["9"]}, "low"), only({}, "low")
        ('9', '')
    """
    return next(iter(given.get(name, ())), "")


def steps(annotated: Annotated, family: Family, item: Any, given: Typed) -> list[Step]:
    """What a form asks for, in the order in which it is put in.

    Args:
        annotated: the reading that the person saw.
        family: the list that the entry stands in, "report" for the report itself.
        item: the entry.
        given: the form, with `do`: accept, reject, edit, words, speaker, merge, split, link or unlink.

    Raises:
        InputError: something typed is not a value of its field, or there is nothing of this name to do.
    """
    do = only(given, "do")
    made = _DONE.get(do)
    if made is None:
        raise InputError(f"there is nothing called “{do}” to do", "use the buttons of the page")
    return made(annotated, family, item, given)


def _plain(_: Annotated, __: Family, ___: Any, given: Typed) -> list[Step]:
    return [Step("accept" if only(given, "do") == "accept" else "reject")]


def _edit(annotated: Annotated, family: Family, item: Any, given: Typed) -> list[Step]:
    typed = {name: only(given, name) for name in given}
    return [Step("edit", field, value) for field, value in changes(annotated, family, item, typed).items()]


def _words(annotated: Annotated, family: Family, item: Any, given: Typed) -> list[Step]:
    part = only(given, "part")
    if part not in PARTS.get(family, {}):
        raise InputError("no words were chosen to set", "choose which words they are")
    span = _span(annotated, given)
    if part in ("actors", "recipients", "of"):
        party = _party(annotated, span)
        before = (
            [_builtin(each) for each in getattr(item, part)] if part != "of" and only(given, "how") == "add" else []
        )
        return [Step("edit", part, party if part == "of" else [*before, party])]
    if part not in _SEVERAL:
        return [Step("edit", part, list(span))]
    now: Any = item
    for name in part.split("."):
        now = getattr(now, name)
    spans = sorted({*now, span}) if only(given, "how") == "add" else [span]
    return [Step("edit", part, [list(each) for each in spans])]


def _span(annotated: Annotated, given: Typed) -> Span:
    try:
        start, end = int(only(given, "start")), int(only(given, "end"))
    except ValueError:
        raise InputError("the first and last character are not numbers", "select the words, or count them") from None
    size = len(annotated.report.text)
    if not 0 <= start < end <= size:
        raise InputError(f"there are no words at {start}-{end}", f"give two numbers between 0 and {size}, less first")
    return start, end


def _party(annotated: Annotated, span: Span) -> dict[str, Any]:
    """Somebody who takes part, by words; an entity of the reading if it is named by them."""
    inside = [
        (other[1] - other[0], each.id)
        for each in annotated.entities
        for other in each.mentions
        if span[0] <= other[0] and other[1] <= span[1]
    ]
    entity = max(inside, default=(0, None))[1]
    return {"spans": [list(span)], "text": annotated.report.text[slice(*span)], "entity": entity}


def _builtin(party: Any) -> dict[str, Any]:
    return {"spans": [list(span) for span in party.spans], "text": party.text, "entity": party.entity}


def _speaker(annotated: Annotated, family: Family, item: Any, given: Typed) -> list[Step]:
    if family != "attributions":
        raise InputError("only a statement has a speaker", "edit its fields instead")
    name, chosen = only(given, "name").strip(), only(given, "entity")
    found = _called(annotated, name) if name else next((e for e in annotated.entities if e.id == chosen), None)
    if found is not None:
        made = [Step("edit", "source.entity", found.id)]
        kind = _kind(found)
        return made if item.source.kind != "none" else [*made, Step("edit", "source.kind", kind)]
    if not name:
        return [Step("edit", "source.entity", None)]
    span = _nearest(annotated, name, item.cue.spans[0][0])
    if span is None:
        raise InputError(f"the report does not name “{name}”", "choose who speaks, or type words of the report")
    kind = "person" if item.source.kind == "none" else item.source.kind
    terms = [list(each) for each in item.source.terms]
    return [Step("edit", "source", {"spans": [list(span)], "entity": None, "kind": kind, "terms": terms})]


def _called(annotated: Annotated, name: str) -> Entity | None:
    """The entity that bears a name, or is mentioned by it."""
    wanted, text = key(name), annotated.report.text
    named = next((each for each in annotated.entities if key(each.name) == wanted), None)
    return named or next(
        (each for each in annotated.entities if any(key(text[slice(*span)]) == wanted for span in each.mentions)), None
    )


def _nearest(annotated: Annotated, words: str, here: int) -> Span | None:
    """Where words stand in the text, the nearest to a place."""
    text, at, best = annotated.report.text, -1, None
    while (at := text.find(words, at + 1)) >= 0:
        if best is None or abs(at - here) < abs(best[0] - here):
            best = at, at + len(words)
    return best


def _kind(entity: Entity) -> str:
    return {"person": "person", "group": "group"}.get(entity.type, "organisation")


def _merge(annotated: Annotated, _: Family, __: Any, given: Typed) -> list[Step]:
    other = only(given, "other")
    if not other:
        raise InputError("no second entry was chosen", "choose the one that is the same")
    return [Step("merge", other=f"{annotated.report.id}:{other}")]


def _split(_: Annotated, family: Family, item: Any, given: Typed) -> list[Step]:
    if family != "entities":
        raise InputError("only a name can be split", "edit the words of the entry instead")
    name = only(given, "name").strip()
    taken = set(given.get("mention", ()))
    mentions = [list(span) for span in item.mentions if f"{span[0]}-{span[1]}" in taken]
    if not name or not mentions:
        raise InputError("no name, or no mention, was chosen", "say who else it is, and tick where they are named")
    return [Step("split", value={"name": name, "mentions": mentions})]


def _link(_: Annotated, __: Family, ___: Any, given: Typed) -> list[Step]:
    other = only(given, "other").strip()
    if not other:
        raise InputError("no second entry was given", "give it as REPORT:ID, or choose one of those that are offered")
    return [Step("link" if only(given, "do") == "link" else "unlink", only(given, "link"), other=other)]


_DONE: Mapping[str, Callable[[Annotated, Family, Any, Typed], list[Step]]] = MappingProxyType({
    "accept": _plain, "reject": _plain, "edit": _edit, "words": _words, "speaker": _speaker, "merge": _merge,
    "split": _split, "link": _link, "unlink": _link,
})  # fmt: skip
