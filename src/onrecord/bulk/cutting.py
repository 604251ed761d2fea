"""How a file is cut into pieces, and how a piece is read: one `Cut` for each kind of file.

This is where other kinds of large files are fitted in: a `Cut` says which files it is for, where its pieces begin and
end, and which reports stand in a piece. A piece must hold whole reports, and be read without the rest of the file.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Protocol, TypeAlias

from onrecord.bulk.pieces import Piece, Size
from onrecord.errors import InputError
from onrecord.read import Received, received
from onrecord.read.encodings import refuse_binary
from onrecord.read.given import Given
from onrecord.read.jsonl import lines, object_report
from onrecord.read.kinds import kind_by_suffix
from onrecord.read.targets import shown

__all__ = ["CUTS", "Cut", "LineCut", "Numbered", "WholeCut", "cut_of", "digest_of"]

#: How much of a file is in memory at a time while it is cut.
BLOCK = 1 << 20

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


class LineCut:
    """JSON lines, cut at line ends; each worker reads the bytes of its own lines alone."""

    def is_for(self, path: str) -> bool:
        """By the suffix, unless the file is not UTF-8, and so refused as a whole."""
        if kind_by_suffix(os.path.splitext(path)[1].lower()) != "lines":
            return False
        try:
            with open(path, "rb") as file:
                head = file.readline(67).removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
            refuse_binary(head[:64])
        except (OSError, InputError):
            return False
        return not head.startswith((b"\xff\xfe", b"\xfe\xff"))

    def pieces(self, path: str, size: Size, known: Mapping[int, Piece]) -> Iterator[Piece]:
        """Stretches of lines; blank lines go with the report before them."""
        start, first = 0, 1
        with open(path, "rb") as file:
            while True:
                piece = known.get(start)
                if piece is None:
                    file.seek(start)
                    piece = _stretch(file, path, start, first, size)
                if piece.stop == start and start > 0:
                    return
                yield piece
                if piece.stop == start:
                    return
                start, first = piece.stop, piece.first + piece.lines

    def within(self, piece: Piece, size: Size) -> Iterator[Piece]:
        """Shorter stretches."""
        start, first = piece.start, piece.first
        with open(piece.path, "rb") as file:
            while start < piece.stop:
                file.seek(start)
                one = _stretch(file, piece.path, start, first, size, stop=piece.stop)
                if one.stop == start:  # the file is shorter now
                    return
                yield one
                start, first = one.stop, one.first + one.lines

    def holds(self, piece: Piece) -> bool:
        """Whether its bytes are the same and end a line; lines may have been added after them."""
        if digest_of(piece.path, piece.start, piece.stop) != (piece.sha256, piece.bytes):
            return False
        with open(piece.path, "rb") as file:
            file.seek(max(0, piece.stop - 1))
            last, after = file.read(1), file.read(1)
        return not after or (last == b"\n" and piece.reports > 0)  # blank lines alone are an error of the whole file

    def results(self, piece: Piece, given: Given) -> Iterator[Numbered]:
        """The report of each line, with the line's number in the file."""
        place, count = shown(piece.path), 0
        with _opened(piece) as file:
            stretch = _Stretch(file, piece)
            for number, line in lines(io.BufferedReader(stretch), first=piece.first):
                count += 1
                yield number, _line(line, place, number, given)
            stretch.check()
            if not count and piece.start == 0 and piece.stop == os.fstat(file.fileno()).st_size:
                yield 1, InputError("the file is empty", "give JSON lines, one object with a text a line",
                                    subject=place)  # fmt: skip


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
            raise _changed(piece)
        yield from enumerate(received([piece.path], published=given.published, publisher=given.publisher), start=1)


#: The ways to cut, by the name that pieces carry, in the order in which they are asked.
CUTS: Mapping[str, Cut] = {"lines": LineCut(), "whole": WholeCut()}


def cut_of(path: str) -> Cut:
    """The way in which a file is cut.

    Example:
        >>> type(cut_of("/no/such/page.html")).__name__
        'WholeCut'
    """
    return next(cut for cut in CUTS.values() if cut.is_for(path))


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


def _stretch(file: BinaryIO, path: str, start: int, first: int, size: Size, *, stop: int | None = None) -> Piece:
    """The lines from the file's position on that one piece holds, up to `stop` at most, where a line ends."""
    digest, length, count, filled = hashlib.sha256(), 0, 0, 0
    while (stop is None or start + length < stop) and (block := file.readline(BLOCK)):
        words = block.removeprefix(b"\xef\xbb\xbf") if start + length == 0 else block
        has_words = bool(words.strip()) or len(block) == BLOCK
        if filled and has_words and (filled >= size.reports or length + len(block) > size.bytes):
            break
        while block:
            digest.update(block)
            length += len(block)
            block = b"" if block.endswith(b"\n") else file.readline(BLOCK)
        count += 1
        filled += has_words
    return Piece(path, "lines", start, start + length, first, count, filled, digest.hexdigest())


def _line(line: bytes | InputError, place: str, number: int, given: Given) -> Received | InputError:
    """The report of a line, as `received` gives it."""
    try:
        if not isinstance(line, InputError):
            return object_report(line, place, number=number, given=given)
        error = line
    except InputError as found:
        error = found
    return InputError(error.cause, error.remedy, subject=f"{place}:{number}")


def _opened(piece: Piece) -> BinaryIO:
    try:
        return open(piece.path, "rb")
    except OSError as error:
        raise _changed(piece) from error


def _changed(piece: Piece) -> InputError:
    return InputError(
        f"on {platform.node()} the file is not what it was when it was listed",
        "let every worker see the same files, and run the same command again",
        subject=shown(piece.path),
    )


class _Stretch(io.RawIOBase):
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
            raise _changed(self._piece)
