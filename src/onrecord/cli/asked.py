"""Options that several commands share, and the record that they open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from onrecord.record.store import Record

__all__ = ["dates", "existing", "publisher", "reading"]

F = TypeVar("F", bound=Callable[..., Any])


def existing(path: str) -> Record:
    """The record that is at the path; never makes one.

    Raises:
        RecordError: there is none.
    """
    return Record.open(path, create=False)


def dates(command: F) -> F:
    """The options --since and --until."""
    until = click.option("--until", metavar="DATE", help="Last day, month or year (YYYY, YYYY-MM or YYYY-MM-DD).")
    since = click.option("--since", metavar="DATE", help="First day, month or year (YYYY, YYYY-MM or YYYY-MM-DD).")
    return since(until(command))


def publisher(command: F) -> F:
    """The option --publisher."""
    return click.option("--publisher", metavar="NAME", help="Only reports of this publisher.")(command)


def reading(command: F) -> F:
    """The options --errors and --allow-private of commands that read reports."""
    private = click.option(
        "--allow-private", is_flag=True, help="Also fetch addresses of this computer and of private networks."
    )
    table = click.option(
        "--errors", "table", metavar="FILE", help="Keep what fails in a table too: .csv, else JSON Lines."
    )
    return table(private(command))
