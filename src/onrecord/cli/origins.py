"""`onrecord origins`: which reports are copies of which, and how many independent origins there are."""

from __future__ import annotations

import click
import msgspec

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries

__all__ = ["origins"]


@click.command()
@click.argument("report", required=False)
@form("json")
@click.pass_obj
@told
def origins(record: str, report: str | None, form: str) -> None:
    """List the reports that have an origin in common: wire copies, rewrites and versions, each with the reason.

    Two reports that copy one another count as one origin. REPORT shows the links of one report alone.
    """
    with existing(record) as opened:
        found = queries.origins(opened, report)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    out = console()
    if report is None:
        counted = f"{found.reports} reports, {len(found.origins)} independent origins"
        out.print(plain(counted))
    lines = (
        (link.kind, link.a, link.b, link.origin or "-", plain(link.because))
        for link in found.links
    )  # fmt: skip
    if found.links:
        out.print(rows(("kind", "report", "report", "origin", "why"), lines))
    else:
        out.print("no copies found")
