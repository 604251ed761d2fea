"""A view as a table for spreadsheets or programs: the same rows as the page, with the anchors of every value."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from onrecord.anchors import Anchor
from onrecord.errors import InputError
from onrecord.export.cells import Cell, defused

__all__ = ["AT_MOST", "CUT", "Cell", "anchored", "defused", "export_paths", "rows_as", "said_to_be"]

#: How many rows a file has at most; the header by which a file says that there are more.
AT_MOST, CUT = 500, "Onrecord-Rows-Cut"

#: Tells spreadsheets that what follows is UTF-8.
_UTF8 = "\ufeff"


def rows_as(request: Request, rows: Iterable[Mapping[str, Cell]]) -> Response | None:
    r"""The rows as a file, if the address asks for one with `format=csv` or `format=jsonl`; None if it asks for a page.

    The columns are the keys of the first row; every row has the same. Nothing is asked of `rows` where no file is
    wanted, so that they may be a generator. Of more than `AT_MOST` rows the first are given; the file's name and the
    header `CUT` say so.

    Raises:
        InputError: the format is another.

    Example:
        >>> asked = Request({"type": "http", "path": "/search", "query_string": b"q=x&format=jsonl", "headers": []})
        >>> rows_as(asked, [{"report": "r-1", "start": 4}]).body
        b'{"report": "r-1", "start": 4}\n'
    """
    wanted = request.query_params.get("format")
    if not wanted:
        return None
    if wanted not in ("csv", "jsonl"):
        raise InputError(f"{wanted!r} is no format", "give csv or jsonl")
    name = request.url.path.strip("/").split("/")[0] or "today"
    first = list(islice(rows, AT_MOST + 1))
    cut = len(first) > AT_MOST
    name, rows = f"{name}-first-{AT_MOST}" if cut else name, first[:AT_MOST]
    if wanted == "jsonl":
        lines = "".join(json.dumps(dict(row), ensure_ascii=False) + "\n" for row in rows)
        return _file(lines, "application/jsonl", f"{name}.jsonl", cut=cut)
    return _file(_UTF8 + _csv(rows), "text/csv; charset=utf-8", f"{name}.csv", cut=cut)


def export_paths(request: Request) -> dict[str, str]:
    """The addresses of this view as CSV and as JSON Lines, by format.

    Example:
        >>> export_paths(Request({"type": "http", "path": "/search", "query_string": b"q=x&page=2", "headers": []}))
        {'csv': '/search?q=x&format=csv', 'jsonl': '/search?q=x&format=jsonl'}
    """
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("format", "page")]
    return {form: f"{request.url.path}?{urlencode([*kept, ('format', form)])}" for form in ("csv", "jsonl")}


def said_to_be(number: int, one: str, several: str | None = None) -> str:
    """What a file of so many rows holds, in words for the link to it.

    Example:
        >>> said_to_be(1, "story", "stories"), said_to_be(1234, "event")
        ('1 story', 'the first 500 of 1,234 events')
    """
    words = f"{number:,} {one if number == 1 else several or one + 's'}"
    return words if number <= AT_MOST else f"the first {AT_MOST} of {words}"


def anchored(report_id: str, entry: str | None, anchor: Anchor | None, *, publisher: str | None,
             published: str | None, sha256: str) -> dict[str, Cell]:  # fmt: skip
    """The columns by which every row is traced back: the report, the entry, its exact words and where they stand.

    Example:
        >>> list(anchored("r-1", "a1", None, publisher=None, published=None, sha256="0"))
        ['report', 'entry', 'start', 'end', 'exact', 'outlet', 'published', 'sha256']
    """
    start, end, exact = (anchor.start, anchor.end, anchor.exact) if anchor is not None else (None, None, None)
    return {"report": report_id, "entry": entry, "start": start, "end": end, "exact": exact, "outlet": publisher,
            "published": published, "sha256": sha256}  # fmt: skip


def _csv(rows: Iterable[Mapping[str, Cell]]) -> str:
    out = io.StringIO(newline="")
    table = csv.writer(out)
    given: Iterator[Mapping[str, Cell]] = iter(rows)
    first = next(given, None)
    if first is None:
        return ""
    columns = list(first)
    table.writerow(columns)
    table.writerow([defused(first[column]) for column in columns])
    table.writerows([defused(row[column]) for column in columns] for row in given)
    return out.getvalue()


def _file(content: str, media_type: str, name: str, *, cut: bool) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if cut:
        headers[CUT] = f"the first {AT_MOST}; there are more"
    return Response(content.encode("utf-8", "replace"), media_type=media_type, headers=headers)
