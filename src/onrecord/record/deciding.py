"""Several decisions about one entry at once, made by somebody who saw it in a certain state: all of them, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from onrecord.errors import InputError, OvertakenError
from onrecord.model import Annotated
from onrecord.record.correcting import Corrected, corrections, named, stored
from onrecord.record.corrections import Correction, CorrectionAct, draft, entry
from onrecord.record.provenance import Clock

__all__ = ["Step", "decide", "state"]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision about an entry; `field`, `value` and `other` as for `Record.correct`."""

    act: CorrectionAct
    field: str | None = None
    value: Any = None
    other: str | None = None


def state(annotated: Annotated, entry_id: str, made: Iterable[Correction]) -> str:
    """In which state an entry is: the number of the report's last correction, and a digest of the entry.

    It goes with the form that a person fills in, so that what somebody else decided meanwhile is not overwritten.

    Raises:
        InputError: the reading has no such entry.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Nine people were killed, police said.", models=False)
        >>> state(read, read.figures[0].id, []).split(".")[0]
        '0'
    """
    _, item = entry(annotated, entry_id)
    digest = hashlib.sha256(msgspec.json.encode(item)).hexdigest()[:16]
    return f"{max((c.number for c in made), default=0)}.{digest}"


def decide(
    connection: Connection,
    clock: Clock,
    name: str,
    steps: Sequence[Step],
    *,
    author: str,
    reason: str,
    seen: str | None,
) -> tuple[Corrected, ...]:
    """Decisions about an entry of the current reading, stored and put in together; see `Record.decide`.

    Raises:
        InputError: there is no such entry, there is nothing to decide, or a decision does not fit it.
        OvertakenError: the entry is not in the state that was seen any more.
    """
    annotated, entry_id = named(connection, name)
    if not steps:
        raise InputError("nothing was changed", "change a value, or accept the entry as it is", subject=name)
    if seen is not None:
        _check(annotated, entry_id, corrections(connection, annotated.report.id), seen)
    made = [
        draft(annotated, step.act, entry_id, field=step.field, value=step.value,
              other=None if step.other is None else named(connection, step.other))
        for step in steps
    ]  # fmt: skip
    return stored(connection, clock, made, author, reason)


def _check(annotated: Annotated, entry_id: str, made: Sequence[Correction], seen: str) -> None:
    """Refuse if the entry changed, or if somebody decided about it, after it was seen."""
    last, _, digest = seen.partition(".")
    number = int(last) if last.isdecimal() else 0
    later = [
        c for c in made
        if c.number > number and entry_id in {
            one.id for one in (c.draft.target, c.draft.other) if one and one.report == annotated.report.id
        }
    ]  # fmt: skip
    try:
        now = state(annotated, entry_id, ()).partition(".")[2]
    except InputError:
        now = ""
    if later or now != digest:
        who = f"{later[-1].author} decided about it" if later else "the entry changed"
        raise OvertakenError(
            f"{who} after you opened it", "look at it as it is now, then decide", subject=annotated.report.id
        )
