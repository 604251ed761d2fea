"""How many independent origins the reports of a record have: which are copies of which, and by what that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.model import Report
from onrecord.reconcile.copies import Copy, copies
from onrecord.reconcile.origins import CommonOrigin
from onrecord.reconcile.origins import origins as common_origins
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.correcting import decided
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.wire import decode

__all__ = ["Origins", "by_hand", "origins"]


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
    with record.reading() as connection:
        asked = None if report_id is None else finding.report_id(connection, report_id)
        reports = _reports(connection)
        joined, parted = decided(connection, "copy-of")
    links = [link for link in copies(reports) if frozenset((link.a, link.b)) not in parted]
    known = {frozenset((link.a, link.b)) for link in links}
    by_id = {report.id: report for report in reports}
    links += [by_hand(by_id, pair, why) for pair, why in sorted(joined.items(), key=lambda item: sorted(item[0]))
              if pair not in known and pair <= by_id.keys()]  # fmt: skip
    found = common_origins(reports, links)
    if asked is not None:
        found = tuple(one for one in found if asked in one.reports or asked in one.held_by)
        links = [link for link in links if asked in (link.a, link.b)]
    ordered = sorted(found, key=lambda one: (-len(one.reports), one.reports))
    return Origins(len(reports), tuple(ordered), tuple(sorted(links, key=lambda link: (link.a, link.b))))


def _reports(connection: Connection) -> list[Report]:
    query = select(t.readings.c.annotated).join_from(t.readings, CURRENT, CURRENT.c.reading_id == t.readings.c.id)
    return [decode(line).report for line in connection.execute(query.order_by(t.readings.c.id)).scalars()]


def by_hand(reports: Mapping[str, Report], pair: frozenset[str], why: str) -> Copy:
    """The link between two reports that a person made, with who did and why."""
    a, b = sorted(pair)
    return Copy(a=a, b=b, version_a=reports[a].version, version_b=reports[b].version, kind="copy", holder=None,
                first=None, first_because=None, share_a=0.0, share_b=0.0, spans_a=(), spans_b=(), origin=None,
                because=why)  # fmt: skip
