"""Options that several commands share, and the record that they open."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from onrecord.codebook import Codebook, codebook_above, read_codebook
from onrecord.codebook.model import NONE
from onrecord.errors import InputError
from onrecord.record.store import Record

__all__ = ["codebook", "codebook_in_force", "dates", "existing", "form", "publisher", "reading"]

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


#: What is printed in each format that is no table.
_FORMATS = {"json": "indented JSON", "jsonl": "one JSON object per line", "svg": "a plot"}


def form(*others: str) -> Callable[[F], F]:
    """The option --format of commands that print a table, or one of the others."""
    *most, last = ("A table for people", *(_FORMATS[one] for one in others))
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", *others]),
        default="table",
        show_default=True,
        help=f"{', '.join(most)}, or {last}.",
    )


def codebook(command: F) -> F:
    """The options --codebook and --no-codebook of commands that annotate; see `codebook_in_force`."""
    none = click.option("--no-codebook", is_flag=True, help="Use no codebook, even if there is an onrecord.toml.")
    given = click.option(
        "--codebook",
        "own",
        metavar="FILE",
        help="Use a team's own words.  [default: onrecord.toml in this folder or above]",
    )
    return given(none(command))


def codebook_in_force(own: str | None, *, no_codebook: bool, quiet: bool) -> Codebook:
    """The codebook that is given or found, which is said on standard error; an empty one if there is none.

    Raises:
        InputError: it is no codebook, or one is given that is not to be used.
    """
    if no_codebook:
        if own is not None:
            raise InputError("--codebook and --no-codebook are both given", "give one of them")
        return NONE
    path = own if own is not None else codebook_above(os.curdir)
    if path is None:
        return NONE
    found = read_codebook(path)
    if not quiet:
        click.echo(f"onrecord: codebook {path} ({found.digest[:16]})", err=True)
    return found


def reading(command: F) -> F:
    """The options --errors and --allow-private of commands that read reports."""
    private = click.option(
        "--allow-private", is_flag=True, help="Also fetch addresses of this computer and of private networks."
    )
    table = click.option(
        "--errors", "table", metavar="FILE", help="Keep what fails in a table too: .csv, else JSON Lines."
    )
    return table(private(command))
