"""Where things happened: the places of the newest reports' events, with how many events and reports tell of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, select

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES, Precision
from onrecord.record import tables as t
from onrecord.record.search import holds_name
from onrecord.record.store import Record
from onrecord.record.views import newest_first
from onrecord.view.counted import starts_words
from onrecord.view.lately import Lately, lately, newest, not_sought
from onrecord.view.timeline import Moment, event_moment

__all__ = ["Box", "Spot", "Whereabouts", "happened_at", "whereabouts"]

#: How many of the newest reports are looked at.
MOST = 2_000
#: How many places are given, those of most events first.
MOST_PLACES = 300
#: How many events stand on a page.
ON_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the earth, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A place and what the reports tell of it.

    Attributes:
        name: as the gazetteer has it, else in the reports' words; `key` by which it is asked for.
        precision: whether its point may be drawn as one; other places are areas around it.
        lat, lon: a representative point; null where none is known.
        within: the larger places that it lies in.
        events: how many accounts of events are placed there, in how many `reports`.
    """

    name: str
    key: str
    geonames: int | None
    precision: Precision
    lat: float | None
    lon: float | None
    within: str | None
    events: int
    reports: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Places.

    Attributes:
        spots: those of most events first.
        looked_at: the reports that were looked at.
        more: whether there are further places.
    """

    spots: tuple[Spot, ...]
    looked_at: Lately
    more: bool


def whereabouts(
    record: Record,
    *,
    event_type: str | None = None,
    who: str | None = None,
    place: str | None = None,
    since: str | None = None,
    until: str | None = None,
    box: Box | None = None,
) -> Whereabouts:
    """The places of events in the newest reports that were asked for; an event in two reports has two accounts.

    Args:
        event_type: one of the event types.
        who: beginnings of words in the names of actors or recipients.
        place: words of the place's name.
        since, until: first and last publication: a day, month or year. Undated reports are left out then.
        box: only places whose point lies in it.

    Raises:
        InputError: a date or an event type is not one.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     whereabouts(record, event_type="PROTEST").looked_at.reports
        0
    """
    chosen = newest(since=since, until=until, most=MOST)
    p = t.places.c
    where = _where(event_type, who)
    where += [] if place is None else [holds_name(p.name_key, place)]
    if box is not None:
        where += [p.lat.between(box.south, box.north), p.lon.between(box.west, box.east)]
    accounts = func.count().label("events")
    query = (
        _placed(chosen, where)
        .with_only_columns(
            func.max(p.name).label("name"), p.name_key, p.geonames, p.precision, p.lat, p.lon,
            func.max(p.admin).label("within"), accounts, func.count(t.events.c.reading_id.distinct()).label("reports"),
        )
        .group_by(p.name_key, p.geonames, p.precision, p.lat, p.lon)
        .order_by(accounts.desc(), p.name_key, p.geonames.nulls_first())
        .limit(MOST_PLACES + 1)
    )  # fmt: skip
    with record.reading() as connection:
        rows = connection.execute(query).all()
        looked_at = lately(connection, chosen, most=MOST)
    spots = [Spot(row.name, row.name_key, row.geonames, row.precision, row.lat, row.lon, row.within, row.events,
                  row.reports) for row in rows[:MOST_PLACES]]  # fmt: skip
    return Whereabouts(tuple(spots), looked_at, more=len(rows) > MOST_PLACES)


def happened_at(
    record: Record,
    key: str,
    *,
    geonames: int | None = None,
    event_type: str | None = None,
    who: str | None = None,
    since: str | None = None,
    until: str | None = None,
    page: int = 1,
    on_a_page: int = ON_A_PAGE,
) -> tuple[tuple[Moment, ...], bool]:
    """The accounts that `whereabouts` counts at a place, the newest first, and whether there is a further page.

    Args:
        key: the place's key; geonames its id, where it has one.
        event_type, who, since, until: as there.
        page: from 1, with so many `on_a_page`.

    Raises:
        InputError: a date or an event type is not one.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     happened_at(record, "havana", geonames=3553478)
        ((), False)
    """
    chosen = newest(since=since, until=until, most=MOST)
    n, e, p = chosen.c, t.events.c, t.places.c
    here = [not_sought(p.name_key) == key, p.geonames.is_(None) if geonames is None else p.geonames == geonames]
    query = (
        _placed(chosen, [*_where(event_type, who), *here])
        .with_only_columns(t.events, n.report_id, n.version, n.publisher, n.published, n.title,
                           p.precision.label("place_precision"))
        .order_by(newest_first(n.published), n.report_id, e.start, e.id)
        .limit(on_a_page + 1)
        .offset((max(page, 1) - 1) * on_a_page)
    )  # fmt: skip
    with record.reading() as connection:
        found = [event_moment(row) for row in connection.execute(query)]
    return tuple(found[:on_a_page]), len(found) > on_a_page


def _placed(chosen: Subquery, where: list[ColumnElement[bool]]) -> Select[Any]:
    """The newest readings' events with their places."""
    e, p = t.events.c, t.places.c
    return (
        select(e.id)
        .join_from(chosen, t.events, e.reading_id == chosen.c.reading_id)
        .join(t.places, (p.reading_id == e.reading_id) & (p.id == e.place_id))
        .where(*where)
    )


def _where(event_type: str | None, who: str | None) -> list[ColumnElement[bool]]:
    e = t.events.c
    if event_type is not None and event_type.upper() not in EVENT_TYPES:
        raise InputError(f"{event_type!r} is no event type", f"give one of {', '.join(EVENT_TYPES)}")
    where: list[ColumnElement[bool]] = [] if event_type is None else [not_sought(e.type) == event_type.upper()]
    return where if who is None else [*where, starts_words(e.actors, who) | starts_words(e.recipients, who)]
