"""`onrecord copy`: a whole record into another database."""

from __future__ import annotations

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.record.copying import CopiedTable, copied
from onrecord.record.store import Record

__all__ = ["copy"]


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing.")
@told
def copy(source: str, target: str, quiet: bool) -> None:
    """Copy a whole record into a new file or an empty PostgreSQL database, either way round.

    Ids, times, corrections and links stay as they are. All is stored or nothing, and read again before it is kept: the
    SHA-256 of each table's rows must be the same on both sides. A target that holds anything is refused.
    """

    def tell(table: CopiedTable) -> None:
        if not quiet:
            click.echo(f"{table.name:16}{table.rows:>12,}  {table.sha256[:16]}")

    with existing(source) as read, Record.open(target) as written:
        done = copied(read, written, told=tell)
        if not quiet:
            number = sum(table.rows for table in done)
            click.echo(f"{number:,} rows in {len(done)} tables copied, read again and found the same. "
                       f"Record: {written.path}")  # fmt: skip
