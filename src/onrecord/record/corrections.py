"""People's corrections: what a person decided about an entry, why, and by which words it is found again.

A correction never names an entry by its id alone, since ids change when a report is read again: it keeps the entry's
anchors. It is stored apart from every reading, and replayed on each (`onrecord.record.replaying`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

import msgspec

from onrecord.anchors import Anchor, anchor
from onrecord.errors import InputError
from onrecord.model import Annotated, Span

__all__ = ["ACTS", "FAMILIES", "LINKS", "REFERENCES", "Correction", "CorrectionAct", "Draft", "Family", "Target",
           "draft", "entry", "parts_of", "spans_of", "target"]  # fmt: skip

Family = Literal["entities", "attributions", "events", "figures", "times", "places", "report"]
CorrectionAct = Literal["accept", "reject", "edit", "merge", "split", "link", "unlink", "undo"]
LinkKind = Literal[
    "same-event", "same-attribution", "same-words", "same-figure", "same-issue", "same-entity", "copy-of", "version-of",
    "corrects", "same-story",
]  # fmt: skip

ACTS: tuple[str, ...] = get_args(CorrectionAct)
#: The lists of an annotated report, and the report itself.
FAMILIES: tuple[str, ...] = get_args(Family)
LINKS: tuple[str, ...] = get_args(LinkKind)

#: What each kind of link may join.
_LINKED = {
    "same-event": "events", "same-attribution": "attributions", "same-words": "attributions",
    "same-issue": "attributions", "same-figure": "figures", "same-entity": "entities",
}  # fmt: skip
#: The id of an entry: a letter or two for its list, and a number.
_ID = re.compile(r"[a-z]{1,2}[0-9]+")
#: Fields that hold the id of another entry, wherever they stand in an entry.
REFERENCES = frozenset({"entity", "place", "time", "period", "within", "voice", "claimant", "part_of"})


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry as a person saw it: its report, its anchors, and what it said.

    Attributes:
        id: its id in the reading that the person saw.
        anchors: of the words by which it is found again: the content of an attribution, the trigger of an event, the
            words of a figure, time or place, the mentions of an entity; none for a report.
        was: the entry as it stood, as in the JSON; empty for a report.
    """

    report: str
    version: str
    family: Family
    id: str
    anchors: tuple[Anchor, ...]
    was: dict[str, Any]


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A correction before it is stored.

    Attributes:
        target: the entry that it is about.
        other: the entry that is merged into it, or linked to it.
        field: for `edit`, the path of the field ("act", "source.entity"); for a link, its kind.
        value: the field's new value; for `split`, the name and mentions of the new entity. Ids of other entries in it
            are `{"ref": n}`, the n-th of `refers`.
        refers: the entries that the value names.
        undoes: number of the correction that is undone.
    """

    act: CorrectionAct
    target: Target
    other: Target | None = None
    field: str | None = None
    value: Any = None
    refers: tuple[Target, ...] = ()
    undoes: int | None = None


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A correction in the record: its number, what was decided, by whom, why, and when (ISO 8601, UTC)."""

    number: int
    draft: Draft
    author: str
    reason: str
    made_at: str


def parts_of(name: str) -> tuple[str, str]:
    """The report and the entry that REPORT:ID names; no entry where the name is that of a report.

    Example:
        >>> parts_of("r-1f0c:a3"), parts_of("r-1f0c:ev3"), parts_of("https://example.org/a")
        (('r-1f0c', 'a3'), ('r-1f0c', 'ev3'), ('https://example.org/a', ''))
    """
    report, colon, entry_id = name.rpartition(":")
    if colon and _ID.fullmatch(entry_id):
        return report, entry_id
    return name, ""


def spans_of(item: Any, family: str) -> tuple[Span, ...]:
    """The spans by which an entry of this family is found again."""
    if family == "attributions":
        return tuple(item.content.spans)
    if family == "entities":
        return tuple(item.mentions)
    return (item.trigger if family == "events" else item.span,)


