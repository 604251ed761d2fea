"""`onrecord reconcile`: link the reports that are new with all the others, in a record or in a bulk folder."""

from __future__ import annotations

import os

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.progress import counted

__all__ = ["reconcile"]


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False))
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes that compare.  [default: one a core]")
@click.option(
    "--scheduler", metavar="ADDRESS", help="For a FOLDER: a dask scheduler whose workers compare, such as "
    "tcp://10.0.0.5:8786.",
)  # fmt: skip
@click.option(
    "--part", type=click.IntRange(1), help="For a FOLDER: reports that are compared in one go at most, on average.  "
    "[default: 10000]",
)  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="No progress and no closing line.")
@click.pass_obj
@told
def reconcile(
    record: str, folder: str | None, jobs: int | None, scheduler: str | None, part: int | None, quiet: bool
) -> None:
    """Link new reports with the others: copies, stories, events, statements, positions and names.

    The commands that need links make those that are missing; after many additions it is quicker to do it here, on all
    cores. Work that was stopped goes on where it was. Nothing is overwritten, and people have the last word
    (`onrecord correct`).

    Given a FOLDER that `onrecord bulk` has filled, all its reports are linked, on all cores or on a cluster, and
    links, stories and origins are written there as Parquet tables.
    """
    if folder is not None:
        from onrecord.cli.reconcile_folder import reconcile_folder

        reconcile_folder(folder, jobs=jobs, scheduler=scheduler, part=part, quiet=quiet)
        return
    if scheduler is not None or part is not None:
        raise click.UsageError("--scheduler and --part are for a FOLDER that onrecord bulk has filled.")
    from onrecord import reconciling

    with existing(record) as opened:
        waiting = reconciling.unreconciled(opened)
        parts = reconciling.reconcile(opened, processes=jobs or os.cpu_count() or 1)
        done = sum(1 for _ in counted((one for count in parts for one in range(count)), quiet=quiet, total=waiting))
    if not quiet:
        click.echo(f"{done} {'reading' if done == 1 else 'readings'} compared with the others. Record: {record}")
