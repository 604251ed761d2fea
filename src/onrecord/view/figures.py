"""How many, of what, by whose count: every figure with its claimant, voice, publisher and date, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, or_, select

from onrecord.errors import InputError
from onrecord.model import UNITS, Span
from onrecord.reconcile.days import Stretch, stretch
from onrecord.record import tables as t
from onrecord.record.names import key, tokens
from onrecord.record.search import holds_name, published_between
from onrecord.record.store import Record
from onrecord.record.views import COUNTS, CURRENT

__all__ = ["Count", "count", "figures"]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure as one report gives it.

    Attributes:
        low, high: bounds of what the words allow; null where there is none.
        of: whom or what it counts, in the report's words.
        claimant: whose count it is; None if nobody is named. The voice may be another's.
        as_of: the stated time as TIMEX3, with its words and modifier; `stretch` the days that it stands for.
        voice: "narrator", "unsourced" or an attribution's id; `voice_name` its speaker, if named.
    """

    report_id: str
    version: str
    id: str
    span: Span
    words: str
    low: float | None
    high: float | None
    qualifier: str
    unit: str
    of: str | None
    scope: str
    part_of: str | None
    place: str | None
    as_of: str | None
    as_of_words: str | None
    as_of_mod: str | None
    stretch: Stretch | None
    period: str | None
    claimant: str | None
    voice: str
    voice_name: str | None
    publisher: str | None
    published: str | None
    title: str | None

    @property
    def when(self) -> str:
        """The stated time, or "reported" and the date of the report, or "undated"."""
        if self.stretch is not None:
            return f"{self.as_of} ({self.as_of_mod.lower()})" if self.as_of_mod else str(self.as_of)
        return f"reported {self.published[:10]}" if self.published else "undated"


def figures(
    record: Record,
    *,
    unit: str | None = None,
    whom: str | None = None,
    place: str | None = None,
    claimant: str | None = None,
    publisher: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> tuple[Count, ...]:
    """The figures of the current readings, in the order of their times, else of their reports; nothing is added up.

    Args:
        unit: one of the units.
        whom: words that must stand in what is counted.
        place: words of the figure's place.
        claimant: words of the name of whose count it is, or in whose voice it stands.
        publisher: the publisher's name, whatever its case.
        since, until: first and last publication: a day, month or year. Undated reports are left out then.

    Raises:
        InputError: a date or a unit is not one.
    """
    if unit is not None and unit not in UNITS:
        raise InputError(f"{unit!r} is no unit", f"give one of {', '.join(UNITS)}")
    c = COUNTS.c
    query: Select[Any] = select(COUNTS)
    if between := published_between(since, until):
        query = query.join_from(COUNTS, CURRENT, CURRENT.c.reading_id == c.reading_id).where(*between)
    if unit is not None:
        query = query.where(c.unit == unit)
    if publisher is not None:
        query = query.where(c.publisher_key == key(publisher))
    if place is not None:
        p = t.places.c
        query = query.join_from(COUNTS, t.places, (p.reading_id == c.reading_id) & (p.id == c.place_id))
        query = query.where(holds_name(p.name_key, place))
    if claimant is not None:
        query = query.where(or_(c.claimant.is_not(None), c.voice_name.is_not(None)))
    with record.reading() as connection:
        found = [count(row) for row in connection.execute(query)]
    chosen = [
        f for f in found if _holds(whom, f.of) and (_holds(claimant, f.claimant) or _holds(claimant, f.voice_name))
    ]
    return tuple(sorted(chosen, key=_by_time))


def _holds(wanted: str | None, words: str | None) -> bool:
    return wanted is None or (bool(tokens(wanted)) and set(tokens(wanted)) <= set(tokens(words or "")))


def _by_time(count: Count) -> tuple[str, str, str, Span]:
    stated = count.stretch.first.isoformat() if count.stretch else None
    published = count.published or "9999"
    return stated or published[:10], published, count.report_id, count.span


def count(row: Row[Any]) -> Count:
    """The figure of a row of counts."""
    return Count(
        report_id=row.report_id, version=row.version, id=row.id, span=(row.start, row.stop), words=row.words,
        low=row.low, high=row.high, qualifier=row.qualifier, unit=row.unit, of=row.of_words, scope=row.scope,
        part_of=row.part_of_id, place=row.place, as_of=row.time, as_of_words=row.time_words, as_of_mod=row.time_mod,
        stretch=stretch(row.time), period=row.period, claimant=row.claimant, voice=row.voice,
        voice_name=row.voice_name, publisher=row.publisher, published=row.published, title=row.title,
    )  # fmt: skip
