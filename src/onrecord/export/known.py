"""What the ids of a reading stand for, in words, for formats that have no ids of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.anchors import Anchor, anchor
from onrecord.model import Annotated, Attribution, Entity, Participant, Place, Span, Time
from onrecord.record.rows import words

__all__ = ["Known"]


class Known:
    """A reading with its entries at hand by id.

    Example:
        >>> import onrecord
        >>> known = Known(onrecord.annotate("Nine people died, police said."))
        >>> known.speaker(known.annotated.attributions[0]), known.voice(known.annotated.figures[0].voice)
        ('police', 'police')
    """

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated
        self.report = annotated.report
        self.entities: dict[str, Entity] = {e.id: e for e in annotated.entities}
        self.attributions: dict[str, Attribution] = {a.id: a for a in annotated.attributions}
        self.places: dict[str, Place] = {p.id: p for p in annotated.places}
        self.times: dict[str, Time] = {t.id: t for t in annotated.times}

    def words(self, spans: Sequence[Span]) -> str | None:
        """The words at some spans, with an ellipsis between two; None for no spans."""
        return words(self.report.text, spans)

    def exact(self, span: Span) -> str:
        """The words of a span."""
        return self.report.text[slice(*span)]

    def name(self, entity: str | None) -> str | None:
        """An entity's fullest name."""
        return None if entity is None else self.entities[entity].name

    def participant(self, part: Participant) -> str | None:
        """The name, else the words, of who takes part; None where there are none."""
        return self.name(part.entity) or part.text or None

    def speaker(self, attribution: Attribution) -> str | None:
        """Whose words or thoughts they are; None where nobody is named."""
        return self.name(attribution.source.entity) or self.words(attribution.source.spans)

    def voice(self, voice: str) -> str | None:
        """Who says so, where the voice is an attribution with a named source; None for the narrator and for nobody."""
        found = self.attributions.get(voice)
        return None if found is None else self.speaker(found)

    def chain(self, attribution: Attribution) -> tuple[str, ...]:
        """The outer sources, outermost first."""
        return tuple(self.name(via.entity) or via.text for via in attribution.via)

    def anchors(self, spans: Sequence[Span]) -> Iterator[Anchor]:
        """The anchors of spans of the text."""
        return (anchor(self.report, span) for span in spans)
