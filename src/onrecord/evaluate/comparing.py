"""What differs between two readings of one report: what was added, what was removed, and which fields changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.errors import InputError, RecordError
from onrecord.evaluate.gold import annotated_lines
from onrecord.evaluate.items import KINDS, Item, Kind, items
from onrecord.evaluate.pairing import Tokens, pairs
from onrecord.model import Annotated, Spans
from onrecord.record import tables as t
from onrecord.wire import decode

__all__ = ["Change", "Compared", "compared", "files_compared", "runs_compared"]


@dataclass(frozen=True, slots=True)
class Change:
    """One changed reading.

    Attributes:
        what: "added", "removed" or "changed".
        words: the exact words, of the newer reading where it has them; `spans` where they stand.
        fields: of what changed, the old and the new value of each field that differs; "words" is one of them.
    """

    kind: Kind
    what: str
    words: str
    spans: Spans
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """A report and what changed in it; `only` says which side alone has it, or that its text differs, else ""."""

    report: str
    changes: tuple[Change, ...] = ()
    only: str = ""


def compared(old: Annotated, new: Annotated, *, confidence: bool = False) -> tuple[Change, ...]:
    """What changed between two readings of one text, by kind, then in the order of the words.

    Example:
        >>> import msgspec, onrecord
        >>> text = "The minister denied that talks had failed."
        >>> old = onrecord.annotate(text)
        >>> new = msgspec.structs.replace(old, attributions=())
        >>> [(change.what, change.words) for change in compared(old, new) if change.kind == "attributions"]
        [('removed', 'that talks had failed')]
    """
    tokens = Tokens(old.report.text)
    found: list[Change] = []
    for kind in KINDS:
        before, after = (items(reading, kind, confidence=confidence) for reading in (old, new))
        matched = pairs(tokens, before, after, least=1e-9, prefer=tuple(before[0].fields) if before and after else ())
        here = [Change(kind, "removed", item.words, item.spans, {})
                for i, item in enumerate(before) if i not in {i for i, _ in matched}]  # fmt: skip
        here += [Change(kind, "added", item.words, item.spans, {})
                 for j, item in enumerate(after) if j not in {j for _, j in matched}]  # fmt: skip
        for i, j in matched:
            if fields := _differing(before[i], after[j]):
                here.append(Change(kind, "changed", after[j].words, after[j].spans, fields))
        found += sorted(here, key=lambda change: (change.spans, change.what))
    return tuple(found)


def _differing(old: Item, new: Item) -> dict[str, tuple[str, str]]:
    found = {"words": (old.words, new.words)} if old.spans != new.spans else {}
    return found | {
        name: (value.text, new.fields[name].text) for name, value in old.fields.items() if value != new.fields[name]
    }


def files_compared(
    old: str | os.PathLike[str], new: str | os.PathLike[str], *, confidence: bool = False
) -> Iterator[Compared]:
    """The reports of two files of JSON lines, by their ids: the older's in its order, then those of the newer alone.

    Raises:
        InputError: a file cannot be read, a line is no annotated report, or an id is twice in one file.
    """
    # The newer file stays on disk: a line of it is read when the older file comes to its report.
    lines = _lines(new)
    with open(new, "rb") as file:
        seen: set[str] = set()
        for one in annotated_lines(old):
            report = one.reading.report.id
            if report in seen:
                raise InputError(f"the id {report} is there twice", "give each report an id of its own",
                                 subject=one.subject)  # fmt: skip
            seen.add(report)
            if report not in lines:
                yield Compared(report, only="old")
                continue
            file.seek(lines[report])
            yield _both(report, one.reading, decode(file.readline()), confidence)
    yield from (Compared(report, only="new") for report in lines if report not in seen)


def _both(report: str, old: Annotated, new: Annotated, confidence: bool) -> Compared:
    if old.report.text != new.report.text:
        return Compared(report, only="text differs")
    return Compared(report, compared(old, new, confidence=confidence))


def _lines(path: str | os.PathLike[str]) -> dict[str, int]:
    """Where the line of each report begins in a file, in bytes; all of its lines are checked."""
    found: dict[str, int] = {}
    for one in annotated_lines(path):
        if one.reading.report.id in found:
            raise InputError(f"the id {one.reading.report.id} is there twice", "give each report an id of its own",
                             subject=one.subject)  # fmt: skip
        found[one.reading.report.id] = one.offset
    return found


def runs_compared(connection: Connection, old: int, new: int, *, confidence: bool = False) -> Iterator[Compared]:
    """The report versions that two runs of a record read, in the order in which they came in.

    Raises:
        RecordError: there is no such run.
    """
    r, v = t.readings.c, t.versions.c
    known = list(connection.execute(select(t.runs.c.id).order_by(t.runs.c.id)).scalars())
    for number in (old, new):
        if number not in known:
            raise RecordError(f"there is no run {number}", f"give two of {', '.join(map(str, known)) or 'none'}")
    sides: list[dict[int, int]] = [
        {row.version_id: row.id for row in
         connection.execute(select(r.version_id, r.id).where(r.run_id == run).order_by(r.id))}
        for run in (old, new)
    ]  # fmt: skip
    names = {
        row.id: f"{row.report_id} ({row.version})"
        for row in connection.execute(select(v.id, v.report_id, v.version).order_by(v.id))
    }
    for version, name in names.items():
        readings = [side.get(version) for side in sides]
        if readings == [None, None]:
            continue
        if None in readings:
            yield Compared(name, only="old" if readings[1] is None else "new")
            continue
        first, second = (
            decode(connection.execute(select(r.annotated).where(r.id == reading)).scalar_one()) for reading in readings
        )
        yield _both(name, first, second, confidence)
