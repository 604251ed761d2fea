"""`onrecord add`: read reports into the record."""

from __future__ import annotations

from collections import Counter

import click

from onrecord.cli.asked import codebook, codebook_in_force, reading
from onrecord.cli.outcome import Problems, told
from onrecord.cli.progress import counted, say_what_takes_time

__all__ = ["add", "told_at_the_end"]

#: What happened to the reports, in the order of the closing line.
OUTCOMES = {
    "new report": "new",
    "new version": "changed (new version)",
    "re-read": "read again by newer software",
    "unchanged": "already there",
}


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="FILE...")
@click.option("--date", "published", metavar="DATE", help="Publication date of reports that carry none (ISO 8601).")
@click.option("--publisher", metavar="NAME", help="Publisher of reports that name none.")
@click.option("--models/--no-models", default=True, show_default=True, help="Use trained models, or rules alone.")
@codebook
@reading
@click.option("--quiet", "-q", is_flag=True, help="No progress and no closing line.")
@click.pass_obj
@told
def add(
    record: str,
    targets: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    models: bool,
    own: str | None,
    no_codebook: bool,
    table: str | None,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Read reports into the record, each whole or not at all.

    FILE is a file, a folder, a glob, an http(s) address, or - for standard input. Read are text, HTML, JSON Lines and
    JSON, Parquet, PDF, e-mail, captions, RSS and Atom feeds, web archives (WARC), zip archives and what is packed by
    gzip.

    What the record holds already is not read again, so work that was stopped goes on where it was.
    """
    import onrecord
    from onrecord.annotators.settings import Settings
    from onrecord.batch import additions
    from onrecord.errors import OnrecordError
    from onrecord.read import listed, received

    say_what_takes_time(quiet=quiet)
    settings = Settings(models=models, codebook=codebook_in_force(own, no_codebook=no_codebook, quiet=quiet))
    problems, outcomes, undated = Problems(table), Counter[str](), 0
    total = None if quiet else listed(targets).reports
    with onrecord.open(record) as opened:
        arrivals = received(targets, published=published, publisher=publisher, allow_private=allow_private)
        for result in counted(additions(opened, arrivals, settings), quiet=quiet, total=total):
            if isinstance(result, OnrecordError):
                problems.tell(result)
                continue
            outcomes[result.outcome] += 1
            undated += result.received.report.published is None
    if not quiet:
        told_at_the_end(outcomes, record, undated)
    problems.finish()


def told_at_the_end(outcomes: Counter[str], record: str, undated: int) -> None:
    """Say what became of the reports."""
    found = [f"{outcomes[name]} {words}" for name, words in OUTCOMES.items() if outcomes[name]]
    count = sum(outcomes.values())
    click.echo(f"{count} {'report' if count == 1 else 'reports'}: {', '.join(found) or 'none'}. Record: {record}")
    if undated:
        click.echo(
            f"onrecord: {undated} of them without a publication date; times that need one stay unresolved; "
            "give --date YYYY-MM-DD",
            err=True,
        )
