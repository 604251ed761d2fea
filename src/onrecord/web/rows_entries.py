"""The rows of a report's entries and of what people decided, for a file: all fields, with where each was read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.model import Annotated, Attribution, Event, Figure, Participant, Place, Span, Time
from onrecord.record.store import Record
from onrecord.view.days import dated
from onrecord.view.decisions import Made
from onrecord.view.text_hashes import text_hashes
from onrecord.web.exporting import Cell
from onrecord.web.rows import traced

__all__ = ["decision_rows", "entry_rows", "wanted_entries"]

#: What an entry may have beside `traced`, in the names of `onrecord.web.rows`; what a kind lacks is empty.
_COLUMNS = (
    "kind", "words", "what", "modality", "who", "whom", "time", "time_words", "mod", "place", "place_precision",
    "voice", "voice_name", "low", "high", "qualifier", "unit", "of", "scope", "period", "part_of", "claimant", "form",
    "manner", "negated", "cue", "medium", "terms", "via", "within", "conditions", "mode", "contexts", "cameo", "lat",
    "lon", "geonames", "confidence", "anchors",
)  # fmt: skip

Spans = Sequence[Span]


def wanted_entries(annotated: Annotated, *, everything: bool = False) -> set[str]:
    """The entries that a report's page shows: statements, events and figures, or times, places and beliefs too.

    Example:
        >>> import onrecord
        >>> wanted_entries(onrecord.annotate("Rebels shelled Kharkiv on Monday.", models=False))
        {'ev1'}
    """
    found = {a.id for a in annotated.attributions if everything or a.manner in {"said", "written"}}
    found |= {one.id for one in annotated.events} | {one.id for one in annotated.figures}
    if everything:
        found |= {one.id for one in annotated.times} | {one.id for one in annotated.places}
    return found


def entry_rows(annotated: Annotated, wanted: Collection[str], *, report: str) -> Iterator[dict[str, Cell]]:
    """A row an entry in the order of the text; `exact` goes from its first word to its last, `anchors` is all of it.

    Args:
        wanted: the ids of the entries.
        report: the report's id in the record.

    Example:
        >>> import onrecord
        >>> read = onrecord.annotate("Rebels shelled Kharkiv on Monday.", models=False)
        >>> row, = entry_rows(read, {"ev1"}, report="r-1")
        >>> row["exact"], row["who"], row["time_words"], json.loads(row["anchors"])["actors"]
        ('shelled', 'Rebels', 'Monday', [[0, 6]])
    """
    told, of = _Told(annotated), annotated.report
    made = [
        *(told.statement(one) for one in annotated.attributions if one.id in wanted),
        *(told.event(one) for one in annotated.events if one.id in wanted),
        *(told.figure(one) for one in annotated.figures if one.id in wanted),
        *(told.time(one) for one in annotated.times if one.id in wanted),
        *(told.place(one) for one in annotated.places if one.id in wanted),
    ]
    for span, entry, given in sorted(made, key=lambda one: (one[0], one[1])):
        yield {
            **traced(report, entry, span, of.text[slice(*span)], publisher=of.publisher, published=of.published,
                     sha256=of.sha256),
            **{column: given.get(column) for column in _COLUMNS},
        }  # fmt: skip


def decision_rows(record: Record, made: Iterable[Made]) -> Iterator[dict[str, Cell]]:
    """A row a decision, with the first words of its entry in the version that its author saw."""
    decisions = list(made)
    with record.reading() as connection:
        reports = dated(connection, (one.report_id for one in decisions))
    hashes = text_hashes(record, (one.version for one in decisions))
    for one in decisions:
        report, anchor = reports.get(one.report_id), one.anchor
        yield {
            **traced(one.report_id, one.entry or None, (anchor.start, anchor.end) if anchor else None,
                     anchor.exact if anchor else None, publisher=report.publisher if report else None,
                     published=report.published if report else None, sha256=hashes.get(one.version)),
            "number": one.number, "made_at": one.made_at, "author": one.author, "act": one.act, "what": one.what,
            "words": one.words, "reason": one.reason, "counts": one.counts, "trouble": one.trouble,
        }  # fmt: skip


class _Told:
    """The fields of one report's entries: for each its first to last word, its id, and its columns."""

    def __init__(self, annotated: Annotated) -> None:
        self._text = annotated.report.text
        self._names = {entity.id: entity.name for entity in annotated.entities}
        self._places = {place.id: place for place in annotated.places}
        self._times = {time.id: time for time in annotated.times}
        self._said = {a.id: a for a in annotated.attributions}

    def statement(self, a: Attribution) -> tuple[Span, str, dict[str, Cell]]:
        to = a.addressee
        own = a.content.spans or a.cue.spans or a.source.spans
        anchors = {
            "content": a.content.spans, "cue": a.cue.spans, "source": a.source.spans, "terms": a.source.terms,
            "medium": a.medium.spans if a.medium else (), "addressee": to.spans if to else (),
            "via": [span for each in a.via for span in each.spans], "time": [a.time.span] if a.time else (),
            "conditions": [one.span for one in a.conditions],
        }  # fmt: skip
        whom = None if to is None else self._names.get(to.entity or "") or self._words(to.spans)
        via = " | ".join(self._names.get(each.entity or "") or each.text for each in a.via)
        return _whole(own), a.id, {
            "kind": "statement", "words": self._words(a.content.spans), "what": a.act, "who": self._speaker(a),
            "whom": whom, "time": a.time.value if a.time else None,
            "time_words": self._words([a.time.span]) if a.time else None, "voice": a.within or "narrator",
            "voice_name": self._speaker(self._said[a.within]) if a.within in self._said else None, "form": a.kind,
            "manner": a.manner, "negated": a.negated, "cue": self._words(a.cue.spans),
            "medium": a.medium.text if a.medium else None, "terms": self._words(a.source.terms), "via": via or None,
            "conditions": self._words([one.span for one in a.conditions], " | "),
            "confidence": a.confidence, "anchors": _anchors(anchors),
        }  # fmt: skip

    def event(self, event: Event) -> tuple[Span, str, dict[str, Cell]]:
        return event.trigger, event.id, {
            "kind": "event", "words": self._words([event.trigger]), "what": event.type, "modality": event.modality,
            "who": self._parties(event.actors), "whom": self._parties(event.recipients),
            **self._where_when(event.place, event.time), **self._voice(event.voice), "mode": event.mode,
            "contexts": " | ".join(event.contexts) or None, "cameo": event.cameo, "confidence": event.confidence,
            "anchors": self._anchored({
                "trigger": [event.trigger], "actors": _spans(event.actors), "recipients": _spans(event.recipients),
            }, event.place, event.time),
        }  # fmt: skip

    def figure(self, figure: Figure) -> tuple[Span, str, dict[str, Cell]]:
        period = self._times.get(figure.period or "")
        return figure.span, figure.id, {
            "kind": "figure", "words": figure.text, "what": figure.unit, **self._where_when(figure.place, figure.time),
            **self._voice(figure.voice), "low": figure.low, "high": figure.high, "qualifier": figure.qualifier,
            "unit": figure.unit, "of": figure.of.text or None, "scope": figure.scope,
            "period": period.value if period else None, "part_of": figure.part_of,
            "claimant": self._names.get(figure.claimant or ""),
            "anchors": self._anchored({"figure": [figure.span], "of": figure.of.spans}, figure.place, figure.time),
        }  # fmt: skip

    def time(self, time: Time) -> tuple[Span, str, dict[str, Cell]]:
        return time.span, time.id, {"kind": "time", "words": self._words([time.span]), "what": time.type,
                                    "time": time.value, "time_words": self._words([time.span]), "mod": time.mod,
                                    "anchors": _anchors({"time": [time.span]})}  # fmt: skip

    def place(self, place: Place) -> tuple[Span, str, dict[str, Cell]]:
        return place.span, place.id, {"kind": "place", "words": self._words([place.span]), "place": place.name,
                                      "place_precision": place.precision, "lat": place.lat, "lon": place.lon,
                                      "geonames": place.geonames, "within": ", ".join(place.admin) or None,
                                      "anchors": _anchors({"place": [place.span]})}  # fmt: skip

    def _where_when(self, place: str | None, time: str | None) -> dict[str, Cell]:
        where, when = self._places.get(place or ""), self._times.get(time or "")
        return {
            "place": where.name if where else None, "place_precision": where.precision if where else None,
            "lat": where.lat if where else None, "lon": where.lon if where else None,
            "geonames": where.geonames if where else None, "time": when.value if when else None,
            "time_words": self._words([when.span]) if when else None, "mod": when.mod if when else None,
        }  # fmt: skip

    def _anchored(self, own: Mapping[str, Spans], place: str | None, time: str | None) -> str:
        where, when = self._places.get(place or ""), self._times.get(time or "")
        return _anchors({**own, "place": [where.span] if where else (), "time": [when.span] if when else ()})

    def _voice(self, voice: str) -> dict[str, Cell]:
        return {"voice": voice, "voice_name": self._speaker(self._said[voice]) if voice in self._said else None}

    def _speaker(self, a: Attribution) -> str | None:
        return self._names.get(a.source.entity or "") or self._words(a.source.spans)

    def _parties(self, parties: Iterable[Participant]) -> str | None:
        return ", ".join(dict.fromkeys(self._names.get(one.entity or "") or one.text for one in parties)) or None

    def _words(self, spans: Spans, between: str = " … ") -> str | None:
        return between.join(self._text[start:stop] for start, stop in spans) or None


def _spans(parties: Iterable[Participant]) -> list[Span]:
    return [span for one in parties for span in one.spans]


def _whole(spans: Spans) -> Span:
    return min((s for s, _ in spans), default=0), max((e for _, e in spans), default=0)


def _anchors(found: Mapping[str, Spans]) -> str:
    """Where everything stands, as JSON: the places of each part in the text."""
    kept: dict[str, Any] = {name: [list(span) for span in spans] for name, spans in found.items() if spans}
    return json.dumps(kept)
