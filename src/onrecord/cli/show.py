"""`onrecord show`: one report with everything that was read from it."""

from __future__ import annotations

import sys

import click
from rich.text import Text

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, report_page, rows
from onrecord.view import queries
from onrecord.view.queries import Shown
from onrecord.wire import indented

__all__ = ["show"]


@click.command()
@click.argument("report")
@click.option("--version", "version", metavar="N", help="A version, or its number from 1; else the latest.")
@click.option("--text", "text", is_flag=True, help="Print the text as published, and nothing else.")
@form("json")
@click.option("--all", "everything", is_flag=True, help="Also beliefs, intentions and deeds.")
@click.option("--ids", is_flag=True, help="In the table, also the id by which `onrecord correct` knows each entry.")
@click.pass_obj
@told
def show(record: str, report: str, version: str | None, text: bool, form: str, everything: bool, ids: bool) -> None:
    """Show a report of the record: its statements, figures, events, versions and hashes.

    REPORT is the report's id, its address, or one of its versions.
    """
    with existing(record) as opened:
        found = queries.show(opened, report, version=_number(version))
    if text:
        sys.stdout.write(found.annotated.report.text)
    elif form == "json":
        sys.stdout.write(indented(found.annotated).decode() + "\n")
    else:
        out = console()
        out.print(report_page(found.annotated, everything=everything, ids=ids))
        _versions(found)


def _number(version: str | None) -> str | int | None:
    return int(version) if version is not None and version.isdecimal() and len(version) < 16 else version


def _versions(found: Shown) -> None:
    out = console()
    out.print(Text("Where it came from", style="bold"))
    out.print(Text(f"  {plain(found.address)}"))
    lines = (
        (
            f"{'>' if v.number == found.shown.number else ' '} {v.number}",
            v.published or "-",
            v.received_at,
            v.sha256[:12],
            f"{v.original_sha256[:12]} ({v.media_type})",
        )
        for v in found.versions
    )
    out.print(rows(("version", "published", "received", "text hash", "original"), lines))
    for one in found.expunged:
        out.print(Text(plain(str(one)), style="dim"))
    out.print(Text(f"read by {found.run.software} ({', '.join(found.run.models)})", style="dim"))