def entry(annotated: Annotated, entry_id: str) -> tuple[Family, Any]:
    """The entry with an id, and the list that it stands in; the report itself for an empty id.

    Raises:
        InputError: the reading has no such entry.
    """
    if not entry_id:
        return "report", annotated.report
    for family in FAMILIES[:-1]:
        for item in getattr(annotated, family):
            if item.id == entry_id:
                return family, item  # type: ignore[return-value]
    raise InputError(f"the current reading has no entry {entry_id}", "look for its id with show",
                     subject=annotated.report.id)  # fmt: skip


def target(annotated: Annotated, entry_id: str) -> Target:
    """An entry of a reading, with the anchors by which it is found again."""
    family, item = entry(annotated, entry_id)
    report = annotated.report
    if family == "report":
        return Target(report.id, report.version, family, "", (), {})
    anchors = tuple(anchor(report, span) for span in spans_of(item, family))
    return Target(report.id, report.version, family, entry_id, anchors, msgspec.to_builtins(item))


def draft(
    annotated: Annotated,
    act: CorrectionAct,
    entry_id: str,
    *,
    field: str | None = None,
    value: Any = None,
    other: tuple[Annotated, str] | None = None,
) -> Draft:
    """A correction of an entry as the person sees it now.

    Args:
        annotated: the reading that the person sees.
        act: what to do.
        entry_id: id of the entry.
        field: see `Draft`.
        value: see `Draft`, with ids of entries of this reading.
        other: reading and id of the second entry of a merge or link.

    Raises:
        InputError: the act cannot be done on such entries.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Nine people were killed, police said.", models=False)
        >>> draft(read, "edit", read.figures[0].id, field="unit", value="wounded").target.anchors[0].exact
        'Nine'
    """
    one = target(annotated, entry_id)
    two = None if other is None else target(*other)
    _check(act, one, two, field)
    refers: list[Target] = []
    if act == "edit":
        value = _without_ids(value, (field or "").rsplit(".", 1)[-1], annotated, refers)
    return Draft(act, one, two, field, value, tuple(refers))


def _check(act: str, one: Target, two: Target | None, field: str | None) -> None:
    subject = f"{one.report}:{one.id}" if one.id else one.report

    def refuse(cause: str, remedy: str) -> None:
        raise InputError(cause, remedy, subject=subject)

    if act in ("merge", "link", "unlink") and two is None:
        refuse(f"to {act} takes two entries", "give the second one too")
    if act in ("accept", "reject", "edit", "merge", "split") and one.family == "report":
        refuse(f"a whole report cannot be {act}ed", "give an entry of it, as REPORT:ID")
    if act == "split" and one.family != "entities":
        refuse("only an entity can be split", "edit the spans of an attribution or event instead")
    if two is not None:
        if (one.report, one.id) == (two.report, two.id):
            refuse("this is one and the same entry", "give two")
        if one.family != two.family:
            refuse(f"one is of the {one.family}, the other of the {two.family}", "give two of a kind")
        if act == "merge" and one.report != two.report:
            refuse("entries of two reports cannot be merged", "link them")
        if act in ("link", "unlink"):
            if field not in LINKS:
                refuse(f"there is no link {field!r}", f"give one of {', '.join(LINKS)}")
            if one.family != _LINKED.get(field or "", "report"):
                refuse(f"a link {field} does not join {one.family}",
                       f"give two of the {_LINKED.get(field or '', 'reports')}")  # fmt: skip
    if act == "edit" and (not field or field == "id" or field not in _paths(one.was)):
        refuse(f"the {one.family} have no field {field!r}", f"give one of {', '.join(_paths(one.was))}")


def _paths(was: Mapping[str, Any]) -> Iterator[str]:
    """The fields of an entry that can be set, one level of objects deep."""
    for name, value in was.items():
        if name != "id":
            yield name
        if isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in value)


def _without_ids(value: Any, name: str, annotated: Annotated, refers: list[Target]) -> Any:
    """The value with each id of an entry put as the number of that entry among `refers`."""
    if isinstance(value, dict):
        return {key: _without_ids(inner, key, annotated, refers) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without_ids(inner, name, annotated, refers) for inner in value]
    if name in REFERENCES and isinstance(value, str) and value not in ("narrator", "unsourced"):
        refers.append(target(annotated, value))
        return {"ref": len(refers) - 1}
    return value
