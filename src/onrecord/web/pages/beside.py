"""Two texts side by side: two versions of a report, or a report and one that it shares words with."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import InputError
from onrecord.view.differences import Beside, side_by_side
from onrecord.view.show import show
from onrecord.web.aligning import rows
from onrecord.web.pages.asked import asked, number
from onrecord.web.room import page, room

__all__ = ["ROUTES"]

#: How many rows stand on a page.
ROWS = 150


def versions(request: Request) -> Response:
    """Two versions of a report; the latest and the one before unless the query says which.

    Raises:
        InputError: the report has one version.
    """
    found = show(room(request).record, asked(request))
    if len(found.versions) < 2:
        raise InputError("the record has one version of this report", "go back to the report")
    last = found.versions[-1].number
    b = number(request.query_params.get("b"), last)
    a = number(request.query_params.get("a"), b - 1 if b > 1 else last)
    made = side_by_side(room(request).record, (found.report_id, a), (found.report_id, b))
    return _page(request, made, {"versions": found.versions, "names": (f"version {a}", f"version {b}")})


def beside(request: Request) -> Response:
    """The latest versions of two reports."""
    made = side_by_side(room(request).record, (asked(request), None), (asked(request, "other"), None))
    names = tuple(side.publisher or "publisher unknown" for side in (made.a, made.b))
    if names[0] == names[1]:
        names = (f"{names[0]} (left)", f"{names[1]} (right)")
    return _page(request, made, {"versions": (), "names": names})


def _page(request: Request, made: Beside, given: dict[str, object]) -> Response:
    every = list(rows(made.lines or ()))
    only = request.query_params.get("only") == "changes"
    wanted = [row for row in every if row.kind != "same" or not only]
    pages = max(-(-len(wanted) // ROWS), 1)
    at = min(max(number(request.query_params.get("page"), 1), 1), pages)
    kinds = Counter("same" if line.kind == "shared" else line.kind if line.kind == "changed" else "a" if line.b is None
                    else "b" for line in made.lines or ())  # fmt: skip
    return page(request, "beside", {
        "made": made, "rows": wanted[(at - 1) * ROWS : at * ROWS], "only": only, "at_page": at, "pages": pages,
        "kinds": kinds, **given,
    })  # fmt: skip


ROUTES = (Route("/report/{report}/versions", versions), Route("/report/{report}/beside/{other}", beside))
