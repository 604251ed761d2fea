"""What came back from brat, report by report: as gold, or as decisions about the reading that was exported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import InputError, OnrecordError
from onrecord.imports.brat_files import marked
from onrecord.imports.brat_reading import Read, read
from onrecord.imports.differences import changes
from onrecord.record.correcting import Corrected
from onrecord.record.corrections import Draft
from onrecord.record.finding import reading_of_digest
from onrecord.record.fitting import fitting
from onrecord.record.store import Record

__all__ = ["Came", "Taken", "came", "taken"]


@dataclass(frozen=True, slots=True)
class Came:
    """A report that came back.

    Attributes:
        subject: the .ann file.
        reading: the SHA-256 of the reading that was exported.
        read: what the file says.
    """

    subject: str
    reading: str
    read: Read


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a report was taken over as decisions.

    Attributes:
        drafts: the decisions that are new.
        corrected: what became of each; empty where nothing was to be stored.
        known: how many were made before and stand.
        left: the changes that were not taken over, each with the reason.
    """

    report: str
    drafts: tuple[Draft, ...]
    corrected: tuple[Corrected, ...]
    known: int
    left: tuple[InputError, ...]


def came(path: str | os.PathLike[str]) -> Iterator[Came | InputError]:
    """The reports of a brat project; in the place of one that is faulty, each of its errors.

    Raises:
        InputError: it is no project that onrecord exported.
    """
    for one in marked(path):
        if isinstance(one, InputError):
            yield one
            continue
        found = read(one.lines, one.report, one.subject)
        if isinstance(found, Read):
            yield Came(one.subject, one.reading, found)
        else:
            yield from found


def taken(record: Record, one: Came, *, author: str, reason: str, store: bool) -> Taken | OnrecordError:
    """What was changed in a report since it was exported, as decisions in the record.

    Args:
        record: the one that the report was exported from.
        one: the report.
        author: who changed it.
        reason: why.
        store: whether to store them, or only to say which they are.
    """
    report = one.read.annotated.report.id
    try:
        with record.reading() as connection:
            seen = reading_of_digest(connection, report, one.reading)
        if seen.report != one.read.annotated.report:
            return InputError("the report is not the one whose reading was exported", "take its line of reports.jsonl "
                              "over from the export", subject=one.subject)  # fmt: skip
        found = changes(seen, one.read.annotated)
        if store and found.drafts:
            made, fit = record.decide_all(report, found.drafts, author=author, reason=reason)
        else:
            with record.reading() as connection:
                made, fit = (), fitting(connection, report, found.drafts)
    except OnrecordError as error:
        return error
    left = [InputError(f"{report}:{entry}, {what}, is not taken over: {why}", "decide by hand, or import it as gold",
                       subject=_line(one, entry)) for entry, what, why in found.left]  # fmt: skip
    left += [InputError(f"{report}:{draft.target.id}, {draft.field or draft.act}, is not taken over: {why}",
                        "look at the entry as it is now", subject=_line(one, draft.target.id))
             for draft, why in fit.unfit]  # fmt: skip
    return Taken(report, fit.new, made, len(fit.known), tuple(left))


def _line(one: Came, entry: str) -> str:
    """The line of an entry; the file alone where it is not there any more."""
    return f"{one.subject}:{one.read.lines[entry]}" if entry in one.read.lines else one.subject
