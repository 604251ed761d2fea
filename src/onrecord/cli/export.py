"""`onrecord export`: the current readings, to use elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection, select

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.export.pseudonyms import Pseudonyms
from onrecord.export.redacted import redacted
from onrecord.model import Annotated
from onrecord.record import finding
from onrecord.record.beside import beside, failed
from onrecord.record.views import CURRENT
from onrecord.wire import encode

__all__ = ["export"]


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True,
              help="One annotated report per line, schema onrecord/1.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="A file; else standard output.")
@click.option("--redact", type=click.Choice(["text", "persons", "names"]),
              help="Withhold all words; or the names of persons, or of all actors, under pseudonyms.")  # fmt: skip
@click.option("--mapping", metavar="FILE", help="With persons or names: who and which report is meant, kept apart.")
@click.pass_obj
@told
def export(record: str, form: str, output: str | None, redact: str | None, mapping: str | None) -> None:
    """Write the current reading of every report, in the order of their ids.

    With --redact text a line has no words, but a proof of each anchor for those who have the report. With persons or
    names, a name that would stay somewhere is an error.
    """
    del form  # there is one as yet
    if mapping is not None and redact not in ("persons", "names"):
        raise click.UsageError("--mapping needs --redact persons or names")
    with existing(record) as opened, opened.reading() as connection:  # one moment of the record, to the last line
        ids = list(connection.execute(select(CURRENT.c.report_id).order_by(CURRENT.c.report_id)).scalars())
        if redact == "text":
            _write((_json(redacted(reading)) for reading in _readings(connection, ids)), output)
        elif redact in ("persons", "names"):
            pseudonyms = Pseudonyms(_readings(connection, ids), "persons" if redact == "persons" else "names")
            _write((encode(pseudonyms.of(reading)) for reading in _readings(connection, ids)), output)
            if mapping is not None:
                _keep(pseudonyms, ids, mapping)
        else:
            _write(map(encode, _readings(connection, ids)), output)


def _readings(connection: Connection, ids: list[str]) -> Iterator[Annotated]:
    for report_id in ids:
        yield finding.annotated(connection, report_id, None)


def _write(lines: Iterable[bytes], output: str | None) -> None:
    """Write lines to a file, which is there whole in the end or as it was before; or to standard output or a device."""
    path = None if output in (None, "-") else Path(str(output))
    try:
        if path is not None and (path.is_file() or not path.exists()):
            with beside(path, replace=True, mode=None) as part, part.open("wb") as file:
                file.writelines(line + b"\n" for line in lines)
            return
        with click.open_file(output or "-", "wb") as file:
            file.writelines(line + b"\n" for line in lines)
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise failed(error, output or "standard output") from error


def _keep(pseudonyms: Pseudonyms, ids: list[str], path: str) -> None:
    reports = {pseudonyms.report_id(report_id): report_id for report_id in ids}
    with beside(Path(path), replace=False, mode=0o600) as part:
        part.write_bytes(_json({"pseudonyms": pseudonyms.mapping, "reports": reports}) + b"\n")


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
