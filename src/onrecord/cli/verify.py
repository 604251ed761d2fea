"""`onrecord verify`: recompute every hash and anchor."""

from __future__ import annotations

import sys

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import FAILED, told
from onrecord.cli.tables import plain
from onrecord.view import queries

__all__ = ["verify"]


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Print faults alone.")
@click.pass_obj
@told
def verify(record: str, quiet: bool) -> None:
    """Check every hash and every anchor of the record; list what fails, and exit with 1 if anything does."""
    with existing(record) as opened:
        faults = opened.verify()
        held = queries.info(opened)
    for fault in faults:
        click.echo(f"{fault.report_id or record}: {plain(fault.what)}")
    if faults:
        click.echo(f"onrecord: {len(faults)} faults; restore the record from a backup", err=True)
        sys.exit(FAILED)
    if not quiet:
        anchored = sum(n for name, n in held.annotations.items() if name != "mentions")
        click.echo(f"verified: {held.versions} versions of {held.reports} reports, {held.readings} readings; "
                   f"{anchored} current annotations, every hash and anchor holds")  # fmt: skip
