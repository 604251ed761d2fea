"""Whom the reports speak of most: names with how many reports have them, from a bounded part of the record."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.model import EntityType
from onrecord.reconcile.known import government, known_as, nation, state_known
from onrecord.record import tables as t
from onrecord.record.names import key
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.asked import beginning

__all__ = ["ACTORS", "LATEST", "Named", "Names", "names"]

#: The reports added last, among whose names those that most reports have are sought.
LATEST = 2_000
#: How many entities are looked at for names that begin as asked.
_LOOKED = 8_000
#: How many spellings, those in the most reports, are put together.
_SPELLINGS = 1_500
#: The types that can speak and act.
ACTORS: tuple[EntityType, ...] = ("person", "organisation", "government", "armed-force", "group")


@dataclass(frozen=True, slots=True)
class Named:
    """A name: its commonest spelling, what it is of, and how many of the reports looked at have it."""

    name: str
    type: EntityType
    reports: int


@dataclass(frozen=True, slots=True)
class Names:
    """Names, those in the most reports first.

    Attributes:
        found: how many there are, of which `names` are some.
        reports: how many reports were looked at; None where names that begin as asked were sought in all.
        part: whether there are more entities of such names than were counted.
    """

    names: tuple[Named, ...]
    found: int
    reports: int | None
    part: bool


def names(
    record: Record, *, begins: str | None = None, of: EntityType | None = None, limit: int = 100, skip: int = 0
) -> Names:
    """The names in the most reports: of those added last, or, where their beginning is given, of all.

    Spellings that the package's tables know as one body or state are counted together; whether others are one is
    shown by `onrecord.view.called`.

    Args:
        begins: first letters or words of the name, whatever its case.
        of: what they are; of all that can speak and act, unless given.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     names(record).names
        ()
    """
    wanted = ACTORS if of is None else (of,)
    with record.reading() as connection:
        asked = key(begins) or ""
        reports = None if asked else _readings(connection)
        part = asked != "" and _is_part(connection, asked)
        found = list(connection.execute(_beginning(asked, wanted) if asked else _latest(wanted)))
    counts: dict[tuple[str, EntityType], Counter[str]] = defaultdict(Counter)
    for name, kind, count in found:
        if any(c.isupper() for c in name):
            counts[_known(name, kind), kind][name] += count
    made = [Named(min(spelt, key=lambda name: (-spelt[name], name)), kind, spelt.total())
            for (_, kind), spelt in counts.items()]  # fmt: skip
    made.sort(key=lambda one: (-one.reports, one.name, one.type))
    return Names(tuple(made[skip : skip + limit]), len(made), reports, part)


def _known(name: str, kind: EntityType) -> str:
    """By what spellings are counted together."""
    if kind == "person":
        return key(name) or ""
    if kind == "place":
        return state_known(name, None) or key(name) or ""
    country = nation(name) if kind in ("government", "organisation") else None
    known = government(country) if country is not None else known_as(name)
    return known.id if known is not None else key(name) or ""


def _readings(connection: Connection) -> int:
    counted = select(func.count()).select_from(_last().subquery())
    return int(connection.execute(counted).scalar_one())


def _is_part(connection: Connection, begins: str) -> bool:
    e = t.entities.c
    query = select(e.id).where(beginning(e.name_key, begins)).limit(1).offset(_LOOKED)
    return connection.execute(query).first() is not None


def _last() -> Select[Any]:
    """The current readings among those added last."""
    last = select(t.readings.c.id).order_by(t.readings.c.id.desc()).limit(LATEST).subquery()
    return select(CURRENT.c.reading_id).join_from(last, CURRENT, CURRENT.c.reading_id == last.c.id)


def _latest(types: tuple[EntityType, ...]) -> Select[Any]:
    e = t.entities.c
    query = select(e.name, e.type, func.count()).where(e.reading_id.in_(_last()), e.type.in_(types))
    return query.group_by(e.name, e.type).order_by(func.count().desc(), e.name, e.type).limit(_SPELLINGS)


def _beginning(begins: str, types: tuple[EntityType, ...]) -> Select[Any]:
    e = t.entities.c
    some = (
        select(e.reading_id, e.id).where(beginning(e.name_key, begins)).order_by(e.name_key).limit(_LOOKED).subquery()
    )
    query = (
        select(e.name, e.type, func.count())
        .join_from(some, t.entities, (e.reading_id == some.c.reading_id) & (e.id == some.c.id))
        .join(CURRENT, CURRENT.c.reading_id == e.reading_id)
        .where(e.type.in_(types))
    )
    return query.group_by(e.name, e.type).order_by(func.count().desc(), e.name, e.type).limit(_SPELLINGS)
