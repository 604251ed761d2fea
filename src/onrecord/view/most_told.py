"""What most reports of some days tell: the stories, events, statements and figures with most independent accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES
from onrecord.reconcile.grouping import groups
from onrecord.record import tables as t
from onrecord.record.correcting import Entry
from onrecord.record.names import tokens
from onrecord.record.parts import parts
from onrecord.record.search import holds_name
from onrecord.record.store import Record
from onrecord.view.copied import copied_among
from onrecord.view.days import Dated, dated, days_later, full_day, last_day, reports_of
from onrecord.view.fresh import RULES
from onrecord.view.fresh_stories import FreshStory, fresh_stories
from onrecord.view.near import near
from onrecord.view.told_in import Item, ItemKind, Sentence, in_sentence, texts_of, told_in

__all__ = [
    "A_PAGE",
    "MOST",
    "MostTold",
    "Several",
    "Shared",
    "ToldStories",
    "most_told",
    "told_by_several",
    "told_stories",
    "worded",
]

#: How many reports are looked at, the newest first.
MOST = 300
#: How many stand on one page.
A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that several reports tell.

    Attributes:
        item: the entry of the earliest of the reports asked for, which is `report`.
        reports: all reports that tell it, in the order of publication; `origins` how many independent ones.
    """

    item: Item
    report: Dated
    reports: tuple[Dated, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Several:
    """The same with the words in their sentence."""

    item: Item
    sentence: Sentence
    report: Dated
    reports: tuple[Dated, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class MostTold:
    """What several reports tell, of the reports of some days.

    Attributes:
        since, until: the first and the last day; empty where the record is.
        reports: how many reports were looked at; `is_cut` whether there are more.
        several: how many there are; `found` one page of them, those of most independent origins first.
    """

    since: str
    until: str
    reports: int
    is_cut: bool
    several: int
    found: tuple[Several, ...]


@dataclass(frozen=True, slots=True)
class ToldStories:
    """The same for stories: `found` the stories of two reports or more."""

    since: str
    until: str
    reports: int
    is_cut: bool
    found: tuple[FreshStory, ...]


def most_told(
    record: Record, kind: ItemKind, *, since: str | None = None, until: str | None = None,
    event_type: str | None = None, place: str | None = None, page: int = 1, on_a_page: int = A_PAGE,
) -> MostTold:  # fmt: skip
    """The events, statements or figures that several reports tell, at least one of them of these days.

    Args:
        since, until: first and last day, month or year; the week to the last day that has reports, unless given.
        event_type: only events of this type; `place` words of the name of a place of an event or a figure.
        page: from 1, with so many `on_a_page`.

    Raises:
        InputError: a date or a type is not one.
    """
    if event_type is not None and event_type.upper() not in EVENT_TYPES:
        raise InputError(f"{event_type!r} is no event type", f"give one of {', '.join(EVENT_TYPES)}")
    first, last, found, is_cut = _reports(record, since, until)
    wanted = _about(record, found, event_type, place) if event_type or place else None
    several = told_by_several(record, kind, found, only=wanted)
    shown = several[(page - 1) * on_a_page : page * on_a_page]
    return MostTold(first, last, len(found), is_cut, len(several), worded(record, shown))


def told_by_several(
    record: Record, kind: ItemKind, reports: Sequence[Dated], *, only: Collection[Entry] | None = None
) -> tuple[Shared, ...]:
    """What some reports tell of which one of them or another tells too, those of most independent origins first.

    Args:
        only: of these entries alone.
    """
    home = {one.report_id: one for one in reports}
    with record.reading() as connection:
        told = told_in(connection, reports, kinds=(kind,))
    items = {item.entry: item for item in told if only is None or item.entry in only}
    made = _grouped(record, kind, items)
    names = {report for group in made for report, _ in group}
    with record.reading() as connection:
        around = {**dated(connection, names - home.keys()), **home}
    copied = copied_among(record, names)
    several = []
    for group in made:
        first = min((e for e in group if e in items), key=lambda e: (home[e[0]].published or "9999", e))
        tellers = {report for report, _ in group if report in around}
        ordered = sorted((around[name] for name in tellers), key=lambda one: (one.published or "9999", one.report_id))
        several.append(Shared(items[first], home[first[0]], tuple(ordered), copied.origins(tellers)))
    several.sort(key=lambda x: (-x.origins, -len(x.reports), x.item.is_slight, x.item.report_id, x.item.span))
    return tuple(several)


def told_stories(record: Record, *, since: str | None = None, until: str | None = None) -> ToldStories:
    """The stories that several reports of some days tell, or one of them and earlier ones."""
    first, last, found, is_cut = _reports(record, since, until)
    copied = copied_among(record, (one.report_id for one in found))
    made = fresh_stories(record, found, copied, first) if found else ()
    return ToldStories(first, last, len(found), is_cut, tuple(s for s in made if len(s.reports) + s.earlier > 1))


def _reports(record: Record, since: str | None, until: str | None) -> tuple[str, str, tuple[Dated, ...], bool]:
    with record.reading() as connection:
        latest = last_day(connection)
        if latest is None:
            return "", "", (), False
        last = full_day(until, last=True) if until else max(latest, full_day(since)) if since else latest
        first = full_day(since) if since else days_later(last, -6)
        if first > last:
            raise InputError(f"{last} is before {first}", "give the earlier day first")
        found = reports_of(connection, first, last, most=MOST + 1)
    return first, last, found[:MOST], len(found) > MOST


def _grouped(record: Record, kind: ItemKind, items: Mapping[Entry, Item]) -> list[tuple[Entry, ...]]:
    """The groups of two reports or more, with what is linked outside of what was asked for."""
    rule, least = RULES[kind]
    links = near(record, rule, items, most=max(len(items), 1), steps=1)
    names = {"\n".join(entry): entry for link in links for entry in (link.a, link.b)}
    pairs = [("\n".join(link.a), "\n".join(link.b), link.score) for link in links]
    made = [tuple(names[name] for name in group) for group in groups(pairs, least=least)]
    return [group for group in made if len({report for report, _ in group}) > 1 and any(e in items for e in group)]


def _about(record: Record, reports: Sequence[Dated], event_type: str | None, place: str | None) -> set[Entry]:
    """The events, and without a type the figures too, of a type or at a place."""
    home = {one.reading_id: one.report_id for one in reports}
    found: set[Entry] = set()
    with record.reading() as connection:
        for table in (t.events,) if event_type else (t.events, t.figures):
            where: list[ColumnElement[bool]] = []
            if event_type:
                where.append(t.events.c.type == event_type.upper())
            if place and tokens(place):
                where.append(holds_name(t.places.c.name_key, place))
            for some in parts(sorted(home)):
                query = select(table.c.reading_id, table.c.id).where(table.c.reading_id.in_(some))
                if place:
                    at = (t.places.c.reading_id == table.c.reading_id) & (t.places.c.id == table.c.place_id)
                    query = query.join(t.places, at)
                found |= {(home[row.reading_id], row.id) for row in connection.execute(query.where(*where))}
    return found


def worded(record: Record, shared: Sequence[Shared]) -> tuple[Several, ...]:
    """The same with the words in their sentences."""
    with record.reading() as connection:
        texts = texts_of(connection, (one.report.version_id for one in shared))
    return tuple(
        Several(x.item, in_sentence(texts[x.report.version_id], x.item.span), x.report, x.reports, x.origins)
        for x in shared
    )
