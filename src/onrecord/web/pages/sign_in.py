"""Signing in and out, where the server is open to other computers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.web.door import Tried
from onrecord.web.limits import client_of
from onrecord.web.room import door, page
from onrecord.web.security import FORM_FIELD, is_own_form

__all__ = ["ROUTES"]


def ask(request: Request) -> Response:
    """The form."""
    return page(request, "sign_in", {"wrong": False, "wait": 0})


async def enter(request: Request) -> Response:
    """The key given: into the room, or the form once more."""
    given = await request.form()
    is_own = is_own_form(request, given.get(FORM_FIELD))
    tried = door(request).tried(str(given.get("key", "")), client_of(request.scope)) if is_own else Tried()
    if tried.session is None:
        answer = page(request, "sign_in", {"wrong": not tried.wait, "wait": tried.wait},
                      status=429 if tried.wait else 401)  # fmt: skip
        if tried.wait:
            answer.headers["Retry-After"] = str(tried.wait)
        return answer
    answer = RedirectResponse("/", 303)
    door(request).let_in(request, answer, tried.session)
    return answer


async def leave(request: Request) -> Response:
    """Out of the room: the session is ended, here and in the browser."""
    given = await request.form()
    if not is_own_form(request, given.get(FORM_FIELD)):
        return page(request, "error", {"what": "This form is not one of this page",
                                       "remedy": "Load the page again, then sign out."}, status=403)  # fmt: skip
    answer = RedirectResponse("/sign-in", 303)
    door(request).let_out(request, answer)
    return answer


ROUTES = (
    Route("/sign-in", ask, methods=["GET"]),
    Route("/sign-in", enter, methods=["POST"]),
    Route("/sign-out", leave, methods=["POST"]),
)
