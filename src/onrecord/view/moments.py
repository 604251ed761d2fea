"""What happened and what was said in a stretch of time, in the order of the stated times: a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from onrecord.record import tables as t
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.timeline import Moment, event_moment, statement_moment
from onrecord.view.times_asked import Asked, is_current, narrowed, wider, within

__all__ = ["ON_A_PAGE", "Moments", "moments"]

#: How many moments are looked at for those of a page.
LOOKED_AT = 10_000
#: How many moments stand on a page, and how many pages there are.
ON_A_PAGE, MOST_PAGES = 50, 100


@dataclass(frozen=True, slots=True)
class Moments:
    """A page of moments.

    Attributes:
        looked_to: the stated time up to which all were looked at, where there are too many; else None.
        more: whether there is a further page.
    """

    found: tuple[Moment, ...]
    looked_to: str | None
    more: bool


def moments(
    record: Record, asked: Asked, *, value: str | None = None, page: int = 1, on_a_page: int = ON_A_PAGE
) -> Moments:
    """What happened and was said, in the order of the stated times.

    Args:
        asked: without a stretch of time, all times.
        value: only what has just this stated time, as TIMEX3.
        page: from 1, with so many `on_a_page`.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     moments(record, Asked("1962", "1962", who="U Thant")).found
        ()
    """
    page = min(max(page, 1), MOST_PAGES)
    last = page * on_a_page
    found: list[Moment] = []
    reached: list[str] = []
    with record.reading() as connection:
        for table in asked.tables:
            made = event_moment if table is t.events else statement_moment
            parts = [table.c.time == value] if value is not None else [within(table, asked), wider(table, asked)]
            for part in parts:
                found += map(made, connection.execute(_rows(table, asked, part, last + 1)))
            end = _end(connection, table, parts[0]) if asked.is_narrowed else None
            reached += [] if end is None else [end]
    found.sort(key=lambda m: (m.value or "", m.published or "", m.report_id, m.spans[:1]))
    looked_to = min(reached, default=None)
    return Moments(tuple(found[last - on_a_page : last]), looked_to, len(found) > last and page < MOST_PAGES)


def _rows(table: Table, asked: Asked, part: ColumnElement[bool], most: int) -> Select[Any]:
    """The first rows, with what their report says of itself."""
    order = "time", "reading_id", "id"
    looked = select(table).where(part).order_by(*(table.c[name] for name in order)).limit(LOOKED_AT).subquery("looked")
    where = (*narrowed(table, asked, looked.c), is_current(looked.c.reading_id))
    few = select(looked).where(*where).limit(most).subquery("few")
    n = CURRENT.c
    of_report = n.report_id, n.version, n.publisher, n.published, n.title
    if table is t.events:
        places = t.places.c
        joined = (places.reading_id == few.c.reading_id) & (places.id == few.c.place_id)
        query = select(few, *of_report, places.precision.label("place_precision"))
        return query.join_from(few, CURRENT, n.reading_id == few.c.reading_id).join(t.places, joined, isouter=True)
    outer = t.attributions.alias("outer_one")
    joined = (outer.c.reading_id == few.c.reading_id) & (outer.c.id == few.c.within_id)
    query = select(few, *of_report, outer.c.speaker.label("outer_speaker"))
    return query.join_from(few, CURRENT, n.reading_id == few.c.reading_id).join(outer, joined, isouter=True)


def _end(connection: Connection, table: Table, part: ColumnElement[bool]) -> str | None:
    """The stated time of the last moment that is looked at, if there are further ones."""
    query = select(table.c.time).where(part).order_by(table.c.time).offset(LOOKED_AT).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found
