"""How a command ends: problems one line each as they occur, and an exit code that tells."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

import click

from onrecord.cli.errors_table import written
from onrecord.errors import OnrecordError

__all__ = ["BROKEN_PIPE", "FAILED", "STOPPED", "Problems", "told", "whole"]

#: Something failed; the rest was done.
FAILED = 1
#: Stopped by ctrl-C (128 + SIGINT).
STOPPED = 130
#: The reader of the output went away (128 + SIGPIPE).
BROKEN_PIPE = 141

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Problems:
    """Counts problems, prints each as one line on standard error, and keeps them in a table if one is named.

    Attributes:
        table: path of the table.
    """

    table: str | None = None
    count: int = 0

    def tell(self, error: OnrecordError) -> None:
        """Print the problem as one line, count it and keep it."""
        self.count += 1
        if self.table is not None:
            written(error, self.table)
        click.echo(f"onrecord: {_one_line(str(error))}", err=True)

    def finish(self) -> None:
        """Exit with 1 if there was a problem."""
        if self.count:
            sys.exit(FAILED)


def told(command: Callable[P, T]) -> Callable[P, T]:
    """The command, with onrecord's errors told in one line and exit code 1, ctrl-C as 130."""
    import functools

    @functools.wraps(command)
    def with_errors_told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except OnrecordError as error:
            click.echo(f"onrecord: {_one_line(str(error))}", err=True)
            sys.exit(FAILED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(BROKEN_PIPE)
        except KeyboardInterrupt:
            click.echo("onrecord: stopped; what was done is kept, run the same command to go on", err=True)
            sys.exit(STOPPED)

    return with_errors_told


@contextmanager
def whole() -> Iterator[None]:
    """What is done whole or not at all: ctrl-C leaves nothing of it."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo("onrecord: stopped; nothing was written", err=True)
        sys.exit(STOPPED)


def _one_line(words: str) -> str:
    return " ".join(words.split())
