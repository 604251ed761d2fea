"""The rows of the pages on how many, where and when, for a file: each value beside the words that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.record.store import Record
from onrecord.view.counted import Counted
from onrecord.view.text_hashes import text_hashes
from onrecord.view.timeline import Moment
from onrecord.view.whereabouts import Spot
from onrecord.web.exporting import Cell

__all__ = ["AT_MOST", "figure_rows", "moment_rows", "place_rows"]

#: How many rows a file has at most.
AT_MOST = 500


def figure_rows(record: Record, found: Counted) -> Iterator[dict[str, Cell]]:
    """A row a figure; `together` numbers what is counted."""
    counts = [(n, one) for n, thing in enumerate(found.things, start=1) for one in thing.counts]
    hashes = text_hashes(record, (one.version for _, one in counts))
    for number, one in counts:
        yield {
            "report": one.report_id, "entry": one.id, "start": one.span[0], "end": one.span[1], "exact": one.words,
            "outlet": one.publisher, "published": one.published, "sha256": hashes.get(one.version), "together": number,
            "low": one.low, "high": one.high, "qualifier": one.qualifier, "unit": one.unit, "of": one.of,
            "scope": one.scope, "place": one.place, "time": one.as_of, "claimant": one.claimant, "voice": one.voice,
            "voice_name": one.voice_name,
        }  # fmt: skip


def moment_rows(record: Record, found: Iterable[Moment]) -> Iterator[dict[str, Cell]]:
    """A row an event or a statement."""
    moments = list(found)
    hashes = text_hashes(record, (one.version for one in moments))
    for one in moments:
        start, end = (one.spans[0][0], one.spans[-1][1]) if one.spans else (None, None)
        yield {
            "report": one.report_id, "entry": one.id, "start": start, "end": end, "exact": one.words,
            "outlet": one.publisher, "published": one.published, "sha256": hashes.get(one.version), "kind": one.kind,
            "what": one.what, "modality": one.modality, "who": one.who, "whom": one.whom, "time": one.value,
            "time_words": one.time_words, "mod": one.mod, "place": one.place, "place_precision": one.place_precision,
            "voice": one.voice, "voice_name": one.voice_name,
        }  # fmt: skip


def place_rows(spots: Iterable[Spot]) -> Iterator[dict[str, Cell]]:
    """A row a place, with how much is told of it."""
    for one in spots:
        yield {
            "place": one.name, "precision": one.precision, "geonames": one.geonames, "lat": one.lat, "lon": one.lon,
            "within": one.within, "events": one.events, "reports": one.reports,
        }  # fmt: skip
