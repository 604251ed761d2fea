"""`onrecord differences`: what changed from version to version, or from report to report."""

from __future__ import annotations

import click
import msgspec

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries

__all__ = ["differences"]

#: How a sentence is marked: shared, reworded, only in the first, only in the second.
_MARKS = {"shared": " ", "changed": "~"}


@click.command()
@click.argument("report")
@click.argument("other", required=False)
@click.option("--all", "everything", is_flag=True, help="Also the sentences that both have.")
@form("json")
@click.pass_obj
@told
def differences(record: str, report: str, other: str | None, everything: bool, form: str) -> None:
    """Show sentence by sentence how the versions of REPORT differ, or how REPORT and OTHER do.

    "-" stands before what only the earlier (or the first) has, "+" before what only the later has, "~" between the two
    forms of a sentence that was reworded.
    """
    with existing(record) as opened:
        found = queries.differences(opened, report, other)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    out = console()
    for one in found:
        shared = sum(line.kind == "shared" for line in one.lines)
        out.print(plain(f"{one.a} {one.version_a} and {one.b} {one.version_b}: {shared} sentences the same"))
        lines = [
            (_MARKS.get(line.kind, "-" if line.b is None else "+"), line.a or "", line.b or "")
            for line in one.lines if everything or line.kind != "shared"
        ]  # fmt: skip
        if lines:
            out.print(rows(("", "first", "second"), lines))
