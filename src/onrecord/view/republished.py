"""Where else a report was published: its copies, rewrites and versions, and how many origins they have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import msgspec
from sqlalchemy import Connection, select

from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import COPIES
from onrecord.reconcile.linking import Link
from onrecord.reconcile.origins import Counts, independent
from onrecord.record import finding
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.near import near

__all__ = ["Elsewhere", "Republished", "republished"]

#: How many reports are looked at, the nearest first.
MOST = 100


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another report that is not independent of the one asked about.

    Attributes:
        kind: "copy", "rewrite", "version" or "contains"; "linked" where a person linked the two.
        share: the part of the asked report's words that the other has; `share_there` the other way round. None where
            a person linked them.
        first: which of the two was first, if that can be told; `first_because` by what.
        holder: which one contains the other beside something else, for that kind alone.
        agency: whom both name as the origin.
        because: why it is taken for one, in words, or who linked them and why.
    """

    report_id: str
    publisher: str | None
    published: str | None
    title: str | None
    kind: Literal["copy", "rewrite", "version", "contains", "linked"]
    share: float | None
    share_there: float | None
    first: Literal["this", "other"] | None
    first_because: str | None
    holder: Literal["this", "other"] | None
    agency: str | None
    because: str


@dataclass(frozen=True, slots=True)
class Republished:
    """The other reports in the order of publication; how many there are with the asked one, and their origins."""

    others: tuple[Elsewhere, ...]
    counts: Counts


def republished(record: Record, name: str) -> Republished:
    """The reports linked with one as copies, rewrites or versions, from the links around it alone.

    Raises:
        RecordError: there is no such report.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.reconciling import reconcile
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> text = "Rebels took the port of Anselm on Tuesday. Some 14 soldiers died there, Governor Maro Tesh said."
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     for one in ("a", "b"):
        ...         kept = Original(f"/{one}", "text/plain", "utf-8", text.encode(), ())
        ...         read = onrecord.annotate(text, id=one, models=False)
        ...         made = record.add(Received(report(text, id=one), kept), read)
        ...     linked = list(reconcile(record))
        ...     found = republished(record, "a")
        ...     [(other.report_id, other.share) for other in found.others], found.counts
        ([('b', 1.0)], Counts(reports=2, origins=1))
    """
    with record.reading() as connection:
        asked = finding.report_id(connection, name)
    around = near(record, COPIES, [(asked, "")], most=MOST, steps=2)
    mine = [link for link in around if asked in (link.a[0], link.b[0])][:MOST]
    names = {asked, *(end[0] for link in mine for end in (link.a, link.b))}
    with record.reading() as connection:
        known = _known(connection, names)
    others = [_elsewhere(asked, link, known) for link in mine if _other(asked, link) in known]
    among = [_copy(link) for link in around if link.a[0] in names and link.b[0] in names]
    origins = len(independent(names, among)) if mine else 1
    ordered = sorted(others, key=lambda one: (one.published or "9999", one.report_id))
    return Republished(tuple(ordered), Counts(len(names), origins))


def _known(connection: Connection, names: Iterable[str]) -> dict[str, tuple[str | None, str | None, str | None]]:
    c = CURRENT.c
    query = select(c.report_id, c.publisher, c.published, c.title).where(c.report_id.in_(sorted(names)))
    return {row.report_id: (row.publisher, row.published, row.title) for row in connection.execute(query)}


def _other(asked: str, link: Link) -> str:
    return link.b[0] if link.a[0] == asked else link.a[0]


def _elsewhere(asked: str, link: Link, known: dict[str, tuple[str | None, str | None, str | None]]) -> Elsewhere:
    other = _other(asked, link)
    if link.detail is None:
        return Elsewhere(other, *known[other], "linked", None, None, None, None, None, None, link.reason)
    made = msgspec.json.decode(link.detail, type=Copy)
    if made.a != asked:
        made = made.flipped()
    sides: dict[str | None, Literal["this", "other"] | None] = {"a": "this", "b": "other", None: None}
    return Elsewhere(other, *known[other], made.kind, made.share_a, made.share_b, sides[made.first],
                     made.first_because, sides[made.holder], made.origin, made.because)  # fmt: skip


def _copy(link: Link) -> Copy:
    """The link as the comparison of two reports, or as a person made it."""
    if link.detail is not None:
        return msgspec.json.decode(link.detail, type=Copy)
    return Copy(a=link.a[0], b=link.b[0], version_a="", version_b="", kind="copy", holder=None, first=None,
                first_because=None, share_a=1.0, share_b=1.0, spans_a=(), spans_b=(), origin=None,
                because=link.reason)  # fmt: skip
