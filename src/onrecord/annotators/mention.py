"""One name of a person or body in the text."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotators.bodies import Body
from onrecord.annotators.words import Chunk
from onrecord.model import EntityType

__all__ = ["Mention", "tokens_of"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text.

    Attributes:
        title: the words of title or office right before it.
        member: whether it is no name but people or an office spoken of by their nation or body.
        several: whether it is several people.
    """

    chunk: Chunk
    type: EntityType
    body: Body | None = None
    title: Chunk | None = None
    member: bool = False
    several: bool = False


def tokens_of(found: list[Mention]) -> frozenset[int]:
    """All tokens of some mentions."""
    return frozenset(i for m in found for i in range(m.chunk.start, m.chunk.end))
