"""`onrecord reconcile FOLDER`: link the reports that bulk wrote as Parquet, and tell how it goes on."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from onrecord.cli.progress import say_what_takes_time
from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.bulk.links.keeping import Reconciled

__all__ = ["reconcile_folder"]

#: Seconds between two lines of progress: where a person watches, and in a log.
WATCHED, LOGGED = 0.5, 60.0


def reconcile_folder(folder: str, *, jobs: int | None, scheduler: str | None, part: int | None, quiet: bool) -> None:
    """Link the reports of a bulk folder, with progress on standard error and a closing line.

    Raises:
        OnrecordError: see `onrecord.bulk.links.running.reconcile`.
    """
    try:
        from onrecord.bulk.links import running
    except ModuleNotFoundError as missing:
        raise InputError(f"a folder of bulk needs {missing.name}", "install onrecord[bulk]") from missing
    say_what_takes_time(quiet=quiet)
    shown = _Shown(quiet=quiet)
    for news in running.reconcile(
        folder, workers=jobs, scheduler=scheduler, bucket_reports=part or running.BUCKET_REPORTS
    ):
        if isinstance(news, running.Begun):
            shown.begin(news.tasks, news.done)
        elif isinstance(news, running.Done):
            shown.show(news.told, news.done)
        else:
            shown.end()
            if not quiet:
                click.echo(_told(news, already=not shown.begun))
                click.echo(f"Parquet: {folder}")


def _told(found: Reconciled, *, already: bool) -> str:
    links = sum(found.links.values())
    words = [_count(links, "link"), _count(found.stories, "story", "stories") + " of several reports",
             _count(found.origins, "independent origin")]  # fmt: skip
    return f"{_count(found.reports, 'report')} compared{' already' if already else ''}: {', '.join(words)}."


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


class _Shown:
    """What was done so far, on standard error as it goes on."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._watched = sys.stderr.isatty()
        self._tasks = 0
        self._last = time.monotonic()
        self.begun = False

    def begin(self, tasks: int, done: int) -> None:
        self.begun = True
        self._tasks = tasks
        if done and not self._quiet:
            click.echo(f"onrecord: {done} of {tasks} pieces of the work are done already", err=True)

    def show(self, told: str, done: int) -> None:
        if not self._quiet and time.monotonic() - self._last >= (WATCHED if self._watched else LOGGED):
            self._last = time.monotonic()
            line = f"{told}: {done} of {self._tasks} pieces of the work are done"
            click.echo(f"\r{line:<79}" if self._watched else f"onrecord: {line}", nl=not self._watched, err=True)

    def end(self) -> None:
        if self._watched and not self._quiet:
            click.echo("\r" + " " * 79 + "\r", nl=False, err=True)
