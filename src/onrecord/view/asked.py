"""What is asked of a search, and the bounded part of the record that is looked at for it.

However large the record, a search looks at the newest `LOOKED` rows that hold the words at most, and gives the best
`MOST` of them; it says when there were more. So its time does not grow with the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, select

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES, UNITS
from onrecord.record import tables as t
from onrecord.record.databases import Words, database
from onrecord.record.names import key
from onrecord.record.search import Conditions, holds_name, published_between
from onrecord.record.terms import Said, Terms, terms
from onrecord.record.views import CURRENT, newest_first

__all__ = ["FINDABLE", "LOOKED", "MOST", "Asked", "Findable", "beginning", "expression", "from_words", "holding",
           "lacks", "published_among", "readings"]  # fmt: skip

Findable = Literal["statement", "report", "event", "figure"]
FINDABLE: tuple[Findable, ...] = get_args(Findable)

#: How many rows that hold the words are looked at, the last added first; and how many of these are given at most.
LOOKED, MOST = 5_000, 500
#: How many readings with a place, an event or a figure are looked at, and how many reports of an outlet or some days.
BY_INDEX, DATED = 2_000, 20_000
#: What comes after everything that may follow the beginning of a word.
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; everything that is not None must hold.

    Attributes:
        words: see `onrecord.record.terms.terms`; nothing typed can be an error.
        who: words of the name of the speaker, of somebody in the event, or of whose figure it is.
        since, until: first and last publication date: YYYY, YYYY-MM or YYYY-MM-DD.
        place: words of a place in the statement, event or figure, or in the report.
        event_type, unit: of an event, or a figure, in the statement or the report.
        sort: the best first, or the newest; the best where there are words, unless given.

    Raises:
        InputError: a date, an event type or a unit is not one.

    Example:
        >>> Asked(words="ceasefire", since="2024-01").kind
        'statement'
    """

    words: str = ""
    kind: Findable = "statement"
    who: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    event_type: str | None = None
    unit: str | None = None
    sort: Literal["best", "newest"] | None = None

    def __post_init__(self) -> None:
        published_between(self.since, self.until)
        for name, value, known in (("event type", self.event_type, EVENT_TYPES), ("unit", self.unit, UNITS)):
            if value is not None and value not in known:
                raise InputError(f"{value!r} is no {name}", f"give one of {', '.join(known)}")

    @property
    def terms(self) -> Terms:
        """The words, as terms to find and to leave out."""
        return terms(self.words)

    @property
    def by_rank(self) -> bool:
        """Whether the best come first."""
        return bool(self.terms.wanted) and self.sort != "newest"

    @property
    def narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any((self.publisher, self.since, self.until, self.place, self.event_type, self.unit))

    @property
    def published(self) -> Conditions:
        """The conditions on the report's outlet and date."""
        where = published_between(self.since, self.until)
        return where if self.publisher is None else [*where, CURRENT.c.publisher_key == key(self.publisher)]


def expression(wanted: Terms, *, names: Terms | None = None) -> Said:
    """What full text is asked: all that is wanted, nothing that is not; `names` in the speaker's name alone.

    It is false where nothing must stand there.

    Example:
        >>> asked = expression(terms("truce -rumour"), names=terms("Adler"))
        >>> asked.every, asked.without, asked.speaker
        (('"truce"',), ('"rumour"',), ('"Adler"',))
    """
    return Said(every=wanted.wanted, without=wanted.unwanted, speaker=names.wanted if names else ())


def lacks(connection: Connection, words: Words, unwanted: tuple[str, ...], row: Any) -> ColumnElement[bool]:
    """Whether a row, by the column of its number in a table or view, holds none of some terms."""
    found = database(connection).matching(words, Said(some=unwanted))
    rowid = found.selected_columns.rowid
    return ~exists(found.with_only_columns(rowid).where(rowid == row).correlate(row.table))


def from_words(
    connection: Connection, words: Words, said: Said, *, best: int | None = None, among: Select[Any] | None = None
) -> tuple[Select[Any], bool]:
    """The rows of a full-text table that hold what is said: `rowid` and `rank`; and whether there are more.

    Of more than `LOOKED` the last added alone are taken.

    Args:
        best: so many, the best first; all that are looked at, unless given.
        among: rows of which alone they may be.
    """
    query = database(connection).matching(words, said, among)
    rowid, rank = query.selected_columns.rowid, query.selected_columns.rank
    last = query.with_only_columns(rowid).order_by(rowid.desc()).limit(1).offset(LOOKED)
    floor = connection.execute(last).scalar()
    if floor is not None:
        query = query.where(rowid > floor)
    return query if best is None else query.order_by(rank).limit(best), floor is not None


