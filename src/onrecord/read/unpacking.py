"""Packed bytes, unpacked no further than a report needs: what grows without end is stopped."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.errors import InputError

__all__ = ["FREE", "RATIO", "Gunzipped", "Rejoined", "Tally", "as_file", "some"]

#: Text packs to a tenth of its size, a table of repeated lines to a fiftieth; DEFLATE's limit is about a thousandth.
RATIO = 200

#: So many bytes may come out of any file, however small it is.
FREE = 200_000_000

BLOCK = 65_536

#: Largest file that is held in memory because its reader has to go back in it, where one cannot go back.
STREAMED = 500_000_000


@dataclass(slots=True)
class Tally:
    """How many bytes were taken from a packed file, and how many came out of it, at all layers together."""

    taken: int = 0
    made: int = 0

    @property
    def harmful(self) -> bool:
        """Whether more came out than any archive of reports holds."""
        return self.made > FREE and self.made > RATIO * self.taken

    def count(self, *, taken: int = 0, made: int = 0) -> None:
        """Count more bytes.

        Raises:
            InputError: more came out than any archive of reports holds.
        """
        self.taken += taken
        self.made += made
        if self.harmful:
            raise InputError(
                f"it unpacks to more than {RATIO} times its size, as archives do that are made to do harm",
                "leave it out, or unpack it yourself and give what is in it",
            )


def some(file: BinaryIO, size: int) -> bytes:
    """Up to so many bytes, what one step yields; none at the end.

    A longer read would lose what stands before a fault, because the fault is raised in the place of all of it.
    """
    read: Callable[[int], bytes] = getattr(file, "read1", file.read)
    return read(size)


def as_file(file: BinaryIO) -> BinaryIO:
    """The file, or its bytes in memory where one cannot go back in it.

    Raises:
        InputError: it is a stream, and too large for that.
    """
    if file.seekable():
        return file
    data = file.read(STREAMED + 1)
    if len(data) > STREAMED:
        raise InputError(f"it is a stream of more than {STREAMED:,} bytes", "save it as a file, and give that")
    return io.BytesIO(data)


class Gunzipped(io.RawIOBase):
    """The content of a gzip file (RFC 1952, of one or several members), read from its start to its end, once.

    What is read raises InputError where the file is cut off or damaged, after all that stands before was given.

    Example:
        >>> import gzip
        >>> io.BufferedReader(Gunzipped(io.BytesIO(gzip.compress(b"Talks failed.")), Tally())).read()
        b'Talks failed.'
    """

    def __init__(self, file: BinaryIO, tally: Tally, *, outermost: bool = True) -> None:
        """Unpack `file`, whose own bytes count as taken if no other layer lies around it."""
        self._file = file
        self._tally = tally
        self._outermost = outermost
        self._unpacker: Any = None
        self._packed = b""
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is not."""
        return False

    def tell(self) -> int:
        """How many bytes were unpacked."""
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer as far as one step unpacks; 0 at the end."""
        while True:
            if not self._packed:
                self._packed = self._file.read(BLOCK)
                self._tally.count(taken=len(self._packed) if self._outermost else 0)
            if not self._packed:
                if self._unpacker is not None:
                    raise InputError("the gzip file is cut off", "get it again; what stood before the end is kept")
                return 0
            made = self._step(len(buffer))
            if made:
                self._tally.count(made=len(made))
                self._at += len(made)
                buffer[: len(made)] = made
                return len(made)

    def _step(self, most: int) -> bytes:
        if self._unpacker is None:
            # Padding with NUL between and after members is common, and allowed by gzip itself.
            self._packed = self._packed.lstrip(b"\0")
            if not self._packed:
                return b""
            self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            made: bytes = self._unpacker.decompress(self._packed, most)
        except zlib.error as error:
            raise InputError(
                f"the gzip file is damaged ({error})", "get it again; what stood before is kept"
            ) from error
        if self._unpacker.eof:
            self._packed, self._unpacker = self._unpacker.unused_data, None
        else:
            self._packed = self._unpacker.unconsumed_tail
        return made


class Rejoined(io.RawIOBase):
    """A file from its start again, after its head has been read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer as far as there is something at hand; 0 at the end."""
        piece = self._head[: len(buffer)] or some(self._rest, len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)
