"""How a file is cut into pieces: the `Cut` of its kind, or one piece for the whole file.

This is where other kinds of large files are fitted in: a `Cut` says which files it is for, where its pieces begin and
end, and which reports stand in a piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from onrecord.bulk.cut import Cut, Numbered
from onrecord.bulk.cut_lines import LineCut
from onrecord.bulk.cut_warc import WarcCut
from onrecord.bulk.pieces import Piece, Size
from onrecord.bulk.stretches import changed, digest_of
from onrecord.read import received
from onrecord.read.given import Given

__all__ = ["CUTS", "WholeCut", "cut_of"]


class WholeCut:
    """Any file, as one piece."""

    def is_for(self, path: str) -> bool:
        """All of them."""
        del path
        return True

    def pieces(self, path: str, size: Size, known: Mapping[int, Piece]) -> Iterator[Piece]:
        """The file."""
        del size
        if 0 in known:
            yield known[0]
        else:
            sha256, length = digest_of(path)
            yield Piece(path, "whole", 0, length, 1, 1, 1, sha256)

    def within(self, piece: Piece, size: Size) -> Iterator[Piece]:
        """It is not cut further."""
        del size
        yield piece

    def holds(self, piece: Piece) -> bool:
        """Whether the file is the same."""
        return digest_of(piece.path) == (piece.sha256, piece.bytes)

    def results(self, piece: Piece, given: Given) -> Iterator[Numbered]:
        """What reading the file by itself gives, numbered in order."""
        if digest_of(piece.path)[0] != piece.sha256:
            raise changed(piece)
        yield from enumerate(received([piece.path], published=given.published, publisher=given.publisher), start=1)


#: The ways to cut, by the name that pieces carry, in the order in which they are asked.
CUTS: Mapping[str, Cut] = {"lines": LineCut(), "warc": WarcCut(), "whole": WholeCut()}


def cut_of(path: str) -> Cut:
    """The way in which a file is cut.

    Example:
        >>> type(cut_of("/no/such/page.html")).__name__
        'WholeCut'
    """
    return next(cut for cut in CUTS.values() if cut.is_for(path))
