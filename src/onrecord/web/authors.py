"""Who decides: asked once, and kept in the browser."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["author", "clean", "remembered"]

_COOKIE = "onrecord-author"
#: How long a name may be, and for how many seconds it is kept.
_LONGEST, _KEPT = 80, 365 * 24 * 3600


def author(request: Request) -> str:
    """The name that this browser keeps; empty if none was given yet."""
    return clean(unquote(request.cookies.get(_COOKIE, "")))


def remembered(request: Request, response: Response, name: str) -> None:
    """Keep a name in the browser, out of reach of scripts and of other sites; an empty one is not kept."""
    if kept := clean(name):
        response.set_cookie(_COOKIE, quote(kept, safe=""), max_age=_KEPT, httponly=True, samesite="strict",
                            secure=request.url.scheme == "https")  # fmt: skip


def clean(name: str) -> str:
    r"""A name as it is kept: one line, without what cannot be seen.

    Example:
        >>> clean(" R.  Okafor\u202e ")
        'R. Okafor'
    """
    return " ".join("".join(c for c in name if c.isprintable()).split())[:_LONGEST]
