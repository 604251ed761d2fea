"""Where a command writes what it makes: a file, standard output, or a device."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click

from onrecord.record.beside import beside, failed

__all__ = ["written"]


def written(write: Callable[[IO[bytes]], None], output: str | None) -> None:
    """Write to a file, which is there whole in the end or as it was before; or to standard output or a device."""
    path = None if output in (None, "-") else Path(str(output))
    try:
        if path is not None and (path.is_file() or not path.exists()):
            with beside(path, replace=True, mode=None) as part, part.open("wb") as file:
                write(file)
            return
        with click.open_file(output or "-", "wb") as file:
            write(file)
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise failed(error, output or "standard output") from error
