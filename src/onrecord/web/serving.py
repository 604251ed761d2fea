"""The server of the reading room: on this computer alone, unless a key is asked for."""

from __future__ import annotations

import gc
import ipaddress
import json
import os
import secrets
import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.applications import Starlette

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.connections import settings
from onrecord.web.door import LOOPBACK, Door
from onrecord.web.heap import share_heap
from onrecord.web.ledger import Ledger

__all__ = ["RATE", "SHORTEST", "Certified", "Served", "in_background", "is_loopback", "prepared", "room", "run"]

#: How many requests a second are taken from each client, where others than this computer can ask.
RATE = 30.0
#: How many characters a key has at least.
SHORTEST = 12
#: What the processes of a server are told, in their environment.
_TOLD = "ONRECORD_ROOM"


@dataclass(frozen=True, slots=True)
class Certified:
    """The files (PEM) of a certificate with what vouches for it, and of its private key."""

    certificate: str
    key: str


@dataclass(frozen=True, slots=True)
class Served:
    """Where the room will be, and by what it is entered.

    Attributes:
        key: None where only this computer can ask.
        names: by which it may be called, beside what `Door` allows.
        rate: how many requests a second are taken from each client; None for any number.
        certified: by what connections are encrypted; None where they are not.
    """

    host: str
    port: int
    key: str | None
    names: frozenset[str] = frozenset()
    rate: float | None = None
    certified: Certified | None = None

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'http' if self.certified is None else 'https'}://{host}:{self.port}/"

    @property
    def is_readable_on_the_way(self) -> bool:
        """Whether others on the network can read what is sent."""
        return self.certified is None and not is_loopback(self.host)


def prepared(
    host: str,
    port: int,
    key: str | None,
    *,
    names: Sequence[str] = (),
    rate: float | None = None,
    certified: Certified | None = None,
    make_key: bool = True,
) -> Served:
    """Where to serve; other computers are let in with a key alone.

    Args:
        names: other names of the server, such as that of a proxy before it; whoever has some asks for a key.
        rate: requests a second of each client; `RATE` where a key is needed, any number else, unless given.
        make_key: whether to make a key where one is needed and none is given.

    Raises:
        InputError: the key is too short to keep anybody out, or missing; or the certificate cannot be used.
    """
    if key is not None and len(key) < SHORTEST:
        raise InputError("the key is too short", f"give {SHORTEST} characters or more, or none to have one made")
    if key is None and (not is_loopback(host) or names):
        if not make_key:
            raise InputError("others could read the record, so it needs a key, which would stand in a log if it were "
                             "made here", "give one with --key-file or ONRECORD_KEY")  # fmt: skip
        key = secrets.token_urlsafe(18)
    if certified is not None:
        _check(certified)
    known = frozenset(name.lower() for name in names)
    return Served(host, port, key, known, rate or (None if key is None else RATE), certified)


def _check(certified: Certified) -> None:
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            certified.certificate, certified.key, password=lambda: ""
        )
    except OSError as error:  # of which those of ssl are some
        raise InputError(f"the certificate cannot be used: {error.strerror or error}",
                         "give its file and that of its key, without a password, both as PEM") from error  # fmt: skip


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach the address.

    Example:
        >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
        (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def run(path: str, served: Served, *, processes: int) -> None:
    """Serve a record until it is stopped.

    Args:
        path: the record's file.
        processes: how many answer; each opens the record for itself.
    """
    with ExitStack() as until_stopped:
        ledger = ":memory:"
        if processes > 1:  # they share a file
            folder = until_stopped.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-"))
            ledger = f"{folder}/ledger"
        told = {"record": path, "ledger": ledger, "secret": secrets.token_hex(32), **_entrance(served)}
        os.environ[_TOLD] = json.dumps(told)
        uvicorn.run(
            "onrecord.web.serving:room", factory=True, host=served.host, port=served.port, workers=processes,
            **_files(served), **settings(),
        )  # fmt: skip


def _entrance(served: Served) -> dict[str, Any]:
    """The key, the rate, and the names by which the server may be called."""
    names, numbers = LOOPBACK | served.names, not is_loopback(served.host)
    if numbers:
        own = socket.gethostname().lower()
        names |= {served.host.lower(), own, f"{own.partition('.')[0]}.local"}
    return {"key": served.key, "rate": served.rate, "names": sorted(names), "numbers": numbers}


def _files(served: Served) -> dict[str, Any]:
    if served.certified is None:
        return {}
    return {"ssl_certfile": served.certified.certificate, "ssl_keyfile": served.certified.key}


def room() -> Starlette:
    """The application of one process of `run`, made from what that tells it."""
    share_heap()
    told = json.loads(os.environ[_TOLD])
    door = Door(key=told["key"], names=frozenset(told["names"]), numbers=told["numbers"], rate=told["rate"],
                secret=bytes.fromhex(told["secret"]), ledger=Ledger(told["ledger"]))  # fmt: skip
    made = application(Record.open(told["record"], create=False), door=door)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: looking it through again and again held up the pages
    return made


@contextmanager
def in_background(record: Record, *, door: Door | None = None) -> Iterator[str]:
    """An opened record at a free port of this computer while the block lasts, in a thread; the address is given.

    For programs that look at pages, such as a browser that is driven.

    Args:
        door: who may ask; this computer alone, unless given.

    Example:
        >>> import tempfile, urllib.request
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     with in_background(record) as address:
        ...         urllib.request.urlopen(f"{address}/search").status
        200
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(application(record, door=door), host="127.0.0.1", port=port, **settings())
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise InputError("the server did not start", "see what it says above")
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
