"""The page that lists what the JSON API answers, and its description for programs."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord import __version__
from onrecord.web.api import routes
from onrecord.web.endpoints import ENDPOINTS
from onrecord.web.openapi import document
from onrecord.web.room import page

__all__ = ["ROUTES"]


def listed(request: Request) -> Response:
    """The endpoints with their parameters."""
    return page(request, "api", {"endpoints": ENDPOINTS})


def described(request: Request) -> Response:  # noqa: ARG001 - the description is the same for everybody
    """The description in OpenAPI."""
    return Response(msgspec.json.encode(document(ENDPOINTS, version=__version__)), media_type="application/json")


ROUTES = (Route("/api", listed), Route("/api/openapi.json", described), *routes(ENDPOINTS))
