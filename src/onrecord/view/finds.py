"""Search with what narrows it: hits of one kind, page by page, and counts of what stands in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.anchors import CONTEXT, Anchor
from onrecord.model import Span
from onrecord.record import tables as t
from onrecord.record.databases import database
from onrecord.record.parts import parts
from onrecord.record.store import Record
from onrecord.record.terms import terms
from onrecord.view.asked import Asked, Findable, expression
from onrecord.view.candidates import Candidate, candidates

__all__ = ["Facet", "Find", "Finds", "FoundValue", "excerpt", "finds"]

#: How many values of each facet are given.
VALUES = 8
#: How many code points of the text around the words found are shown on each side; and the most of a statement.
AROUND, LONGEST = 140, 600

FacetName = Literal["who", "publisher", "month", "event_type", "unit", "place"]


@dataclass(frozen=True, slots=True)
class Find:
    """A statement, report, event or figure that was found.

    Attributes:
        entry: the annotation's id; None for a report.
        who: the speaker, the actors, or whose figure it is, if named.
        what: the act, the event's type, or the figure's unit.
        cue: the words that say whose statement it is.
        words: a statement's words, or those around what was found; an ellipsis where cut.
        marks: where in `words` the words found stand, or the event's trigger, or the figure.
        anchor: all of the statement's content from its first word to its last, the trigger, the figure, or the first
            words found in a report; None for a report that was not found by words.
        sha256: of the text of the report's version.
    """

    kind: Findable
    report_id: str
    entry: str | None
    who: str | None
    what: str | None
    cue: str | None
    words: str
    marks: tuple[Span, ...]
    anchor: Anchor | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value that narrows the search, and how many of the hits have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """What the hits can be narrowed by, the commonest values first."""

    name: FacetName
    values: tuple[FoundValue, ...]


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found.

    Attributes:
        hits: those of the page that was asked for.
        found: how many were found, `onrecord.view.asked.MOST` at most; `more` whether there may be others.
        facets: counted over all that were found, not over the page alone.
    """

    hits: tuple[Find, ...]
    found: int
    more: bool
    facets: tuple[Facet, ...]


def finds(record: Record, asked: Asked, *, limit: int = 30, skip: int = 0) -> Finds:
    """What is found in the current readings, in the order asked for.

    Args:
        limit: how many hits are given; `skip` how many are left out before them.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     finds(record, Asked(words="truce")).found
        0
    """
    with record.reading() as connection:
        found, more = candidates(connection, asked)
        hits = tuple(_hit(connection, one, asked) for one in found[skip : skip + limit])
        return Finds(hits, len(found), more, tuple(_facets(connection, asked.kind, found)))


