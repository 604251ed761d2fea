"""Decisions about a report that were made elsewhere, on a reading that need not be the current one any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from onrecord.record import finding
from onrecord.record.correcting import base_reading, corrections, replay_of
from onrecord.record.corrections import Correction, Draft
from onrecord.record.replaying import standing

__all__ = ["Fitting", "fitting"]


@dataclass(frozen=True, slots=True)
class Fitting:
    """Decisions by whether they can be made now.

    Attributes:
        new: those that can.
        known: those that were made already and stand.
        unfit: those that have no place in the report's current reading, each with the reason.
    """

    new: tuple[Draft, ...]
    known: tuple[Draft, ...]
    unfit: tuple[tuple[Draft, str], ...]


def fitting(connection: Connection, report: str, drafts: Sequence[Draft]) -> Fitting:
    """Which decisions about a report can be made now; nothing is stored.

    Raises:
        RecordError: there is no such report.
    """
    before = corrections(connection, report)
    made = {msgspec.json.encode(one.draft) for one in standing(before)}
    known = tuple(one for one in drafts if msgspec.json.encode(one) in made)
    new = [one for one in drafts if msgspec.json.encode(one) not in made]
    base = base_reading(connection, finding.version_id(connection, report, None))
    unfit: list[tuple[Draft, str]] = []
    first = 1 + max((one.number for one in before), default=0)
    while new:
        numbered = [Correction(number, one, "", "", "") for number, one in enumerate(new, first)]
        why = {one.correction: one.why for one in replay_of(connection, base, [*before, *numbered]).placed
               if one.status == "unplaced" and one.correction >= first}  # fmt: skip
        if not why:
            break
        unfit += [(one.draft, why[one.number] or "") for one in numbered if one.number in why]
        new = [one.draft for one in numbered if one.number not in why]
    return Fitting(tuple(new), known, tuple(unfit))
