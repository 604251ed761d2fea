"""What may ask, and what a page may do in the browser: refusals, headers, forms that cannot be forged."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import MappingProxyType
from typing import Any, TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from onrecord.web.door import Door, cookie
from onrecord.web.limits import BODY, HEADERS, URL, Rates, bounded, client_of

__all__ = ["FORM_FIELD", "POLICIES", "POLICY", "Guard", "form_token", "is_own_form"]

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

#: What a page may load: from this server alone, and no script or style within the page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: The headers of every answer. Nothing is stored by browsers or servers between, for it may be confidential.
POLICIES: Mapping[str, str] = MappingProxyType({
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
})  # fmt: skip
#: The hidden field of every form that changes something.
FORM_FIELD = "form_token"
#: The cookie of the browser whose forms these are, and what it looks like.
_BROWSER, _MADE = "onrecord-browser", re.compile(r"[\w-]{24}", re.ASCII)


class Guard:
    """The wrapper around the application: refuses what may not ask, and adds the headers to every answer."""

    def __init__(self, app: App, *, door: Door) -> None:
        self._app = app
        self._door = door
        self._rates = None if door.rate is None else Rates(door.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = self._refused(request)
        # Not SameSite=Strict, unlike a session: following a link to this server would bring the browser another cookie,
        # and so make the forms that it has open worthless. It lets nobody in, and other sites' forms do not carry it.
        browser = request.cookies.get(cookie(_BROWSER, request), "")
        is_new = _MADE.fullmatch(browser) is None
        made = secrets.token_urlsafe(18) if is_new else browser
        scope["onrecord.form"] = f"{made}\0{self._door.session(request) or ''}"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(POLICIES)
                if is_new and not scope["path"].startswith("/static/"):
                    own = "; Secure" if scope["scheme"] == "https" else ""
                    name = cookie(_BROWSER, request)
                    headers.append("Set-Cookie", f"{name}={made}; Path=/; HttpOnly; SameSite=Lax{own}")
            await send(message)

        await (refused or self._app)(scope, bounded(receive), with_headers)

    def _refused(self, request: Request) -> Response | None:
        """The answer to what may not be asked, by the first rule that it breaks."""
        if not self._door.is_called(request.headers.get("host", "")):
            return _refusal(request, 421, "host", "this server does not go by that name",
                            "call it by the address that it printed, or start it with --name NAME")  # fmt: skip
        if self._rates is not None and (wait := self._rates.wait(client_of(request.scope))):
            return _later(request, "too much was asked at once", wait)
        if too_long := _too_long(request):
            return too_long
        if not _is_own(request):
            return _refusal(request, 403, "site", "a page of another site may not ask or change anything here",
                            "open the page itself")  # fmt: skip
        return self._without_key(request)

    def _without_key(self, request: Request) -> Response | None:
        path = request.scope["path"]
        if path == "/sign-in" or path.startswith("/static/") or (tried := self._door.admits(request)) is None:
            return None
        if tried.wait:
            return _later(request, "too many wrong keys were given", tried.wait)
        if path.startswith("/api/"):
            return _refusal(request, 401, "key", "the key is missing or wrong", "give it: Authorization: Bearer KEY",
                            {"WWW-Authenticate": "Bearer"})  # fmt: skip
        return RedirectResponse("/sign-in", 303)


def _refusal(
    request: Request, status: int, kind: str, cause: str, remedy: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A refusal with its cause and remedy: as the API gives errors, or as one line."""
    if request.scope["path"].startswith("/api/"):
        told = {"error": {"kind": kind, "cause": cause, "remedy": remedy}}
        return JSONResponse(told, status, headers)
    return PlainTextResponse(f"{cause[0].upper()}{cause[1:]}; {remedy}.\n", status, headers)


def _later(request: Request, cause: str, wait: int) -> Response:
    remedy = f"ask again in {wait} s"
    return _refusal(request, 429, "rate", cause, remedy, {"Retry-After": str(wait)})


def _too_long(request: Request) -> Response | None:
    scope, close = request.scope, {"Connection": "close"}
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > URL:
        return _refusal(request, 414, "length", "the address is too long", f"give {URL:,} characters or fewer", close)
    if sum(len(name) + len(value) for name, value in scope["headers"]) > HEADERS:
        return _refusal(request, 431, "length", "the headers are too long", f"give {HEADERS:,} bytes or fewer", close)
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > BODY:
        return _refusal(request, 413, "length", "the form is too long", f"give {BODY:,} bytes or fewer", close)
    return None


def _is_own(request: Request) -> bool:
    """Whether a page of this server asks, or no page at all; another site's may link to a page, no more.

    This is Fetch Metadata's resource isolation policy; older browsers say at least from where a form comes.
    """
    headers = request.headers
    site = headers.get("sec-fetch-site")
    changes = request.method not in {"GET", "HEAD", "OPTIONS"}
    if site is None:
        return not changes or _is_same_origin(headers)
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest", "document") == "document"
    return site in {"same-origin", "none"} or (followed and not changes)


def _is_same_origin(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == headers.get("host")


def form_token(request: Request) -> str:
    """The hidden field that shows a form to be a page's own, for this browser, session and run of the server."""
    door: Door = request.app.state.door
    return door.mark("form", request.scope["onrecord.form"])


def is_own_form(request: Request, token: object) -> bool:
    """Whether a form came from a page that this server gave this browser in this session."""
    return isinstance(token, str) and hmac.compare_digest(token.encode(), form_token(request).encode())
