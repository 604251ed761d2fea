"""How many independent origins the reports of a record have: which are copies of which, and by what that is known."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import COPIES
from onrecord.reconcile.linking import Link
from onrecord.reconcile.origins import CommonOrigin, origins_among
from onrecord.reconcile.origins import origins as common_origins
from onrecord.record import finding
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import links, readings

__all__ = ["Origins", "as_copy", "copies_by_report", "copy_links", "origins", "origins_among"]


@dataclass(frozen=True, slots=True)
class Origins:
    """The reports of a record, by origin.

    Attributes:
        reports: how many reports, each in its latest version.
        origins: one entry for each independent origin, those with most reports first.
        links: the pairs that are not independent, with their reasons; what people linked and unlinked is in.
    """

    reports: int
    origins: tuple[CommonOrigin, ...]
    links: tuple[Copy, ...]


def origins(record: Record, report_id: str | None = None) -> Origins:
    """The reports of a record by origin; of one report alone, the origin it has and the links that say so.

    Every pair is judged by its two reports alone. A person's link or unlink of two reports (copy-of) has the last word.

    Raises:
        RecordError: there is no such report.
    """
    found_links = list(copy_links(record))
    with record.reading() as connection:
        asked = None if report_id is None else finding.report_id(connection, report_id)
        reports = [annotated.report for annotated in readings(connection)]
    found = common_origins(reports, found_links)
    if asked is not None:
        found = tuple(one for one in found if asked in one.reports or asked in one.held_by)
        found_links = [link for link in found_links if asked in (link.a, link.b)]
    ordered = sorted(found, key=lambda one: (-len(one.reports), one.reports))
    return Origins(len(reports), tuple(ordered), tuple(found_links))


def copy_links(record: Record) -> tuple[Copy, ...]:
    """The pairs of current reports that are not independent, in their order; what people decided is in."""
    made = links(record, COPIES)
    with record.reading() as connection:
        query = select(CURRENT.c.report_id, CURRENT.c.version)
        versions = {row.report_id: row.version for row in connection.execute(query)}
    return tuple(as_copy(link, versions) for link in made)


def copies_by_report(record: Record) -> dict[str, list[Copy]]:
    """The links of each report that has any, by its id: for `origins_among`."""
    found: dict[str, list[Copy]] = {}
    for link in copy_links(record):
        found.setdefault(link.a, []).append(link)
        found.setdefault(link.b, []).append(link)
    return found


def as_copy(link: Link, versions: dict[str, str]) -> Copy:
    """The link as the comparison of two reports, or as a person made it."""
    if link.detail is not None:
        return msgspec.json.decode(link.detail, type=Copy)
    a, b = link.a[0], link.b[0]
    return Copy(a=a, b=b, version_a=versions[a], version_b=versions[b], kind="copy", holder=None,
                first=None, first_because=None, share_a=0.0, share_b=0.0, spans_a=(), spans_b=(), origin=None,
                because=link.reason)  # fmt: skip
