"""`onrecord expunge`: erase a report that must not be kept."""

from __future__ import annotations

import sys

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import FAILED, told
from onrecord.cli.tables import plain
from onrecord.errors import ExpungedError
from onrecord.record.postgresql_address import is_address
from onrecord.record.store import Expunged, Record
from onrecord.view import queries

__all__ = ["expunge"]

_FILE = "copies and backups of the file, and what was exported from it"
_SHARED = "the server's write-ahead log and its archive, replicas, backups and logs, and what was exported"


@click.command()
@click.argument("report")
@click.option("--reason", metavar="WORDS", required=True, help="Why; it stays in the record.")
@click.option("--author", metavar="NAME", envvar="ONRECORD_AUTHOR", required=True,
              help="Who expunges; it stays too. The variable ONRECORD_AUTHOR sets it.")  # fmt: skip
@click.option("--version", "version", metavar="N", help="This version alone, or its number from 1; else all of them.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
@told
def expunge(record: str, report: str, reason: str, author: str, version: str | None, yes: bool) -> None:
    """Erase a report that must not be kept from the whole record, for good.

    Erased are its text, title, address, original, readings and corrections, what links were made from, and where they
    stood in the file or the tables. SHA-256 hashes, time, author and reason stay. The same text is not added again.

    REPORT is the report's id, its address, or one of its versions. Run the same command again if it was stopped.
    """
    number = int(version) if version is not None and version.isdecimal() and len(version) < 10 else version
    with existing(record) as opened:
        if not yes and not _wanted(opened, report, number):
            click.echo("onrecord: nothing was expunged", err=True)
            sys.exit(FAILED)
        try:
            done = opened.expunge(report, version=number, author=author, reason=reason)
        except ExpungedError as error:
            click.echo(f"{plain(error.cause)}; nothing is left to erase, the record was written anew")
        else:
            _tell(done)
        click.echo(f"not reached: {_SHARED if is_address(record) else _FILE}")


def _wanted(opened: Record, report: str, version: str | int | None) -> bool:
    try:
        found = queries.show(opened, report, version=version)
    except ExpungedError:
        return True
    if version is not None:
        what = f"version {found.shown.number} of {found.report_id}"
    else:
        what = f"{found.report_id} with {len(found.versions)} version{'s' if len(found.versions) > 1 else ''}"
    title = plain(found.annotated.report.title or "no title")
    return click.confirm(f"Erase {what} ({title}) from {opened.path} for good?", default=False, err=True)


def _tell(done: Expunged) -> None:
    stone = done.tombstone
    what = "the report" if stone.version is None else f"version {stone.version} of the report"
    click.echo(f"expunged: {what}, now {stone.report}, and {done.corrections} corrections")
    for digest in stone.texts:
        click.echo(f"  text SHA-256 {digest}")
    if done.sharing:
        click.echo(f"  its original stays, since others were read from the same bytes: {', '.join(done.sharing)}")
    if done.alike:
        click.echo(f"  the same text stands in {', '.join(done.alike)}")
