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

from onrecord.errors import InputError, OnrecordError
from onrecord.record.store import Record
from onrecord.web.pages import beside, entry, original, report, search, sign_in
from onrecord.web.room import Room, page, templates
from onrecord.web.security import Door, Guard

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
        exception_handlers={HTTPException: _http_error, OnrecordError: _own_error},
    )
    app.state.room = Room(record, templates())
    app.state.door = let_in
    return app


def _routes() -> list[BaseRoute]:
    static = StaticFiles(directory=str(resources.files("onrecord.web").joinpath("static")))
    return [
        *search.ROUTES,
        *report.ROUTES,
        *beside.ROUTES,
        *original.ROUTES,
        *entry.ROUTES,
        *sign_in.ROUTES,
        Route("/healthz", lambda _: Response("ok\n", media_type="text/plain")),
        Mount("/static", static),
    ]


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these alone
    what = "There is no such page" if error.status_code == 404 else str(error.detail)
    return page(request, "error", {"what": what, "remedy": "Go back, or search."}, status=error.status_code)


def _own_error(request: Request, error: Exception) -> Response:
    """What onrecord refuses, with cause and remedy; what is not in the record is not found."""
    assert isinstance(error, OnrecordError)  # noqa: S101 - it is registered for these alone
    status = 400 if isinstance(error, InputError) else 404
    return page(request, "error", {"what": error.cause, "remedy": error.remedy}, status=status)
