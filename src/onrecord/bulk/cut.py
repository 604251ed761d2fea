"""A way to cut the files of one kind into pieces, and to read a piece.

A piece must hold whole reports, and be read without the rest of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeAlias

from onrecord.bulk.pieces import Piece, Size
from onrecord.errors import InputError
from onrecord.read import Received
from onrecord.read.given import Given

__all__ = ["Cut", "Numbered"]

Numbered: TypeAlias = tuple[int, Received | InputError]


class Cut(Protocol):
    """A way to cut the files of one kind."""

    def is_for(self, path: str) -> bool:
        """Whether a file is cut this way."""

    def pieces(self, path: str, size: Size, known: Mapping[int, Piece]) -> Iterator[Piece]:
        """The pieces of a file, in order, without gaps.

        Args:
            path: absolute path of the file.
            size: how large a piece is at most.
            known: pieces by their start that were read before and still hold the same; they are cut as they were.

        Raises:
            OSError: the file cannot be read.
        """

    def within(self, piece: Piece, size: Size) -> Iterator[Piece]:
        """The piece as smaller ones."""

    def holds(self, piece: Piece) -> bool:
        """Whether the file still holds the piece as it was cut."""

    def results(self, piece: Piece, given: Given) -> Iterator[Numbered]:
        """The reports in a piece, each with its number in the file; an InputError in the place of what is none.

        Raises:
            InputError: the piece does not hold what it held when it was cut.
        """
