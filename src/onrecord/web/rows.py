"""The rows of the pages on who, how many, where and when, for a file: each value beside the words it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.model import Span
from onrecord.record.store import Record
from onrecord.view.around import Around
from onrecord.view.counted import Counted
from onrecord.view.days import dated
from onrecord.view.exact import exact_words
from onrecord.view.positions import Topic
from onrecord.view.text_hashes import text_hashes
from onrecord.view.timeline import Moment
from onrecord.view.whereabouts import Spot
from onrecord.web.exporting import Cell

__all__ = ["figure_rows", "moment_rows", "place_rows", "position_rows", "series_rows", "traced"]


def traced(report: str, entry: str | None, span: Span | None, exact: str | None, *, publisher: str | None,
           published: str | None, sha256: str | None) -> dict[str, Cell]:  # fmt: skip
    """The columns of `onrecord.web.exporting.anchored`, of words that are known without an anchor.

    Example:
        >>> made = traced("r-1", "ev1", (0, 4), "Guns", publisher=None, published=None, sha256=None)
        >>> made["start"], made["end"], made["exact"]
        (0, 4, 'Guns')
    """
    start, end = span or (None, None)
    return {"report": report, "entry": entry, "start": start, "end": end, "exact": exact, "outlet": publisher,
            "published": published, "sha256": sha256}  # fmt: skip


def figure_rows(record: Record, found: Counted) -> Iterator[dict[str, Cell]]:
    """A row a figure; `together` numbers what is counted."""
    counts = [(n, one) for n, thing in enumerate(found.things, start=1) for one in thing.counts]
    hashes = text_hashes(record, (one.version for _, one in counts))
    for number, one in counts:
        yield {
            **traced(one.report_id, one.id, one.span, one.words, publisher=one.publisher, published=one.published,
                     sha256=hashes.get(one.version)), "together": number,
            "low": one.low, "high": one.high, "qualifier": one.qualifier, "unit": one.unit, "of": one.of,
            "scope": one.scope, "place": one.place, "time": one.as_of, "claimant": one.claimant, "voice": one.voice,
            "voice_name": one.voice_name, "title": one.title,
        }  # fmt: skip


def moment_rows(record: Record, found: Iterable[Moment]) -> Iterator[dict[str, Cell]]:
    """A row an event or a statement; `exact` goes from its first word to its last, `words` are its own alone."""
    moments = list(found)
    hashes = text_hashes(record, (one.version for one in moments))
    split = {(one.version, span) for one in moments if len(one.spans) > 1 and (span := _whole(one))}
    exact = exact_words(record, split)
    for one in moments:
        span = _whole(one)
        words = exact.get((one.version, span), one.words) if span else None
        yield {
            **traced(one.report_id, one.id, span, words, publisher=one.publisher, published=one.published,
                     sha256=hashes.get(one.version)), "kind": one.kind, "words": one.words,
            "what": one.what, "modality": one.modality, "who": one.who, "whom": one.whom, "time": one.value,
            "time_words": one.time_words, "mod": one.mod, "place": one.place, "place_precision": one.place_precision,
            "voice": one.voice, "voice_name": one.voice_name, "title": one.title,
        }  # fmt: skip


def _whole(one: Moment) -> Span | None:
    return (min(s for s, _ in one.spans), max(e for _, e in one.spans)) if one.spans else None


def place_rows(spots: Iterable[Spot]) -> Iterator[dict[str, Cell]]:
    """A row a place, with how much is told of it."""
    for one in spots:
        yield {
            "place": one.name, "precision": one.precision, "geonames": one.geonames, "lat": one.lat, "lon": one.lon,
            "within": one.within, "events": one.events, "reports": one.reports,
        }  # fmt: skip


def position_rows(record: Record, topics: Iterable[Topic]) -> Iterator[dict[str, Cell]]:
    """A row a position, by issue; `may_change` says how it stands to the earlier one that it may turn round."""
    stands = [(topic, stand) for topic in topics for stand in topic.stands]
    hashes = text_hashes(record, (stand.version for _, stand in stands))
    for topic, one in stands:
        turned = next((change for change in topic.candidates if change.new == one), None)
        yield {
            **traced(one.report_id, one.id, (one.anchor.start, one.anchor.end), one.anchor.exact,
                     publisher=one.publisher, published=one.published, sha256=hashes.get(one.version)),
            "issue": " ".join(topic.issue), "holder": one.holder, "stance": one.stance, "deed": one.deed,
            "day": one.day, "whom": one.addressee, "conditions": " | ".join(each.words for each in one.conditions),
            "may_change": turned.reason if turned else None,
            "before": f"{turned.old.report_id}:{turned.old.id}" if turned else None,
        }  # fmt: skip


def series_rows(record: Record, found: Around) -> Iterator[dict[str, Cell]]:
    """A row a number of the series around a figure, by whose count it is; of one that stands alone its own."""
    subject, one = found.subject, found.count
    if subject is None:
        numbers = text_hashes(record, [one.version])
        yield {
            **traced(one.report_id, one.id, one.span, one.words, publisher=one.publisher, published=one.published,
                     sha256=numbers.get(one.version)),
            "by": one.claimant or one.voice_name, "teller": None, "low": one.low, "high": one.high, "unit": one.unit,
            "of": one.of, "place": one.place, "day": None, "stated": None, "claimant": one.claimant,
            "voice": one.voice, "part": one.part_of is not None,
        }  # fmt: skip
        return
    points = [(told, point) for told in subject.series for point in told.points]
    with record.reading() as connection:
        versions = {name: of.version for name, of in dated(connection, (p.report for _, p in points)).items()}
    hashes = text_hashes(record, versions.values())
    for told, point in points:
        yield {
            **traced(point.report, point.entry, point.span, point.words, publisher=point.publisher,
                     published=point.published, sha256=hashes.get(versions.get(point.report, ""))),
            "by": told.by, "teller": told.teller, "low": point.low, "high": point.high, "unit": subject.unit,
            "of": point.of, "place": subject.place, "day": point.day, "stated": point.stated,
            "claimant": point.claimant, "voice": point.voice, "part": point.part,
        }  # fmt: skip