def excerpt(words: str, found: Sequence[Span], *, most: int) -> tuple[str, tuple[Span, ...]]:
    """The words, no more than so many code points, around the first found; and where in them those found stand.

    Example:
        >>> excerpt("Nobody expected that the talks would fail so soon.", [(25, 30)], most=20)
        ('… the talks would …', ((6, 11),))
    """
    first = found[0] if found else (0, 0)
    start = max(0, min(first[0] - (most - (first[1] - first[0])) // 2, len(words) - most))
    stop = min(len(words), start + most)
    if start and (space := words.find(" ", start, first[0])) >= 0:
        start = space + 1
    if stop < len(words) and (space := words.rfind(" ", min(first[1], stop), stop)) >= 0:
        stop = space
    before, after = "… " if start else "", " …" if stop < len(words) else ""
    shift = len(before) - start
    inside = tuple((a + shift, min(b, stop) + shift) for a, b in found if start <= a < stop)
    return f"{before}{words[start:stop]}{after}", inside


def _hit(connection: Connection, one: Candidate, asked: Asked) -> Find:
    v = t.versions.c
    query: Select[Any] = select(v.version, v.title, v.url, v.sha256).where(v.id == one.version_id)
    of = connection.execute(query).one()
    cue = None
    anchor: Anchor | None
    if one.kind == "statement":
        cue, words, marks, anchor = _statement(connection, one, asked, of.version)
    elif one.kind == "report":
        words, marks, anchor = _report(connection, one, asked, of)
    else:
        words, marks, anchor = _around(connection, one, of.version)
    return Find(one.kind, one.report_id, one.entry or None, one.who, one.what, cue, words, marks, anchor, of.title,
                one.publisher, one.published, of.url, of.sha256)  # fmt: skip


def _statement(connection: Connection, one: Candidate, asked: Asked, version: str
               ) -> tuple[str, str, tuple[Span, ...], Anchor]:  # fmt: skip
    a = t.attributions.c
    row = connection.execute(select(a.cue_words, a.content_words, a.content_spans).where(a.key == one.key)).one()
    spans = json.loads(row.content_spans) or [one.span]
    found: tuple[Span, ...] = ()
    if said := expression(asked.terms, names=terms(asked.who or "")):
        own = database(connection)
        found = tuple(own.places(connection, "statement_words", said, one.key, 1, row.content_words))
    words, marks = excerpt(row.content_words, found, most=LONGEST)
    return row.cue_words, words, marks, _anchor(connection, one, version, (spans[0][0], spans[-1][1]))


def _report(connection: Connection, one: Candidate, asked: Asked, of: Row[Any]
            ) -> tuple[str, tuple[Span, ...], Anchor | None]:  # fmt: skip
    v = t.versions.c
    if not (said := expression(asked.terms)):
        begins = connection.execute(select(func.substr(v.text, 1, 2 * AROUND + 1)).where(v.id == one.version_id))
        return excerpt(begins.scalar_one(), (), most=2 * AROUND)[0], (), None
    text = connection.execute(select(v.text).where(v.id == one.version_id)).scalar_one()
    own = database(connection)
    found = own.places(connection, "report_words", said, one.version_id, 1, text)
    if found:
        return *excerpt(text, found, most=2 * AROUND), _cut(of.version, "text", text, found[0], 0)
    in_title = own.places(connection, "report_words", said, one.version_id, 0, of.title)
    anchor = _cut(of.version, "title", of.title, in_title[0], 0) if in_title else None
    return excerpt(text, (), most=2 * AROUND)[0], (), anchor


def _around(connection: Connection, one: Candidate, version: str) -> tuple[str, tuple[Span, ...], Anchor]:
    # twice as much as is shown, so that it is cut between words wherever the text goes on
    low = max(0, one.span[0] - 2 * AROUND)
    stretch = _text(connection, one.version_id, low, one.span[1] + 2 * AROUND)
    inside = (one.span[0] - low, one.span[1] - low)
    words, marks = excerpt(stretch, [inside], most=max(2 * AROUND - 20, inside[1] - inside[0]))
    return words, marks, _cut(version, "text", stretch, inside, low)


def _anchor(connection: Connection, one: Candidate, version: str, span: Span) -> Anchor:
    low = max(0, span[0] - CONTEXT)
    stretch = _text(connection, one.version_id, low, span[1] + CONTEXT)
    return _cut(version, "text", stretch, (span[0] - low, span[1] - low), low)


def _text(connection: Connection, version: int, start: int, stop: int) -> str:
    """A part of a text; what is not wanted stays in the database."""
    v = t.versions.c
    found: str = connection.execute(
        select(func.substr(v.text, start + 1, stop - start)).where(v.id == version)
    ).scalar_one()
    return found


def _cut(version: str, field: Literal["text", "title"], words: str, inside: Span, low: int) -> Anchor:
    start, end = inside
    return Anchor(version, field, start + low, end + low, words[start:end], words[max(0, start - CONTEXT) : start],
                  words[end : end + CONTEXT])  # fmt: skip


def _facets(connection: Connection, kind: Findable, found: Sequence[Candidate]) -> Iterator[Facet]:
    if kind != "report":
        yield _facet("who", (one.who for one in found))
    yield _facet("publisher", (one.publisher for one in found))
    yield Facet("month", _months(found))
    if kind in ("statement", "report"):
        yield _facet("event_type", _inside(connection, t.events, t.events.c.type, found))
        yield _facet("place", _inside(connection, t.places, t.places.c.name, found))
    else:
        yield _facet("event_type" if kind == "event" else "unit", (one.what for one in found))
        yield _facet("place", (one.place for one in found))


def _facet(name: FacetName, values: Iterable[str | None]) -> Facet:
    counts = Counter(value for value in values if value)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))[:VALUES]
    return Facet(name, tuple(FoundValue(value, counts[value]) for value in ranked))


def _months(found: Iterable[Candidate]) -> tuple[FoundValue, ...]:
    """The months with the most hits, in their order."""
    most = _facet("month", (one.published[:7] for one in found if one.published)).values
    return tuple(sorted(most, key=lambda month: month.value, reverse=True))


def _inside(connection: Connection, table: Any, value: Any, found: Sequence[Candidate]) -> Iterator[str]:
    """A value of the entries of a table in each hit, once a hit."""
    of: dict[int, list[Candidate]] = {}
    for one in found:
        of.setdefault(one.reading_id, []).append(one)
    seen: set[tuple[int, str, str]] = set()
    for some in parts(sorted(of)):
        query = select(table.c.reading_id, table.c.start, table.c.stop, value).where(table.c.reading_id.in_(some))
        for reading, start, stop, told in connection.execute(query):
            for one in of[reading]:
                inside = one.kind == "report" or (one.span[0] <= start and stop <= one.span[1])
                if inside and (reading, one.entry, told) not in seen:
                    seen.add((reading, one.entry, told))
                    yield told
