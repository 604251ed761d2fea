"""How many: counts of people and things, each with its unit and whose count it is."""

from __future__ import annotations

from onrecord.annotate.parse import Parsed
from onrecord.model import Attribution, Entity, Figure, Place, Time

__all__ = ["figures"]


def figures(
    parsed: Parsed,
    entities: tuple[Entity, ...],
    places: tuple[Place, ...],
    times: tuple[Time, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[Figure, ...]:
    """The figures of a report, in the order of the text."""
    del parsed, entities, places, times, attributions
    return ()
