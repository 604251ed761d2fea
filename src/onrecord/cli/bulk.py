"""`onrecord bulk`: any number of reports to Parquet, on all cores or on a cluster."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from onrecord.cli.asked import codebook, codebook_in_force
from onrecord.cli.outcome import Problems, told
from onrecord.cli.progress import say_what_takes_time
from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.bulk.running import Begun, Done, Left

__all__ = ["bulk"]

#: Seconds between two lines of progress: where a person watches, and in a log.
WATCHED, LOGGED = 0.5, 60.0


@click.command()
@click.argument("targets", nargs=-1, required=True, metavar="FILE...")
@click.option("--out", "-o", required=True, type=click.Path(file_okay=False), help="The folder for the Parquet files.")
@click.option("--date", "published", metavar="DATE", help="Publication date of reports that carry none (ISO 8601).")
@click.option("--publisher", metavar="NAME", help="Publisher of reports that name none.")
@click.option("--models/--no-models", default=True, show_default=True, help="Use trained models, or rules alone.")
@codebook
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes that read.  [default: one a core]")
@click.option(
    "--scheduler", metavar="ADDRESS", help="A dask scheduler whose workers read, such as tcp://10.0.0.5:8786."
)
@click.option("--part", type=click.IntRange(1), default=500, show_default=True, help="Reports in one part at most.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no closing line.")
@told
def bulk(
    targets: tuple[str, ...],
    out: str,
    published: str | None,
    publisher: str | None,
    models: bool,
    own: str | None,
    no_codebook: bool,
    jobs: int | None,
    scheduler: str | None,
    part: int,
    quiet: bool,
) -> None:
    """Read any number of reports on all cores, or on a cluster, and write what they say as Parquet tables.

    FILE is a text, HTML or JSON Lines file, a folder or a glob. What is in the folder already is not read again, so
    work that was stopped goes on where it was. Reports that cannot be read stand in the table of errors.
    """
    try:
        from onrecord.bulk import running
    except ModuleNotFoundError as missing:
        raise InputError(f"bulk needs {missing.name}", "install onrecord[bulk]") from missing
    say_what_takes_time(quiet=quiet)
    account = _Account(quiet=quiet)
    for news in running.bulk(
        targets, out, published=published, publisher=publisher, models=models,
        codebook=codebook_in_force(own, no_codebook=no_codebook, quiet=quiet), workers=jobs, scheduler=scheduler,
        part_reports=part,
    ):  # fmt: skip
        if isinstance(news, running.Begun):
            account.begin(news)
        elif isinstance(news, running.Done):
            account.add(news)
        else:
            account.leave(news)
    account.close(out)


@dataclass
class _Account:
    """What was done so far, told on standard error as it goes on, and in a closing line."""

    quiet: bool
    problems: Problems = field(default_factory=Problems)
    parts: int = 0
    reports: int = 0
    undated: int = 0
    there: int = 0
    untold: int = 0
    bytes: int = 0
    done_bytes: int = 0
    started: float = field(default_factory=time.monotonic)
    last: float = field(default_factory=time.monotonic)

    def begin(self, begun: Begun) -> None:
        self.there, self.bytes, self.done_bytes = begun.done_reports, begun.bytes, begun.done_bytes
        for error in begun.errors:
            self.problems.tell(error)
        if begun.withdrawn and not self.quiet:
            parts = "1 part" if begun.withdrawn == 1 else f"{begun.withdrawn} parts"
            click.echo(f"onrecord: files of {parts} have changed; they are read again", err=True)

    def add(self, done: Done) -> None:
        self.parts += 1
        self.reports += done.entered.reports
        self.undated += done.entered.undated
        self.done_bytes += done.bytes
        for error in done.errors:
            self.problems.tell(error)
        self.untold += done.entered.errors - len(done.errors)
        watched = sys.stderr.isatty()
        if not self.quiet and time.monotonic() - self.last >= (WATCHED if watched else LOGGED):
            self.last = time.monotonic()
            speed = self.reports / (self.last - self.started)
            share = min(100, 100 * self.done_bytes // max(1, self.bytes))
            line = f"{self.reports} reports, {speed:.1f} a second, {share} % of the input"
            click.echo(f"\r{line} " if watched else f"onrecord: {line}", nl=not watched, err=True)

    def leave(self, left: Left) -> None:
        self.problems.tell(left.error)

    def close(self, out: str) -> None:
        self.problems.count += self.untold
        if not self.quiet:
            if sys.stderr.isatty():
                click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
            if self.untold:
                click.echo(f"onrecord: {self.untold} more could not be read; see the table of errors", err=True)
            there = f", {self.there} there already" if self.there else ""
            read = "1 report" if self.reports == 1 else f"{self.reports} reports"
            click.echo(f"{read} read{there}. Parquet: {out}")
            if self.undated:
                click.echo(
                    f"onrecord: {self.undated} of them without a publication date; times that need one stay "
                    "unresolved; give --date YYYY-MM-DD", err=True,
                )  # fmt: skip
        self.problems.finish()
