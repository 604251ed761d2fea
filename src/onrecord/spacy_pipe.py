"""A spaCy component: `nlp.add_pipe("onrecord")` puts who said what, what happened and how many on every `Doc`.

The text of the `Doc` is read as onrecord reads any report, by its own parser, so that the reading is the same beside
any pipeline; character offsets are then put onto the tokens of the `Doc`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from onrecord import model
from onrecord.api import annotate
from onrecord.errors import AnchorError
from onrecord.wire import decode, encode

__all__ = ["Attribution", "Event", "Figure", "Reader", "Time", "component", "register"]

#: Where the reading is kept in `Doc.user_data`, as JSON, so that it is stored with the `Doc`.
KEPT = "onrecord"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, by which words.

    Attributes:
        source, cue, content: their spans; `source` is empty where nobody is named.
        via: the spans of outer sources, outermost first; `addressee` and `conditions` likewise spans.
        within: the id of the attribution in whose content this one stands.
        reading: the same as `onrecord.annotate` gives it, in code points: a span of tokens may be wider.
    """

    id: str
    act: str
    manner: str
    kind: str
    negated: bool
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    via: tuple[Span, ...]
    addressee: tuple[Span, ...]
    conditions: tuple[Span, ...]
    within: str | None
    confidence: float
    reading: model.Attribution


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom; `voice` is "narrator", "unsourced" or the id of an attribution."""

    id: str
    type: str
    mode: str | None
    modality: str
    trigger: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    place: Span | None
    time: Span | None
    voice: str
    confidence: float
    reading: model.Event


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, of what, by whose count: `claimant` is the first mention of whose count it is."""

    id: str
    words: Span
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    of: tuple[Span, ...]
    claimant: Span | None
    place: Span | None
    time: Span | None
    voice: str
    reading: model.Figure


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression as TIMEX3; `value` is None where it cannot be resolved."""

    id: str
    words: Span
    type: str
    value: str | None
    mod: str | None
    reading: model.Time


class Reader:
    """The component. `doc._.published` says when a text was published; without it, some times stay unresolved.

    It sets `doc._.attributions`, `doc._.events`, `doc._.figures`, `doc._.times` and `doc._.reading`, and the span group
    `doc.spans["onrecord"]` with the labels SOURCE, CUE and CONTENT.

    Args:
        models: whether trained models are used; else the rules alone.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("en")
        >>> _ = nlp.add_pipe("onrecord", config={"models": False})
        >>> (one,) = nlp("The minister denied that talks had failed.")._.attributions
        >>> one.source[0].text, one.act, one.content[0].text
        ('The minister', 'denies', 'that talks had failed')
    """

    def __init__(self, *, models: bool) -> None:
        self.models = models
        register()

    def __call__(self, doc: Doc) -> Doc:
        """The `Doc` with its reading.

        Raises:
            InputError: `doc._.published` is not a date.
            ModelError: a model is missing.
        """
        reading = annotate(doc.text, published=doc._.published, models=self.models)
        doc.user_data[KEPT] = encode(reading).decode()
        parts = (
            (label, span)
            for one in reading.attributions
            for label, spans in (("SOURCE", one.source.spans), ("CUE", one.cue.spans), ("CONTENT", one.content.spans))
            for span in spans
        )
        doc.spans[KEPT] = [_span(doc, span, label) for label, span in parts]
        return doc


@Language.factory("onrecord", default_config={"models": True})
def component(nlp: Language, name: str, models: bool) -> Reader:
    """The component for a pipeline; spaCy finds it by its entry point."""
    del nlp, name
    return Reader(models=models)


def register() -> None:
    """Set up `doc._`; needed by itself only for stored `Doc`s that are read without the pipeline."""
    Doc.set_extension("published", default=None, force=True)
    getters: dict[str, Callable[[Doc], Any]] = {
        "reading": _reading, "attributions": _attributions, "events": _events, "figures": _figures, "times": _times,
    }  # fmt: skip
    for name, getter in getters.items():
        Doc.set_extension(name, getter=getter, force=True)


def _reading(doc: Doc) -> model.Annotated | None:
    """All that was read; None where the component has not seen the `Doc`."""
    kept = doc.user_data.get(KEPT)
    return None if kept is None else decode(kept)


def _attributions(doc: Doc) -> tuple[Attribution, ...]:
    read = _reading(doc)
    return tuple(
        Attribution(
            one.id, one.act, one.manner, one.kind, one.negated,
            _spans(doc, one.source.spans, "SOURCE"), _spans(doc, one.cue.spans, "CUE"),
            _spans(doc, one.content.spans, "CONTENT"),
            tuple(span for outer in one.via for span in _spans(doc, outer.spans, "SOURCE")),
            _spans(doc, one.addressee.spans if one.addressee else (), "ADDRESSEE"),
            _spans(doc, (condition.span for condition in one.conditions), "CONDITION"),
            one.within, one.confidence, one,
        )
        for one in (read.attributions if read else ())
    )  # fmt: skip


def _events(doc: Doc) -> tuple[Event, ...]:
    read = _reading(doc)
    return tuple(
        Event(
            one.id, one.type, one.mode, one.modality, _span(doc, one.trigger, one.type),
            tuple(span for party in one.actors for span in _spans(doc, party.spans, "ACTOR")),
            tuple(span for party in one.recipients for span in _spans(doc, party.spans, "RECIPIENT")),
            _named(doc, read.places, one.place), _named(doc, read.times, one.time), one.voice, one.confidence, one,
        )
        for one in read.events
    ) if read else ()  # fmt: skip


def _figures(doc: Doc) -> tuple[Figure, ...]:
    read = _reading(doc)
    if read is None:
        return ()
    first = {one.id: one.mentions[0] for one in read.entities if one.mentions}
    return tuple(
        Figure(
            one.id, _span(doc, one.span, one.unit), one.low, one.high, one.qualifier, one.unit,
            _spans(doc, one.of.spans, "OF"),
            _span(doc, first[one.claimant], "CLAIMANT") if one.claimant in first else None,
            _named(doc, read.places, one.place), _named(doc, read.times, one.time), one.voice, one,
        )
        for one in read.figures
    )  # fmt: skip


def _times(doc: Doc) -> tuple[Time, ...]:
    read = _reading(doc)
    return tuple(
        Time(one.id, _span(doc, one.span, one.type), one.type, one.value, one.mod, one)
        for one in (read.times if read else ())
    )


def _named(doc: Doc, among: Iterable[model.Time | model.Place], name: str | None) -> Span | None:
    found = next((one for one in among if one.id == name), None)
    if found is None:
        return None
    return _span(doc, found.span, "TIME" if isinstance(found, model.Time) else "PLACE")


def _spans(doc: Doc, spans: Iterable[model.Span], label: str) -> tuple[Span, ...]:
    return tuple(_span(doc, span, label) for span in spans)


def _span(doc: Doc, span: model.Span, label: str) -> Span:
    """The tokens that hold a span of code points, with those that it cuts."""
    found = doc.char_span(*span, label=label, alignment_mode="expand")
    if found is None:
        raise AnchorError(f"no tokens stand at {span[0]}-{span[1]}", "run the component on the Doc again")
    return found
