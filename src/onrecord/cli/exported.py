"""Which reports are exported, and the list of formats."""

from __future__ import annotations

from dataclasses import dataclass

import click
from sqlalchemy import Connection

from onrecord.cli.tables import console, rows
from onrecord.export.exporters import exporter, format_names
from onrecord.record import finding
from onrecord.record.search import reports_found
from onrecord.record.store import Record

__all__ = ["Asked", "chosen", "formats_shown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: all of it must hold, and all reports do where nothing was asked."""

    reports: tuple[str, ...]
    words: str | None
    speaker: str | None
    publisher: str | None
    since: str | None
    until: str | None
    place: str | None
    event_type: str | None
    story: str | None

    @property
    def title(self) -> str:
        """It in a few words.

        Example:
            >>> Asked((), "missiles", None, None, "1962-10", None, None, None, None).title
            'reports with missiles, since 1962-10'
        """
        parts = (
            ("", "" if not self.reports else ", ".join(self.reports)),
            ("with", self.words),
            ("statements of", self.speaker),
            ("by", self.publisher),
            ("since", self.since),
            ("until", self.until),
            ("naming", self.place),
            ("of the event", self.event_type.upper() if self.event_type else None),
            ("of the story of", self.story),
        )
        said = ", ".join(f"{how} {what}".strip() for how, what in parts if what)
        return f"reports {said}" if said else "all reports"

    def story_of(self, record: Record) -> frozenset[str] | None:
        """The ids of the reports of the story; None where no story was asked for.

        Raises:
            RecordError: there is no such report.
        """
        if self.story is None:
            return None
        from onrecord.view.stories import stories  # loads the linkers

        with record.reading() as connection:
            told = finding.report_id(connection, self.story)
        return next(frozenset(one.reports) for one in stories(record) if told in one.reports)


def chosen(connection: Connection, asked: Asked, told_in: frozenset[str] | None) -> list[str]:
    """The ids of the reports that were asked for, ascending.

    Raises:
        InputError: a date is none.
        RecordError: there is no such report.
    """
    found = reports_found(connection, asked.words or "", speaker=asked.speaker, publisher=asked.publisher,
                          since=asked.since, until=asked.until, place=asked.place,
                          event_type=asked.event_type)  # fmt: skip
    if asked.reports:
        named = {finding.report_id(connection, name) for name in asked.reports}
        found = [report for report in found if report in named]
    return [report for report in found if told_in is None or report in told_in]


def formats_shown(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    """Print the formats and exit, if asked to."""
    if not value:
        return
    found = [exporter(name) for name in format_names()]
    console().print(rows(("format", "files", "what"), ((e.name, e.suffix, e.description) for e in found), wide=2))
    ctx.exit()
