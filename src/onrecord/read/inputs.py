"""From files, folders, patterns and standard input to reports, one after the other."""

from __future__ import annotations

import io
import itertools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TypeAlias

from onrecord.errors import InputError
from onrecord.model import Unread
from onrecord.read.dates import published_at
from onrecord.read.encodings import Decoded, decoded, refuse_binary
from onrecord.read.given import Given
from onrecord.read.jsonl import items, lines, object_report, one_a_line
from onrecord.read.limits import ARRAY_BYTES, PAGE_BYTES, TEXT_BYTES, within
from onrecord.read.original import Original, Received
from onrecord.read.targets import LINES, OBJECTS, PAGES, STDIN, TEXTS, chosen, shown
from onrecord.read.text import report

__all__ = ["received"]

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")

#: How much of a file without a known suffix is looked at to tell what it is.
HEAD = 65_536

Result: TypeAlias = Received | InputError


def received(
    targets: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    publisher: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Result]:
    """The reports that the targets hold, each with its original; an InputError in the place of what cannot be read.

    A target is a file, a folder (read with all in it, sorted, by the suffixes in `targets.SUFFIXES`), a pattern such
    as "news/*.html", or "-" for standard input. Plain text, pages, JSON lines and JSON are told apart by suffix
    and, without a known one, by content. JSON lines are read one at a time. The error's subject is the path, or
    `path:LINE`.

    Args:
        published: the publication date of reports that carry none.
        publisher: the publisher of reports that name none.
        stdin: what "-" reads, if not the process's standard input.

    Raises:
        InputError: `published` is not a date; before anything is read.

    Example:
        >>> [str(r) for r in received(["no/such/file.txt"])]
        ['no/such/file.txt: there is no such file or folder; check the path']
        >>> [r.report.text for r in received(["-"], stdin=io.BytesIO(b"Talks failed."))]
        ['Talks failed.']
    """
    given = Given(published=None if published is None else published_at(published), publisher=publisher)
    return itertools.chain.from_iterable(_results(found, given, stdin) for found in chosen(targets))


def _results(found: str | InputError, given: Given, stdin: BinaryIO | None) -> Iterator[Result]:
    if isinstance(found, InputError):
        yield found
        return
    subject = "stdin" if found == STDIN else shown(found)
    try:
        if found == STDIN:
            yield from _opened(stdin or sys.stdin.buffer, "", "stdin", subject, given)
        else:
            with open(found, "rb") as file:
                suffix = os.path.splitext(found)[1].lower()
                yield from _opened(file, suffix, shown(os.path.abspath(found)), subject, given)
    except OSError as error:
        yield InputError(f"the file cannot be read ({error.strerror or error})", "check that it exists and may be read",
                         subject=subject)  # fmt: skip
    except InputError as error:
        yield InputError(error.cause, error.remedy, subject=subject)


def _opened(file: BinaryIO, suffix: str, place: str, subject: str, given: Given) -> Iterator[Result]:
    """The reports in an open file.

    Raises:
        InputError: without a subject; the file as a whole cannot be read.
    """
    if suffix in LINES:
        yield from _line_reports(file, place, subject, given)
        return
    head = file.read(HEAD)
    whole: BinaryIO = io.BufferedReader(_Rejoined(head, file))
    if suffix in OBJECTS or (suffix not in TEXTS + PAGES and (_OBJECT.match(head) or _ARRAY.match(head))):
        if suffix not in OBJECTS and one_a_line(head):
            yield from _line_reports(whole, place, subject, given)
        else:
            yield from _json_reports(whole.read(ARRAY_BYTES + 1), place, subject, given)
    elif suffix in PAGES or _PAGE.match(_narrowed(head)):
        from onrecord.read.html import page  # takes a while to import

        yield page(_no_larger(whole.read(PAGE_BYTES + 1), PAGE_BYTES), place, given=given)
    else:
        yield _plain(_no_larger(whole.read(TEXT_BYTES + 1), TEXT_BYTES), place, suffix, given)


def _narrowed(head: bytes) -> bytes:
    """The head in UTF-8, if it is marked as UTF-16."""
    return head.decode("utf-16", "ignore").encode("utf-8", "ignore") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head


def _json_reports(data: bytes, place: str, subject: str, given: Given) -> Iterator[Result]:
    """The reports of JSON of any form: an array, one object over several lines, or one a line."""
    refuse_binary(data[:64])
    if len(data) > ARRAY_BYTES:
        raise InputError(f"the JSON has more than {ARRAY_BYTES:,} bytes", "give JSON lines (.jsonl), one object a line")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise InputError("the file is empty", "give an object with a text, or an array of them")
    if (elements := items(data)) is not None:
        if not elements:
            raise InputError("the JSON array is empty", "give objects with text, or leave the file out")
        for number, element in enumerate(elements, start=1):
            yield _one(element, place, number, f"{subject}:item {number}", given)
    elif one_a_line(data) and b"\n" in data.strip():
        yield from _line_reports(io.BytesIO(data), place, subject, given)
    else:
        yield object_report(data, place, number=None, given=given)


def _line_reports(file: BinaryIO, place: str, subject: str, given: Given) -> Iterator[Result]:
    number = 0
    for number, line in lines(file):
        if isinstance(line, InputError):
            yield InputError(line.cause, line.remedy, subject=f"{subject}:{number}")
            continue
        if number == 1:
            refuse_binary(line[:64])
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise InputError("the JSON lines are UTF-16", "save them as UTF-8")
        yield _one(line, place, number, f"{subject}:{number}", given)
    if not number:
        raise InputError("the file is empty", "give JSON lines, one object with a text a line")


def _one(data: bytes, place: str, number: int, subject: str, given: Given) -> Result:
    try:
        return object_report(data, place, number=number, given=given)
    except InputError as error:
        return InputError(error.cause, error.remedy, subject=subject)


def _plain(data: bytes, place: str, suffix: str, given: Given) -> Received:
    if not data.strip():
        raise InputError(f"the file {'holds only white space' if data else 'is empty'}", "give a file with text")
    found = decoded(data)
    made = report(within(found.text), published=given.published, publisher=given.publisher, unread=_damage(found))
    return Received(
        made,
        Original(
            address=place if place != "stdin" else f"stdin#{made.version}",
            media_type="text/markdown" if suffix in {".md", ".markdown"} else "text/plain",
            encoding=found.encoding,
            data=data,
            segments=((0, 0, len(found.text)),),
        ),
    )


def _damage(found: Decoded) -> tuple[Unread, ...]:
    return tuple(
        Unread(span=(at, at + 1), why=f"bytes that are not {found.encoding} stand here") for at in found.damaged
    )


def _no_larger(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise InputError(f"it has more than {limit:,} bytes", "split it into its reports, one a file or JSON line")
    return data


class _Rejoined(io.RawIOBase):
    """A file from its start again, after its head has been read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer as far as there is something at hand; 0 at the end."""
        piece = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)
