"""Who says what: sources, cues and contents, by rules over quotation marks and grammar."""

from __future__ import annotations

from onrecord.annotate.parse import Parsed
from onrecord.model import Attribution, Entity, Time

__all__ = ["attributions"]


def attributions(parsed: Parsed, entities: tuple[Entity, ...], times: tuple[Time, ...]) -> tuple[Attribution, ...]:
    """The attributions of a report, in the order of their contents."""
    del parsed, entities, times
    return ()
