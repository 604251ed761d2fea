"""`onrecord import`: what people annotated in another tool, taken back as gold or as corrections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import click

from onrecord.cli.asked import existing
from onrecord.cli.outcome import Problems, told
from onrecord.cli.output import written
from onrecord.cli.tables import plain
from onrecord.errors import InputError
from onrecord.imports.taking import Came, Taken, came, taken
from onrecord.view.corrections import what_is_decided
from onrecord.wire import encode

__all__ = ["imported"]


@click.command("import")
@click.argument("path", metavar="PATH")
@click.option("--format", "form", type=click.Choice(["brat"]), default="brat", show_default=True,
              help="What PATH is: as `export` wrote it, changed in brat.")  # fmt: skip
@click.option("--as", "what", type=click.Choice(["gold", "corrections"]), required=True,
              help="Annotated reports for `evaluate`, or decisions in the record.")  # fmt: skip
@click.option("--output", "-o", type=click.Path(dir_okay=False, writable=True),
              help="For gold: a file; else standard output.")  # fmt: skip
@click.option("--author", metavar="NAME", envvar="ONRECORD_AUTHOR",
              help="For corrections: who annotated. The variable ONRECORD_AUTHOR sets it too.")  # fmt: skip
@click.option("--reason", metavar="TEXT", default="annotated in brat", show_default=True, help="For corrections: why.")
@click.option("--dry-run", is_flag=True, help="Check all of it and say what would be done; write nothing.")
@click.option("--errors", "table", metavar="FILE", help="Keep what fails in a table too: .csv, else JSON Lines.")
@click.pass_obj
@told
def imported(
    record: str,
    path: str,
    form: str,
    what: str,
    output: str | None,
    author: str | None,
    reason: str,
    dry_run: bool,
    table: str | None,
) -> None:
    """Take back the reports that `export --format brat` wrote and people annotated.

    PATH is the zip archive, or the folder in which brat keeps the files. As gold, each report is a line in onrecord's
    own JSON, for `evaluate`. As corrections, each change to the reading that was exported is a decision in the record,
    with your name and reason: it is put in whenever the report is read again, and `correct undo` undoes it. What no
    decision can say, such as an entry that was added, is named, counted and left. A report whose text was changed, or
    whose file is faulty, is left out with a line for each fault.
    """
    del form
    problems = Problems(table)
    if what == "gold":
        _gold(path, output, problems, dry_run=dry_run)
    elif output is not None:
        raise click.UsageError("--output is for gold; corrections go into the record")
    elif not (author or dry_run):
        raise click.UsageError("corrections need --author NAME")
    else:
        _corrections(record, path, author or "", reason, problems, dry_run=dry_run)
    problems.finish()


def _came(path: str, problems: Problems) -> Iterator[Came]:
    """The reports that are whole, after telling what is wrong with the others."""
    for one in came(path):
        if isinstance(one, InputError):
            problems.tell(one)
            continue
        if one.read.loose:
            click.echo(f"onrecord: {plain(one.subject)}: parts that no argument leads to, which say nothing: "
                       f"{one.read.loose}", err=True)  # fmt: skip
        yield one


def _gold(path: str, output: str | None, problems: Problems, *, dry_run: bool) -> None:
    count = 0

    def write(out: IO[bytes]) -> None:
        nonlocal count
        for one in _came(path, problems):
            out.write(encode(one.read.annotated) + b"\n")
            count += 1
        if not count:
            raise InputError("no report of it can be taken over", "put right what is named above", subject=path)

    if dry_run:
        count = sum(1 for _ in _came(path, problems))
    else:
        written(write, output)
    said = "would be taken over" if dry_run else "taken over"
    click.echo(f"{_reports(count)} {said} as gold", err=output is None and not dry_run)


def _corrections(record: str, path: str, author: str, reason: str, problems: Problems, *, dry_run: bool) -> None:
    reports = made = known = left = 0
    with existing(record) as opened:
        for one in _came(path, problems):
            done = taken(opened, one, author=author, reason=reason, store=not dry_run)
            if not isinstance(done, Taken):
                problems.tell(done)
                continue
            _tell(done)
            for change in done.left:
                problems.tell(change)
            reports, made, known = reports + 1, made + len(done.drafts), known + done.known
            left += len(done.left)
    before = f"; made before: {known}" if known else ""
    said = "to make" if dry_run else "made"
    click.echo(f"{_reports(reports)}; corrections {said}: {made}{before}; changes not taken over: {left}")


def _tell(done: Taken) -> None:
    for number, draft in enumerate(done.drafts):
        head = f"correction {done.corrected[number].correction.number}: " if done.corrected else ""
        click.echo(f"{head}{plain(what_is_decided(draft))}")


def _reports(count: int) -> str:
    return "1 report" if count == 1 else f"{count} reports"
