"""How much may be asked: requests of a client, the length of an address, of headers and of a form, and its time."""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from starlette.exceptions import HTTPException

__all__ = ["AT_ONCE", "BODY", "BODY_SECONDS", "HEADERS", "URL", "Rates", "bounded", "client", "client_of"]

#: The longest address and the longest headers in bytes, the largest form in bytes, and the seconds that it may take.
URL, HEADERS, BODY, BODY_SECONDS = 8_192, 16_384, 1_048_576, 30.0
#: How many seconds' worth of requests a client may ask for at once, after it asked for nothing.
AT_ONCE = 10
#: How many clients are remembered; the ones that asked least lately are forgotten first.
_CLIENTS = 10_000

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class Rates:
    """A bucket of tokens for each client: it fills by so many a second, and each request takes one.

    Example:
        >>> now = iter((0.0, 0.0, 0.0, 0.5)).__next__
        >>> rates = Rates(0.2, clock=now)
        >>> [rates.wait("192.0.2.7") for _ in range(4)]
        [0, 0, 5, 5]
    """

    def __init__(self, a_second: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Let each client ask for so many a second in the long run, `AT_ONCE` times as many at once."""
        self._a_second, self._most, self._clock = a_second, max(a_second * AT_ONCE, 1.0), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """For how many seconds the client has to wait; 0 if it may ask, which is counted."""
        now = self._clock()
        left, last = self._buckets.pop(client, (self._most, now))
        left = min(left + (now - last) * self._a_second, self._most)
        waits = 0 if left >= 1 else math.ceil((1 - left) / self._a_second)
        self._buckets[client] = (left if waits else left - 1, now)
        while len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return waits


def client(address: str) -> str:
    """The client that an address counts for; a network of IPv6 is one client, since it has addresses without number.

    Example:
        >>> client("192.0.2.7"), client("::ffff:192.0.2.7"), client("2001:db8::1:2:3:4")
        ('192.0.2.7', '192.0.2.7', '2001:db8::/64')
    """
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(number, ipaddress.IPv4Address):
        return str(number)
    if number.ipv4_mapped is not None:
        return str(number.ipv4_mapped)
    return str(ipaddress.ip_network((int(number), 64), strict=False))


def client_of(scope: Mapping[str, Any]) -> str:
    """The client that sent a request, for which it counts."""
    return client(scope["client"][0]) if scope.get("client") else ""


def bounded(receive: Receive) -> Receive:
    """What is sent after the headers, as long as it is not too long and does not take too long.

    Raises:
        HTTPException: 413 where it is longer than `BODY`, 408 where it takes longer than `BODY_SECONDS`; the
            connection is closed then, for what is still to come would be taken for another request.
    """
    came, until, is_whole = 0, time.monotonic() + BODY_SECONDS, False

    async def received() -> MutableMapping[str, Any]:
        nonlocal came, is_whole
        if is_whole:
            return await receive()  # that the client is gone
        try:
            async with asyncio.timeout(max(until - time.monotonic(), 0)):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "It took too long to come", {"Connection": "close"}) from None
        came, is_whole = came + len(message.get("body", b"")), not message.get("more_body")
        if came > BODY:
            raise HTTPException(413, "It is too long", {"Connection": "close"})
        return message

    return received
