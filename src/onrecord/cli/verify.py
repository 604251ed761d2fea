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
    """Check every hash and every anchor of the record, and that nothing is missing from its log.

    Lists what fails, and exits with 1 if anything does; else says what was expunged, and how the log ends: keep that
    line elsewhere, and you can tell later that nothing was cut off.
    """
    with existing(record) as opened:
        faults = opened.verify()
        held, expunged, head = queries.info(opened), opened.expunged(), opened.head()
    for fault in faults:
        click.echo(f"{fault.report_id or record}: {plain(fault.what)}")
    if faults:
        click.echo(f"onrecord: {len(faults)} faults; restore the record from a backup", err=True)
        sys.exit(FAILED)
    if not quiet:
        anchored = sum(n for name, n in held.annotations.items() if name != "mentions")
        click.echo(f"verified: {held.versions} versions of {held.reports} reports, {held.readings} readings; "
                   f"{anchored} current annotations, every hash and anchor holds")  # fmt: skip
        for one in expunged:
            texts = ", ".join(digest[:12] for digest in one.texts)
            click.echo(f"expunged: {one.report} ({plain(str(one))}; text SHA-256 {texts})")
        click.echo(f"log: {head.entries} entries, the last {head.hash}")
