"""What reading yields: a report, and the original that it was read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TypeAlias

from onrecord.errors import InputError
from onrecord.model import Report

__all__ = ["Original", "Received", "Result"]


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that a report was read from, as they arrived.

    Attributes:
        address: where they came from. A page's canonical URL, the address that it was fetched from, or the URL that
            came with a JSON line or a feed's entry; else the file's absolute path, with `#id:ID` or, where there is
            no id, `#NUMBER` for one report of several in a file. A member of a zip archive has the archive's path
            and its own, as if the archive were a folder. What came by standard input has `stdin#id:ID`, or `stdin#`
            and its content's hash. Changed text at the same address is a new version of the same report.
        media_type: such as "text/html" or "text/plain".
        encoding: the character encoding by which `data` was decoded.
        data: the raw bytes. Of a file that holds many reports, the part that the report was read from: the line, the
            message, the entry, the page of a web archive without what its server or the archive put around it; a row
            of a Parquet table as the JSON object that it makes.
        segments: the map from the report's text back to the decoded original: `(start in text, start in original,
            length)`, in code points, in order, for stretches that are the same in both. Text outside them has no
            counterpart.
    """

    address: str
    media_type: str
    encoding: str
    data: bytes
    segments: tuple[tuple[int, int, int], ...]

    @property
    def decoded(self) -> str:
        """The bytes as text: what `segments` count in. Bytes that are not of the encoding are U+FFFD."""
        return self.data.decode(self.encoding, "replace")

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Received:
    """A report with its original."""

    report: Report
    original: Original


#: What there is in the place of each thing to read: a report, or why there is none.
Result: TypeAlias = Received | InputError
