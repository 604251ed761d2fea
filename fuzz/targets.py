"""What each run throws bytes at, and what must hold for any of them.

A target takes bytes and returns nothing. It lets through what onrecord promises to raise for bad input, and raises
for anything else: another exception, a report whose hash or map back to the original does not hold, an anchor that does
not verify.
"""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from typing import TypeAlias, get_args

import msgspec

from onrecord.anchors import anchor, faults, resolve, verify
from onrecord.errors import AnchorError, InputError
from onrecord.model import Annotated, Report, sha256
from onrecord.read.found import Found
from onrecord.read.kinds import Kind, kind_by_content, reports_in
from onrecord.read.original import Received
from onrecord.read.text import report
from onrecord.record.sqlite_words import expression
from onrecord.record.terms import Said, terms
from onrecord.wire import decode, encode

__all__ = ["TARGETS", "Target"]

Target: TypeAlias = Callable[[bytes], None]

#: How many reports of one input are looked at.
REPORTS = 50
#: Text that is annotated is cut here, so that an input takes a moment and not a minute.
CHARACTERS = 2_000


class BrokenError(Exception):
    """A promise that does not hold."""


def _received(kind: Kind, data: bytes) -> Iterator[Received]:
    found = Found(io.BufferedReader(io.BytesIO(data)), "", "/fuzz", "fuzz")
    try:
        for number, result in enumerate(reports_in(found, kind)):
            if number >= REPORTS:
                return
            if isinstance(result, Received):
                yield result
    except InputError:
        return


def _checked(received: Received) -> None:
    one, original = received.report, received.original
    one.text.encode()
    if sha256(one.text) != one.sha256:
        raise BrokenError("the text does not have its hash")
    decoded = original.decoded
    past = 0
    for at, there, length in original.segments:
        if at < past or one.text[at : at + length] != decoded[there : there + length] or length <= 0:
            raise BrokenError(f"the stretch {at, there, length} is not the same in both")
        past = at + length


def _reader(kind: Kind) -> Target:
    def target(data: bytes) -> None:
        for received in _received(kind, data):
            _checked(received)

    return target


def _any_kind(data: bytes) -> None:
    for received in _received(kind_by_content(data[:65_536]), data):
        _checked(received)


def _text(data: bytes) -> Report:
    one = report(data.decode("utf-8", "replace")[:CHARACTERS], title="Talks", published="2024-05-03")
    return msgspec.structs.replace(one, language="en")


def _annotator(part: str | None, *, models: bool) -> Target:
    """The whole reading; with a part named, what failed quietly in it is told as well."""

    def target(data: bytes) -> None:
        from onrecord.annotators.reading import annotated
        from onrecord.annotators.settings import Settings

        reading = annotated(_text(data), Settings(models=models))
        if wrong := faults(reading):
            raise BrokenError(wrong[0])
        for unread in reading.report.unread:
            if "were not read (" in unread.why and (part is None or unread.why.startswith(part)):
                raise BrokenError(unread.why)
        if decode(encode(reading)) != reading:
            raise BrokenError("the reading is another one after it was written and read")

    return target


def _anchors(data: bytes) -> None:
    """An anchor of any stretch is found again in any change of the text, or not at all, but never elsewhere."""
    if len(data) < 6:
        return
    cut = 4 + data[0] % max(1, len(data) - 4)
    old = report(data[4:cut].decode("utf-8", "replace"))
    new = report(data[cut:].decode("utf-8", "replace") + old.text[data[3] :])
    start = data[1] % (len(old.text) + 1)
    try:
        one = anchor(old, (start, start + data[2]))
    except AnchorError:
        return
    verify(one, old)
    for version in (old, new):
        span = resolve(one, version)
        if span is not None and version.text[slice(*span)] != one.exact:
            raise BrokenError("resolved to other words")
    if resolve(one, old) != (start, start + data[2]):
        raise BrokenError("not found where it is")


def _wire(data: bytes) -> None:
    try:
        reading: Annotated = decode(data)
    except InputError:
        return
    faults(reading)
    if decode(encode(reading)) != reading:
        raise BrokenError("the reading is another one after it was written and read")


def _search(data: bytes) -> None:
    """Any words are a search that the full-text index understands."""
    asked = terms(data.decode("utf-8", "replace"))
    said = Said(every=asked.wanted, without=asked.unwanted, speaker=asked.wanted, content=asked.unwanted)
    if said:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5(speaker, content_words)")
            connection.execute("SELECT * FROM words WHERE words MATCH ?", (expression(said),)).fetchall()


#: Each target by its name.
TARGETS: dict[str, Target] = {
    **{f"read-{kind}": _reader(kind) for kind in get_args(Kind)},
    "read-any": _any_kind,
    "annotate": _annotator(None, models=True),
    **{
        f"annotate-{part}": _annotator(part, models=False)
        for part in ("times", "names", "attributions", "events", "figures")
    },
    "anchors": _anchors,
    "wire": _wire,
    "search": _search,
}
