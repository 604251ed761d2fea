"""One entry as a person looks at it to decide: its words in their surroundings, its fields, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.anchors import spans
from onrecord.errors import InputError
from onrecord.model import Annotated, Entity, Report, Span
from onrecord.record.corrections import Family, entry, parts_of
from onrecord.record.deciding import state
from onrecord.record.store import Record
from onrecord.view.alike import Alike, alike
from onrecord.view.decisions import Made, made_about
from onrecord.view.show import Shown, show
from onrecord.web.controls import Choice, Control, controls
from onrecord.web.deciding import PARTS
from onrecord.web.marks import Mark, Piece, marks, pieces
from onrecord.web.notes import Field, Note, notes
from onrecord.web.offers import offered

__all__ = ["Looked", "looked"]

#: How many code points are shown before and after the words of an entry, and how many of the words themselves.
AROUND, LONGEST = 320, 2_500


@dataclass(frozen=True, slots=True)
class Looked:
    """An entry and what can be done about it.

    Attributes:
        note: the entry in words; None where the current reading has it no more, or where it is a report.
        pieces: the text around it; `within` where in the text they are.
        seen: its state, which goes with the forms.
        made: the decisions about it.
        others: entries of the same list of the report, with which it may be merged.
        mentions: of an entity, each with the words around it.
    """

    found: Shown
    name: str
    entry: str
    family: Family | None
    note: Note | None
    pieces: tuple[Piece, ...]
    within: Span
    seen: str
    made: tuple[Made, ...]
    controls: tuple[Control, ...]
    parts: Mapping[str, str]
    people: tuple[Choice, ...]
    speaker: str
    others: tuple[Choice, ...]
    mentions: tuple[Choice, ...]
    alike: Alike | None


def looked(record: Record, name: str, *, typed: Mapping[str, Any] | None = None) -> Looked:
    """The entry with this name, REPORT:ID, or the report itself.

    Raises:
        RecordError: there is no such report.
    """
    report, wanted = parts_of(name)
    found = show(record, report)
    annotated = found.annotated
    made = made_about(record, found.report_id)
    try:
        family, item = entry(annotated, wanted)
    except InputError:
        family, item = None, None
    within = _within(annotated, item)
    words = {key: str(value) for key, value in (typed or {}).items()} if typed and typed.get("do") == "edit" else None
    return Looked(
        found, f"{found.report_id}:{wanted}".rstrip(":"), wanted, family, _note(annotated, item),
        pieces(annotated.report.text, _marks(annotated, item), within=within), within,
        state(annotated, wanted, record.corrections(found.report_id)) if family else "",
        tuple(one for one in made if one.entry == wanted),
        controls(annotated, family, item, typed=words) if family else (), PARTS.get(family or "", {}),
        _choices(annotated, "entities", item) if family == "attributions" else (),
        (item.source.entity or "") if family == "attributions" else "",
        _choices(annotated, family, item) if family and family != "report" else (),
        _mentions(annotated, item), alike(record, family, found.report_id, wanted) if family else None,
    )  # fmt: skip


def _note(annotated: Annotated, item: Any) -> Note | None:
    if item is None or isinstance(item, Report):
        return None
    if isinstance(item, Entity):
        fields = (Field("type", item.type), Field("country", item.country or "none"),
                  Field("sector", item.sector or "none"),
                  *(Field("role", role.role) for role in item.roles))  # fmt: skip
        return Note(item.id, "name", f"name, {item.type}", item.name, fields, (), item.mentions[0], item.name, None,
                    item.name, f"is a name of type {item.type}", ())  # fmt: skip
    return next(note for note in notes(annotated, everything=True) if note.id == item.id)


def _marks(annotated: Annotated, item: Any) -> list[Mark]:
    if isinstance(item, Entity):
        return [Mark(span, "source", item.id) for span in item.mentions]
    return [mark for mark in marks(annotated, everything=True) if mark.entry == getattr(item, "id", None)]


def _within(annotated: Annotated, item: Any) -> Span:
    """What is shown of the text: the entry's words and some around, whole ones; if it has none, the beginning."""
    size = len(annotated.report.text)
    own = [] if item is None or isinstance(item, Report) else [mark.span for mark in _marks(annotated, item)]
    first = min((start for start, _ in own), default=0)
    last = min(max((end for _, end in own), default=0), first + LONGEST)
    text, low, high = annotated.report.text, max(0, first - AROUND), min(size, last + AROUND)
    while 0 < low < first and not text[low - 1].isspace():
        low += 1
    while last < high < size and not text[high].isspace():
        high -= 1
    return low, high


def _choices(annotated: Annotated, family: str, item: Any) -> tuple[Choice, ...]:
    keep = item.source.entity or "" if hasattr(item, "source") else ""
    return tuple(Choice(*each) for each in offered(annotated, family, item, keep=keep))


def _mentions(annotated: Annotated, item: Any) -> tuple[Choice, ...]:
    if not isinstance(item, Entity):
        return ()
    text = annotated.report.text
    return tuple(
        Choice(f"{start}-{end}", " ".join(text[max(0, start - 40) : end + 40].split()))
        for start, end in list(spans(item.mentions))[:100]
    )
