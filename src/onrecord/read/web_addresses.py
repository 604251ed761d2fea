"""The reports at an address of the web."""

from __future__ import annotations

import io
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.read.fetch import Answer, Fetcher
from onrecord.read.found import Found
from onrecord.read.given import NOTHING, Given
from onrecord.read.kinds import Kind, reports_in
from onrecord.read.original import Result
from onrecord.read.plugged import plugged, plugged_reports

__all__ = ["address_reports", "answered", "found_in"]

#: Media types that say more than the first bytes do; the others are told by these.
_KINDS: dict[str, Kind] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "text/vtt": "captions",
    "application/x-subrip": "captions",
    "application/json": "json",
    "application/x-ndjson": "lines",
    "message/rfc822": "message",
}


def address_reports(address: str, fetcher: Fetcher, *, given: Given = NOTHING) -> Iterator[Result]:
    """The reports that the address answers with: of a page, a feed, or any other kind that a file can be.

    A page is known by the address that answered, after redirects.

    Raises:
        InputError: it cannot be asked, or what it answers cannot be read.
    """
    yield from answered(fetcher.get(address), subject=address, given=given)


def answered(answer: Answer, *, subject: str, given: Given = NOTHING) -> Iterator[Result]:
    """The reports in an answer.

    Raises:
        InputError: it cannot be read.
    """
    if not answer.data.strip():
        raise InputError("the answer is empty", "check the address")
    found, kind = found_in(answer, subject=subject, given=given), _KINDS.get(answer.media_type)
    if kind is None and (plugin := plugged(answer.media_type)):
        yield from plugged_reports(plugin, found)
    else:
        yield from reports_in(found, kind)


def found_in(answer: Answer, *, subject: str, given: Given = NOTHING) -> Found:
    """The answer as something to read."""
    file = io.BufferedReader(io.BytesIO(answer.data))
    return Found(file, "", answer.url, subject, given, url=answer.url, charset=answer.charset)
