"""Who may ask: the names of the server, its key, and the sessions of those who gave it."""

from __future__ import annotations

import hmac
import ipaddress
import logging
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from onrecord.web.ledger import Ledger
from onrecord.web.limits import client_of

__all__ = ["LOOPBACK", "SIGNED_IN", "Door", "Tried", "cookie"]

#: How long a sign-in lasts, in seconds.
SIGNED_IN = 12 * 3600
#: The names of a server that this computer alone can reach.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_SESSION = "onrecord-session"
#: A Host header: the name or number, and the port.
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of giving a key: a session if it was right; the seconds to wait if none is taken now."""

    session: str | None = None
    wait: int = 0


@dataclass(slots=True)
class Door:
    """What lets people in.

    A session is a time signed with the secret, so that every process of a server knows those that another let in; the
    ledger knows which were ended.

    Attributes:
        key: what must be given; None where only this computer can ask.
        names: by which this server may be called, in small letters, without the port. It keeps other sites' pages from
            asking under a name of their own (DNS rebinding).
        numbers: whether it may be called by any IP address too, which no other site can have for its name.
        rate: how many requests a second are taken from each client; None for any number.
        secret: by which sessions and the tokens of forms are made; new at each start.
        clock: seconds since 1970.
    """

    key: str | None = None
    names: frozenset[str] = LOOPBACK
    numbers: bool = False
    rate: float | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    clock: Callable[[], float] = time.time
    ledger: Ledger = field(default_factory=Ledger)

    def mark(self, purpose: str, words: str) -> str:
        """What only this server can make of some words, for one purpose: a mark for another is of no use for it."""
        return hmac.new(self.secret, f"{purpose}\0{words}".encode(), sha256).hexdigest()

    def tried(self, given: str, client: str) -> Tried:
        """A new session for the right key; none for a wrong one, which is counted, or after too many of them."""
        now = self.clock()
        if wait := self.ledger.wait(client, now):
            return Tried(wait=wait)
        if self.key is None or not hmac.compare_digest(given.encode(), self.key.encode()):
            self.ledger.wrong(client, now)
            _log.warning("a wrong key from %s", client)
            return Tried()
        words = f"{int(now) + SIGNED_IN}.{secrets.token_urlsafe(12)}"
        return Tried(f"{words}.{self.mark('session', words)}")

    def session(self, request: Request) -> str | None:
        """The session that a request belongs to; None if it has none that is this server's, lasts and was not ended."""
        given = request.cookies.get(cookie(_SESSION, request), "")
        words, _, mark = given.rpartition(".")
        if not hmac.compare_digest(mark.encode(), self.mark("session", words).encode()):
            return None
        return given if _until(words) > self.clock() and not self.ledger.is_ended(words) else None

    def admits(self, request: Request) -> Tried | None:
        """None if the request needs no key, carries it, or comes from who gave it; else what came of its key."""
        if self.key is None or self.session(request) is not None:
            return None
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return Tried()
        tried = self.tried(given.strip(), client_of(request.scope))
        return None if tried.session is not None else tried

    def let_in(self, request: Request, response: Response, session: str) -> None:
        """Put the session into the browser, out of reach of scripts and of other sites."""
        response.set_cookie(cookie(_SESSION, request), session, max_age=SIGNED_IN, httponly=True, samesite="strict",
                            secure=request.url.scheme == "https")  # fmt: skip

    def let_out(self, request: Request, response: Response) -> None:
        """End the session of a request, in every process of the server and in the browser."""
        if (session := self.session(request)) is not None:
            words = session.rpartition(".")[0]
            self.ledger.end(words, _until(words), self.clock())
        response.delete_cookie(cookie(_SESSION, request), httponly=True, samesite="strict",
                               secure=request.url.scheme == "https")  # fmt: skip

    def is_called(self, host: str) -> bool:
        """Whether the server may be called by this Host header.

        Example:
            >>> door = Door()
            >>> [door.is_called(host) for host in ("localhost:8437", "[::1]", "evil.example", "192.0.2.7", "")]
            [True, True, False, False, False]
            >>> Door(numbers=True).is_called("192.0.2.7:8437")
            True
        """
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = (found[1] or found[2]).lower()
        return name in self.names or (self.numbers and _is_number(name))


def cookie(name: str, request: Request) -> str:
    """The name of a cookie; where the connection is encrypted, one that no other site or port can set."""
    return f"__Host-{name}" if request.url.scheme == "https" else name


def _until(words: str) -> int:
    """Until when a session lasts, by its words, which were this server's."""
    return int(words.partition(".")[0])


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
