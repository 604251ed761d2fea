"""The day's digest: what reports since a day tell that no earlier report in the record does, and in whose voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from onrecord.anchors import Anchor, anchor
from onrecord.model import Annotated, Span
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.linkers import POSITIONS
from onrecord.reconcile.linking import Link
from onrecord.reconcile.notices import Notice, notices
from onrecord.reconcile.origins import counts
from onrecord.reconcile.positions import positions as positions_of
from onrecord.reconcile.told import Told, entries, keys, same, spans
from onrecord.record import tables as t
from onrecord.record.search import published_between
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import links, readings
from onrecord.view.origins import copy_links
from onrecord.view.positions import Change, topics
from onrecord.view.stories import stories
from onrecord.wire import decode

__all__ = ["By", "New", "NewKind", "News", "Voice", "new"]

By = Literal["published", "added"]
NewKind = Literal["correction", "position", "statement", "event", "figure"]
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who tells it, in which report, with the exact words.

    Attributes:
        id: the annotation's id; empty for a notice.
        speaker: the speaker, or whose voice or count it is; None for the outlet itself.
        field: whether the anchor is of the text or the title.
    """

    report_id: str
    version: str
    id: str
    speaker: str | None
    publisher: str | None
    published: str | None
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class News:
    """Something that no earlier report in the record tells.

    Attributes:
        what: the statement's act, the event's type, the figure's unit, the notice's kind, or "candidate for a change".
        words: as the first report has them.
        voices: one for each report that tells it, in the order of their publication.
        reports, origins: how many reports tell it, and how many independent origins these have.
        change: the two positions, for a position alone; nothing but a candidate.
    """

    kind: NewKind
    what: str
    words: str
    voices: tuple[Voice, ...]
    reports: int
    origins: int
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class New:
    """What is new since a day: how many reports are new, how many bring nothing new, and what the others bring."""

    since: str
    by: By
    reports: int
    without_news: int
    news: tuple[News, ...]
    until: str | None = None


def new(record: Record, since: str, *, until: str | None = None, by: By = "published") -> New:
    """What reports since a day tell that no earlier report in the record tells, each with its voices.

    What stands in a sentence that an earlier report has too is not new, nor is a statement, event or figure that tells
    the same as one of an earlier report of the same story, nor are the words of a speaker known again from another; an
    undated report counts as earlier.

    Args:
        since: first day, month or year.
        until: last day, month or year: reports of later days are left aside; stories and versions are the record's own.
        by: whether reports since then are those published or those added to the record since then.

    Raises:
        InputError: the date is not one.
    """
    published_between(since, until)
    with record.reading() as connection:
        read = {one.report.id: one for one in readings(connection)}
        added = _added(connection)
        earlier = _earlier_versions(connection)
    dates = added if by == "added" else {name: one.report.published for name, one in read.items()}
    if until is not None:
        read = {name: one for name, one in read.items() if (dates.get(name) or "")[: len(until)] <= until}
    fresh = {name for name in read if (dates.get(name) or "")[: len(since)] >= since}
    story = {report: one.story for one in stories(record) for report in one.reports}
    linked = [link for link in copy_links(record) if link.a in read and link.b in read]
    found = [
        *_corrections(read, fresh, linked),
        *_changes(read, fresh, linked, links(record, POSITIONS)),
        *_told(read, fresh, linked, [one for one in earlier if by == "added" and one.report.id in fresh], story),
    ]
    bringing = {voice.report_id for each in found for voice in each.voices}
    return New(since, by, len(fresh), len(fresh - bringing), tuple(sorted(found, key=_rank)), until)


def _rank(news: News) -> tuple[int, int, str, str, int, str]:
    first = news.voices[0]
    order = ("correction", "position", "statement", "event", "figure").index(news.kind)
    return order, -news.origins, first.published or "9999", first.report_id, first.anchor.start, first.id


def _added(connection: Connection) -> dict[str, str]:
    """When the current version of each report was received."""
    query = select(CURRENT.c.report_id, t.versions.c.received_at).join_from(
        CURRENT, t.versions, t.versions.c.id == CURRENT.c.version_id
    )
    return {row.report_id: row.received_at for row in connection.execute(query)}


def _earlier_versions(connection: Connection) -> list[Annotated]:
    """The readings of versions that are not current any more, one of each."""
    current = select(CURRENT.c.version_id)
    query = (
        select(t.readings.c.version_id, t.readings.c.annotated)
        .where(t.readings.c.version_id.not_in(current))
        .order_by(t.readings.c.version_id, t.readings.c.id)
    )
    return [decode(line) for line in {row.version_id: row.annotated for row in connection.execute(query)}.values()]


def _told(
    read: Mapping[str, Annotated],
    fresh: set[str],
    linked: Sequence[Copy],
    before: Sequence[Annotated],
    story: Mapping[str, str],
) -> Iterable[News]:
    """Statements, events and figures of new reports alone."""
    told = {(one.report, one.entry): one for annotated in read.values() for one in entries(annotated)}
    known = [one for annotated in before for one in entries(annotated)]
    where = {name: spans(one, (each for each in entries(one))) for name, one in read.items() if name in fresh}
    shared = _shared(fresh, linked)
    for names in _grouped(told, known, fresh, story):
        kind = told[names[0]].kind
        inside = [
            name for name in names if not (kind != "figure" and _lies_in(where[name[0]][name[1]], shared[name[0]]))
        ]
        if inside:
            ordered = sorted(inside, key=lambda name: (read[name[0]].report.published or "9999", name))
            yield _news(kind, ordered, read, where, linked)


