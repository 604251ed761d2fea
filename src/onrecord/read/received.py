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
        address: where they came from: a URL, a file's absolute path (with `#LINE` for a line of a file), or "stdin".
            Changed text at the same address is a new version of the same report.
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
    def sha256(self) -> str:
        """Hex SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Received:
    """A report with its original."""

    report: Report
    original: Original
