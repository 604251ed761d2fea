"""`onrecord backup`: the record in one file, verified, while others use it."""

from __future__ import annotations

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told, whole
from onrecord.record.backing_up import Checked, backed_up

__all__ = ["backup", "contents"]


def contents(made: Checked) -> str:
    """How much a record's file holds, in words."""
    return (f"{made.versions:,} versions of {made.reports:,} reports, {made.readings:,} readings, "
            f"{made.corrections:,} corrections; every hash and anchor holds")  # fmt: skip


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--replace", is_flag=True, help="Take the place of a file that is there, once the backup verifies.")
@click.option("--quiet", "-q", is_flag=True, help="Print the SHA-256 alone.")
@click.pass_obj
@told
def backup(record: str, file: str, replace: bool, quiet: bool) -> None:
    """Write the record, as it is now, into one FILE, and verify it there.

    Others may read and write the record meanwhile. All is written and verified or nothing. The last line is the
    backup's SHA-256, as sha256sum writes it.
    """
    with whole(), existing(record) as opened:
        made = backed_up(opened, file, replace=replace)
    if not quiet:
        click.echo(f"{file}: {contents(made)}")
    click.echo(f"{made.sha256}  {file}")
