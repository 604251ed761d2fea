"""A report from a file of plain text."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.model import Unread
from onrecord.read.encodings import Decoded, decoded
from onrecord.read.found import Found, no_larger
from onrecord.read.limits import TEXT_BYTES, within
from onrecord.read.original import Original, Received
from onrecord.read.text import report

__all__ = ["damage", "plain_report"]


def plain_report(found: Found) -> Iterator[Received]:
    """The one report that a plain text is, kept to the character.

    Raises:
        InputError: it is empty, too large or no text.
    """
    data = no_larger(found.file.read(TEXT_BYTES + 1), TEXT_BYTES)
    if not data.strip():
        raise InputError(f"the file {'holds only white space' if data else 'is empty'}", "give a file with text")
    read = decoded(data, declared=found.charset)
    given = found.given
    made = report(
        within(read.text), published=given.published, publisher=given.publisher, url=found.url, unread=damage(read)
    )
    original = Original(
        address=found.url or (found.place if found.place != "stdin" else f"stdin#{made.version}"),
        media_type="text/markdown" if found.suffix in {".md", ".markdown"} else "text/plain",
        encoding=read.encoding,
        data=data,
        segments=((0, 0, len(read.text)),),
    )
    yield Received(made, original)


def damage(read: Decoded) -> tuple[Unread, ...]:
    """Where bytes of the text could not be read."""
    return tuple(Unread(span=(at, at + 1), why=f"bytes that are not {read.encoding} stand here") for at in read.damaged)
