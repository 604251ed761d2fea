"""What reading yields: a report, and the original that it was read from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from onrecord.model import Report

__all__ = ["Original", "Received"]


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that a report was read from, as they arrived.

    Attributes:
        address: where they came from. A page's canonical URL, or the URL that came with a JSON line; else the file's
            absolute path, with `#id:ID` or, where there is no id, `#LINE` for one report of a JSON file. What came by
            standard input has `stdin#id:ID`, or `stdin#` and its content's hash. Changed text at the same address is
            a new version of the same report.
        media_type: such as "text/html" or "text/plain".
        encoding: the character encoding by which `data` was decoded.
        data: the raw bytes.
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
