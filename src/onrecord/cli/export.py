"""`onrecord export`: the current readings, to use elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import click
from sqlalchemy import Connection

from onrecord.cli.asked import dates, existing, publisher
from onrecord.cli.exported import Asked, chosen, formats_shown
from onrecord.cli.outcome import told
from onrecord.cli.output import written
from onrecord.export.exporters import Exporter, exporter, format_names
from onrecord.export.pseudonyms import Pseudonyms
from onrecord.export.readings import Stored
from onrecord.export.redacted import redacted
from onrecord.model import EVENT_TYPES
from onrecord.record.beside import beside

__all__ = ["export"]


@click.command()
@click.argument("reports", metavar="[REPORT]...", nargs=-1)
@click.option("--format", "form", metavar="NAME", default="jsonl", show_default=True,
              help="The format: one that --formats lists.")  # fmt: skip
@click.option("--formats", is_flag=True, is_eager=True, expose_value=False, callback=formats_shown,
              help="List the formats and exit.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="A file; else standard output.")
@click.option("--search", "words", metavar="WORDS", help="Only reports that hold all the words, as for `search`.")
@click.option("--speaker", metavar="NAME", help="Only reports with a statement of somebody of this name.")
@publisher
@dates
@click.option("--place", metavar="NAME", help="Only reports that name this place.")
@click.option("--event", "event_type", type=click.Choice(EVENT_TYPES, case_sensitive=False),
              help="Only reports of such an event.")  # fmt: skip
@click.option("--story", metavar="REPORT", help="Only reports of the same story as this one.")
@click.option("--redact", type=click.Choice(["text", "persons", "names"]),
              help="Withhold all words; or the names of persons, or of all actors, under pseudonyms.")  # fmt: skip
@click.option("--mapping", metavar="FILE", help="With persons or names: who and which report is meant, kept apart.")
@click.pass_obj
@told
def export(
    record: str,
    reports: tuple[str, ...],
    form: str,
    output: str | None,
    words: str | None,
    speaker: str | None,
    publisher: str | None,
    since: str | None,
    until: str | None,
    place: str | None,
    event_type: str | None,
    story: str | None,
    redact: str | None,
    mapping: str | None,
) -> None:
    """Write the current reading of every report, or of those chosen, in the order of their ids.

    REPORT is an id, an address or a version; what is given together must all hold. With --redact text a line has no
    words, but a proof of each anchor for those who have the report. With persons or names, a name that would stay
    somewhere is an error.
    """
    if mapping is not None and redact not in ("persons", "names"):
        raise click.UsageError("--mapping needs --redact persons or names")
    if form not in format_names():
        raise click.BadParameter(f"{form!r} is no format; `onrecord export --formats` lists them",
                                 param_hint="--format")  # fmt: skip
    if redact == "text" and form != "jsonl":
        raise click.UsageError("--redact text has a format of its own; leave --format away")
    writer = exporter(form)
    if writer.is_binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"a terminal cannot show {form}; give --output FILE{writer.suffix}")
    asked = Asked(reports, words, speaker, publisher, since, until, place, event_type, story)
    with existing(record) as opened:
        told_in = asked.story_of(opened)
        with opened.reading() as connection:  # one moment of the record, to the last line
            ids = chosen(connection, asked, told_in)
            _export(connection, ids, asked.title, writer, output, redact, mapping)


def _export(connection: Connection, ids: list[str], title: str, writer: Exporter, output: str | None,
            redact: str | None, mapping: str | None) -> None:  # fmt: skip
    readings = Stored(connection, ids, title)
    if redact == "text":
        written(lambda out: _lines(out, (_json(redacted(reading.annotated)) for reading in readings)), output)
    elif redact in ("persons", "names"):
        pseudonyms = Pseudonyms((reading.annotated for reading in readings),
                                "persons" if redact == "persons" else "names")  # fmt: skip
        withheld = Stored(connection, ids, "withheld names", pseudonyms.of)
        written(lambda out: writer.write(withheld, out), output)
        if mapping is not None:
            _keep(pseudonyms, ids, mapping)
    else:
        written(lambda out: writer.write(readings, out), output)


def _lines(out: IO[bytes], lines: Iterable[bytes]) -> None:
    for line in lines:
        out.write(line + b"\n")


def _keep(pseudonyms: Pseudonyms, ids: list[str], path: str) -> None:
    reports = {pseudonyms.report_id(report_id): report_id for report_id in ids}
    with beside(Path(path), replace=False, mode=0o600) as part:
        part.write_bytes(_json({"pseudonyms": pseudonyms.mapping, "reports": reports}) + b"\n")


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
