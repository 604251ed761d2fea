"""Two versions of a report, or two reports, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sqlalchemy import Connection, select

from onrecord.errors import RecordError
from onrecord.model import Report, Span
from onrecord.reconcile.aligned import compared
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.store import Record

__all__ = ["Difference", "Line", "differences"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that both have, that is reworded, or that only one of them has.

    Attributes:
        kind: "shared", "changed", or "added" (in one alone).
        a, b: its words on each side, with their spans; None where that side has no such sentence.
    """

    kind: Literal["shared", "changed", "added"]
    a: str | None
    b: str | None
    span_a: Span | None
    span_b: Span | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts side by side: which they are, by report and version, and their sentences in the order of the first."""

    a: str
    b: str
    version_a: str
    version_b: str
    lines: tuple[Line, ...]


def differences(record: Record, report: str, other: str | None = None) -> tuple[Difference, ...]:
    """How each version of a report differs from the one before; with another report, how their latest versions do.

    Raises:
        RecordError: there is no such report, or it has one version only and no other is given.
    """
    with record.reading() as connection:
        versions = _versions(connection, report)
        if other is not None:
            return (_difference(versions[-1], _versions(connection, other)[-1]),)
    if len(versions) < 2:
        raise RecordError("the record has one version of this report", "give another report to compare it with",
                          subject=report)  # fmt: skip
    return tuple(_difference(one, next_one) for one, next_one in pairwise(versions))


def _versions(connection: Connection, report: str) -> list[Report]:
    """The versions of a report in the order in which they came; the text alone is compared."""
    name, v = finding.report_id(connection, report), t.versions.c
    query = select(v.version, v.text, v.sha256, v.title, v.publisher, v.published, v.url, v.language)
    return [
        Report(id=name, credit=None, unread=(), **row._mapping)
        for row in connection.execute(query.where(v.report_id == name).order_by(v.number))
    ]


def _difference(a: Report, b: Report) -> Difference:
    lines = tuple(
        Line(x.kind, x.a and a.text[slice(*x.a)], x.b and b.text[slice(*x.b)], x.a, x.b) for x in compared(a, b).aligned
    )
    return Difference(a.id, b.id, a.version, b.version, lines)
