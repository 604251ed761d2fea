"""`onrecord corrections`: what people decided, and whether it still fits."""

from __future__ import annotations

import click
import msgspec

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries

__all__ = ["corrections"]


@click.command()
@click.argument("entry", required=False)
@click.option("--unsettled", is_flag=True, help="Only those that conflict with the current reading or do not fit it.")
@form("jsonl")
@click.pass_obj
@told
def corrections(record: str, entry: str | None, unsettled: bool, form: str) -> None:
    """List the corrections of the record, of a report, or of one entry (REPORT:ID): its whole history."""
    with existing(record) as opened:
        found = queries.corrections(opened, entry)
    found = tuple(one for one in found if not unsettled or one.status in ("conflict", "unplaced"))
    if form == "jsonl":
        for one in found:
            click.echo(msgspec.json.encode(one).decode())
        return
    lines = (
        (str(one.number), one.made_at, one.author, plain(one.what), one.status, plain(one.why or one.reason))
        for one in found
    )
    console().print(rows(("no.", "when", "who", "what", "status", "why"), lines))
