"""The server of the reading room: on this computer alone, unless a key is asked for."""

from __future__ import annotations

import gc
import ipaddress
import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.security import Door

__all__ = ["Served", "in_background", "is_loopback", "prepared", "room", "run"]

#: What the processes of a server are told, in their environment.
_TOLD = "ONRECORD_ROOM"


@dataclass(frozen=True, slots=True)
class Served:
    """Where the room will be, and by what it is entered.

    Attributes:
        key: None where only this computer can ask.
    """

    host: str
    port: int
    key: str | None

    @property
    def address(self) -> str:
        """What to open in a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


def prepared(host: str, port: int, key: str | None) -> Served:
    """Where to serve; other computers are let in with a key alone, which is made here if none is given.

    Raises:
        InputError: the key is too short to keep anybody out.
    """
    if key is not None and len(key) < 12:
        raise InputError("the key is too short", "give 12 characters or more, or none to have one made")
    if not is_loopback(host) and key is None:
        key = secrets.token_urlsafe(18)
    return Served(host, port, key)


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
    hosts = Door().hosts if is_loopback(served.host) else frozenset()
    told = {"record": path, "key": served.key, "hosts": sorted(hosts), "secret": secrets.token_hex(32)}
    os.environ[_TOLD] = json.dumps(told)
    uvicorn.run(
        "onrecord.web.serving:room", factory=True, host=served.host, port=served.port, workers=processes,
        log_level="warning", server_header=False,
    )  # fmt: skip


def room() -> Starlette:
    """The application of one process of `run`, made from what that tells it."""
    told = json.loads(os.environ[_TOLD])
    door = Door(key=told["key"], hosts=frozenset(told["hosts"]), secret=bytes.fromhex(told["secret"]))
    made = application(Record.open(told["record"], create=False), door=door)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: looking it through again and again held up the pages
    return made


@contextmanager
def in_background(record: Record) -> Iterator[str]:
    """An opened record at a free port of this computer while the block lasts, in a thread; the address is given.

    For programs that look at pages, such as a browser that is driven.

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
    server = uvicorn.Server(uvicorn.Config(application(record), host="127.0.0.1", port=port, log_level="warning"))
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
