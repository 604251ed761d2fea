"""Corrections, clarifications, updates and retractions that outlets publish, and the reports that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from onrecord.model import Report
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import COPIES
from onrecord.reconcile.notices import Corrected, corrected
from onrecord.reconcile.notices import notices as notices_in
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.correcting import Entry, decided
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import readings
from onrecord.view.near import near
from onrecord.view.origins import copy_links

__all__ = ["Announced", "notices", "notices_concerning"]

#: How much of a long text is read for notices, in code points from either end: they stand at the head or the foot.
ENDS = 50_000
#: How many reports around one are read for notices that are about it.
AROUND = 40


@dataclass(frozen=True, slots=True)
class Announced:
    """A notice in a report's current version.

    Attributes:
        report_id, version, publisher, published: of the report that carries it.
        kind: "correction", "clarification", "update", "retraction" or "editor's note".
        words: the notice; `wrong` and `right` its words for what was wrong and what is right, where it says so.
        about: the report that it is about, and by what that is known; None where it cannot be told.
    """

    report_id: str
    version: str
    publisher: str | None
    published: str | None
    kind: str
    words: str
    wrong: str | None
    right: str | None
    about: Corrected | None


def notices(record: Record) -> tuple[Announced, ...]:
    """The notices of the current reports, in the order of publication."""
    links: dict[str, list[Copy]] = {}
    for link in copy_links(record):
        links.setdefault(link.a, []).append(link)
        links.setdefault(link.b, []).append(link)
    with record.reading() as connection:
        reports = {annotated.report.id: annotated.report for annotated in readings(connection)}
        told = decided(connection, "corrects").joined
        found = [one for report in reports.values() for one in _announced(connection, report, reports, links, told)]
    return tuple(sorted(found, key=lambda one: (one.published or "9999", one.report_id, one.words)))


def notices_concerning(record: Record, name: str) -> tuple[Announced, ...]:
    """The notices that a report carries, and those about it in the reports linked with it, in the order of publication.

    Looked at are the report, those around it that are copies or versions, and those that people linked with it.

    Raises:
        RecordError: there is no such report.
    """
    with record.reading() as connection:
        asked = finding.report_id(connection, name)
    around = near(record, COPIES, [(asked, "")], steps=2, most=AROUND)
    with record.reading() as connection:
        told = decided(connection, "corrects").joined
        by_hand = [one for pair in told if (asked, "") in pair for one, _ in pair]
        linked = [one for link in around for one, _ in (link.a, link.b)]
        reports = _current(connection, list(dict.fromkeys([asked, *by_hand, *linked]))[:AROUND])
        links: dict[str, list[Copy]] = {}
        for link in around:
            made = None if link.detail is None else msgspec.json.decode(link.detail, type=Copy)
            if made is not None and made.a in reports and made.b in reports:
                links.setdefault(made.a, []).append(made)
                links.setdefault(made.b, []).append(made)
        found = [one for report in reports.values() for one in _announced(connection, report, reports, links, told)]
    mine = [one for one in found if one.report_id == asked or (one.about is not None and one.about.id == asked)]
    return tuple(sorted(mine, key=lambda one: (one.published or "9999", one.report_id, one.words)))


def _current(connection: Connection, names: list[str]) -> dict[str, Report]:
    """The current versions of some reports, as far as notices are read from them."""
    v = t.versions.c
    query = (
        select(v.report_id, v.version, v.text, v.sha256, v.title, v.publisher, v.published, v.url, v.language)
        .join_from(CURRENT, t.versions, CURRENT.c.version_id == v.id)
        .where(CURRENT.c.report_id.in_(names))
    )
    found = {
        row.report_id: Report(id=row.report_id, version=row.version, text=_ends(row.text), sha256=row.sha256,
                              title=row.title, publisher=row.publisher, published=row.published, url=row.url,
                              language=row.language, credit=None, unread=())
        for row in connection.execute(query)
    }  # fmt: skip
    return {name: found[name] for name in names if name in found}


def _ends(text: str) -> str:
    return text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"


def _announced(
    connection: Connection,
    report: Report,
    reports: Mapping[str, Report],
    links: Mapping[str, list[Copy]],
    told: Mapping[frozenset[Entry], str],
) -> list[Announced]:
    made = notices_in(report)
    if not made:
        return []
    near = links.get(report.id, [])
    others = [reports[name] for link in near for name in (link.a, link.b) if name != report.id]
    about = _by_hand(report, reports, told) or corrected(report, [*_earlier(connection, report), *others], near)
    return [
        Announced(report.id, report.version, report.publisher, report.published, notice.kind, _in(report, notice.field)[
            slice(*notice.span)], notice.wrong and report.text[slice(*notice.wrong)],
            notice.right and report.text[slice(*notice.right)], about)
        for notice in made
    ]  # fmt: skip


def _by_hand(report: Report, reports: Mapping[str, Report], told: Mapping[frozenset[Entry], str]) -> Corrected | None:
    """The report that this one corrects because a person says so; the last said, if several."""
    found = None
    for pair, why in told.items():
        others = [name for name, _ in pair if name != report.id]
        if (report.id, "") in pair and others and others[0] in reports:
            found = Corrected(others[0], reports[others[0]].version, why)
    return found


def _in(report: Report, field: str) -> str:
    return report.text if field == "text" else report.title or ""


def _earlier(connection: Connection, report: Report) -> list[Report]:
    """The versions of the report before this one, as far as `corrected` looks at them."""
    v = t.versions.c
    query = select(v.version, v.text, v.title, v.published, v.url).where(v.report_id == report.id).order_by(v.number)
    rows = list(connection.execute(query))
    number = next(n for n, row in enumerate(rows) if row.version == report.version)
    return [replace(report, version=row.version, text=row.text, title=row.title, published=row.published, url=row.url)
            for row in rows[:number]]  # fmt: skip
