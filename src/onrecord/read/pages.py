"""The reports of a file that is a web page."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.read.found import Found, no_larger
from onrecord.read.html import page
from onrecord.read.limits import PAGE_BYTES
from onrecord.read.original import Result

__all__ = ["page_reports"]


def page_reports(found: Found) -> Iterator[Result]:
    """The report on a web page.

    Raises:
        InputError: no article is found, or the page is too large.
    """
    data = no_larger(found.file.read(PAGE_BYTES + 1), PAGE_BYTES)
    yield page(data, found.place, given=found.given, url=found.url, charset=found.charset)
