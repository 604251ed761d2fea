"""What is given to a worker: parts, each of a few pieces of files, known by a digest of what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

__all__ = ["Part", "Piece", "Size", "parts", "piece_key"]


class Size(msgspec.Struct, frozen=True):
    """How much a piece or a part holds at most: so many reports, and so many bytes; always one report, however long."""

    reports: int
    bytes: int


class Piece(msgspec.Struct, frozen=True):
    """A whole file, or a stretch of one that holds whole reports.

    Attributes:
        path: absolute path of the file.
        cut: how the file is cut and its pieces are read: a name of `cutting.CUTS`.
        start: where the piece begins, in bytes of the file.
        stop: where it ends; the file's size for a whole file.
        first: the number of its first line (or record) in the file, from 1.
        lines: how many lines (or records) it holds, blank ones too; what comes after it begins at `first + lines`.
        reports: how many reports it is taken to hold.
        sha256: hex SHA-256 of its bytes; of the reason, where they could not be read.
    """

    path: str
    cut: str
    start: int
    stop: int
    first: int
    lines: int
    reports: int
    sha256: str

    @property
    def bytes(self) -> int:
        """How long it is."""
        return self.stop - self.start


class Part(msgspec.Struct, frozen=True):
    """Pieces that one worker reads in one go, and whose readings are entered together or not at all."""

    pieces: tuple[Piece, ...]

    @property
    def id(self) -> str:
        """16 hex digits made from where its pieces are and what they hold: the same pieces make the same part."""
        digest = hashlib.sha256()
        for piece in self.pieces:
            digest.update(f"{piece_key(piece)!r}\n".encode())
        return digest.hexdigest()[:16]

    @property
    def reports(self) -> int:
        """How many reports it is taken to hold."""
        return sum(piece.reports for piece in self.pieces)

    @property
    def bytes(self) -> int:
        """How long its pieces are together."""
        return sum(piece.bytes for piece in self.pieces)


def piece_key(piece: Piece) -> tuple[str, int, int, str]:
    """By what a piece is known again: where it is and what it holds."""
    return piece.path, piece.start, piece.stop, piece.sha256


def parts(pieces: Iterable[Piece], size: Size) -> Iterator[Part]:
    """The pieces in their order, as many in a part as the size allows and one at least.

    Example:
        >>> made = [Piece(f"/{n}", "whole", 0, 40, 1, 1, 1, "") for n in range(5)]
        >>> [len(part.pieces) for part in parts(made, Size(reports=500, bytes=100))]
        [2, 2, 1]
    """
    some: list[Piece] = []
    reports = length = 0
    for piece in pieces:
        if some and (reports + piece.reports > size.reports or length + piece.bytes > size.bytes):
            yield Part(tuple(some))
            some, reports, length = [], 0, 0
        some.append(piece)
        reports += piece.reports
        length += piece.bytes
    if some:
        yield Part(tuple(some))
