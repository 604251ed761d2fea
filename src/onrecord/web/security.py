"""Who may ask, and what a page may do in the browser: hosts, sign-in, forms that cannot be forged, headers."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

__all__ = ["FORM_FIELD", "POLICY", "Door", "Guard", "form_token", "is_own_form"]

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
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "X-Frame-Options": "DENY",
}
#: The hidden field of every form that changes something.
FORM_FIELD = "form_token"
#: How long a sign-in lasts, in seconds; and how many wrong keys are taken in a minute.
SIGNED_IN, TRIES = 12 * 3600, 10
#: The cookies of the sign-in, and of the browser whose forms these are.
_SESSION, _BROWSER = "onrecord-session", "onrecord-browser"
#: What can be asked for without a key.
_OPEN = ("/sign-in", "/static/")


@dataclass(slots=True)
class Door:
    """What lets people in: the key, if one is needed, and the sessions of those who gave it.

    A session is a time signed with the secret, so that every process of a server knows those that another let in.

    Attributes:
        key: what must be given; None where only this computer can ask.
        hosts: names by which this server may be called, without the port; empty for any. It keeps other sites' pages
            from asking under a name of their own (DNS rebinding).
        secret: by which sessions and the tokens of forms are made; new at each start.
        clock: seconds since 1970.
    """

    key: str | None = None
    hosts: frozenset[str] = frozenset({"localhost", "127.0.0.1", "::1"})
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    clock: Callable[[], float] = time.time
    _tries: list[float] = field(default_factory=list)

    def opens(self, given: str) -> str | None:
        """A new session for whoever gives the key; None for a wrong key, or after too many of them."""
        now = self.clock()
        self._tries[:] = [moment for moment in self._tries if now - moment < 60]
        if self.key is None or len(self._tries) >= TRIES:
            return None
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            self._tries.append(now)
            return None
        return self._signed(f"{int(now) + SIGNED_IN}.{secrets.token_urlsafe(12)}")

    def _signed(self, words: str) -> str:
        return f"{words}.{self.mark('session', words)}"

    def mark(self, purpose: str, words: str) -> str:
        """What only this server can make of some words, for one purpose: a mark for another is of no use for it."""
        return hmac.new(self.secret, f"{purpose}\0{words}".encode(), sha256).hexdigest()

    def _is_session(self, given: str) -> bool:
        words, _, _ = given.rpartition(".")
        until = words.partition(".")[0]
        return (
            hmac.compare_digest(given.encode(), self._signed(words).encode())
            and until.isdecimal()
            and int(until) > self.clock()
        )

    def knows(self, request: Request) -> bool:
        """Whether the request needs no key, carries it, or comes from who gave it."""
        if self.key is None:
            return True
        if self._is_session(request.cookies.get(_SESSION, "")):
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), self.key.encode())

    def signed_in(self, response: Response, session: str, *, secure: bool) -> None:
        """Put the session into the browser."""
        response.set_cookie(_SESSION, session, max_age=SIGNED_IN, httponly=True, samesite="strict", secure=secure)

    def is_called(self, host: str) -> bool:
        """Whether the server may be called by this Host header."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return not self.hosts or name.strip("[]").lower() in self.hosts


class Guard:
    """The wrapper around the application: refuses what may not ask, and adds the headers to every answer."""

    def __init__(self, app: App, *, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = self._refused(request)
        browser = request.cookies.get(_BROWSER)
        scope["onrecord.browser"] = made = browser or secrets.token_urlsafe(18)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["Cache-Control"] = "no-store"
                if browser is None and not request.url.path.startswith("/static/"):
                    headers.append("Set-Cookie", f"{_BROWSER}={made}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        await (refused or self._app)(scope, receive, with_headers)

    def _refused(self, request: Request) -> Response | None:
        if not self._door.is_called(request.headers.get("host", "")):
            return PlainTextResponse("This server does not go by that name.\n", 421)
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not _is_own(request.headers):
            return PlainTextResponse("A page of another site may not change anything here.\n", 403)
        if self._door.knows(request) or request.url.path.startswith(_OPEN):
            return None
        if request.url.path.startswith("/api/"):
            told = {"kind": "key", "cause": "the key is missing", "remedy": "give it: Authorization: Bearer KEY"}
            return JSONResponse({"error": told}, 401, {"WWW-Authenticate": "Bearer"})
        return RedirectResponse("/sign-in", 303)


def _is_own(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of this server, or from no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == headers.get("host")


def form_token(request: Request) -> str:
    """The hidden field that shows a form to be a page's own, for this browser and this run of the server."""
    door: Door = request.app.state.door
    return door.mark("form", request.scope["onrecord.browser"])


def is_own_form(request: Request, token: object) -> bool:
    """Whether a form came from a page that this server gave this browser."""
    return isinstance(token, str) and hmac.compare_digest(token.encode(), form_token(request).encode())
