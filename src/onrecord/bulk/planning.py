"""What there is to read, and what of it is not done yet."""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.bulk.cutting import CUTS, cut_of
from onrecord.bulk.folder import Folder
from onrecord.bulk.pieces import Part, Piece, Size, parts
from onrecord.errors import InputError
from onrecord.read.targets import STDIN, chosen, shown

__all__ = ["Found", "found", "halves", "size_for", "undone", "withdraw_changed"]

log = logging.getLogger(__name__)

#: Bytes of a part: a quarter of a worker's share, so that all have work; never more than is quickly read.
LEAST_BYTES, MOST_BYTES = 16_384, 16_000_000
_PARTS_A_WORKER = 4

Known = Mapping[str, Mapping[int, Piece]]


@dataclass(frozen=True, slots=True)
class Found:
    """The files that targets mean, as absolute paths in the order of reading, their bytes, and what cannot be read."""

    files: tuple[str, ...]
    bytes: int
    errors: tuple[InputError, ...]


def found(targets: Iterable[str | os.PathLike[str]], output: Path) -> Found:
    """The files that the targets mean; the output folder is not read, even if it stands in a folder that is.

    Example:
        >>> [error.cause for error in found(["no/such/file.txt", "-"], Path("out")).errors]
        ['there is no such file or folder', 'a stream cannot be read again where it was left']
    """
    files: list[str] = []
    errors: list[InputError] = []
    size, own = 0, os.path.realpath(output) + os.sep
    for path in chosen(targets):
        if isinstance(path, InputError):
            errors.append(path)
        elif path == STDIN or (os.path.exists(path) and not os.path.isfile(path)):
            errors.append(InputError("a stream cannot be read again where it was left", "save it as a file first",
                                     subject=shown(path)))  # fmt: skip
        elif not os.path.realpath(path).startswith(own):
            files.append(os.path.abspath(path))
            size += os.path.getsize(path) if os.path.exists(path) else 0
    return Found(tuple(files), size, tuple(errors))


def size_for(total: int, workers: int, reports: int) -> Size:
    """How large parts are: small enough that every worker has some, large enough that they cost little.

    Example:
        >>> size_for(1_000_000, workers=2, reports=500)
        Size(reports=500, bytes=125000)
    """
    share = total // (_PARTS_A_WORKER * max(1, workers))
    return Size(reports, min(MOST_BYTES, max(LEAST_BYTES, share)))


def withdraw_changed(folder: Folder, files: Iterable[str]) -> int:
    """Withdraw each part of which a piece does not hold any more what it held; how many.

    Files that are not given now keep their readings. A file of lines that only grew keeps those it had.
    """
    given, count = set(files), 0
    for entered in folder.parts.values():
        if any(piece.path in given and not _holds(piece) for piece in entered.pieces):
            folder.withdraw(entered.part)
            count += 1
    if count:
        folder.sweep()
    return count


def undone(folder: Folder, files: Iterable[str], size: Size) -> Iterator[Part]:
    """The parts of the files that are not done, in order; files are looked at when it is their turn."""
    known: dict[str, dict[int, Piece]] = defaultdict(dict)
    for entered in folder.parts.values():
        for piece in entered.pieces:
            known[piece.path][piece.start] = piece
    return parts(_undone_pieces(files, size, known), size)


def halves(part: Part) -> tuple[Part, ...]:
    """The part in two, where it holds more than one report; of one piece, by cutting it again.

    Example:
        >>> both = Part(tuple(Piece(f"/{n}", "whole", 0, 40, 1, 1, 1, "") for n in range(3)))
        >>> [len(half.pieces) for half in halves(both)]
        [1, 2]
    """
    if len(part.pieces) > 1:
        middle = len(part.pieces) // 2
        return Part(part.pieces[:middle]), Part(part.pieces[middle:])
    (piece,) = part.pieces
    if piece.reports < 2:
        return (part,)
    try:
        pieces = tuple(CUTS[piece.cut].within(piece, Size(piece.reports // 2, MOST_BYTES)))
    except OSError:
        pieces = (piece,)  # the worker will say what is wrong with the file
    return tuple(Part((one,)) for one in pieces)


def _undone_pieces(files: Iterable[str], size: Size, known: Known) -> Iterator[Piece]:
    for path in files:
        done = known.get(path, {})
        try:
            for piece in cut_of(path).pieces(path, size, done):
                if done.get(piece.start) != piece:
                    yield piece
        except OSError as error:
            log.warning("%s: the file went away while it was read (%s); run the same command again", shown(path),
                        error.strerror)  # fmt: skip


def _holds(piece: Piece) -> bool:
    """Whether a piece holds what it held, and its file would be cut in the same way."""
    return cut_of(piece.path) is CUTS[piece.cut] and CUTS[piece.cut].holds(piece)
