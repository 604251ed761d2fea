"""An entry of a report as an agent gets it: onrecord's reading, the report's exact words, and where they stand.

The three are kept apart. `reading` has codes and numbers of onrecord's closed lists. `quoted` has what the report says,
each piece with its place. `citation` says of which version of which report.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

import msgspec

from onrecord.anchors import Field
from onrecord.errors import RecordError
from onrecord.model import Annotated, Attribution, Entity, Event, Figure, Place, Span, Time
from onrecord.view.told_in import sentence_at

__all__ = ["LONGEST", "Citation", "Cited", "Piece", "cited", "cited_at", "piece"]

#: The most code points of one piece, and the most pieces of one value.
LONGEST, PIECES = 1_000, 8
#: The most code points of a headline in a citation.
HEADLINE = 300

Entry: TypeAlias = Attribution | Event | Figure | Time | Place | Entity
Code: TypeAlias = str | int | float | bool | tuple[str, ...] | dict[str, str] | None


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words as they stand in a report: code points `start` to `end` of its text, or of its title.

    `words` is the beginning of what stands there where `cut` is true; `start` and `end` are of the whole.
    """

    words: str
    start: int
    end: int
    field: Field = "text"
    cut: bool = False


class Citation(msgspec.Struct, frozen=True):
    """Of which report something is: enough to find it, and to check it."""

    report: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    version: str
    sha256: str
    start: int
    end: int


class Cited(msgspec.Struct, frozen=True):
    """One entry of a report, cited.

    Attributes:
        entry: REPORT:ID; the report's id alone for a report.
        reading: what onrecord made of it; empty values are what the report does not say.
        quoted: what the report says, in its own words.
        citation: where the entry stands: `start` to `end`.
    """

    kind: Literal["statement", "event", "figure", "time", "place", "name", "report"]
    entry: str
    reading: dict[str, Code]
    quoted: dict[str, tuple[Piece, ...]]
    citation: Citation


def piece(read: Annotated, span: Span, *, field: Field = "text") -> Piece:
    """The words of a span.

    Example:
        >>> from onrecord.api import annotate
        >>> piece(annotate("The talks failed, he said."), (4, 9))
        Piece(words='talks', start=4, end=9, field='text', cut=False)
    """
    whole = read.report.text if field == "text" else read.report.title or ""
    start, end = span
    return Piece(whole[start : min(end, start + LONGEST)], start, end, field, end - start > LONGEST)


def cited(read: Annotated, entry: str) -> Cited:
    """An entry of a reading by its id.

    Raises:
        RecordError: the reading has no such entry.

    Example:
        >>> from onrecord.api import annotate
        >>> one = cited(annotate("The minister denied that talks had failed.", id="r1"), "a1")
        >>> one.reading["act"], [p.words for p in one.quoted["content"]], one.citation.start
        ('denies', ['that talks had failed'], 20)
    """
    every: Iterable[Entry] = (
        *read.attributions, *read.events, *read.figures, *read.times, *read.places, *read.entities
    )  # fmt: skip
    found = next((one for one in every if one.id == entry), None)
    if isinstance(found, Attribution):
        return _statement(read, found)
    if isinstance(found, Event):
        return _event(read, found)
    if isinstance(found, Figure):
        return _figure(read, found)
    if isinstance(found, Time):
        return _made(read, "time", found.id, {"type": found.type, "value": found.value, "mod": found.mod},
                     {"time": [found.span]}, found.span)  # fmt: skip
    if isinstance(found, Place):
        where: dict[str, Code] = {"name": found.name, "lat": found.lat, "lon": found.lon,
                                  "precision": found.precision, "admin": found.admin}  # fmt: skip
        return _made(read, "place", found.id, where, {"place": [found.span]}, found.span)
    if isinstance(found, Entity):
        return _name(read, found)
    raise RecordError(f"the report has no entry {entry!r}", "ask for the report to see which it has")


def cited_at(read: Annotated, span: Span, *, field: Field = "text") -> Cited:
    """A report, by words in it; by its first sentence where the span is empty."""
    text = read.report.text
    around = sentence_at(text, span if field == "text" and span[0] < span[1] else (0, min(1, len(text))))
    quoted: dict[str, tuple[Piece, ...]] = {"sentence": (piece(read, around),)}
    if read.report.title:
        quoted["title"] = (piece(read, (0, len(read.report.title)), field="title"),)
    reading: dict[str, Code] = {
        "language": read.report.language, "statements": len(read.attributions),
        "events": len(read.events), "figures": len(read.figures),
    }  # fmt: skip
    return Cited("report", read.report.id, reading, quoted, _citation(read, around))


