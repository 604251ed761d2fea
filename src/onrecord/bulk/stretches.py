"""The bytes of a piece of a file, checked to be what they were when it was cut."""

from __future__ import annotations

import hashlib
import io
import platform
from typing import Any, BinaryIO

from onrecord.bulk.pieces import Piece
from onrecord.errors import InputError
from onrecord.read.targets import shown

__all__ = ["BLOCK", "Stretch", "changed", "digest_of", "opened"]

#: How much of a file is in memory at a time while it is cut.
BLOCK = 1 << 20


def digest_of(path: str, start: int = 0, stop: int | None = None) -> tuple[str, int]:
    """Hex SHA-256 of a file or a stretch of it, and how many bytes that is; of the reason, if it cannot be read."""
    digest, length = hashlib.sha256(), 0
    try:
        with open(path, "rb") as file:
            file.seek(start)
            while block := file.read(BLOCK if stop is None else min(BLOCK, stop - start - length)):
                digest.update(block)
                length += len(block)
    except OSError as error:
        return hashlib.sha256(f"unreadable: {error.strerror}".encode()).hexdigest(), 0
    return digest.hexdigest(), length


def opened(piece: Piece) -> BinaryIO:
    """The file that a piece is of.

    Raises:
        InputError: it is not there any more, or cannot be read.
    """
    try:
        return open(piece.path, "rb")
    except OSError as error:
        raise changed(piece) from error


def changed(piece: Piece) -> InputError:
    """The error of a piece that is not what it was when it was cut."""
    return InputError(
        f"on {platform.node()} the file is not what it was when it was listed",
        "let every worker see the same files, and run the same command again",
        subject=shown(piece.path),
    )


class Stretch(io.RawIOBase):
    """The bytes of a piece, as a file that is checked to hold what it held."""

    def __init__(self, file: BinaryIO, piece: Piece) -> None:
        self._file = file
        self._piece = piece
        self._left = piece.bytes
        self._digest = hashlib.sha256()
        file.seek(piece.start)

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer as far as there is something left of the piece."""
        block = self._file.read(min(len(buffer), self._left))
        self._left -= len(block)
        self._digest.update(block)
        buffer[: len(block)] = block
        return len(block)

    def check(self) -> None:
        """Refuse what differs from the piece as it was cut, after all of it was read.

        Raises:
            InputError: it does.
        """
        if self._digest.hexdigest() != self._piece.sha256:
            raise changed(self._piece)
