"""Project files: where they are looked for, and how they are read."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from onrecord.codebook.checks import check
from onrecord.codebook.explained import explained
from onrecord.codebook.model import Codebook
from onrecord.errors import InputError

__all__ = ["FILE", "checked", "codebook_above", "read_codebook"]

#: The name under which a project file is found.
FILE = "onrecord.toml"
#: A file of more bytes is no list that people keep.
MOST_BYTES = 20_000_000


def codebook_above(folder: str | os.PathLike[str]) -> Path | None:
    """The project file in a folder or the nearest one above it; None if there is none.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     (Path(folder) / "reports").mkdir()
        ...     made = Path(folder) / "onrecord.toml"
        ...     _ = made.write_text("", encoding="utf-8")
        ...     codebook_above(f"{folder}/reports") == made.resolve()
        True
    """
    here = Path(folder).resolve()
    return next((path for each in (here, *here.parents) if (path := each / FILE).is_file()), None)


def read_codebook(path: str | os.PathLike[str]) -> Codebook:
    r"""The codebook that a project file holds, checked.

    Raises:
        InputError: the file cannot be read, or says what a codebook cannot hold: which table, entry and key.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     made = Path(folder) / "onrecord.toml"
        ...     _ = made.write_text('[[units]]\nunit = "weapons"\nnouns = ["manpads"]\n', encoding="utf-8")
        ...     read_codebook(made).units[0].nouns
        ('manpads',)
    """
    return checked(_tables(path), os.fspath(path))


def checked(tables: dict[str, Any], subject: str | None = None) -> Codebook:
    """The codebook that tables hold, as TOML has them.

    Args:
        subject: where they are from, for the message.

    Raises:
        InputError: they say what a codebook cannot hold: which table, entry and key.

    Example:
        >>> checked({"outlets": [{"name": "Harbour Times"}]}).outlets[0].name
        'Harbour Times'
    """
    try:
        codebook = msgspec.convert(tables, Codebook)
    except msgspec.ValidationError as error:
        cause, remedy = explained(str(error), tables)
        raise InputError(cause, remedy, subject=subject) from error
    check(codebook, subject)
    return codebook


def _tables(path: str | os.PathLike[str]) -> dict[str, Any]:
    subject = os.fspath(path)
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"the codebook cannot be read ({error.strerror or error})", "check the path",
                         subject=subject) from error  # fmt: skip
    if len(data) > MOST_BYTES:
        raise InputError("the codebook is larger than 20 MB", "check that it is the right file", subject=subject)
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start} is not UTF-8", "save the codebook as UTF-8", subject=subject) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"not TOML ({error})", "see the example in the documentation", subject=subject) from error
