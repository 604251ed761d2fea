"""Entities with their mentions, and places with their coordinates."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotate.parse import Parsed
from onrecord.model import Entity, Place

__all__ = ["Names", "names"]


@dataclass(frozen=True, slots=True)
class Names:
    """The entities and places of a report; a place refers to its entity by id."""

    entities: tuple[Entity, ...]
    places: tuple[Place, ...]


def names(parsed: Parsed) -> Names:
    """The entities and places of a report, each in the order of first mention."""
    del parsed
    return Names((), ())
