"""`onrecord annotate`: read reports and print what they say, storing nothing."""

from __future__ import annotations

import sys

import click

from onrecord.annotators.settings import Settings
from onrecord.batch import readings
from onrecord.cli.asked import codebook, codebook_in_force, reading
from onrecord.cli.outcome import Problems, told
from onrecord.cli.progress import counted, say_what_takes_time
from onrecord.cli.tables import console, report_page
from onrecord.errors import OnrecordError
from onrecord.model import Annotated
from onrecord.read import received
from onrecord.wire import encode, indented

__all__ = ["annotate"]


@click.command()
@click.argument("targets", nargs=-1, metavar="FILE...")
@click.option("--date", "published", metavar="DATE", help="Publication date of reports that carry none (ISO 8601).")
@click.option("--publisher", metavar="NAME", help="Publisher of reports that name none.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="A table for people, indented JSON, or one JSON object per line.",
)
@click.option("--all", "everything", is_flag=True, help="In the table, also beliefs, intentions and deeds.")
@click.option("--models/--no-models", default=True, show_default=True, help="Use trained models, or rules alone.")
@codebook
@reading
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes.")
@told
def annotate(
    targets: tuple[str, ...],
    published: str | None,
    publisher: str | None,
    form: str,
    everything: bool,
    models: bool,
    own: str | None,
    no_codebook: bool,
    table: str | None,
    allow_private: bool,
    quiet: bool,
) -> None:
    """Read reports and print what they say; nothing is stored.

    FILE is a file, a folder, a glob, an http(s) address, or - for standard input. Read are text, HTML, JSON Lines and
    JSON, Parquet, PDF, e-mail, captions, RSS and Atom feeds, web archives (WARC), zip archives and what is packed by
    gzip.
    """
    say_what_takes_time(quiet=quiet)
    settings = Settings(models=models, codebook=codebook_in_force(own, no_codebook=no_codebook, quiet=quiet))
    problems, undated, array, out = Problems(table), 0, list[Annotated](), console()
    arrivals = received(targets or ("-",), published=published, publisher=publisher, allow_private=allow_private)
    for result in counted(readings(arrivals, settings), quiet=quiet):
        if isinstance(result, OnrecordError):
            problems.tell(result)
            continue
        undated += result.report.published is None
        if form == "jsonl":
            _write_line(result)
        elif form == "json":
            array.append(result)
        else:
            out.print(report_page(result, everything=everything))
    if array:
        _write_indented(array)
    if undated and not quiet:
        what = "1 report has" if undated == 1 else f"{undated} reports have"
        click.echo(
            f"onrecord: {what} no publication date; times that need one stay unresolved; give --date YYYY-MM-DD",
            err=True,
        )
    problems.finish()


def _write_line(result: Annotated) -> None:
    sys.stdout.buffer.write(encode(result) + b"\n")
    sys.stdout.buffer.flush()


def _write_indented(results: list[Annotated]) -> None:
    """One object for one report, an array for several."""
    sys.stdout.buffer.write(indented(results[0] if len(results) == 1 else results) + b"\n")
    sys.stdout.buffer.flush()