def _statement(read: Annotated, one: Attribution) -> Cited:
    spans = one.content.spans or one.cue.spans or one.source.spans
    reading: dict[str, Code] = {
        "act": one.act, "negated": one.negated, "manner": one.manner, "kind": one.kind,
        "source_kind": one.source.kind, "within": one.within, "time": one.time.value if one.time else None,
        "confidence": one.confidence,
    }  # fmt: skip
    quoted: dict[str, Iterable[Span]] = {
        "source": one.source.spans,
        "source_is": _mention(read, one.source.entity),
        "anonymity": one.source.terms,
        "cue": one.cue.spans,
        "content": one.content.spans,
        "via": [span for outer in one.via for span in outer.spans],
        "addressee": one.addressee.spans if one.addressee else (),
        "conditions": [condition.span for condition in one.conditions],
        "when": [one.time.span] if one.time else (),
    }
    return _made(read, "statement", one.id, reading, quoted, (spans[0][0], spans[-1][1]))


def _event(read: Annotated, one: Event) -> Cited:
    time, place = _time(read, one.time), next((p for p in read.places if p.id == one.place), None)
    reading: dict[str, Code] = {
        "type": one.type, "mode": one.mode, "contexts": one.contexts, "modality": one.modality, "voice": one.voice,
        "time": time.value if time else None, "place_precision": place.precision if place else None,
        "confidence": one.confidence,
    }  # fmt: skip
    quoted: dict[str, Iterable[Span]] = {
        "trigger": [one.trigger],
        "sentence": [sentence_at(read.report.text, one.trigger)],
        "actors": [span for party in one.actors for span in party.spans],
        "recipients": [span for party in one.recipients for span in party.spans],
        "place": [place.span] if place else (),
        "when": [time.span] if time else (),
        "voice": _voice(read, one.voice),
    }
    return _made(read, "event", one.id, reading, quoted, one.trigger)


def _figure(read: Annotated, one: Figure) -> Cited:
    time, place = _time(read, one.time), next((p for p in read.places if p.id == one.place), None)
    reading: dict[str, Code] = {
        "low": one.low, "high": one.high, "qualifier": one.qualifier, "unit": one.unit, "scope": one.scope,
        "part_of": one.part_of, "voice": one.voice, "as_of": time.value if time else None,
    }  # fmt: skip
    quoted: dict[str, Iterable[Span]] = {
        "figure": [one.span],
        "sentence": [sentence_at(read.report.text, one.span)],
        "of": one.of.spans,
        "claimant": _mention(read, one.claimant),
        "place": [place.span] if place else (),
        "when": [time.span] if time else (),
        "voice": _voice(read, one.voice),
    }
    return _made(read, "figure", one.id, reading, quoted, one.span)


def _name(read: Annotated, one: Entity) -> Cited:
    reading: dict[str, Code] = {
        "name": one.name, "type": one.type, "country": one.country, "sector": one.sector, "ids": one.ids,
        "mentions": len(one.mentions),
    }  # fmt: skip
    quoted: dict[str, Iterable[Span]] = {"mentions": one.mentions, "roles": [role.span for role in one.roles]}
    return _made(read, "name", one.id, reading, quoted, _fullest(read, one))


def _made(
    read: Annotated, kind: Literal["statement", "event", "figure", "time", "place", "name"], name: str,
    reading: dict[str, Code], quoted: dict[str, Iterable[Span]], span: Span,
) -> Cited:  # fmt: skip
    pieces = {role: tuple(piece(read, one) for one in list(spans)[:PIECES]) for role, spans in quoted.items()}
    known = {role: words for role, words in pieces.items() if words}
    return Cited(kind, f"{read.report.id}:{name}", reading, known, _citation(read, span))


def _citation(read: Annotated, span: Span) -> Citation:
    of = read.report
    return Citation(of.id, _begin(of.publisher), _begin(of.title), of.published, of.url, of.version, of.sha256, *span)


def _begin(words: str | None) -> str | None:
    """No more of a headline or a name than a line can show; the whole title is quoted with a report."""
    return words if words is None or len(words) <= HEADLINE else f"{words[:HEADLINE]} …"


def _time(read: Annotated, name: str | None) -> Time | None:
    return next((one for one in read.times if one.id == name), None)


def _mention(read: Annotated, entity: str | None) -> list[Span]:
    """The fullest mention of an entity."""
    return [_fullest(read, one) for one in read.entities if one.id == entity and one.mentions]


def _fullest(read: Annotated, one: Entity) -> Span:
    text = read.report.text
    named = [span for span in one.mentions if text[slice(*span)] == one.name]
    return (named or sorted(one.mentions, key=lambda span: (span[0] - span[1], span[0])))[0]


def _voice(read: Annotated, voice: str) -> Iterable[Span]:
    """The source of the attribution in whose content it stands."""
    return next((one.source.spans for one in read.attributions if one.id == voice), ())
