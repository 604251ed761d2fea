"""The reports of a file that is a web page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.read.found import Found, no_larger
from onrecord.read.html import opened_page, page
from onrecord.read.limits import PAGE_BYTES
from onrecord.read.liveblogs import MARK, live_reports
from onrecord.read.original import Result

__all__ = ["page_reports"]


def page_reports(found: Found) -> Iterator[Result]:
    """The report on a web page; of a live blog, the reports that its entries are.

    Raises:
        InputError: no article is found, or the page is too large.
    """
    data = no_larger(found.file.read(PAGE_BYTES + 1), PAGE_BYTES)
    if MARK in data:
        read, tree = opened_page(data, charset=found.charset)
        if entries := live_reports(tree, read, data, _place(found, data), given=found.given, url=found.url):
            yield from entries
            return
    yield page(data, found.place, given=found.given, url=found.url, charset=found.charset)


def _place(found: Found, data: bytes) -> str:
    return found.place if found.place != "stdin" else f"stdin#{hashlib.sha256(data).hexdigest()[:16]}"
