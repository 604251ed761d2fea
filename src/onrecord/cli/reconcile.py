"""`onrecord reconcile`: link the reports that are new with all the others."""

from __future__ import annotations

import os

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.progress import counted

__all__ = ["reconcile"]


@click.command()
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes that compare.  [default: one a core]")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no closing line.")
@click.pass_obj
@told
def reconcile(record: str, jobs: int | None, quiet: bool) -> None:
    """Link new reports with the others: copies, stories, events, statements, positions and names.

    The commands that need links make those that are missing; after many additions it is quicker to do it here, on all
    cores. Work that was stopped goes on where it was. Nothing is overwritten, and people have the last word
    (`onrecord correct`).
    """
    from onrecord import reconciling

    with existing(record) as opened:
        waiting = reconciling.unreconciled(opened)
        parts = reconciling.reconcile(opened, processes=jobs or os.cpu_count() or 1)
        done = sum(1 for _ in counted((one for part in parts for one in range(part)), quiet=quiet, total=waiting))
    if not quiet:
        click.echo(f"{done} {'reading' if done == 1 else 'readings'} compared with the others. Record: {record}")
