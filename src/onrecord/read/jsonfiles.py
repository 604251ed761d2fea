"""Files of JSON: lines, an array, or one object."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.read.encodings import refuse_binary
from onrecord.read.found import Found
from onrecord.read.jsonl import items, lines, object_report, one_a_line
from onrecord.read.limits import ARRAY_BYTES
from onrecord.read.original import Result

__all__ = ["json_reports", "line_reports", "row_report"]


def json_reports(found: Found) -> Iterator[Result]:
    """The reports of JSON of any form: an array, one object over several lines, or one a line."""
    data = found.file.read(ARRAY_BYTES + 1)
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
            yield row_report(element, found, number, f"{found.subject}:item {number}")
    elif one_a_line(data) and b"\n" in data.strip():
        yield from line_reports(replace(found, file=io.BytesIO(data)))
    else:
        yield object_report(data, found.place, number=None, given=found.given)


def line_reports(found: Found) -> Iterator[Result]:
    """The reports of JSON lines, one object a line, read one at a time."""
    number = 0
    for number, line in lines(found.file):
        if isinstance(line, InputError):
            yield InputError(line.cause, line.remedy, subject=f"{found.subject}:{number}")
            continue
        if number == 1:
            refuse_binary(line[:64])
            if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise InputError("the JSON lines are UTF-16", "save them as UTF-8")
        yield row_report(line, found, number, f"{found.subject}:{number}")
    if not number:
        raise InputError("the file is empty", "give JSON lines, one object with a text a line")


def row_report(data: bytes, found: Found, number: int, subject: str) -> Result:
    """The report that one of many objects is, or its error under the subject."""
    try:
        return object_report(data, found.place, number=number, given=found.given)
    except InputError as error:
        return InputError(error.cause, error.remedy, subject=subject)
