"""Something to read, open, with what is known of it before it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from onrecord.errors import InputError
from onrecord.read.given import NOTHING, Given
from onrecord.read.original import Result
from onrecord.read.unpacking import Tally

__all__ = ["Found", "Reader", "missing", "no_larger"]


@dataclass(frozen=True, slots=True)
class Found:
    """An open file, or what stands for one: a member of an archive, what an address answered.

    Attributes:
        file: from its start.
        suffix: of its name, in lower case, with the dot; "" where there is none.
        place: absolute path or address; "stdin" for standard input.
        subject: what errors call it.
        url: the address that it was fetched from.
        charset: the character encoding that its server or archive named.
        tally: how much was unpacked already to get at it; None outside archives.
    """

    file: BinaryIO
    suffix: str
    place: str
    subject: str
    given: Given = NOTHING
    url: str | None = None
    charset: str | None = None
    tally: Tally | None = None


#: What reads a kind of file. It raises InputError, without a subject, if the file as a whole cannot be read.
Reader: TypeAlias = Callable[[Found], Iterator[Result]]


def missing(what: str, error: ModuleNotFoundError, extra: str) -> InputError:
    """The error of a reader whose package is not installed.

    Example:
        >>> str(missing("reading PDF files", ModuleNotFoundError(name="pypdfium2"), "pdf"))
        'reading PDF files needs pypdfium2; install onrecord[pdf]'
    """
    return InputError(f"{what} needs {error.name}", f"install onrecord[{extra}]")


def no_larger(data: bytes, limit: int) -> bytes:
    """The data.

    Raises:
        InputError: they are longer than the limit.
    """
    if len(data) > limit:
        raise InputError(f"it has more than {limit:,} bytes", "split it into its reports, one a file or JSON line")
    return data
