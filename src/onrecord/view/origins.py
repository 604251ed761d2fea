"""How many independent origins the reports of a record have: which are copies of which, and by what that is known."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from onrecord.model import Report
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import COPIES
from onrecord.reconcile.linking import Link
from onrecord.reconcile.origins import CommonOrigin
from onrecord.reconcile.origins import origins as common_origins
from onrecord.record import finding
from onrecord.record.store import Record
from onrecord.view.linked import links, readings

__all__ = ["Origins", "origins"]


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
    made = links(record, COPIES)
    with record.reading() as connection:
        asked = None if report_id is None else finding.report_id(connection, report_id)
        reports = [annotated.report for annotated in readings(connection)]
    by_id = {report.id: report for report in reports}
    found_links = [_copy(link, by_id) for link in made]
    found = common_origins(reports, found_links)
    if asked is not None:
        found = tuple(one for one in found if asked in one.reports or asked in one.held_by)
        found_links = [link for link in found_links if asked in (link.a, link.b)]
    ordered = sorted(found, key=lambda one: (-len(one.reports), one.reports))
    return Origins(len(reports), tuple(ordered), tuple(sorted(found_links, key=lambda link: (link.a, link.b))))


def _copy(link: Link, reports: dict[str, Report]) -> Copy:
    """The link as the comparison of two reports, or as a person made it."""
    if link.detail is not None:
        return msgspec.json.decode(link.detail, type=Copy)
    a, b = link.a[0], link.b[0]
    return Copy(a=a, b=b, version_a=reports[a].version, version_b=reports[b].version, kind="copy", holder=None,
                first=None, first_because=None, share_a=0.0, share_b=0.0, spans_a=(), spans_b=(), origin=None,
                because=link.reason)  # fmt: skip
