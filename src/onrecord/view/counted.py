"""The newest figures of a record, those that count the same thing put together: a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, select

from onrecord.errors import InputError
from onrecord.model import UNITS
from onrecord.reconcile.linkers import FIGURES
from onrecord.record import tables as t
from onrecord.record.correcting import Entry
from onrecord.record.search import holds_name
from onrecord.record.store import Record
from onrecord.record.views import newest_first
from onrecord.view.figures import Count, count
from onrecord.view.lately import Lately, lately, newest, not_sought
from onrecord.view.near import near

__all__ = ["ON_A_PAGE", "Counted", "Thing", "counted", "starts_words"]

#: How many figures stand on a page.
ON_A_PAGE = 60
#: How many of the newest reports are looked at; fewer where their figures are put in order by how many tell of them.
MOST, MOST_RANKED = 2_000, 1_000
#: How many entries are looked at for what counts the same.
_NEAR = 400


@dataclass(frozen=True, slots=True)
class Thing:
    """Figures of several reports that count the same thing.

    Attributes:
        counts: those of the page, the newest first.
        reports: how many reports count it, those of other pages too.
    """

    counts: tuple[Count, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A page of figures.

    Attributes:
        things: what they count, in the order of the first figure of each.
        looked_at: the reports that were looked at.
        more: whether there is a further page.
    """

    things: tuple[Thing, ...]
    looked_at: Lately
    more: bool


def counted(
    record: Record,
    *,
    unit: str | None = None,
    whom: str | None = None,
    place: str | None = None,
    claimant: str | None = None,
    since: str | None = None,
    until: str | None = None,
    by_reports: bool = False,
    page: int = 1,
    on_a_page: int = ON_A_PAGE,
) -> Counted:
    """The figures of the newest reports that were asked for, the newest first; nothing is chosen or added up.

    Args:
        unit: one of the units.
        whom: beginnings of words that stand in what is counted; `claimant` in whose count it is, or in whose voice.
        place: words of the figure's place.
        since, until: first and last publication: a day, month or year. Undated reports are left out then.
        by_reports: those first that most reports count.
        page: from 1, with so many `on_a_page`.

    Raises:
        InputError: a date or a unit is not one.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     counted(record, unit="killed").things
        ()
    """
    if unit is not None and unit not in UNITS:
        raise InputError(f"{unit!r} is no unit", f"give one of {', '.join(UNITS)}")
    most = MOST_RANKED if by_reports else MOST
    chosen = newest(since=since, until=until, most=most)
    query = _figures(chosen, _where(unit, whom, place, claimant))
    if by_reports:
        query = query.order_by(_linked(chosen).desc())
    query = query.order_by(newest_first(chosen.c.published), chosen.c.report_id, t.figures.c.start, t.figures.c.id)
    query = query.limit(on_a_page + 1).offset((max(page, 1) - 1) * on_a_page)
    with record.reading() as connection:
        found = [count(row) for row in connection.execute(query)]
        looked_at = lately(connection, chosen, most=most)
    return Counted(_things(record, found[:on_a_page]), looked_at, more=len(found) > on_a_page)


#: As a database makes letters small, whatever its language: those of ASCII alone.
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def starts_words(column: ColumnElement[Any], words: str) -> ColumnElement[bool]:
    """Whether each of some words begins a word of a column, whatever its case."""
    found: ColumnElement[bool] = literal(value=True)
    for word in words.translate(_SMALL).split():
        found = found & func.lower(literal(" ") + func.coalesce(column, "")).contains(f" {word}", autoescape=True)
    return found


def _where(unit: str | None, whom: str | None, place: str | None, claimant: str | None) -> list[ColumnElement[bool]]:
    f, p = t.figures.c, t.places.c
    where = [] if unit is None else [not_sought(f.unit) == unit]
    where += [] if whom is None else [starts_words(f.of_words, whom)]
    if claimant is not None:
        where.append(starts_words(f.claimant, claimant) | starts_words(f.voice_name, claimant))
    if place is not None:
        named = select(p.id).where(p.reading_id == f.reading_id, p.id == f.place_id, holds_name(p.name_key, place))
        where.append(named.correlate(t.figures).exists())
    return where


def _figures(chosen: Subquery, where: Sequence[ColumnElement[bool]]) -> Select[Any]:
    n = chosen.c
    return (
        select(t.figures, n.report_id, n.version, n.publisher, n.published, n.title)
        .join_from(chosen, t.figures, t.figures.c.reading_id == n.reading_id)
        .where(*where)
    )


def _linked(chosen: Subquery) -> ColumnElement[Any]:
    """How many links the figure has."""
    traces, k, f = t.traces.c, t.links.c, t.figures.c
    node = (
        select(traces.node_id)
        .where(traces.reading_id == chosen.c.reading_id, traces.rule == FIGURES, traces.entry == f.id)
        .correlate(chosen, t.figures)
        .scalar_subquery()
    )
    one = select(func.count()).select_from(t.links).where(k.a == node).correlate(chosen, t.figures).scalar_subquery()
    other = select(func.count()).select_from(t.links).where(k.b == node).correlate(chosen, t.figures).scalar_subquery()
    return one + other


def _things(record: Record, found: Sequence[Count]) -> tuple[Thing, ...]:
    """The figures put together by the links between them."""
    names = {(one.report_id, one.id): one for one in found}
    home: dict[Entry, Entry] = {name: name for name in names}
    beyond: dict[Entry, set[str]] = {name: {name[0]} for name in names}
    for link in near(record, FIGURES, names, most=_NEAR, steps=1):
        ends = [end for end in (link.a, link.b) if end in names]
        for end in ends:
            beyond[end] |= {link.a[0], link.b[0]}
        if len(ends) > 1:
            one, other = (_first(home, end) for end in ends)
            home[max(one, other)] = min(one, other)
    groups: dict[Entry, list[Entry]] = {}
    for name in names:
        groups.setdefault(_first(home, name), []).append(name)
    return tuple(
        Thing(tuple(names[name] for name in group), len(set().union(*(beyond[name] for name in group))))
        for group in groups.values()
    )


def _first(home: dict[Entry, Entry], name: Entry) -> Entry:
    while home[name] != name:
        name = home[name]
    return name
