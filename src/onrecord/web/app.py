"""The application: its addresses, and what happens when something is not there or goes wrong."""

from __future__ import annotations

from importlib import resources

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from onrecord.errors import OnrecordError
from onrecord.record.store import Record
from onrecord.web.api import error_response, status_of
from onrecord.web.door import Door
from onrecord.web.pages import (
    accounts,
    api,
    beside,
    entry,
    how_many,
    original,
    report,
    review,
    search,
    sign_in,
    today,
    when,
    where,
    who,
)
from onrecord.web.room import Room, page, templates
from onrecord.web.security import POLICIES, Guard

__all__ = ["application"]


def application(record: Record, *, door: Door | None = None) -> Starlette:
    """The reading room over an opened record.

    Args:
        record: stays open as long as the application is used.
        door: who may ask; this computer alone, unless given.
    """
    let_in = door or Door()
    app = Starlette(
        routes=list(_routes()),
        middleware=[Middleware(Guard, door=let_in), Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)],
        exception_handlers={HTTPException: _http_error, OnrecordError: _own_error, Exception: _unexpected},
    )
    app.state.room = Room(record, templates())
    app.state.door = let_in
    return app


def _routes() -> list[BaseRoute]:
    static = StaticFiles(directory=str(resources.files("onrecord.web").joinpath("static")))
    return [
        *today.ROUTES,
        *search.ROUTES,
        *accounts.ROUTES,
        *who.ROUTES,
        *api.ROUTES,
        *report.ROUTES,
        *beside.ROUTES,
        *original.ROUTES,
        *entry.ROUTES,
        *how_many.ROUTES,
        *where.ROUTES,
        *when.ROUTES,
        *review.ROUTES,
        *sign_in.ROUTES,
        Route("/healthz", lambda _: Response("ok\n", media_type="text/plain")),
        Mount("/static", static),
    ]


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these alone
    if request.url.path.startswith("/api/"):
        known = {404: ("missing", "there is no such question"), 405: ("method", "the API is for reading alone")}
        kind, cause = known.get(error.status_code, ("error", str(error.detail)))
        answer = error_response(kind, cause, "see /api for what can be asked", error.status_code)
    else:
        what = "There is no such page" if error.status_code == 404 else str(error.detail)
        answer = page(request, "error", {"what": what, "remedy": "Go back, or search."}, status=error.status_code)
    answer.headers.update(error.headers or {})  # such as Allow, which says by what methods something can be asked
    return answer


def _own_error(request: Request, error: Exception) -> Response:
    """What onrecord refuses, with cause and remedy; what is not in the record is not found."""
    assert isinstance(error, OnrecordError)  # noqa: S101 - it is registered for these alone
    return page(request, "error", {"what": error.cause, "remedy": error.remedy}, status=status_of(error))


def _unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001 - what it was is for the server's log
    """A fault of onrecord's own: nothing of it is shown, and the headers are there, which the guard cannot add here."""
    what, remedy = "something went wrong here", "see what the server printed, and tell those who make onrecord"
    if request.url.path.startswith("/api/"):
        answer = error_response("fault", what, remedy, 500)
    else:
        answer = page(request, "error", {"what": what, "remedy": remedy}, status=500)
    answer.headers.update(POLICIES)
    return answer
