"""`onrecord datasette`: what Datasette is told, so that a record is pleasant there."""

from __future__ import annotations

import json
from pathlib import Path

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.errors import InputError
from onrecord.export.datasette import metadata
from onrecord.record.postgresql_address import is_address

__all__ = ["datasette"]


@click.command()
@click.pass_obj
@told
def datasette(record: str) -> None:
    """Print the metadata that makes the record pleasant in Datasette: questions, facets, what columns hold.

    Keep it as a file: `onrecord datasette > metadata.json`, then `datasette onrecord.db --metadata metadata.json`.
    """
    if is_address(record):
        raise InputError("Datasette opens SQLite files alone", "copy the record to a file: onrecord copy")
    with existing(record) as opened:
        name = Path(opened.path).stem
    click.echo(json.dumps(metadata(name), indent=2, ensure_ascii=False))
