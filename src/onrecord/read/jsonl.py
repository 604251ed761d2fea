"""Reports as JSON: one object a line, or one object or an array of objects in a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from onrecord.errors import InputError
from onrecord.read.given import NOTHING, Given
from onrecord.read.limits import LINE_BYTES, within
from onrecord.read.original import Original, Received
from onrecord.read.text import report

__all__ = ["address", "items", "lines", "object_report", "one_a_line"]

_REMEDY = 'give an object such as {"id": "r1", "text": "...", "title": null, "date": "2021-03-04"}'
_ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.")
_LITERAL = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)
_TEXT = re.compile(r'"text"\s*:\s*"')


def lines(file: BinaryIO, *, first: int = 1) -> Iterator[tuple[int, bytes | InputError]]:
    """The lines of a file that are not blank, with their numbers, without their line ends.

    A line that is too long is an error in its place; no more of it than the limit is ever in memory.

    Args:
        first: the number of the first line, if the file is a stretch of another.
    """
    number = first - 1
    while line := file.readline(LINE_BYTES + 1):
        number += 1
        if len(line) > LINE_BYTES and not line.endswith(b"\n"):
            while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield (
                number,
                InputError(f"the line has more than {LINE_BYTES:,} bytes", "split it into its reports, one a line"),
            )
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line.rstrip(b"\r\n")


def one_a_line(head: bytes) -> bool:
    """Whether JSON looks like one object a line: the first line, where it is seen to its end, closes its object."""
    first, ended, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return first.startswith(b"{") and (not ended or first.rstrip().endswith(b"}"))


def items(data: bytes) -> list[bytes] | None:
    """The elements of a JSON array, each as it is written; None if the data is not an array.

    Raises:
        InputError: the data starts as an array but is not JSON.
    """
    if not data.lstrip().startswith(b"["):
        return None
    try:
        return [bytes(raw) for raw in msgspec.json.decode(data, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"the JSON is malformed ({error})", "repair it, or give one object a line") from error


def object_report(data: bytes, place: str, *, number: int | None, given: Given = NOTHING) -> Received:
    r"""The report that one JSON object is.

    Keys: `text` (required, kept to the character), `id`, `title`, `published` or `date`, `publisher`, `url`; others
    are ignored, null and "" are unknown. The address is the `url` if there is one; else an id is taken to be known
    only in its file, so that the same id in two files is two reports.

    Args:
        data: the object as it is written.
        place: absolute path of the file, or "stdin".
        number: the line or the element's number; None where the object is the whole file.
        given: what is known of a report that does not say it.

    Raises:
        InputError: it is not an object, or a value in it cannot be used.

    Example:
        >>> object_report(b'{"id": 7, "text": "Talks failed.\\n"}', "/a.jsonl", number=1).report.id
        '7'
    """
    words = _decoded(data)
    found = _object(data, words)
    text = found.get("text")
    if text is None:
        raise InputError("the object has no text", _REMEDY)
    if not isinstance(text, str):
        raise InputError(f"the text is {_kind(text)}, not a string", _REMEDY)
    identity, url = _id(found.get("id")), _string(found, "url")
    made = report(
        within(text),
        id=identity,
        title=_string(found, "title"),
        publisher=_string(found, "publisher") or given.publisher,
        url=url,
        published=_string(found, "published") or _string(found, "date") or given.published,
    )
    return Received(
        made,
        Original(
            address=address(place, number, identity, url, made.version),
            media_type="application/json",
            encoding="utf-8",
            data=data,
            segments=_segments(words, text),
        ),
    )


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise InputError(f"the JSON is not UTF-8 ({error.reason} at byte {error.start})", "save it as UTF-8") from error


def _object(data: bytes, words: str) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError):
        # Python and others write NaN, which JSON has not; and this parser says better where the fault is.
        try:
            found = json.loads(words)
        except (ValueError, RecursionError) as error:
            cause = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
            raise InputError(f"the JSON is malformed ({cause})", "give one whole JSON object a line") from error
    if not isinstance(found, dict):
        raise InputError(f"the JSON is {_kind(found)}, not an object", _REMEDY)
    return found


def _string(found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"the {key} is {_kind(value)}, not a string", f"give the {key} as a string, or null")
    if key in {"date", "published"}:
        return value if value.strip() else None
    return _whole(value, key)


def _id(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError(f"the id is {_kind(value)}, not a string or whole number", "give the id as a string, or null")
    return _whole(str(value), "id")


def _whole(value: str, key: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"the {key} holds half of a surrogate pair", "write the whole character") from error
    return value


def _kind(value: object) -> str:
    names = {type(None): "null", bool: "true or false", int: "a number", float: "a number", str: "a string",
             list: "an array", dict: "an object"}  # fmt: skip
    return names.get(type(value), "another value")


def address(place: str, number: int | None, identity: str | None, url: str | None, version: str) -> str:
    """The address of a report in a file: its URL, else the file's with its id or number there.

    Args:
        number: its place among several; None where it is the whole file.
        version: of the report, by which it is known if it came by standard input.
    """
    if url:
        return url
    if identity is not None:
        return f"{place}#id:{identity}"
    if place == "stdin":
        return f"stdin#{version}"
    return place if number is None else f"{place}#{number}"


def _segments(words: str, text: str) -> tuple[tuple[int, int, int], ...]:
    """The stretches of the text that stand unescaped in the JSON."""
    for found in _TEXT.finditer(words):
        segments, length = _literal(words, found.end())
        if length == len(text) and all(words[o : o + n] == text[t : t + n] for t, o, n in segments):
            return segments
    return ()


def _literal(words: str, start: int) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """The unescaped stretches of the string literal whose first character is at `start`, and the string's length."""
    literal = _LITERAL.match(words, start)
    end = literal.end() if literal else start
    segments: list[tuple[int, int, int]] = []
    at, length = start, 0
    for escape in _ESCAPE.finditer(words, start, end):
        if escape.start() > at:
            segments.append((length, at, escape.start() - at))
            length += escape.start() - at
        length, at = length + 1, escape.end()
    if end > at:
        segments.append((length, at, end - at))
        length += end - at
    return tuple(segments), length
