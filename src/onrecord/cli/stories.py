"""`onrecord stories`: which reports tell of the same story."""

from __future__ import annotations

import click
import msgspec

from onrecord.cli.asked import existing, form
from onrecord.cli.outcome import told
from onrecord.cli.tables import console, plain, rows
from onrecord.view import queries

__all__ = ["stories"]


@click.command()
@form("jsonl")
@click.pass_obj
@told
def stories(record: str, form: str) -> None:
    """List the reports by story, with what they have in common.

    `--format jsonl` prints one line a report: {"report", "story"}. Use `onrecord correct link same-story` or `unlink
    same-story` where it is wrong.
    """
    with existing(record) as opened:
        found = queries.stories(opened)
    if form == "jsonl":
        for one in found:
            for report in one.reports:
                click.echo(msgspec.json.encode({"report": report, "story": one.story}).decode())
        return
    out = console()
    several = [one for one in found if len(one.reports) > 1]
    out.print(plain(f"{sum(len(one.reports) for one in found)} reports, {len(found)} stories, "
                    f"{len(several)} of several reports"))  # fmt: skip
    lines = (
        (str(len(one.reports)), str(one.origins), ", ".join(one.reports), _why(one)) for one in several
    )  # fmt: skip
    if several:
        out.print(rows(("reports", "origins", "which", "what the likeliest two have in common"), lines))


def _why(story: queries.Story) -> str:
    return plain(max(story.links, key=lambda link: link.score).because)
