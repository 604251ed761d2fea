"""Progress of long work on standard error, where a person is watching."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

__all__ = ["counted", "say_what_takes_time"]

T = TypeVar("T")

#: Seconds between two lines of progress.
INTERVAL = 0.5


def counted(items: Iterable[T], *, quiet: bool, total: int | None = None) -> Iterator[T]:
    """The items, with their count shown on standard error if it is a terminal and the command is not quiet.

    Args:
        total: how many there will be, where that is known.
    """
    shown = not quiet and sys.stderr.isatty()
    started = told = time.monotonic()
    done = 0
    try:
        for item in items:
            yield item
            done += 1
            if shown and time.monotonic() - told >= INTERVAL:
                told = time.monotonic()
                _show(done, total, told - started)
    finally:
        if shown and told > started:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)


def _show(done: int, total: int | None, seconds: float) -> None:
    of = f" of {total}" if total else ""
    click.echo(f"\r{done}{of} reports, {done / seconds:.1f} a second ", nl=False, err=True)


def say_what_takes_time(*, quiet: bool) -> None:
    """Let onrecord's log say on standard error what it is doing that takes time, and warnings in any case."""
    log = logging.getLogger("onrecord")
    if not log.handlers:
        log.addHandler(_Told())
    log.setLevel(logging.WARNING if quiet else logging.INFO)


class _Told(logging.Handler):
    """Prints each message on what is standard error at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the message as one line."""
        click.echo(f"onrecord: {record.getMessage()}", err=True)
