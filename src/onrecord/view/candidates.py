"""The statements, reports, events and figures that may be shown for a search: a bounded number of light rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from onrecord.model import UNITS
from onrecord.record import tables as t
from onrecord.record.names import tokens
from onrecord.record.parts import parts
from onrecord.record.rows import STATEMENTS
from onrecord.record.terms import Said, Terms, terms
from onrecord.record.views import CURRENT, newest_first
from onrecord.view.asked import (
    MOST,
    Asked,
    Findable,
    expression,
    from_words,
    holding,
    lacks,
    published_among,
    readings,
)  # fmt: skip

__all__ = ["Candidate", "candidates", "parts"]

#: How many reports are looked at in one go.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of a current reading, with what hits are counted by.

    Attributes:
        entry: the annotation's id; "" for a report.
        key: the row of a statement in its table; 0 for others.
        span: all of a statement, the trigger of an event, the words of a figure.
        who: the speaker, the actors, or whose figure it is.
        what: the act, the event's type, or the unit.
    """

    kind: Findable
    reading_id: int
    version_id: int
    report_id: str
    published: str | None
    publisher: str | None
    entry: str = ""
    key: int = 0
    span: tuple[int, int] = (0, 0)
    who: str | None = None
    what: str | None = None
    place: str | None = None


def candidates(connection: Connection, asked: Asked) -> tuple[list[Candidate], bool]:
    """What is found, in the order asked for, `MOST` entries at most; and whether there may be more."""
    if asked.words.strip() and asked.terms == Terms((), ()):
        return [], False
    if asked.kind == "statement":
        said = expression(asked.terms, names=terms(asked.who or ""))
        found, cut = _by_words(connection, asked, said) if said else _spoken(connection, asked)
    elif asked.kind == "report":
        rows, cut = ([], False) if asked.who is not None else readings(connection, asked, asked.terms, most=MOST + 1)
        found = (_candidate("report", row) for row in rows)
    else:
        found, cut = _events(connection, asked) if asked.kind == "event" else _figures(connection, asked)
    first = list(islice(found, MOST + 1))
    return first[:MOST], cut or len(first) > MOST


def _candidate(kind: Findable, row: Row[Any], **more: Any) -> Candidate:
    return Candidate(kind, row.reading_id, row.version_id, row.report_id, row.published, row.publisher, **more)


def _said(row: Row[Any], of: Row[Any]) -> Candidate:
    return _candidate("statement", of, entry=row.id, key=row.key, span=(row.start, row.stop), who=row.speaker,
                      what=row.act)  # fmt: skip


def _by_words(connection: Connection, asked: Asked, said: Said) -> tuple[Iterator[Candidate], bool]:
    a, c = t.attributions.c, CURRENT.c
    best = 2 * MOST if asked.by_rank and not asked.narrowed else None
    among = published_among(asked, "statement_words")
    matches, cut = from_words(connection, "statement_words", said, best=best, among=among)
    found = matches.subquery()
    query: Select[Any] = (
        select(c.reading_id, c.version_id, c.report_id, c.published, c.publisher, a.id, a.key, a.start, a.stop,
               a.speaker, a.act)
        .join_from(found, t.attributions, a.key == found.c.rowid)
        .join(CURRENT, c.reading_id == a.reading_id)
        .where(*asked.published, *holding(asked, within_statement=True))
    )  # fmt: skip
    query = query.order_by(found.c.rank) if asked.by_rank else query
    query = query.order_by(newest_first(c.published), c.version_id.desc(), a.start, a.key).limit(MOST + 1)
    rows = connection.execute(query).all()
    return (_said(row, row) for row in rows), cut


def _spoken(connection: Connection, asked: Asked) -> tuple[Iterator[Candidate], bool]:
    """Statements where no words are given that must stand in them."""
    a, c = t.attributions.c, CURRENT.c
    query: Select[Any] = (
        select(a.reading_id, a.id, a.key, a.start, a.stop, a.speaker, a.act)
        .join_from(t.attributions, CURRENT, c.reading_id == a.reading_id)
        .where(a.manner.in_(STATEMENTS), *holding(asked, within_statement=True))
        .order_by(a.start, a.key)
    )
    if asked.terms.unwanted:
        query = query.where(lacks(connection, "statement_words", asked.terms.unwanted, a.key))
    # What reports hold is not asked of their words here: a statement may lack words that its report has.
    found, cut = readings(connection, asked, Terms((), ()), most=MOST + 1)
    return (_said(row, of) for row, of in _of(connection, query, found)), cut


