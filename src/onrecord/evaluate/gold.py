"""Annotated reports from files, paired by their ids."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.anchors import faults
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.read.text import report
from onrecord.wire import decode

__all__ = ["Gold", "annotated_lines", "golds", "read_again", "read_before"]


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated report, and where it stands: the file and line, and the byte at which the line begins."""

    reading: Annotated
    subject: str
    offset: int = 0


def annotated_lines(path: str | os.PathLike[str]) -> Iterator[Gold]:
    """The annotated reports of a file of JSON lines, each checked.

    Raises:
        InputError: the file cannot be read, a line is no annotated report, or a span is not in its text.
    """
    subject = os.fspath(path)
    try:
        with open(path, "rb") as lines:
            offset = 0
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield Gold(_decoded(line, f"{subject}:{number}"), f"{subject}:{number}", offset)
                offset += len(line)
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror or error})", "check the path",
                         subject=subject) from error  # fmt: skip


def _decoded(line: bytes, subject: str) -> Annotated:
    try:
        reading = decode(line)
    except InputError as error:
        raise InputError(error.cause, error.remedy, subject=subject) from error
    if found := faults(reading):
        raise InputError(f"{len(found)} anchors do not verify, the first: {found[0]}",
                         "count spans in Unicode code points of report.text", subject=subject)  # fmt: skip
    return reading


def golds(path: str | os.PathLike[str]) -> list[Gold]:
    """The gold of a file; every id is there once.

    Raises:
        InputError: it cannot be read, is empty, or an id is there twice.
    """
    found = list(annotated_lines(path))
    if not found:
        raise InputError("there is no annotated report in it", "give JSON lines of schema onrecord/1",
                         subject=os.fspath(path))  # fmt: skip
    _each_once(found)
    return found


def _each_once(found: Iterable[Gold]) -> dict[str, Gold]:
    known: dict[str, Gold] = {}
    for one in found:
        if known.setdefault(one.reading.report.id, one) is not one:
            raise InputError(f"the id {one.reading.report.id} is that of {known[one.reading.report.id].subject} too",
                             "give each report an id of its own", subject=one.subject)  # fmt: skip
    return known


def read_again(gold: Iterable[Gold], settings: Settings) -> Iterator[tuple[Annotated, Annotated]]:
    """Each gold report with its reading by this software, from its text, title, date and publisher alone."""
    for one in gold:
        given = one.reading.report
        made = report(given.text, id=given.id, title=given.title, publisher=given.publisher,
                      published=given.published, url=given.url, unread=given.unread)  # fmt: skip
        yield one.reading, annotated(made, settings)


def read_before(gold: Iterable[Gold], path: str | os.PathLike[str]) -> Iterator[tuple[Annotated, Annotated]]:
    """Each gold report with its reading in a file.

    Raises:
        InputError: a report is not in the file, or its text is another there.
    """
    known = _each_once(annotated_lines(path))
    for one in gold:
        report_id = one.reading.report.id
        if report_id not in known:
            raise InputError(f"there is no reading of report {report_id}", "annotate the reports of the gold file",
                             subject=os.fspath(path))  # fmt: skip
        other = known[report_id]
        if other.reading.report.text != one.reading.report.text:
            raise InputError(f"report {report_id} has another text than in {one.subject}",
                             "annotate the reports of the gold file", subject=other.subject)  # fmt: skip
        yield one.reading, other.reading
