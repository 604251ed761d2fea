"""Readings as tables for people: one for each kind of entry, every row with its report and its exact words."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.export.readings import Reading
from onrecord.record.rows import Row, rows
from onrecord.record.tables import ANNOTATIONS

__all__ = ["OF_REPORT", "TABLES", "table_rows"]

#: Of which report a row is, the first columns of every table.
OF_REPORT = ("report", "outlet", "published", "title", "url", "version", "sha256")

#: What only the record itself needs.
_INNER = ("reading_id", "key", "name_key", "speaker_key")

_REPORTS = (*OF_REPORT, "language", "agency", "filed_from", "characters", "software", "read_at", "corrections")

#: The columns of each table by its name, in the order in which people look at them.
TABLES: dict[str, tuple[str, ...]] = {
    "reports": _REPORTS,
    **{
        table.name: (*OF_REPORT, *(column.name for column in table.columns if column.name not in _INNER))
        for name in ("attributions", "events", "figures", "entities", "mentions", "participants", "places", "times",
                     "unread")
        for table in ANNOTATIONS
        if table.name == name
    },
}  # fmt: skip


def table_rows(reading: Reading) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The rows of a reading, each with the name of its table and in the order of the table's columns."""
    of_report = _of_report(reading)
    found = rows(reading.annotated) | {"reports": [_report(reading)]}
    for table, columns in TABLES.items():
        for row in found[table]:
            whole = {**row, **of_report}
            yield table, tuple(whole[column] for column in columns)


def _of_report(reading: Reading) -> Row:
    report = reading.annotated.report
    return {"report": report.id, "outlet": report.publisher, "published": report.published, "title": report.title,
            "url": report.url, "version": report.version, "sha256": report.sha256}  # fmt: skip


def _report(reading: Reading) -> Row:
    report = reading.annotated.report
    credit = report.credit
    return {"language": report.language, "agency": credit.agency if credit else None,
            "filed_from": credit.place if credit else None, "characters": len(report.text),
            "software": reading.run.software, "read_at": reading.read_at,
            "corrections": len(reading.decided)}  # fmt: skip
