"""What an entry is linked with in other reports, and what it might be: for a person who decides on links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from onrecord.reconcile.linkers import ENTITIES, EVENTS, FIGURES, LINKERS, STATEMENTS, STORIES
from onrecord.record import tables as t
from onrecord.record.correcting import Entry
from onrecord.record.corrections import Family
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.near import near

__all__ = ["Alike", "Other", "alike"]

#: By which rule entries of a list are linked.
_RULES = MappingProxyType({
    "attributions": STATEMENTS, "events": EVENTS, "figures": FIGURES, "entities": ENTITIES, "report": STORIES,
})  # fmt: skip
_SAYS: Mapping[str, ColumnElement[Any]] = MappingProxyType({
    "attributions": t.attributions.c.speaker_key, "events": t.events.c.type, "figures": t.figures.c.unit,
})  # fmt: skip
_WORDS: Mapping[str, ColumnElement[Any]] = MappingProxyType({
    "attributions": t.attributions.c.content_words, "events": t.events.c.trigger_words,
    "figures": t.figures.c.words, "entities": t.entities.c.name,
})  # fmt: skip
#: How many links are followed, and over how many reports of the same story others are looked for.
_MOST, _STORY = 60, 12


@dataclass(frozen=True, slots=True)
class Other:
    """An entry of another report.

    Attributes:
        words: on which it stands; the headline where it is a report.
        why: by what it is linked, or may be.
    """

    report_id: str
    entry: str
    words: str
    publisher: str | None
    published: str | None
    title: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Alike:
    """What an entry is linked with, and what it might be linked with; `kind` is that of the links."""

    kind: str
    linked: tuple[Other, ...]
    suggested: tuple[Other, ...]


def alike(record: Record, family: Family, report: str, entry: str, *, limit: int = 8) -> Alike | None:
    """The entries linked with one, and those that are linked with these or that reports of the same story have.

    Args:
        family: the list that the entry stands in.
        report: id of its report.
        entry: its id; empty for the report itself.
        limit: how many of each to give at most.

    Returns:
        None for entries that no link joins, such as times.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     alike(record, "events", "r-none", "ev1"), alike(record, "times", "r-none", "t1")
        (Alike(kind='same-event', linked=(), suggested=()), None)
    """
    rule = _RULES.get(family)
    if rule is None:
        return None
    own = (report, entry)
    around = near(record, rule, [own], most=_MOST, steps=2)
    linked = {(link.b if link.a == own else link.a): link.reason for link in around if own in (link.a, link.b)}
    further = {each for link in around for each in (link.a, link.b)} - linked.keys() - {own}
    maybe = dict.fromkeys(sorted(further), "linked with one that this is linked with")
    with record.reading() as connection:
        if family not in ("report", "entities") and len(maybe) < limit:
            told = near(record, STORIES, [(report, "")], most=_MOST, steps=1)
            reports = sorted({each[0] for link in told for each in (link.a, link.b)} - {report})[:_STORY]
            for found in _like(connection, family, own, reports):
                if found not in linked:
                    maybe.setdefault(found, "in a report of the same story")
        return Alike(LINKERS[rule].kind, _others(connection, family, linked, limit),
                     _others(connection, family, maybe, limit))  # fmt: skip


def _like(connection: Connection, family: Family, own: Entry, reports: Sequence[str]) -> list[Entry]:
    """The entries of some reports that say of themselves what this one says, those with the most words of it first.

    That is the type of an event, a figure's unit, who speaks; of statements only those with words of it.
    """
    table = getattr(t, family)
    column = _SAYS[family]
    here = (
        select(column.label("says"), _WORDS[family].label("words"))
        .join_from(CURRENT, table, table.c.reading_id == CURRENT.c.reading_id)
        .where(CURRENT.c.report_id == own[0], table.c.id == own[1])
    )
    this = connection.execute(here).one_or_none()
    if this is None or not reports:
        return []
    # Not asked by what it says: of common speakers and types the record holds very many.
    query = (
        select(CURRENT.c.report_id, table.c.id, _WORDS[family].label("words"), column.label("says"))
        .join_from(CURRENT, table, table.c.reading_id == CURRENT.c.reading_id)
        .where(CURRENT.c.report_id.in_(reports))
        .order_by(CURRENT.c.report_id, table.c.start)
    )
    found = [row for row in connection.execute(query) if row.says == this.says][:_MOST]
    shared = {(row.report_id, row.id): _shared(this.words, row.words) for row in found}
    least = 2 if family == "attributions" else 0
    return sorted((entry for entry, n in shared.items() if n >= least), key=lambda entry: (-shared[entry], entry))


def _shared(one: str, other: str) -> int:
    """How many longer words two texts have in common."""
    a, b = ({word.strip(".,;:'\"") for word in words.lower().split() if len(word) > 3} for words in (one, other))
    return len(a & b)


def _others(connection: Connection, family: Family, wanted: dict[Entry, str], limit: int) -> tuple[Other, ...]:
    """Entries with their words and their reports, in the order in which they are wanted."""
    some = dict(list(wanted.items())[:limit])
    found = {(row[0], row[1]): row for row in _rows(connection, family, some)}
    return tuple(
        Other(*entry, words, publisher, published, title, why)
        for entry, why in some.items() if entry in found
        for _, _, words, publisher, published, title in [found[entry]]
    )  # fmt: skip


def _rows(connection: Connection, family: Family, wanted: Iterable[Entry]) -> list[tuple[Any, ...]]:
    c = CURRENT.c
    entries = sorted(wanted)
    reports, ids = sorted({report for report, _ in entries}), sorted({entry for _, entry in entries})
    if family == "report":
        query = select(c.report_id, c.report_id, c.title, c.publisher, c.published, c.title)
        found = connection.execute(query.where(c.report_id.in_(reports)))
        return [(row[0], "", row[2] or row[0], *row[3:]) for row in found]
    table = getattr(t, family)
    asked = (
        select(c.report_id, table.c.id, _WORDS[family], c.publisher, c.published, c.title)
        .join_from(CURRENT, table, table.c.reading_id == c.reading_id)
        .where(c.report_id.in_(reports), table.c.id.in_(ids))
    )
    return [tuple(row) for row in connection.execute(asked) if (row[0], row[1]) in set(entries)]
