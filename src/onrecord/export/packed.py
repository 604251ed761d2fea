"""Zip archives that are the same bytes each time, and can be written to a pipe."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

__all__ = ["Archive", "archive"]

#: The first moment that a zip archive can hold: the files have no times of their own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class Archive:
    """An archive under construction."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped

    @contextmanager
    def file(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """A file of the archive, to write to; one after another.

        Args:
            name: its path in the archive.
            packed: whether it is compressed.
        """
        info = zipfile.ZipInfo(name, _NO_TIME)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        with self._zipped.open(info, "w", force_zip64=True) as file:
            yield file


@contextmanager
def archive(out: IO[bytes]) -> Iterator[Archive]:
    """An archive that is written to a file.

    Example:
        >>> import io
        >>> out = io.BytesIO()
        >>> with archive(out) as made, made.file("a.txt") as file:
        ...     written = file.write(b"talks")
        >>> zipfile.ZipFile(out).read("a.txt")
        b'talks'
    """
    with zipfile.ZipFile(out, "w") as zipped:
        yield Archive(zipped)
