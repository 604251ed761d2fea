"""From files, folders, patterns and standard input to reports, one after the other."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.errors import InputError
from onrecord.read.dates import published_at
from onrecord.read.fetch import Fetcher
from onrecord.read.found import Found
from onrecord.read.given import Given
from onrecord.read.hosts import is_address
from onrecord.read.kinds import reports_in
from onrecord.read.original import Result
from onrecord.read.targets import STDIN, chosen, shown
from onrecord.read.web_addresses import address_reports

__all__ = ["received"]


def received(
    targets: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    publisher: str | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
) -> Iterator[Result]:
    """The reports that the targets hold, each with its original; an InputError in the place of what cannot be read.

    A target is a file, a folder (read with all in it, sorted, by the suffixes in `kinds.SUFFIXES`), a pattern such
    as "news/*.html", an address of the web, or "-" for standard input. The kinds of files are told apart by suffix
    and, without a known one, by content; what holds many reports is read one report at a time. Nothing is fetched but
    the addresses that are given. The error's subject is the path or address, or `path:LINE`.

    Args:
        published: the publication date of reports that carry none.
        publisher: the publisher of reports that name none.
        stdin: what "-" reads, if not the process's standard input.
        allow_private: whether addresses of one's own computer and network may be asked.

    Raises:
        InputError: `published` is not a date; before anything is read.

    Example:
        >>> import io
        >>> [str(r) for r in received(["no/such/file.txt"])]
        ['no/such/file.txt: there is no such file or folder; check the path']
        >>> [r.report.text for r in received(["-"], stdin=io.BytesIO(b"Talks failed."))]
        ['Talks failed.']
    """
    given = Given(published=None if published is None else published_at(published), publisher=publisher)
    return _all(targets, given, stdin, allow_private)


def _all(
    targets: Iterable[str | os.PathLike[str]], given: Given, stdin: BinaryIO | None, allow_private: bool
) -> Iterator[Result]:
    with contextlib.ExitStack() as opened:
        fetcher: Fetcher | None = None
        for found in chosen(targets):
            if isinstance(found, str) and is_address(found):
                try:
                    fetcher = fetcher or opened.enter_context(Fetcher(allow_private=allow_private))
                    yield from address_reports(found, fetcher, given=given)
                except InputError as error:
                    yield InputError(error.cause, error.remedy, subject=found)
            else:
                yield from _results(found, given, stdin)


def _results(found: str | InputError, given: Given, stdin: BinaryIO | None) -> Iterator[Result]:
    if isinstance(found, InputError):
        yield found
        return
    subject = "stdin" if found == STDIN else shown(found)
    try:
        if found == STDIN:
            yield from reports_in(Found(stdin or sys.stdin.buffer, "", "stdin", subject, given))
        else:
            with open(found, "rb") as file:
                suffix = os.path.splitext(found)[1].lower()
                yield from reports_in(Found(file, suffix, shown(os.path.abspath(found)), subject, given))
    except OSError as error:
        yield InputError(f"the file cannot be read ({error.strerror or error})", "check that it exists and may be read",
                         subject=subject)  # fmt: skip
    except InputError as error:
        yield InputError(error.cause, error.remedy, subject=subject)
