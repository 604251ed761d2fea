"""`onrecord notices`: corrections and retractions that outlets published."""

from __future__ import annotations

import click
import msgspec

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries

__all__ = ["notices"]


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
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
    lines = (
        (one.published or "-", one.publisher or "-", one.kind, one.words,
         f"{one.about.id} ({one.about.because})" if one.about else "not known")
        for one in found
    )  # fmt: skip
    out.print(rows(("published", "by", "kind", "words", "about"), ((*map(plain, line),) for line in lines), wide=3))
