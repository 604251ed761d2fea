"""Two versions of a report, or two reports, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sqlalchemy import Connection, func, select

from onrecord.errors import RecordError
from onrecord.model import Report, Span
from onrecord.reconcile.aligned import Comparison, compared
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.store import Record

__all__ = ["LONGEST", "Beside", "Difference", "Line", "Side", "differences", "side_by_side"]

#: How many code points two texts have together at most to be laid side by side while somebody waits.
LONGEST = 400_000


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


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts that are laid side by side: a version of a report."""

    report_id: str
    number: int
    latest: int
    publisher: str | None
    published: str | None
    title: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Two texts side by side, with the part of each one's words, 0 to 1, that stand in the other too.

    Attributes:
        lines: in the order of the first; None where the two are too long to be compared at once.
    """

    a: Side
    b: Side
    share_a: float
    share_b: float
    lines: tuple[Line, ...] | None


def side_by_side(
    record: Record, a: tuple[str, int | None], b: tuple[str, int | None], *, longest: int = LONGEST
) -> Beside:
    """Two texts, each (report, number of its version; the latest for None), sentence by sentence.

    Raises:
        RecordError: there is no such report or version.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     for text in ("Talks failed.", "Talks failed. Snow fell on the hills."):
        ...         kept = Original("/a", "text/plain", "utf-8", text.encode(), ())
        ...         read = onrecord.annotate(text, id="a", models=False)
        ...         made = record.add(Received(report(text, id="a"), kept), read)
        ...     [(line.kind, line.a, line.b) for line in side_by_side(record, ("a", 1), ("a", 2)).lines]
        [('shared', 'Talks failed.', 'Talks failed.'), ('added', None, 'Snow fell on the hills.')]
    """
    with record.reading() as connection:
        (one, left), (other, right) = (_side(connection, *each) for each in (a, b))
    if len(left.text) + len(right.text) > longest:
        return Beside(one, other, 0.0, 0.0, None)
    found = compared(left, right)
    return Beside(one, other, found.share_a, found.share_b, _lines(left, right, found))


def _side(connection: Connection, name: str, number: int | None) -> tuple[Side, Report]:
    report, v = finding.report_id(connection, name), t.versions.c
    query = select(v.number, v.version, v.text, v.sha256, v.title, v.publisher, v.published, v.url, v.language)
    chosen = finding.version_id(connection, report, number)
    row = connection.execute(query.where(v.id == chosen)).one()
    latest: int = connection.execute(select(func.max(v.number)).where(v.report_id == report)).scalar_one()
    side = Side(report, row.number, latest, row.publisher, row.published, row.title, row.sha256)
    return side, Report(id=report, version=row.version, text=row.text, sha256=row.sha256, title=row.title,
                        publisher=row.publisher, published=row.published, url=row.url, language=row.language,
                        credit=None, unread=())  # fmt: skip


def _versions(connection: Connection, report: str) -> list[Report]:
    """The versions of a report in the order in which they came; the text alone is compared."""
    name, v = finding.report_id(connection, report), t.versions.c
    query = select(v.version, v.text, v.sha256, v.title, v.publisher, v.published, v.url, v.language)
    return [
        Report(id=name, credit=None, unread=(), **row._mapping)
        for row in connection.execute(query.where(v.report_id == name).order_by(v.number))
    ]


def _difference(a: Report, b: Report) -> Difference:
    return Difference(a.id, b.id, a.version, b.version, _lines(a, b, compared(a, b)))


def _lines(a: Report, b: Report, found: Comparison) -> tuple[Line, ...]:
    return tuple(
        Line(x.kind, x.a and a.text[slice(*x.a)], x.b and b.text[slice(*x.b)], x.a, x.b) for x in found.aligned
    )
