"""`onrecord export`: the current readings, to use elsewhere."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.record.views import CURRENT
from onrecord.wire import encode

__all__ = ["export"]


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True,
              help="One annotated report per line, schema onrecord/1.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True), help="A file; else standard output.")
@click.pass_obj
@told
def export(record: str, form: str, output: str | None) -> None:
    """Write the current reading of every report, in the order of their ids."""
    del form  # there is one as yet
    with existing(record) as opened:
        with opened.reading() as connection:
            ids = list(connection.execute(select(CURRENT.c.report_id).order_by(CURRENT.c.report_id)).scalars())
        with click.open_file(output or "-", "wb") as lines:
            for report_id in ids:
                lines.write(encode(opened.annotated(report_id)) + b"\n")
            sys.stdout.flush()
