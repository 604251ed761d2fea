"""JSON lines, cut at line ends."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.bulk.cut import Numbered
from onrecord.bulk.pieces import Piece, Size
from onrecord.bulk.stretches import BLOCK, Stretch, digest_of, opened
from onrecord.errors import InputError
from onrecord.read import Received
from onrecord.read.encodings import refuse_binary
from onrecord.read.given import Given
from onrecord.read.jsonl import lines, object_report
from onrecord.read.kinds import kind_by_suffix
from onrecord.read.targets import shown

__all__ = ["LineCut"]


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
        with opened(piece) as file:
            stretch = Stretch(file, piece)
            for number, line in lines(io.BufferedReader(stretch), first=piece.first):
                count += 1
                yield number, _line(line, place, number, given)
            stretch.check()
            if not count and piece.start == 0 and piece.stop == os.fstat(file.fileno()).st_size:
                yield 1, InputError("the file is empty", "give JSON lines, one object with a text a line",
                                    subject=place)  # fmt: skip


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
