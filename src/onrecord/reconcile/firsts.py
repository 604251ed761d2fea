"""Which of two reports was first, where they say so themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec

from onrecord.model import Report
from onrecord.reconcile.addresses import update_number
from onrecord.reconcile.agencies_named import origin, published_by

__all__ = ["First", "first_of"]


class First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which side was first, by what, and what the credit lines of the two say; all unknown where they do not say."""

    side: Literal["a", "b"] | None
    because: str | None
    credit: str | None


def first_of(a: Report, b: Report) -> First:
    """Which of two copies was first: whom the other credits, else the earlier number or time of publication.

    Dates are compared with dates and times with times: a date alone does not tell which of one day was first.

    Example:
        >>> from onrecord.read.text import report
        >>> told = first_of(report("Talks ended.", publisher="AFP"), report("PARIS (AFP) - Talks ended."))
        >>> told.side, told.because
        ('a', 'the other credits AFP, its publisher')
    """
    named_a, named_b = origin(a), origin(b)
    credit = None
    if named_a is not None and named_b is not None:
        credit = f"both credit {named_a.name}" if named_a.name == named_b.name else None
    elif (found := named_a or named_b) is not None:
        credit = f"one credits {found.name}"
    if named_b is not None and published_by(a, named_b.name):
        return First("a", f"the other credits {named_b.name}, its publisher", credit)
    if named_a is not None and published_by(b, named_a.name):
        return First("b", f"the other credits {named_a.name}, its publisher", credit)
    if a.publisher and b.publisher and a.publisher.casefold() == b.publisher.casefold():
        one, other = update_number(a.title), update_number(b.title)
        if (one or 0) != (other or 0):
            return First("a" if (one or 0) < (other or 0) else "b", "by the number of the update", credit)
    if a.published is None or b.published is None:
        return First(None, None, credit)
    one_time, other_time = _comparable(a.published, b.published)
    if one_time == other_time:
        return First(None, None, credit)
    return First("a" if one_time < other_time else "b", "published earlier", credit)


def _comparable(a: str, b: str) -> tuple[str, str]:
    """Two times of publication: instants if both have a zone, local times if neither has, else days."""
    if len(a) > 10 and len(b) > 10:
        one, other = datetime.fromisoformat(a), datetime.fromisoformat(b)
        if one.tzinfo is not None and other.tzinfo is not None:
            return one.astimezone(UTC).isoformat(), other.astimezone(UTC).isoformat()
        if one.tzinfo is None and other.tzinfo is None:
            return one.isoformat(), other.isoformat()
    return a[:10], b[:10]
