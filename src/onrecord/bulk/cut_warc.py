"""Web archives, cut where a record begins."""

from __future__ import annotations

import importlib.util
import io
import os
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from onrecord.bulk.cut import Numbered
from onrecord.bulk.pieces import Piece, Size
from onrecord.bulk.stretches import Stretch, digest_of, opened
from onrecord.errors import InputError
from onrecord.read.found import Found
from onrecord.read.given import Given
from onrecord.read.kinds import reports_in
from onrecord.read.targets import shown
from onrecord.read.warc import record_offsets

__all__ = ["WarcCut"]


class WarcCut:
    """Web archives of which each record stands by itself, packed or not; each worker unpacks its own records alone.

    An archive that is packed as a whole is one piece.
    """

    def is_for(self, path: str) -> bool:
        """By the suffix, where the package that reads archives is installed."""
        return path.lower().endswith((".warc", ".warc.gz")) and importlib.util.find_spec("fastwarc") is not None

    def pieces(self, path: str, size: Size, known: Mapping[int, Piece]) -> Iterator[Piece]:
        """Stretches of records."""
        if (first := known.get(0)) is not None and first.cut == "whole":
            yield first
            return
        if not _stand_alone(path):
            sha256, length = digest_of(path)
            yield Piece(path, "whole", 0, length, 1, 1, 1, sha256)
            return
        start, number = 0, 1
        while (piece := known.get(start)) is not None:
            yield piece
            start, number = piece.stop, piece.first + piece.lines
        if start < os.path.getsize(path) or start == 0:
            yield from _stretches(path, start, os.path.getsize(path), number, size)

    def within(self, piece: Piece, size: Size) -> Iterator[Piece]:
        """Shorter stretches."""
        yield from _stretches(piece.path, piece.start, piece.stop, piece.first, size)

    def holds(self, piece: Piece) -> bool:
        """Whether its bytes are the same and end a record; records may have been added after them."""
        if digest_of(piece.path, piece.start, piece.stop) != (piece.sha256, piece.bytes):
            return False
        with open(piece.path, "rb") as file:
            file.seek(piece.stop)
            after = file.read(5)
        return not after or after.startswith((b"\x1f\x8b", b"WARC/"))

    def results(self, piece: Piece, given: Given) -> Iterator[Numbered]:
        """What reading the archive gives for these records, numbered from the first of them."""
        place, number = shown(piece.path), piece.first - 1
        with opened(piece) as file:
            stretch = Stretch(file, piece)
            suffix = os.path.splitext(piece.path)[1].lower()
            try:
                for result in reports_in(Found(io.BufferedReader(stretch), suffix, place, place, given)):
                    number += 1
                    yield number, result
            except InputError as error:
                yield number + 1, InputError(error.cause, error.remedy, subject=place)
            while stretch.read(1 << 16):  # what the reader had no need of
                pass
            stretch.check()


def _stand_alone(path: str) -> bool:
    """Whether the first records can be read without what stands before them, and all have an address of their own."""
    with open(path, "rb") as file:
        places = [place for place, _ in zip(record_offsets(file), range(8), strict=False)]
    return all(b.offset > a.offset for a, b in pairwise(places)) and all(p.address for p in places if p.is_answer)


def _stretches(path: str, start: int, stop: int, number: int, size: Size) -> Iterator[Piece]:
    """The records from one place of the file to another, so many in a stretch."""
    first, count, answers = start, 0, 0
    with open(path, "rb") as file:
        file.seek(start)
        for place in chain(record_offsets(file), (None,)):
            at = stop if place is None else min(place.offset, stop)
            full = answers >= size.reports or at - first > size.bytes
            if count and (at >= stop or (full and at > first)):
                yield _piece(path, first, at, number, count, answers)
                first, number, count, answers = at, number + count, 0, 0
            if place is None or at >= stop:
                break
            count += 1
            answers += place.is_answer
    if first < stop or start == stop:  # nothing there that is a record
        yield _piece(path, first, stop, number, max(count, 1), max(answers, 1))


def _piece(path: str, start: int, stop: int, first: int, count: int, answers: int) -> Piece:
    sha256, _ = digest_of(path, start, stop)
    return Piece(path, "warc", start, stop, first, count, answers, sha256)
