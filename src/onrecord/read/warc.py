"""The pages of a web archive (WARC, ISO 28500), as Common Crawl's news crawl (CC-NEWS) lays them out."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from onrecord.errors import InputError
from onrecord.read.found import Found, missing
from onrecord.read.kinds import kind_by_content
from onrecord.read.limits import PAGE_BYTES
from onrecord.read.original import Result
from onrecord.read.pages import page_reports
from onrecord.read.unpacking import some

__all__ = ["Place", "record_offsets", "warc_reports"]

log = logging.getLogger(__name__)

#: Largest record, as it is stored: a page with the headers of its answer.
RECORD_BYTES = PAGE_BYTES + 1_000_000

_PAGES = ("text/html", "application/xhtml+xml")
_DELIVERED = 200


def warc_reports(found: Found) -> Iterator[Result]:
    """The reports on the pages of a web archive, one record at a time.

    Read are records of type "response" with status 200 that hold HTML; others are skipped and counted in the log. A
    report's address is the record's target URI, its encoding that of the HTTP header or the page. The record's date
    says when the page was fetched, not when it was published, and is never taken for that. Where the archive is cut
    off or damaged, one error stands for what is left.

    Raises:
        InputError: fastwarc is not installed; the archive is damaged from here on.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ModuleNotFoundError as error:
        raise missing("reading web archives", error, "archives") from error
    skipped = number = 0
    stream = _Stream(found.file)
    records = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False, fsspec_args=False,
                              stream_detect=False, inplace=False)  # fmt: skip
    try:
        while (record := _next(records, number)) is not None:
            number += 1
            results = _reports(record, found, number)
            skipped += results is None
            yield from results or ()
    except InputError as error:
        raise stream.fault or error from None
    if skipped:
        log.info("%s: %d records are no pages, or pages that were not delivered; they are skipped",
                 found.subject, skipped)  # fmt: skip
    if stream.fault is not None:
        raise stream.fault
    if not stream.at:
        raise InputError("the file is empty", "give a web archive with response records")
    if not stream.end.endswith((b"\r\n\r\n", b"\n\n")):  # as the standard has it after each record
        raise InputError("the web archive is cut off", "get it again; what stands before is kept")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins, in bytes of the file; whether it is the answer of a server, and to what address."""

    offset: int
    is_answer: bool
    address: str


def record_offsets(file: BinaryIO) -> Iterator[Place]:
    """Where the records of a web archive begin, from the file's position on, as far as they can be read.

    Records of an archive that is packed as a whole do not begin at places of the file: their offsets do not grow.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    start = file.tell()
    records = ArchiveIterator(file, parse_http=False)
    try:
        first = None
        while (record := _next(records, 0)) is not None:
            first = record.stream_pos if first is None else first
            kind = record.record_type == WarcRecordType.response
            yield Place(start + record.stream_pos - first, kind, record.headers.get("WARC-Target-URI", ""))
    except InputError:
        return


def _next(records: Any, number: int) -> Any:
    """The next record; None at the end.

    Raises:
        InputError: what follows is no record.
    """
    try:
        return next(records, None)
    except InputError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise InputError(
            f"the web archive is damaged after {number} pages or other answers ({_said(error)})",
            "get it again; what stands before is kept",
        ) from error


def _reports(record: Any, found: Found, number: int) -> list[Result] | None:
    """The reports on a record's page; its error; None if it holds no page.

    Raises:
        InputError: the archive ends inside the record, or cannot be read any further.
    """
    address = record.headers.get("WARC-Target-URI", "").strip("<> ")
    subject = f"{found.subject}:{address or f'record {number}'}"
    try:
        record.set_bytes_content(_stored(record, address or f"record {number}"))
        record.parse_http(auto_decode="all")
        kind = record.http_content_type
        if not record.is_http_parsed or record.http_headers.status_code != _DELIVERED or (kind and kind not in _PAGES):
            return None
        data = record.reader.read(PAGE_BYTES + 1)
        if not kind and kind_by_content(data[:65_536]) != "page":
            return None
        here = address or f"{found.place}#{number}"
        read = replace(found, file=io.BytesIO(data), place=here, url=address or None, charset=record.http_charset)
        return list(page_reports(read))
    except _CutOffError:
        raise
    except InputError as error:
        return [InputError(error.cause, error.remedy, subject=subject)]
    except Exception as error:  # noqa: BLE001 - one record that cannot be taken apart must not cost the others
        return [InputError(f"the record cannot be read ({_said(error)})", "leave it out", subject=subject)]


def _stored(record: Any, name: str) -> bytes:
    """The record's content, as it is stored.

    Raises:
        InputError: it is too large, or (as _CutOffError) not all there.
    """
    if record.content_length > RECORD_BYTES:
        raise InputError(f"the record has more than {RECORD_BYTES:,} bytes", "leave it out")
    stored: bytes = record.reader.read(record.content_length)
    if len(stored) < record.content_length:
        raise _CutOffError(f"the web archive is cut off inside {name}", "get it again; what stands before is kept")
    return stored


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__


class _CutOffError(InputError):
    """The archive ends where it should go on."""


class _Stream:
    """What fastwarc asks of a stream that is read from its start to its end."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.at = 0
        self.end = b""
        self.fault: InputError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data = some(self._file, size)
        except InputError as error:
            # The end, for now: fastwarc reads ahead, and what stands before the fault comes first.
            self.fault = error
            return b""
        self.at += len(data)
        self.end = (self.end + data[-4:])[-4:]
        return data

    def close(self) -> None:
        """Leave the file to whoever opened it."""

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if (offset, whence) not in {(0, io.SEEK_CUR), (self.at, io.SEEK_SET)}:
            raise io.UnsupportedOperation("the archive is read in order")
        return self.at
