"""What happened and what was said, in the order of the times that the reports state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, exists, select

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES, Span
from onrecord.reconcile.days import Stretch, stretch
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.names import key
from onrecord.record.search import holds_name, published_between
from onrecord.record.store import Record
from onrecord.record.views import HAPPENINGS, STATEMENTS
from onrecord.view.stories import stories

__all__ = ["Moment", "Timeline", "event_moment", "statement_moment", "timeline"]


@dataclass(frozen=True, slots=True)
class Moment:
    """An event or a statement, with the time that the report states for it.

    Attributes:
        id: the annotation's id in its report.
        what: the event's type, or the statement's act.
        who: the actors or the speaker; `whom` the recipients or the addressee.
        words: the event's trigger, or the statement's content; `spans` where they stand.
        value, time_words, mod: the stated time as TIMEX3, in the report's words, and its modifier; null if none.
        stretch: the days that the time stands for; None if the report states no time that can be placed.
        published: when the report was published: all that is known of an undated moment's time.
        voice: "narrator", "unsourced" or an attribution's id; `voice_name` its speaker, if named.
        place_precision: whether the place may be drawn as a point.
    """

    kind: Literal["event", "statement"]
    report_id: str
    version: str
    id: str
    what: str
    modality: str | None
    who: str | None
    whom: str | None
    words: str
    spans: tuple[Span, ...]
    value: str | None
    time_words: str | None
    mod: str | None
    stretch: Stretch | None
    place: str | None
    place_precision: str | None
    voice: str | None
    voice_name: str | None
    publisher: str | None
    published: str | None
    title: str | None

    @property
    def when(self) -> str:
        """The time in a few words: as stated, or "reported" and the date of the report, or "undated"."""
        if self.stretch is not None:
            return f"{self.value} ({self.mod.lower()})" if self.mod else str(self.value)
        return f"reported {self.published[:10]}" if self.published else "undated"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Moments in the order of their stated times; and, apart, those without one, in the order of their reports."""

    dated: tuple[Moment, ...]
    undated: tuple[Moment, ...]


def timeline(
    record: Record,
    *,
    who: str | None = None,
    since: str | None = None,
    until: str | None = None,
    place: str | None = None,
    event_type: str | None = None,
    publisher: str | None = None,
    story: str | None = None,
    statements: bool = True,
) -> Timeline:
    """What happened and what was said, by the current readings, each as its report tells it; nothing is merged.

    Args:
        who: words of the name of an actor, recipient or speaker.
        since, until: first and last day, month or year. A moment with a stated time counts if it may lie between; one
            without counts by its report's publication.
        place: words of the event's place; leaves statements out.
        event_type: one of the event types; leaves statements out.
        publisher: the publisher's name, whatever its case.
        story: a report, whose story's reports alone count.
        statements: whether statements are wanted.

    Raises:
        InputError: a date or an event type is not one.
        RecordError: there is no such report.
    """
    if event_type is not None and event_type.upper() not in EVENT_TYPES:
        raise InputError(f"{event_type!r} is no event type", f"give one of {', '.join(EVENT_TYPES)}")
    published_between(since, until)
    with record.reading() as connection:
        moments = list(_events(connection, who=who, place=place, event_type=event_type, publisher=publisher))
        if statements and place is None and event_type is None:
            moments += _statements(connection, who=who, publisher=publisher)
        told = None if story is None else finding.report_id(connection, story)
    if told is not None:
        reports = next(set(one.reports) for one in stories(record) if told in one.reports)
        moments = [m for m in moments if m.report_id in reports]
    chosen = [m for m in moments if _lies_between(m, since, until)]
    return Timeline(
        tuple(sorted((m for m in chosen if m.stretch is not None), key=_by_time)),
        tuple(sorted((m for m in chosen if m.stretch is None), key=_by_report)),
    )


def _lies_between(moment: Moment, since: str | None, until: str | None) -> bool:
    if moment.stretch is not None:
        first, last = moment.stretch.first.isoformat(), moment.stretch.last.isoformat()
    elif moment.published is not None:
        first = last = moment.published[:10]
    else:
        return since is None and until is None
    return (since is None or last[: len(since)] >= since) and (until is None or first[: len(until)] <= until)


def _by_time(moment: Moment) -> tuple[date, date, str, str, Span]:
    assert moment.stretch is not None  # noqa: S101 - only those with one are sorted so
    return moment.stretch.first, moment.stretch.last, moment.published or "", moment.report_id, moment.spans[0]


def _by_report(moment: Moment) -> tuple[bool, str, str, Span]:
    return moment.published is None, moment.published or "", moment.report_id, moment.spans[0]


def _events(
    connection: Connection, *, who: str | None, place: str | None, event_type: str | None, publisher: str | None
) -> Iterator[Moment]:
    h, p = HAPPENINGS.c, t.places.c
    query: Select[Any] = select(HAPPENINGS, p.precision.label("place_precision")).join_from(
        HAPPENINGS, t.places, (p.reading_id == h.reading_id) & (p.id == h.place_id), isouter=True
    )
    if event_type is not None:
        query = query.where(h.type == event_type.upper())
    if place is not None:
        query = query.where(holds_name(p.name_key, place))
    if publisher is not None:
        query = query.where(h.publisher_key == key(publisher))
    if who is not None:
        q = t.participants.c
        party = select(q.event_id).where(q.reading_id == h.reading_id, q.event_id == h.id, holds_name(q.name_key, who))
        query = query.where(exists(party.correlate(HAPPENINGS)))
    for row in connection.execute(query):
        yield event_moment(row)


def event_moment(row: Row[Any]) -> Moment:
    """The moment of a row of happenings with `place_precision`."""
    return Moment(
        kind="event", report_id=row.report_id, version=row.version, id=row.id, what=row.type, modality=row.modality,
        who=row.actors, whom=row.recipients, words=row.trigger_words, spans=((row.start, row.stop),), value=row.time,
        time_words=row.time_words, mod=row.time_mod, stretch=stretch(row.time), place=row.place,
        place_precision=row.place_precision, voice=row.voice, voice_name=row.voice_name, publisher=row.publisher,
        published=row.published, title=row.title,
    )  # fmt: skip


def _statements(connection: Connection, *, who: str | None, publisher: str | None) -> Iterator[Moment]:
    s, outer = STATEMENTS.c, t.attributions.c
    query: Select[Any] = select(STATEMENTS, outer.speaker.label("outer_speaker")).join_from(
        STATEMENTS, t.attributions, (outer.reading_id == s.reading_id) & (outer.id == s.within_id), isouter=True
    )
    if who is not None:
        query = query.where(holds_name(s.speaker_key, who))
    if publisher is not None:
        query = query.where(s.publisher_key == key(publisher))
    for row in connection.execute(query):
        yield statement_moment(row)


def statement_moment(row: Row[Any]) -> Moment:
    """The moment of a row of statements with `outer_speaker`."""
    return Moment(
        kind="statement", report_id=row.report_id, version=row.version, id=row.id,
        what=f"not {row.act}" if row.negated else row.act, modality=None, who=row.speaker, whom=row.addressee_words,
        words=row.content_words, spans=tuple((s, e) for s, e in json.loads(row.content_spans)), value=row.time,
        time_words=row.time_words, mod=row.time_mod, stretch=stretch(row.time), place=None, place_precision=None,
        voice=row.within_id or "narrator", voice_name=row.outer_speaker or row.via, publisher=row.publisher,
        published=row.published, title=row.title,
    )  # fmt: skip
