"""A child process that is followed by ptrace(2): each system call that changes a file, and what is on the disk by then.

Linux on x86-64 alone. What a disk holds after a power cut is what was written before the last fsync of each file, and
any part of what was written after it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import random
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

__all__ = ["Followed", "Moment", "Write", "can_follow", "followed", "lose"]

#: When a system call is cut off: before it does anything, after it, or (a write) when part of it is done.
Moment = Literal["before", "half", "after"]

_TRACEME, _GETREGS, _SYSCALL, _SETOPTIONS = 0, 12, 24, 0x4200
_SYSGOOD, _EXITKILL = 0x1, 0x100000
_STOP = signal.SIGTRAP | 0x80
#: Where registers stand in the kernel's `user_regs_struct`.
_CALL, _FIRST, _SECOND, _THIRD, _FOURTH, _REGISTERS = 15, 14, 13, 12, 7, 27
_WRITE, _PWRITE, _FSYNC, _FDATASYNC, _FTRUNCATE, _UNLINK, _OPENAT, _UNLINKAT = 1, 18, 74, 75, 77, 87, 257, 263
_BY_HANDLE = (_WRITE, _PWRITE, _FSYNC, _FDATASYNC, _FTRUNCATE)
_SECTOR = 512


@dataclass(frozen=True, slots=True)
class Write:
    """What a program wrote and did not bring to the disk: where, how much, and what stood there before."""

    path: Path
    offset: int
    size: int
    before: bytes
    old_size: int


@dataclass
class Followed:
    """How many system calls changed files of the folder, what was not on the disk, and the wait status of the child."""

    calls: int = 0
    unsynced: list[Write] = field(default_factory=list)
    status: int = 0


@dataclass(frozen=True, slots=True)
class _Call:
    number: int
    path: Path
    source: int = 0
    size: int = 0
    offset: int = 0


def can_follow() -> bool:
    """Whether this machine lets a program be followed in this way."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def followed(work: Callable[[], None], folder: Path, *, at: int | None = None, moment: Moment = "before",
             share: float = 0.5) -> Followed:  # fmt: skip
    """Do the work in a child process, which is killed at a system call that changes a file of a folder.

    Args:
        work: what the child does; it must end the process.
        at: the number of the call, from 1; the child is not killed unless given.
        moment: when it is cut off.
        share: how much of a write is done at the moment "half".
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    pid = os.fork()
    if pid == 0:
        libc.ptrace(_TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
        os._exit(1)
    os.waitpid(pid, 0)
    if libc.ptrace(_SETOPTIONS, pid, None, ctypes.c_void_p(_SYSGOOD | _EXITKILL)) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")
    found, registers = Followed(), (ctypes.c_ulonglong * _REGISTERS)()
    call: _Call | None = None
    entering, deliver = True, 0
    while True:
        libc.ptrace(_SYSCALL, pid, None, ctypes.c_void_p(deliver))
        _, found.status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(found.status):
            return found
        stop = os.WSTOPSIG(found.status)
        deliver = 0 if stop in (_STOP, signal.SIGTRAP) else stop
        if stop != _STOP:
            continue
        if entering:
            libc.ptrace(_GETREGS, pid, None, registers)
            call = _call(pid, list(registers), folder)
            if call is not None:
                found.calls += 1
                _note(found, call)
                if found.calls == at and moment != "after":
                    if moment == "half" and call.number in (_WRITE, _PWRITE):
                        _part(pid, call, share)
                    os.kill(pid, signal.SIGKILL)
        elif call is not None:
            if call.number in (_FSYNC, _FDATASYNC):
                found.unsynced = [write for write in found.unsynced if write.path != call.path]
            if found.calls == at:
                os.kill(pid, signal.SIGKILL)
        entering = not entering


def lose(unsynced: list[Write], chance: random.Random) -> None:
    """Take from the files what a power cut takes of what was not brought to the disk: all, the last, or any sectors."""
    how = chance.choice(("all", "last", "any"))
    kept = chance.randrange(len(unsynced) + 1) if how == "last" else 0
    for write in reversed(unsynced if how == "any" else unsynced[kept:]):
        torn = how == "last" and write is unsynced[kept]
        stays = chance.randrange(write.size + 1) if torn else 0
        _undo(write, stays, chance if how == "any" else None)
    for path in {write.path for write in unsynced}:
        # The index to the log of writes is in memory that both share, and is made anew.
        Path(str(path).removesuffix("-wal") + "-shm").unlink(missing_ok=True)


def _undo(write: Write, stays: int, chance: random.Random | None) -> None:
    if not write.path.exists():
        return
    before = write.before + bytes(write.size - len(write.before))
    with write.path.open("r+b") as file:
        if chance is None:
            file.seek(write.offset + stays)
            file.write(before[stays:])
            file.truncate(max(write.old_size, write.offset + stays))
            return
        for start in range(0, write.size, _SECTOR):
            if chance.random() < 0.5:
                file.seek(write.offset + start)
                file.write(before[start : start + _SECTOR])


def _call(pid: int, registers: list[int], folder: Path) -> _Call | None:
    """The system call that the child is about to make, if it changes a file of the folder."""
    number, first, second, third, fourth = (registers[n] for n in (_CALL, _FIRST, _SECOND, _THIRD, _FOURTH))
    if number in _BY_HANDLE:
        path = _of_handle(pid, first)
        if path.parent != folder:
            return None
        offset = fourth if number == _PWRITE else _position(pid, first) if number == _WRITE else 0
        return _Call(number, path, second, third, offset)
    if number in (_UNLINK, _UNLINKAT, _OPENAT):
        path = Path(os.fsdecode(_words(pid, first if number == _UNLINK else second)))
        makes = number != _OPENAT or (third & os.O_CREAT and not path.exists())
        return _Call(number, path) if path.parent == folder and makes else None
    return None


def _note(found: Followed, call: _Call) -> None:
    if call.number in (_WRITE, _PWRITE):
        with call.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            before = os.pread(file.fileno(), call.size, call.offset)
        found.unsynced.append(Write(call.path, call.offset, call.size, before, size))
    elif call.number == _UNLINK:
        found.unsynced = [write for write in found.unsynced if write.path != call.path]


def _part(pid: int, call: _Call, share: float) -> None:
    """Do part of a write in the child's stead."""
    with Path(f"/proc/{pid}/mem").open("rb") as memory, call.path.open("r+b") as file:
        os.pwrite(file.fileno(), os.pread(memory.fileno(), int(call.size * share), call.source), call.offset)


def _of_handle(pid: int, handle: int) -> Path:
    return Path(os.readlink(f"/proc/{pid}/fd/{handle}"))


def _position(pid: int, handle: int) -> int:
    return int(Path(f"/proc/{pid}/fdinfo/{handle}").read_text(encoding="ascii").split()[1])


def _words(pid: int, address: int) -> bytes:
    """The characters up to the first NUL in the child's memory."""
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        return os.pread(memory.fileno(), 4096 - address % 4096 or 4096, address).split(b"\0")[0]
