"""What people decided, and what became of it in the current readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from onrecord.record import correcting, finding
from onrecord.record.corrections import Correction, Draft, Target, parts_of
from onrecord.record.replaying import Placed, undone_by
from onrecord.record.store import Record

__all__ = ["Decision", "corrections", "decisions_on", "what_is_decided"]

Standing = Literal["applied", "conflict", "unplaced", "standing", "undone"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A correction as a person reads it.

    Attributes:
        number: its number, by which it is undone.
        report_id, entry: what it is about; the entry by its id in the current reading, or the id that the author saw.
        what: what was decided, in words.
        words: the words that the entry stands on, as the author saw them.
        status: "applied"; "conflict" (applied, but the reading now disagrees); "unplaced" (not applied); "standing" (a
            link or an undoing); "undone".
        why: why it conflicts or is not placed.
        made_at: ISO 8601 in UTC.
    """

    number: int
    report_id: str
    entry: str
    what: str
    words: str
    status: Standing
    why: str | None
    author: str
    reason: str
    made_at: str


def corrections(record: Record, entry: str | None = None) -> tuple[Decision, ...]:
    """The corrections of the record, of a report, or of one entry of its current reading (REPORT:ID), oldest first.

    Raises:
        RecordError: there is no such report.
    """
    with record.reading() as connection:
        report, entry_id = None, ""
        if entry is not None:
            name, entry_id = parts_of(entry)
            report = finding.report_id(connection, name)
        made = correcting.corrections(connection, report)
        placed: dict[int, Placed] = {}
        for each in sorted({c.draft.target.report for c in made}):
            version = finding.version_id(connection, each, None)
            for one in correcting.placements(connection, finding.current_reading(connection, version)):
                placed[one.correction] = one
    undone = undone_by(made)
    found = [_decision(c, placed.get(c.number), undone) for c in made]
    if not entry_id:
        return tuple(found)
    mine = {d.number for d in found if d.entry == entry_id}
    return tuple(d for c, d in zip(made, found, strict=True) if d.number in mine or c.draft.undoes in mine)


def decisions_on(record: Record, report_id: str, entry: str) -> tuple[Decision, ...]:
    """What people decided on one entry of a report's current reading, and the links that others have with it.

    Args:
        report_id: the report's id in the record.

    Raises:
        RecordError: there is no such report.
    """
    made = corrections(record, report_id)
    mine = {d.number for d in made if d.entry == entry}
    undoing = {c.number for c in record.corrections(report_id) if c.draft.undoes in mine}
    with record.reading() as connection:
        linked = correcting.linked_with(connection, report_id, entry)
        all_of_them = {c.draft.target.report for c in linked}
        undone = undone_by([c for name in sorted(all_of_them) for c in correcting.corrections(connection, name)])
    found = [*(d for d in made if d.number in mine | undoing), *(_decision(c, None, undone) for c in linked)]
    return tuple(sorted({d.number: d for d in found}.values(), key=lambda d: d.number))


def _decision(correction: Correction, placed: Placed | None, undone: set[int]) -> Decision:
    draft, target = correction.draft, correction.draft.target
    status: Standing = "undone" if correction.number in undone else "standing"
    if status == "standing" and placed is not None:
        status = placed.status
    return Decision(
        number=correction.number,
        report_id=target.report,
        entry=(placed.entry if placed and placed.entry else target.id),
        what=what_is_decided(draft),
        words=" … ".join(one.exact for one in target.anchors),
        status=status,
        why=placed.why if placed else None,
        author=correction.author,
        reason=correction.reason,
        made_at=correction.made_at,
    )


def what_is_decided(draft: Draft) -> str:
    """A decision in words: which field of which entry, what it was and what it is to be.

    Example:
        >>> import onrecord
        >>> from onrecord.record.corrections import draft
        >>> read = onrecord.annotate("Nine people were killed, police said.", id="r-1", models=False)
        >>> what_is_decided(draft(read, "edit", read.figures[0].id, field="unit", value="wounded"))
        'unit of r-1:f1: "killed" -> "wounded"'
    """
    name = _name(draft.target)
    match draft.act:
        case "edit":
            was = msgspec.json.encode(_was(draft)).decode()
            value = msgspec.json.encode(_with_ids(draft.value, draft.refers)).decode()
            return f"{draft.field} of {name}: {was} -> {value}"
        case "undo":
            return f"undo {draft.undoes}"
        case "merge":
            return f"merge {_name(draft.other)} into {name}"
        case "link" | "unlink":
            return f"{draft.act} {name} {draft.field} {_name(draft.other)}"
        case _:
            return f"{draft.act} {name}"


def _with_ids(value: object, refers: Sequence[Target]) -> object:
    """A value with the ids of the entries that it refers to, as the person saw them."""
    if isinstance(value, Mapping):
        ref = value.get("ref") if value.keys() == {"ref"} else None
        return refers[ref].id if isinstance(ref, int) else {k: _with_ids(v, refers) for k, v in value.items()}
    return [_with_ids(inner, refers) for inner in value] if isinstance(value, list | tuple) else value


def _was(draft: Draft) -> object:
    value: object = draft.target.was
    for part in (draft.field or "").split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _name(target: Target | None) -> str:
    return "" if target is None else f"{target.report}:{target.id}".rstrip(":")
