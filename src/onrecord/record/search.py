"""Full-text search over the current reports and the statements in them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, false, func, literal, select

from onrecord.anchors import CONTEXT, Anchor
from onrecord.errors import InputError
from onrecord.model import ACTS, EVENT_TYPES, Span
from onrecord.record import tables as t
from onrecord.record.databases import database
from onrecord.record.names import key, tokens
from onrecord.record.rows import STATEMENTS
from onrecord.record.snippets import snippet
from onrecord.record.terms import Said, Terms, terms
from onrecord.record.views import CURRENT, newest_first

__all__ = ["Hit", "Kind", "holds_name", "published_between", "reports_found", "search"]

Kind = Literal["statement", "report"]
Conditions = list[ColumnElement[bool]]

#: How many of the places found in one report are anchored.
MOST_ANCHORS = 20

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement or a report that was found.

    Attributes:
        id: the attribution's id; None for a report.
        speaker: whose statement it is, if named; `cue` the words that say so.
        snippet: a statement's whole words, or the report's words around the first place found.
        anchors: the statement's content, or the places found in the report.
    """

    kind: Kind
    report_id: str
    id: str | None
    speaker: str | None
    cue: str | None
    snippet: str
    anchors: tuple[Anchor, ...]
    title: str | None
    publisher: str | None
    published: str | None


def search(
    connection: Connection,
    words: str,
    *,
    kind: Kind | None,
    speaker: str | None,
    act: str | None,
    publisher: str | None,
    since: str | None,
    until: str | None,
    place: str | None,
    event_type: str | None,
    limit: int,
) -> tuple[Hit, ...]:
    """Statements, then reports, that hold all the words, the best first; the newest first where no words are given.

    Args:
        words: see `onrecord.record.terms.terms`; nothing typed can be an error.
        kind: statements or reports alone; both for None.
        speaker: words of the speaker's name; finds statements alone.
        act: what the speaker does by saying it; finds statements alone, and none whose cue is negated.
        publisher: the publisher's name, whatever its case.
        since, until: first and last publication date: YYYY, YYYY-MM or YYYY-MM-DD. Undated reports are left out then.
        place: words of the name of a place in the statement, or in the report.
        event_type: of an event in the statement, or in the report.
        limit: the most hits of each kind.

    Raises:
        InputError: a date, an act or an event type is not one.
    """
    if act is not None and act not in ACTS:
        raise InputError(f"{act!r} is no act", f"give one of {', '.join(ACTS)}")
    asked = terms(words)
    if words.strip() and not asked.wanted and not asked.unwanted:
        return ()
    where = published_between(since, until)
    if publisher is not None:
        where.append(CURRENT.c.publisher_key == key(publisher))
    hits: list[Hit] = []
    if kind in {None, "statement"}:
        spoken = [holds_name(t.attributions.c.speaker_key, speaker)] if speaker is not None else []
        if act is not None:
            spoken += [t.attributions.c.act == act, t.attributions.c.negated == 0]
        also = [*where, *spoken, *_about(place, event_type, within_statement=True)]
        hits += map(_statement_hit, connection.execute(_statements(connection, asked, also, limit)))
    if kind in {None, "report"} and speaker is None and act is None:
        also = [*where, *_about(place, event_type, within_statement=False)]
        rows = connection.execute(_reports(connection, asked, also, limit)).all()
        hits += (_report_hit(connection, row, asked) for row in rows)
    return tuple(hits)


def reports_found(
    connection: Connection,
    words: str = "",
    *,
    speaker: str | None = None,
    publisher: str | None = None,
    since: str | None = None,
    until: str | None = None,
    place: str | None = None,
    event_type: str | None = None,
) -> list[str]:
    """The ids, ascending, of all reports that `search` would find, itself or a statement in it, however many.

    Raises:
        InputError: a date or an event type is not one.
    """
    asked = terms(words)
    if words.strip() and not asked.wanted and not asked.unwanted:
        return []
    where = published_between(since, until)
    if publisher is not None:
        where.append(CURRENT.c.publisher_key == key(publisher))
    if speaker is None:
        query = _reports(connection, asked, [*where, *_about(place, event_type, within_statement=False)], None)
    else:
        where = [*where, holds_name(t.attributions.c.speaker_key, speaker)]
        query = _statements(connection, asked, [*where, *_about(place, event_type, within_statement=True)], None)
    chosen = query.order_by(None).with_only_columns(CURRENT.c.report_id).distinct()
    return sorted(connection.execute(chosen).scalars())


def published_between(since: str | None, until: str | None) -> Conditions:
    """Conditions on the publication date for a first and a last day, month or year.

    Raises:
        InputError: one of them is no date.
    """
    where: Conditions = []
    for day, is_last in ((since, False), (until, True)):
        if day is not None:
            if not _DAY.fullmatch(day):
                raise InputError(f"{day!r} is no date", "give YYYY, YYYY-MM or YYYY-MM-DD")
            published = func.substr(CURRENT.c.published, 1, len(day))
            where.append(published <= day if is_last else published >= day)
    return where


