"""Signing in, where the server is open to other computers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.web.room import page
from onrecord.web.security import FORM_FIELD, Door, is_own_form

__all__ = ["ROUTES"]


def ask(request: Request) -> Response:
    """The form."""
    return page(request, "sign_in", {"wrong": False})


async def enter(request: Request) -> Response:
    """The key given: into the room, or the form once more."""
    door: Door = request.app.state.door
    given = await request.form()
    session = door.opens(str(given.get("key", ""))) if is_own_form(request, given.get(FORM_FIELD)) else None
    if session is None:
        return page(request, "sign_in", {"wrong": True}, status=401)
    answer = RedirectResponse("/", 303)
    door.signed_in(answer, session, secure=request.url.scheme == "https")
    return answer


ROUTES = (Route("/sign-in", ask, methods=["GET"]), Route("/sign-in", enter, methods=["POST"]))
