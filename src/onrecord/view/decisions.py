"""What people decided, in words: about the entries of one report, and over the record, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from onrecord.anchors import Anchor
from onrecord.record import correcting, finding
from onrecord.record import tables as t
from onrecord.record.corrections import Correction, Draft, Target
from onrecord.record.replaying import Placed, undone_by
from onrecord.record.store import Record

__all__ = ["History", "Made", "history", "made_about", "numbered"]


@dataclass(frozen=True, slots=True)
class Made:
    """A decision as a person reads it.

    Attributes:
        entry: its id in the current reading or, where it is not there, as its author saw it; empty for a report.
        act: what was done ("edit", "reject", ...); `what` the same in words.
        words: on which the entry stands; `anchor` the first of them, on the `version` that the author saw.
        counts: whether it was not undone.
        trouble: why it was not put in, or no longer agrees with the reading; None if neither.
    """

    number: int
    report_id: str
    entry: str
    act: str
    what: str
    words: str
    version: str
    anchor: Anchor | None
    author: str
    reason: str
    made_at: str
    counts: bool
    trouble: str | None


@dataclass(frozen=True, slots=True)
class History:
    """A part of what was decided, and how many decisions there are in all."""

    made: tuple[Made, ...]
    total: int


def made_about(record: Record, report: str) -> tuple[Made, ...]:
    """The decisions about a report and its entries, in the order in which they were made.

    Raises:
        RecordError: there is no such report.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.record.store import Record
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     history(record).total
        0
    """
    with record.reading() as connection:
        return _told(connection, correcting.corrections(connection, finding.report_id(connection, report)))


def history(record: Record, *, report: str | None = None, author: str | None = None, skip: int = 0, limit: int = 50
            ) -> History:  # fmt: skip
    """The decisions of the record, the latest first.

    Args:
        report: about this report alone.
        author: by this person alone.
        skip: how many of the latest to leave out.
        limit: how many to give at most.

    Raises:
        RecordError: there is no such report.
    """
    c = t.corrections.c
    with record.reading() as connection:
        wanted = select(c.id, c.report_id)
        if report is not None:
            wanted = wanted.where(c.report_id == finding.report_id(connection, report))
        if author is not None:
            wanted = wanted.where(c.author == author)
        total = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
        rows = connection.execute(wanted.order_by(c.id.desc()).limit(limit).offset(skip)).all()
        told = {
            one.number: one
            for each in sorted({row.report_id for row in rows})
            for one in _told(connection, correcting.corrections(connection, each))
        }
    return History(tuple(told[row.id] for row in rows), total)


def numbered(record: Record, numbers: Sequence[int]) -> tuple[Made, ...]:
    """The decisions with these numbers; those that are not there are left out."""
    c = t.corrections.c
    with record.reading() as connection:
        reports = connection.execute(select(c.report_id).where(c.id.in_(numbers)).distinct()).scalars()
        told = [one for each in reports.all() for one in _told(connection, correcting.corrections(connection, each))]
    return tuple(one for one in told if one.number in numbers)


def _told(connection: Connection, made: Sequence[Correction]) -> tuple[Made, ...]:
    """The decisions about one report."""
    if not made:
        return ()
    version = finding.version_id(connection, made[0].draft.target.report, None)
    placed = {p.correction: p for p in correcting.placements(connection, finding.current_reading(connection, version))}
    undone = undone_by(made)
    return tuple(_made(one, placed.get(one.number), undone) for one in made)


def _made(correction: Correction, placed: Placed | None, undone: set[int]) -> Made:
    draft, target = correction.draft, correction.draft.target
    return Made(
        number=correction.number,
        report_id=target.report,
        entry=placed.entry if placed and placed.entry else target.id,
        act=draft.act,
        what=_what(draft),
        words=_words(target),
        version=target.version,
        anchor=next(iter(target.anchors), None),
        author=correction.author,
        reason=correction.reason,
        made_at=correction.made_at,
        counts=correction.number not in undone,
        trouble=placed.why if placed else None,
    )


def _what(draft: Draft) -> str:
    match draft.act:
        case "edit":
            field = (draft.field or "").replace(".", ", ")
            return f"edited the {field}: {_value(_was(draft), ())} → {_value(draft.value, draft.refers)}"
        case "undo":
            return f"undid decision {draft.undoes}"
        case "merge":
            return f"merged “{_words(draft.other)}” into it"
        case "split":
            return f"split off {draft.value['name']}"
        case "link" | "unlink":
            return f"{draft.act}ed it ({draft.field}) with {_name(draft.other)}"
        case _:
            return f"{draft.act}ed it"


def _was(draft: Draft) -> Any:
    value: Any = draft.target.was
    for part in (draft.field or "").split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _value(value: Any, refers: Sequence[Target]) -> str:
    """A value for people: an entry that is referred to by its words, spans by where they stand."""
    if value is None or value in ([], ()):
        return "none"
    if isinstance(value, Mapping):
        if value.keys() == {"ref"}:
            return _words(refers[value["ref"]])
        if "text" in value:
            return str(value["text"]) or "none"
        return "; ".join(f"{name} {_value(inner, refers)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        if len(value) == 2 and all(type(each) is int for each in value):
            return f"characters {value[0]}-{value[1]}"
        return ", ".join(_value(inner, refers) for inner in value)
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _words(target: Target | None) -> str:
    if target is None:
        return ""
    name = target.was.get("name")
    return str(name) if name else _joined(one.exact for one in target.anchors)


def _joined(words: Iterable[str]) -> str:
    return " … ".join(" ".join(each.split()) for each in words)


def _name(target: Target | None) -> str:
    return "" if target is None else f"{target.report}:{target.id}".rstrip(":")
