"""`onrecord restore`: a record put back from a backup that verifies."""

from __future__ import annotations

import click

from onrecord.cli.backup import contents
from onrecord.cli.outcome import told, whole
from onrecord.record.restoring import restored

__all__ = ["restore"]


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--replace", is_flag=True, help="Put a record that is there aside, under a name with the time.")
@click.option("--sha256", metavar="HEX", help="Refuse FILE unless this is its SHA-256.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing.")
@click.pass_obj
@told
def restore(record: str, file: str, replace: bool, sha256: str | None, quiet: bool) -> None:
    """Verify the backup FILE, then put it where the record is to stand (-r); FILE stays.

    A record that is there is not touched, unless --replace says so; then it is kept beside the new one.
    """
    with whole():
        done = restored(file, record, replace=replace, sha256=sha256)
    if not quiet:
        click.echo(f"{done.record.path}: {contents(done.record)}")
        if done.aside is not None:
            click.echo(f"The record that stood there is kept as {done.aside}")