def _of(connection: Connection, query: Select[Any], found: Sequence[Row[Any]]) -> Iterator[tuple[Row[Any], Row[Any]]]:
    """The entries of readings in the readings' order, each with its reading; few readings at once."""
    read = next(column for column in query.selected_columns if column.key == "reading_id")
    # First few readings, then more: of most searches the first give enough.
    size, start = 60, 0
    while start < len(found):
        some = {row.reading_id: row for row in found[start : start + size]}
        rows: dict[int, list[Row[Any]]] = {number: [] for number in some}
        for row in connection.execute(query.where(read.in_(some))):
            rows[row.reading_id].append(row)
        yield from ((row, some[number]) for number, entries in rows.items() for row in entries)
        start, size = start + size, _AT_ONCE


def _events(connection: Connection, asked: Asked) -> tuple[Iterator[Candidate], bool]:
    e = t.events.c
    query = select(e.reading_id, e.id, e.start, e.stop, e.type, e.trigger_words, e.actors, e.recipients, e.place)
    query = query.order_by(e.start, e.id)
    if asked.event_type is not None:
        query = query.where(e.type == asked.event_type)
    wanted, names = asked.terms, terms(asked.who or "")
    both = Terms((*wanted.wanted, *names.wanted), wanted.unwanted)
    found, cut = readings(connection, asked, both, most=2 * MOST)
    return (
        _candidate("event", of, entry=row.id, span=(row.start, row.stop), who=row.actors, what=row.type,
                   place=row.place)
        for row, of in _of(connection, query, found)
        if _hold(wanted, (row.trigger_words, row.actors, row.recipients, row.place))
        and _hold(names, (row.actors, row.recipients)) and _is_at(asked, row.place)
    ), cut  # fmt: skip


def _figures(connection: Connection, asked: Asked) -> tuple[Iterator[Candidate], bool]:
    f = t.figures.c
    query = select(f.reading_id, f.id, f.start, f.stop, f.unit, f.words, f.of_words, f.claimant, f.place)
    query = query.order_by(f.start, f.id)
    wanted, names = asked.terms, terms(asked.who or "")
    # A unit's name need not stand in the report: "killed" finds "nine dead".
    units = {term for term in wanted.wanted if term.strip('"*').lower() in UNITS}
    unit = asked.unit or next((term.strip('"*').lower() for term in sorted(units)), None)
    if unit is not None:
        query = query.where(f.unit == unit)
    wanted = Terms(tuple(term for term in wanted.wanted if term not in units), wanted.unwanted)
    both = Terms((*wanted.wanted, *names.wanted), wanted.unwanted)
    found, cut = readings(connection, _with_unit(asked, unit), both, most=2 * MOST)
    return (
        _candidate("figure", of, entry=row.id, span=(row.start, row.stop), who=row.claimant, what=row.unit,
                   place=row.place)
        for row, of in _of(connection, query, found)
        if _hold(wanted, (row.words, row.of_words, row.claimant, row.place))
        and _hold(names, (row.claimant,)) and _is_at(asked, row.place)
    ), cut  # fmt: skip


def _with_unit(asked: Asked, unit: str | None) -> Asked:
    return asked if unit == asked.unit else replace(asked, unit=unit)


def _hold(wanted: Terms, about: Iterable[str | None]) -> bool:
    """Whether some words hold every term that is wanted, and none that is not."""
    if not wanted.wanted and not wanted.unwanted:
        return True
    text = f" {' '.join(tokens(' '.join(filter(None, about))))} "
    return all(_phrase(term) in text for term in wanted.wanted) and not any(
        _phrase(term) in text for term in wanted.unwanted
    )


def _phrase(term: str) -> str:
    words = " ".join(tokens(term))
    return f" {words}" if term.endswith("*") else f" {words} "


def _is_at(asked: Asked, place: str | None) -> bool:
    return asked.place is None or set(tokens(asked.place)) <= set(tokens(place or ""))
