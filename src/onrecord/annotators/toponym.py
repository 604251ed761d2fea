"""The words of a report that may name a place."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotators.gazetteer import Spot
from onrecord.annotators.words import Chunk

__all__ = ["SURE", "Toponym"]

#: From this score on, words are taken for a place.
SURE = 2.5


@dataclass(frozen=True, slots=True)
class Toponym:
    """A stretch of text that may name a place.

    Attributes:
        spots: what in the gazetteer is called so; empty for a name that only the context makes a place.
        score: how sure it is that a place is meant; see SURE.
        kind_word: "division" or "district" where a word after the name says so, else "".
        inside: the toponym after the comma that says where this one lies ("Tripoli, Lebanon").
        label: spaCy's label of these words, or "".
        cued: 2 or 3 after a preposition of place, 4 after "the town of" and the like, else 0.
    """

    chunk: Chunk
    text: str
    spots: tuple[Spot, ...]
    score: float
    kind_word: str
    inside: Toponym | None
    label: str
    cued: float
