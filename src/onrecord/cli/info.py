"""`onrecord info`: what the record holds, and what was not read and why."""

from __future__ import annotations

import json

import click
from rich.text import Text

from onrecord.cli.asked import existing
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.record.provenance import Run
from onrecord.view import queries

__all__ = ["info"]


@click.command()
@click.pass_obj
@told
def info(record: str) -> None:
    """Say how much the record holds, from whom, read by what, and what was not read and why."""
    with existing(record) as opened:
        found = queries.info(opened)
    out = console()
    stretch = f", published {found.published[0]} to {found.published[1]}" if found.published else ""
    undated = f", {found.undated} undated" if found.undated else ""
    out.print(Text(f"{found.path}  ({found.size / 1e6:.1f} MB)", style="bold"))
    out.print(Text(f"{found.reports} reports in {found.versions} versions{stretch}{undated}"))
    out.print(Text("languages: " + ", ".join(f"{k or 'unknown'} {n}" for k, n in found.languages.items())))
    out.print(Text("annotations: " + ", ".join(f"{n} {name}" for name, n in found.annotations.items())))
    if found.statements:
        out.print(Text("\nStatements by publisher", style="bold"))
        out.print(rows(("publisher", "statements"), ((k or "unknown", str(n)) for k, n in found.statements.items())))
    out.print(Text("\nRead by", style="bold"))
    read_by = ((str(r.number), r.run.started_at, r.run.software, ", ".join(_read_with(r.run)), str(r.readings))
               for r in found.runs)  # fmt: skip
    out.print(rows(("run", "started", "software", "read with", "readings"), read_by, wide=3))
    unread = sum(u.characters for u in found.unread)
    share = 100 * (1 - unread / found.characters) if found.characters else 100.0
    out.print(Text("\nCoverage", style="bold"))
    out.print(Text(f"{share:.1f} % of {found.characters:,} characters read"))
    if found.unread:
        reasons = ((plain(u.why), str(u.reports), f"{u.characters:,}") for u in found.unread)
        out.print(rows(("not read because", "reports", "characters"), reasons, wide=0))


def _read_with(run: Run) -> list[str]:
    """The models of a run, and its codebook and gazetteers if it had any."""
    settings = json.loads(run.settings)
    given = [(name, settings[name]) for name in ("codebook", "gazetteers") if name in settings]
    return [*run.models, *(f"{name} {digest.removeprefix('sha256:')[:16]}" for name, digest in given)]
