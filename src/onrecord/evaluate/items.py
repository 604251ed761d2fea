"""A reading as items that can be laid beside those of another: each with its words, and fields that refer by words.

Ids differ between two readings of one report; so what a field refers to is known by where its words stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from onrecord.model import Annotated, Attribution, Entity, Event, Figure, Participant, Place, Span, Spans, Time

__all__ = ["KINDS", "Field", "Item", "Kind", "items", "words_at"]

Kind = Literal["attributions", "events", "figures", "times", "places", "entities"]
#: In the order in which they are told.
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Field:
    """A value as people read it, and where its words stand; no spans for codes and numbers."""

    text: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation.

    Attributes:
        spans: its anchor: an attribution's content, an event's trigger, an entity's mentions.
        words: what stands there.
        fields: in the order of the schema.
    """

    kind: Kind
    spans: Spans
    words: str
    fields: Mapping[str, Field]


_Made: TypeAlias = Iterator[tuple[Spans, dict[str, Field]]]


def items(reading: Annotated, kind: Kind, *, confidence: bool = False) -> list[Item]:
    """The annotations of a kind, in their order.

    Args:
        confidence: whether it is one of the fields.

    Example:
        >>> import onrecord
        >>> (said,) = items(onrecord.annotate("The minister denied that talks had failed."), "attributions")
        >>> said.words, said.fields["source"].text, said.fields["act"].text
        ('that talks had failed', 'The minister', 'denies')
    """
    told = _Told(reading)
    made: dict[Kind, Any] = {"attributions": told.attributions, "events": told.events, "figures": told.figures,
                             "times": told.times, "places": told.places, "entities": told.entities}  # fmt: skip
    return [
        Item(kind, spans, words_at(reading.report.text, spans),
             {k: f for k, f in fields.items() if confidence or k != "confidence"})
        for spans, fields in made[kind]()
    ]  # fmt: skip


def words_at(text: str, spans: Iterable[Span]) -> str:
    """The words at some spans, on one line, with an ellipsis between stretches."""
    return " … ".join(" ".join(text[start:end].split()) for start, end in spans)


class _Told:
    """A reading, and what its ids stand for."""

    def __init__(self, reading: Annotated) -> None:
        self._reading, self._text = reading, reading.report.text
        self._attributions = {a.id: a for a in reading.attributions}
        self._figures = {f.id: f for f in reading.figures}
        self._times = {t.id: t for t in reading.times}
        self._places = {p.id: p for p in reading.places}
        self._entities = {e.id: e for e in reading.entities}

    def attributions(self) -> _Made:
        for a in self._reading.attributions:
            yield a.content.spans, self._attribution(a)

    def events(self) -> _Made:
        for e in self._reading.events:
            yield (e.trigger,), self._event(e)

    def figures(self) -> _Made:
        for f in self._reading.figures:
            yield (f.span,), self._figure(f)

    def times(self) -> _Made:
        for t in self._reading.times:
            yield (t.span,), {"type": Field(t.type), "value": Field(t.value or ""), "mod": Field(t.mod or "")}

    def places(self) -> _Made:
        for p in self._reading.places:
            yield (p.span,), {"name": Field(p.name), "point": Field(_point(p)), "precision": Field(p.precision),
                              "geonames": Field(str(p.geonames or "")), "admin": Field(", ".join(p.admin))}  # fmt: skip

    def entities(self) -> _Made:
        for e in self._reading.entities:
            yield e.mentions, _entity(e)

    def _attribution(self, a: Attribution) -> dict[str, Field]:
        outer = self._attributions.get(a.within or "")
        medium, to, when = a.medium, a.addressee, a.time
        return {
            "source": self._at(a.source.spans), "cue": self._at(a.cue.spans), "kind": Field(a.kind),
            "manner": Field(a.manner), "act": Field(a.act), "negated": Field("yes" if a.negated else "no"),
            "source kind": Field(a.source.kind), "speaker": self._name(a.source.entity),
            "terms": self._at(a.source.terms), "within": self._at(outer.cue.spans if outer else ()),
            "via": self._at(span for via in a.via for span in via.spans),
            "medium": self._at(medium.spans if medium else ()),
            "addressee": self._at(to.spans if to else ()), "time": self._at((when.span,) if when else ()),
            "conditions": self._at(c.span for c in a.conditions), "confidence": Field(f"{a.confidence:.4f}"),
        }  # fmt: skip

    def _event(self, e: Event) -> dict[str, Field]:
        return {
            "type": Field(e.type), "mode": Field(e.mode or ""), "contexts": Field(", ".join(e.contexts)),
            "cameo": Field(e.cameo or ""), "actors": self._who(e.actors), "recipients": self._who(e.recipients),
            "place": self._span(self._places.get(e.place or "")), "time": self._span(self._times.get(e.time or "")),
            "modality": Field(e.modality), "voice": self._voice(e.voice), "confidence": Field(f"{e.confidence:.4f}"),
        }  # fmt: skip

    def _figure(self, f: Figure) -> dict[str, Field]:
        return {
            "low": Field(_number(f.low)), "high": Field(_number(f.high)), "qualifier": Field(f.qualifier),
            "unit": Field(f.unit), "of": self._at(f.of.spans), "scope": Field(f.scope),
            "part of": self._span(self._figures.get(f.part_of or "")),
            "place": self._span(self._places.get(f.place or "")), "time": self._span(self._times.get(f.time or "")),
            "period": self._span(self._times.get(f.period or "")), "claimant": self._name(f.claimant),
            "voice": self._voice(f.voice),
        }  # fmt: skip

    def _at(self, spans: Iterable[Span]) -> Field:
        found = tuple(sorted(spans))
        return Field(words_at(self._text, found), found)

    def _who(self, several: Iterable[Participant]) -> Field:
        return self._at(span for one in several for span in one.spans)

    def _span(self, one: Place | Time | Figure | None) -> Field:
        return self._at((one.span,) if one is not None else ())

    def _name(self, entity: str | None) -> Field:
        found = self._entities.get(entity or "")
        return Field(found.name if found is not None else "")

    def _voice(self, voice: str) -> Field:
        """The narrator, nobody, or the attribution by its cue."""
        found = self._attributions.get(voice)
        return Field(voice) if found is None else self._at(found.cue.spans)


def _entity(e: Entity) -> dict[str, Field]:
    roles = "; ".join(f"{r.role} of {r.of}" if r.of else r.role for r in e.roles)
    ids = ", ".join(f"{key} {value}" for key, value in sorted(e.ids.items()))
    return {"name": Field(e.name), "type": Field(e.type), "roles": Field(roles), "ids": Field(ids),
            "country": Field(e.country or ""), "sector": Field(e.sector or "")}  # fmt: skip


def _point(place: Place) -> str:
    return "" if place.lat is None or place.lon is None else f"{place.lat:.5f},{place.lon:.5f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
