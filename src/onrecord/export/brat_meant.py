"""Which entity the words of an argument mean where no note says it, so that moved words mean whom they name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from onrecord.model import Entity, Span, Spans

__all__ = ["Meant"]


class Meant:
    """The entities of a report by where they are mentioned.

    Example:
        >>> minister = Entity("n1", "Orla Venn", "person", ((9, 18),), (), {}, None, None)
        >>> Meant([minister]).by(((0, 18),)), Meant([minister]).by(((20, 24),))
        ('n1', None)
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._mentions = sorted((span, entity.id) for entity in entities for span in entity.mentions)

    def by(self, spans: Spans) -> str | None:
        """The one entity with a mention of just these words, else the one with a mention in them; else None."""
        inside = [found for span in spans for found in self._within(span)]
        exact = {entity for span, entity in inside if (span,) == spans}
        meant = exact or {entity for _, entity in inside}
        return meant.pop() if len(meant) == 1 else None

    def _within(self, span: Span) -> Iterable[tuple[Span, str]]:
        for at in range(bisect_left(self._mentions, (span, "")), len(self._mentions)):
            found, entity = self._mentions[at]
            if found[0] >= span[1]:
                return
            if found[1] <= span[1]:
                yield found, entity
