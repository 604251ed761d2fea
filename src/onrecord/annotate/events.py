"""What happened: events in PLOVER's terms."""

from __future__ import annotations

from onrecord.annotate.parse import Parsed
from onrecord.model import Attribution, Entity, Event, Place, Time

__all__ = ["events"]


def events(
    parsed: Parsed,
    entities: tuple[Entity, ...],
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Event, ...]:
    """The events of a report, in the order of their triggers."""
    del parsed, entities, places, times, attributions
    return ()