def holds_name(keys: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a column of keys holds every word of a name."""
    found: ColumnElement[bool] | None = None
    for token in tokens(name):
        holds = (literal(" ") + keys + literal(" ")).contains(f" {token} ", autoescape=True)
        found = holds if found is None else found & holds
    return false() if found is None else found


def _about(place: str | None, event_type: str | None, *, within_statement: bool) -> Conditions:
    """Conditions that a place or an event of a type stands in the report, or in the statement."""
    where: Conditions = []
    if event_type is not None and event_type.upper() not in EVENT_TYPES:
        raise InputError(f"{event_type!r} is no event type", f"give one of {', '.join(EVENT_TYPES)}")
    for table, condition in (
        (t.places, None if place is None else holds_name(t.places.c.name_key, place)),
        (t.events, None if event_type is None else t.events.c.type == event_type.upper()),
    ):
        if condition is not None:
            query = select(table.c.id).where(table.c.reading_id == CURRENT.c.reading_id, condition)
            if within_statement:
                query = query.where(table.c.start >= t.attributions.c.start, table.c.stop <= t.attributions.c.stop)
            where.append(exists(query.correlate(CURRENT, t.attributions)))
    return where


def _statements(connection: Connection, asked: Terms, where: Conditions, limit: int | None) -> Select[Any]:
    a, c = t.attributions.c, CURRENT.c
    query = (
        select(c.report_id, c.version, c.title, c.publisher, c.published, t.versions.c.text, a.id, a.speaker,
               a.cue_words, a.content_words, a.content_spans)
        .join_from(t.attributions, CURRENT, c.reading_id == a.reading_id)
        .join(t.versions, t.versions.c.id == c.version_id)
        .where(a.manner.in_(STATEMENTS), *where)
    )  # fmt: skip
    own = database(connection)
    if asked.unwanted:
        query = query.where(a.key.not_in(_rows(own.matching("statement_words", Said(some=asked.unwanted)))))
    if asked.wanted:
        found = own.matching("statement_words", Said(every=asked.wanted)).subquery()
        query = query.join(found, found.c.rowid == a.key).order_by(found.c.rank)
    return query.order_by(newest_first(c.published), c.version_id, a.start, a.key).limit(limit)


def _reports(connection: Connection, asked: Terms, where: Conditions, limit: int | None) -> Select[Any]:
    v, c = t.versions.c, CURRENT.c
    query = (
        select(c.report_id, c.version_id, c.version, c.title, c.publisher, c.published, v.text)
        .join_from(t.versions, CURRENT, c.version_id == v.id)
        .where(*where)
    )
    own = database(connection)
    if asked.unwanted:
        query = query.where(v.id.not_in(_rows(own.matching("report_words", Said(some=asked.unwanted)))))
    if asked.wanted:
        found = own.matching("report_words", Said(every=asked.wanted)).subquery()
        query = query.join(found, found.c.rowid == v.id).order_by(found.c.rank)
    return query.order_by(newest_first(c.published), c.version_id).limit(limit)


def _rows(matches: Select[Any]) -> Select[Any]:
    return matches.with_only_columns(matches.selected_columns.rowid)


def _statement_hit(row: Row[Any]) -> Hit:
    spans = [(start, end) for start, end in json.loads(row.content_spans)]
    return Hit(
        "statement", row.report_id, row.id, row.speaker, row.cue_words, row.content_words,
        tuple(_anchor(row.version, "text", row.text, span) for span in spans), row.title, row.publisher,
        row.published,
    )  # fmt: skip


def _report_hit(connection: Connection, row: Row[Any], asked: Terms) -> Hit:
    field: Literal["text", "title"] = "text"
    whole: str = row.text
    found: list[Span] = []
    if asked.wanted:
        own, said = database(connection), Said(every=asked.wanted)
        found = own.places(connection, "report_words", said, row.version_id, 1, row.text)
        if not found and (in_title := own.places(connection, "report_words", said, row.version_id, 0, row.title)):
            field, whole, found = "title", row.title, in_title
    return Hit(
        "report", row.report_id, None, None, None, snippet(whole, found[0] if found else (0, 0)),
        tuple(_anchor(row.version, field, whole, span) for span in found[:MOST_ANCHORS]), row.title, row.publisher,
        row.published,
    )  # fmt: skip


def _anchor(version: str, field: Literal["text", "title"], words: str, span: Span) -> Anchor:
    start, end = span
    return Anchor(version, field, start, end, words[start:end], words[max(0, start - CONTEXT) : start],
                  words[end : end + CONTEXT])  # fmt: skip
