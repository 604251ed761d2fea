"""Which computers an address may lead to: by default none of one's own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from onrecord.errors import InputError

__all__ = ["is_address", "is_public", "resolved"]

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def is_address(words: str) -> bool:
    """Whether the words are an address of the web, and not a file's name.

    Example:
        >>> is_address("https://harbour.example/a"), is_address("https.txt"), is_address("file:///etc/passwd")
        (True, False, False)
    """
    return words[:8].lower().startswith(("http://", "https://"))


def resolved(address: str, *, allow_private: bool) -> list[str]:
    """The numbers of the computers that an address leads to, all of them looked up and checked now.

    Whoever connects has to connect to one of these numbers: looked up again, the name may lead elsewhere.

    Args:
        allow_private: whether numbers of one's own computer and network, and others that are not public, will do.

    Raises:
        InputError: the address is malformed, holds a password, is unknown, or leads to a number that is not public.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"the address is malformed ({error})", "check the address") from error
    if parts.scheme.lower() not in {"http", "https"} or not host:
        raise InputError("the address is not one of the web", "give an http or https address")
    if parts.username is not None or parts.password is not None:
        raise InputError("the address holds a name or password, which the record would keep", "give it without")
    try:
        found = socket.getaddrinfo(host, port or (443 if parts.scheme.lower() == "https" else 80),
                                   type=socket.SOCK_STREAM)  # fmt: skip
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {host} is not found ({error})", "check the address and the network") from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private and (private := [n for n in numbers if not is_public(n)]):
        raise InputError(
            f"the host {host} is in a private network ({private[0]})", "give --allow-private if that is meant"
        )
    return numbers


def is_public(number: str) -> bool:
    """Whether a number is of the public internet, in all the forms in which IPv6 can hold one of IPv4.

    Example:
        >>> is_public("192.0.2.1"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254"), is_public("1.1.1.1")
        (False, False, False, True)
    """
    found = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in _TRANSLATED:
            inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(within is not None and not is_public(str(within)) for within in inner):
            return False
    return found.is_global and not found.is_multicast
