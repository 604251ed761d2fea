"""`onrecord notices`: corrections and retractions that outlets published."""

from __future__ import annotations

import click
import msgspec
from rich.padding import Padding

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain
from onrecord.view import queries

__all__ = ["notices"]


@click.command()
@form("jsonl")
@click.pass_obj
@told
def notices(record: str, form: str) -> None:
    """List corrections, clarifications, updates and retractions, each with the report that it is about."""
    with existing(record) as opened:
        found = queries.notices(opened)
    if form == "jsonl":
        for one in found:
            click.echo(msgspec.json.encode(one).decode())
        return
    out = console()
    if not found:
        out.print("no notices found")
        return
    for one in found:
        about = f"of {one.about.id}, {one.about.because}" if one.about else "it is not known of which report"
        when = (one.published or "undated")[:10]
        out.print(plain(f"{when} · {one.publisher or 'no publisher'} · {one.report_id}: {one.kind} {about}"))
        out.print(Padding(plain(one.words), (0, 0, 0, 2)))
