"""What people do every day, under guard: `python everyday.py FOLDER [TRY]`, run by the tests beside it.

The kernel kills this process, by SIGSYS, when it or a library in it connects anywhere or sends to an address; nothing
can be unpickled. TRY is done in place of the work: what the guard must stop, or what needs several processes. Prints
the pages that it asked for.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pickle
import platform
import re
import socket
import struct
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

#: prctl(2), seccomp(2), bpf(2) of Linux.
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
#: By machine: the architecture of system calls, and the numbers of connect, sendmsg, sendmmsg and sendto.
MACHINES = {"x86_64": (0xC000003E, 42, 46, 307, 44), "aarch64": (0xC00000B7, 203, 211, 269, 206)}
#: Where the filter finds the architecture, the number of a call, and the address that sendto is given, or none.
_ARCHITECTURE, _NUMBER, _ADDRESS = 4, 0, 48

#: The exit code of a process that unpickles something.
UNPICKLED = 70

PAGES = 40
ASKED = (
    "info", "search missiles", "timeline", "figures", "who Khrushchev", "events", "stories", "positions Khrushchev",
    "new --since 1962-10-24", "series", "statements", "verify", "export --redact persons", "export",
)  # fmt: skip


def forbid_connections() -> None:
    """From now on, to connect or to send to an address ends the process, whoever asks for it, in Python or in C."""
    architecture, connect, sendmsg, sendmmsg, sendto = MACHINES[platform.machine()]
    steps = [  # code, steps to pass over if equal, if not, operand
        (_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 0, 8, architecture),
        (_LOAD, 0, 0, _NUMBER), (_EQUAL, 5, 0, connect), (_EQUAL, 4, 0, sendmsg), (_EQUAL, 3, 0, sendmmsg),
        (_EQUAL, 0, 3, sendto), (_LOAD, 0, 0, _ADDRESS), (_EQUAL, 1, 0, 0),
        (_RETURN, 0, 0, _KILL), (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0)):
        if libc.prctl(*map(ctypes.c_ulong, arguments)) != 0:
            raise OSError(ctypes.get_errno(), "the guard cannot be set")


def forbid_pickles() -> None:
    """From now on, unpickling ends the process, for whoever looks it up in `pickle`, and for what asks for a class."""

    def forbidden(*_: Any, **__: Any) -> NoReturn:
        traceback.print_stack()
        os._exit(UNPICKLED)  # an exception could be caught on the way

    def told(event: str, _: tuple[Any, ...]) -> None:
        if event == "pickle.find_class":
            forbidden()

    sys.addaudithook(told)
    for name in ("load", "loads", "Unpickler", "_Unpickler"):
        setattr(pickle, name, forbidden)


def everyday(folder: Path) -> None:
    """Read, keep, link, ask, check, back up, give away and look at reports."""
    reports = sorted(str(path) for path in (folder / "reports").iterdir())
    _command(folder, "annotate", *reports, "--format", "jsonl", "--date", "1962-10-30")
    _command(folder, "add", *reports, "--date", "1962-10-30")
    _command(folder, "reconcile", "--jobs", "1")
    for words in ASKED:
        _command(folder, *words.split())
    _command(folder, "backup", str(folder / "backup.db"))
    _command(folder, "seal", "--new-key", str(folder / "key"), "--no-passphrase")
    _command(folder, "seal", str(folder / "seal"), "--key", str(folder / "key"))
    _pages(folder)


def _command(folder: Path, *words: str) -> None:
    from click.testing import CliRunner

    main = importlib.import_module("onrecord.cli").main
    done = CliRunner().invoke(main, ["--record", str(folder / "record.db"), *words])
    if done.exit_code != 0:
        raise RuntimeError(f"{words}: {done.output} {done.exception!r}")


def _pages(folder: Path) -> None:
    """The pages of the reading room, each link of one followed, up to a number."""
    from starlette.testclient import TestClient

    from onrecord.record.store import Record
    from onrecord.web.app import application

    with (
        Record.open(folder / "record.db") as record,
        TestClient(application(record), base_url="http://localhost") as client,
    ):
        waiting, seen = ["/"], {"/"}
        while waiting and len(seen) - len(waiting) < PAGES:
            path = waiting.pop(0)
            answer = client.get(path)
            if answer.status_code >= 500:
                raise RuntimeError(f"{path}: {answer.status_code}")
            sys.stdout.write(f"{path}\n")
            links = [link.replace("&amp;", "&") for link in re.findall(r'(?:href|src)="(/[^"#]*)', answer.text)]
            waiting += (new := [link for link in dict.fromkeys(links) if link not in seen])
            seen |= set(new)


def main() -> None:
    """Set the guard and work, or do what it must stop."""
    folder, attempt = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    forbid_connections()
    if attempt == "two processes":  # which pickle what they hand to one another
        _command(folder, "add", str(folder / "reports"), "--no-models")
        _command(folder, "reconcile", "--jobs", "2")
        return
    forbid_pickles()
    if attempt == "connect":
        socket.create_connection(("192.0.2.1", 9), timeout=0.1)
    elif attempt == "in C":
        libc = ctypes.CDLL(None)
        libc.sendto(
            libc.socket(socket.AF_INET, socket.SOCK_DGRAM, 0), b"x", 1, 0, b"\2\0\0\x09\xc0\0\2\1" + bytes(8), 16
        )
    elif attempt == "look up":
        socket.getaddrinfo("example.org", 80)
    elif attempt == "unpickle":
        importlib.import_module("_pickle").loads(b"cposix\ngetpid\n(tR.")
    else:
        everyday(folder)


if __name__ == "__main__":
    main()
