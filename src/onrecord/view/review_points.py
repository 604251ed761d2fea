"""How useful a look at an entry is: what counts, how much, and how it is said.

Doubt and consequence add up: a killing on which one outlet's count differs is looked at before a sure remark. The
points are a convention of the queue, of no meaning elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, and_, case, exists, func, literal, null, select, union_all
from sqlalchemy import Double as Number

from onrecord.annotators.pronouns import PRONOUNS
from onrecord.reconcile.linkers import EVENTS, FIGURES, STATEMENTS
from onrecord.record import tables as t

__all__ = ["GRAVE", "POINTS", "REASONS", "Criteria", "criteria", "points"]

#: Points for what an entry says: acts of statements, types of events, units of figures.
GRAVE: Mapping[str, int] = MappingProxyType({
    "threatens": 2, "offers": 2, "accuses": 2, "claims-responsibility": 2,
    "denies": 1, "demands": 1, "promises": 1, "refuses": 1, "warns": 1,
    "ASSAULT": 3, "COERCE": 2, "THREATEN": 2, "MOBILIZE": 1, "RETREAT": 1, "SANCTION": 1, "ACCUSE": 1,
    "killed": 3, "wounded": 2, "missing": 2, "hostages": 2, "captured": 2, "detained": 2, "displaced": 2,
})  # fmt: skip
#: Points for the rest.
POINTS: Mapping[str, int] = MappingProxyType({
    "confidence under 0.5": 3, "confidence under 0.7": 2, "confidence under 0.85": 1,
    "three other reports or more tell of it": 3, "two other reports": 2, "another report": 1,
    "the speaker is a pronoun and nobody else": 3, "the speaker is named by a pronoun": 2,
    "no source is given": 1, "the words give no number": 1, "no date, no point on the map": 1,
    "a decision no longer agrees with the reading": 6,
})  # fmt: skip
_LINKED = {"statement": STATEMENTS, "event": EVENTS, "figure": FIGURES}


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the queue asks of the entries of one kind, as columns.

    Each of `points` is a number of points, but `told` the number of other reports.
    """

    NAMES: ClassVar[tuple[str, ...]] = ("conflict", "doubt", "grave", "told", "speaker", "open")

    words: ColumnElement[Any]
    start: ColumnElement[Any]
    what: ColumnElement[Any]
    confidence: ColumnElement[Any]
    points: Mapping[str, ColumnElement[Any]]


def criteria(kind: str) -> Criteria:
    """The columns for a kind of entry."""
    none, zero = null().cast(Number), literal(0, Integer)
    e, f, m = t.entities.c, t.figures.c, t.mentions.c
    match kind:
        case "statement":
            a = t.attributions.c
            return Criteria(a.content_words, a.start, a.act, a.confidence, _points(t.attributions, kind, a.act,
                            doubt=_doubt(a.confidence), speaker=_pronoun()))  # fmt: skip
        case "event":
            v = t.events.c
            return Criteria(v.trigger_words, v.start, v.type, v.confidence, _points(t.events, kind, v.type,
                            doubt=_doubt(v.confidence), open=case((v.voice == "unsourced", 1), else_=0)))  # fmt: skip
        case "figure":
            no_number = case((and_(f.low.is_(None), f.high.is_(None)), 1), else_=0)
            return Criteria(f.words, f.start, f.unit, none, _points(t.figures, kind, f.unit,
                            doubt=no_number, open=case((f.voice == "unsourced", 1), else_=0)))  # fmt: skip
        case "name":
            first = select(func.min(m.start)).where(m.reading_id == e.reading_id, m.entity_id == e.id).scalar_subquery()
            return Criteria(e.name, first, e.type, none, _points(t.entities, kind, None))
        case "time":
            d = t.times.c
            no_date = case((d.value.is_(None), 1), else_=zero)
            return Criteria(d.words, d.start, d.type, none, _points(t.times, kind, None, open=no_date))
        case _:
            p = t.places.c
            no_point = case((p.lat.is_(None), 1), else_=zero)
            return Criteria(p.words, p.start, p.precision, none, _points(t.places, kind, None, open=no_point))


def _points(table: Any, kind: str, what: ColumnElement[Any] | None, **given: ColumnElement[Any]
            ) -> Mapping[str, ColumnElement[Any]]:  # fmt: skip
    """The columns of points by their names; nothing for what a kind does not have."""
    p = t.placements.c
    conflict = exists().where(p.reading_id == table.c.reading_id, p.entry == table.c.id, p.status == "conflict")
    made: dict[str, ColumnElement[Any]] = dict.fromkeys(Criteria.NAMES, literal(0, Integer))
    made["conflict"] = case((conflict, POINTS["a decision no longer agrees with the reading"]), else_=0)
    if what is not None:
        made["grave"] = case(dict(GRAVE), value=what, else_=0)
    if kind in _LINKED:
        made["told"] = _accounts(table, _LINKED[kind])
    return MappingProxyType(made | given)


def _doubt(confidence: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((confidence < 0.5, 3), (confidence < 0.7, 2), (confidence < 0.85, 1), else_=0)


def _pronoun() -> ColumnElement[Any]:
    a = t.attributions.c
    words = func.lower(a.source_words)
    return case(
        (words.not_in(sorted(PRONOUNS)), 0), (words.is_(None), 0),
        (func.lower(a.speaker).in_(sorted(PRONOUNS)), 3), else_=2,
    )  # fmt: skip


def _accounts(table: Any, rule: str) -> ColumnElement[Any]:
    """In how many other reports there is what the rule links an entry with, or keeps the same of."""
    traces, k, r, v = t.traces.c, t.links.c, t.readings.c, t.versions.c
    node = (
        select(traces.node_id)
        .where(traces.reading_id == table.c.reading_id, traces.rule == rule, traces.entry == table.c.id)
        .correlate(table)
        .scalar_subquery()
    )
    own = select(v.report_id).join_from(t.versions, t.readings).where(r.id == table.c.reading_id).correlate(table)
    linked = union_all(select(k.b).where(k.a == node), select(k.a).where(k.b == node), select(node))
    other, read, version = t.traces.alias(), t.readings.alias(), t.versions.alias()
    return (
        select(func.count(version.c.report_id.distinct()))
        .select_from(other)
        .join(read, read.c.id == other.c.reading_id)
        .join(version, version.c.id == read.c.version_id)
        .where(other.c.node_id.in_(linked), version.c.report_id != own.scalar_subquery())
        .correlate(table)
        .scalar_subquery()
    )


def points(found: Any) -> ColumnElement[Any]:
    """The points of an entry, from the columns of its criteria."""
    accounts = case((found.c.told > 3, 3), else_=found.c.told)
    rest = [found.c[name] for name in Criteria.NAMES if name != "told"]
    total: ColumnElement[Any] = sum(rest, accounts)
    return total


def _doubtful(_: int, row: Any) -> str:
    if row.kind == "figure":
        return "the words give no number"
    return f"confidence {row.confidence:.2f}"


#: How the points of each name are said.
REASONS: Mapping[str, Callable[[int, Any], str]] = MappingProxyType({
    "conflict": lambda _, __: "a decision no longer agrees with the reading",
    "doubt": _doubtful,
    "grave": lambda _, row: f"{row.kind}: {row.what.lower()}",
    "told": lambda n, _: "other reports tell of it too" if n > 1 else "another report tells of it too",
    "speaker": lambda n, _: "the speaker is a pronoun" if n > 2 else "the speaker is named by a pronoun",
    "open": lambda _, row: {"time": "no date", "place": "no point on the map"}.get(row.kind, "no source is given"),
})  # fmt: skip