def _grouped(
    told: Mapping[Name, Told], known: Iterable[Told], fresh: set[str], story: Mapping[str, str]
) -> list[tuple[Name, ...]]:
    """Entries that tell the same, of those that no earlier entry tells; each report's own repetitions together too."""

    def repeats(one: Told, other: Told) -> bool:
        return same(one, other, one_story=story[one.report] == story[other.report])

    holders: dict[str, list[Told]] = defaultdict(list)
    for one in [*(one for name, one in told.items() if name[0] not in fresh), *known]:
        for key in keys(one):
            holders[key].append(one)
    fresh_told = [
        one for name, one in sorted(told.items())
        if name[0] in fresh and not any(repeats(one, other) for key in keys(one) for other in holders[key])
    ]  # fmt: skip
    near: dict[str, list[Told]] = defaultdict(list)
    pairs: list[tuple[str, str, float]] = []
    for one in fresh_told:
        others = {(other.report, other.entry): other for key in keys(one) for other in near[key]}
        pairs += [
            ("\0".join(name), f"{one.report}\0{one.entry}", 1.0)
            for name, other in others.items()
            if repeats(one, other)
        ]
        for key in keys(one):
            near[key].append(one)
    made = [tuple(_name(each) for each in group) for group in groups(pairs, least=0.5)]
    together = {name for group in made for name in group}
    return [*made, *(((one.report, one.entry),) for one in fresh_told if (one.report, one.entry) not in together)]


def _name(joined: str) -> Name:
    report, entry = joined.split("\0")
    return report, entry


def _shared(fresh: set[str], linked: Sequence[Copy]) -> dict[str, list[Span]]:
    """The sentences of new reports that an earlier report has too."""
    found: dict[str, list[Span]] = {name: [] for name in fresh}
    for link in linked:
        if link.a in fresh and link.b not in fresh:
            found[link.a] += link.spans_a
        elif link.b in fresh and link.a not in fresh:
            found[link.b] += link.spans_b
    return found


def _lies_in(span: Span, stretches: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in stretches)


def _news(
    kind: NewKind, names: Sequence[Name], read: Mapping[str, Annotated], where: Mapping[str, Mapping[str, Span]],
    linked: Sequence[Copy],
) -> News:  # fmt: skip
    voices: dict[str, Voice] = {}
    for report, entry in names:
        voices.setdefault(report, _voice(read[report], entry, where[report][entry]))
    first = read[names[0][0]]
    start, end = where[names[0][0]][names[0][1]]
    return _counted(kind, _what(first, names[0][1]), first.report.text[start:end], list(voices.values()), read, linked)


def _counted(
    kind: NewKind, what: str, told: str, voices: Sequence[Voice], read: Mapping[str, Annotated],
    linked: Sequence[Copy], change: Change | None = None,
) -> News:  # fmt: skip
    found = counts([read[voice.report_id].report for voice in voices], linked)
    return News(kind, what, told, tuple(voices), found.reports, found.origins, change)


def _voice(one: Annotated, entry: str, span: Span) -> Voice:
    said = {a.id: a for a in one.attributions}
    owners = {name: name for name in said}
    owners |= {event.id: event.voice for event in one.events} | {figure.id: figure.voice for figure in one.figures}
    owner = owners[entry]
    claimant = next((f.claimant for f in one.figures if f.id == entry), None)
    source = claimant or (said[owner].source.entity if owner in said else None)
    speaker = next((e.name for e in one.entities if e.id == source), None)
    if speaker is None and owner in said:
        speaker = " ".join(one.report.text[slice(*s)] for s in said[owner].source.spans) or "nobody named"
    elif speaker is None and owner == "unsourced":
        speaker = "nobody named"
    return Voice(one.report.id, one.report.version, entry, speaker, one.report.publisher, one.report.published,
                 anchor(one.report, span))  # fmt: skip


def _what(one: Annotated, entry: str) -> str:
    for item in one.attributions:
        if item.id == entry:
            return f"not {item.act}" if item.negated else item.act
    for event in one.events:
        if event.id == entry:
            return event.type if event.modality == "happened" else f"{event.type} ({event.modality})"
    return next(figure.unit for figure in one.figures if figure.id == entry)


def _corrections(read: Mapping[str, Annotated], fresh: set[str], linked: Sequence[Copy]) -> Iterable[News]:
    """Notices of corrections, updates and retractions that new reports carry."""
    for name in sorted(fresh):
        for notice in notices(read[name].report):
            yield _counted("correction", notice.kind, _notice_words(read[name], notice),
                           [_notice_voice(read[name], notice)], read, linked)  # fmt: skip


def _notice_words(one: Annotated, notice: Notice) -> str:
    whole = one.report.text if notice.field == "text" else one.report.title or ""
    return whole[slice(*notice.span)]


def _notice_voice(one: Annotated, notice: Notice) -> Voice:
    return Voice(one.report.id, one.report.version, "", None, one.report.publisher, one.report.published,
                 anchor(one.report, notice.span, field=notice.field))  # fmt: skip


def _changes(
    read: Mapping[str, Annotated], fresh: set[str], linked: Sequence[Copy], links: Iterable[Link]
) -> Iterable[News]:
    """Candidates for changes of which the newer position stands in a new report, and the older in an earlier one."""
    found = {(name, position.id): (one, position) for name, one in read.items() for position in positions_of(one)}
    for change in (each for topic in topics(found, links) for each in topic.candidates):
        new, old = change.new, change.old
        if new.report_id in fresh and old.report_id not in fresh:
            voice = Voice(new.report_id, new.version, new.id, new.holder, new.publisher, new.published, new.anchor)
            yield _counted("position", f"candidate: {change.reason}", new.words, [voice], read, linked, change)