def published_among(asked: Asked, words: Words) -> Select[Any] | None:
    """The rows of a full-text table that are of the outlet and the days asked for, of many the newest; None for all."""
    if asked.publisher is None and asked.since is None and asked.until is None:
        return None
    versions = _newest(asked, DATED)
    if words == "report_words":
        return versions
    a, r = t.attributions.c, t.readings.c
    spoken = select(a.key).join_from(t.readings, t.attributions, a.reading_id == r.id)
    return spoken.where(r.version_id.in_(versions))


def holding(asked: Asked, *, within_statement: bool) -> Conditions:
    """Conditions that a place, an event or a figure as asked for stands in the report, or in the statement."""
    where: Conditions = []
    wanted: tuple[tuple[Any, ColumnElement[bool] | None], ...] = (
        (t.places, None if asked.place is None else holds_name(t.places.c.name_key, asked.place)),
        (t.events, None if asked.event_type is None else t.events.c.type == asked.event_type),
        (t.figures, None if asked.unit is None else t.figures.c.unit == asked.unit),
    )
    for table, condition in wanted:
        if condition is not None:
            query = select(table.c.id).where(table.c.reading_id == CURRENT.c.reading_id, condition)
            if within_statement:
                query = query.where(table.c.start >= t.attributions.c.start, table.c.stop <= t.attributions.c.stop)
            where.append(exists(query.correlate(CURRENT, t.attributions)))
    return where


def readings(connection: Connection, asked: Asked, wanted: Terms, *, most: int) -> tuple[list[Row[Any]], bool]:
    """Current readings of reports that hold the terms and what else is asked, in the order; and whether there are more.

    Their rows have `reading_id`, `version_id`, `report_id`, `published` and `publisher`.

    Without words, the reports are found by the beginning of a place's name, an event's type, a figure's unit or their
    date, in this order.
    """
    c = CURRENT.c
    query: Select[Any] = select(c.reading_id, c.version_id, c.report_id, c.published, c.publisher)
    where = [*asked.published, *holding(asked, within_statement=False)]
    cut = False
    if said := expression(wanted):
        best = 2 * most if asked.by_rank and not where else None
        among = published_among(asked, "report_words")
        matches, cut = from_words(connection, "report_words", said, best=best, among=among)
        found = matches.subquery()
        query = query.join_from(found, CURRENT, c.version_id == found.c.rowid)
        query = query.order_by(found.c.rank) if asked.by_rank else query
    else:
        by_index = _by_index(asked)
        if by_index is not None:
            query = query.where(c.reading_id.in_(by_index))
        else:
            query = query.where(c.version_id.in_(_newest(asked, 2 * most)))
        if wanted.unwanted:
            query = query.where(lacks(connection, "report_words", wanted.unwanted, c.version_id))
    query = query.where(*where).order_by(newest_first(c.published), c.version_id.desc()).limit(most)
    rows: list[Row[Any]] = [*connection.execute(query)]
    return rows, cut or len(rows) == most


def _newest(asked: Asked, most: int) -> Select[Any]:
    """The newest versions of an outlet's reports, or of all, between two days; in a form that an index answers."""
    v = t.versions.c
    query = select(v.id)
    if asked.publisher is not None:
        query = query.where(v.publisher_key == key(asked.publisher))
    if asked.since is not None:
        query = query.where(v.published >= asked.since)
    if asked.until is not None:
        query = query.where(v.published <= asked.until + LAST)
    return query.order_by(newest_first(v.published), v.id.desc()).limit(most)


def _by_index(asked: Asked) -> Select[Any] | None:
    """Readings in which something asked for stands, by an index; None where nothing has one."""
    for table, condition in (
        (t.places, None if asked.place is None else beginning(t.places.c.name_key, key(asked.place) or "")),
        (t.events, None if asked.event_type is None else t.events.c.type == asked.event_type),
        (t.figures, None if asked.unit is None else t.figures.c.unit == asked.unit),
    ):
        if condition is not None:
            read = table.c.reading_id
            return select(read).where(condition).distinct().order_by(read.desc()).limit(BY_INDEX)
    return None


def beginning(keys: ColumnElement[Any], begins: str) -> ColumnElement[bool]:
    """Whether a column of keys begins so, in a form that an index answers."""
    return (keys >= begins) & (keys <= begins + LAST)  # PostgreSQL takes no collation in BETWEEN
