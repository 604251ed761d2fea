"""Time expressions and their values."""

from __future__ import annotations

from onrecord.annotate.parse import Parsed
from onrecord.model import Time

__all__ = ["times"]


def times(parsed: Parsed) -> tuple[Time, ...]:
    """The time expressions of a report, in the order of the text."""
    del parsed
    return ()
