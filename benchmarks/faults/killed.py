"""One point at which a program is killed, and what is found afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from sqlalchemy import Connection, Engine, event

from benchmarks.faults.cases import Case
from benchmarks.faults.states import NOTHING, REFUSED, state_of
from benchmarks.faults.traced import Moment, Write, can_follow, followed, lose
from onrecord.errors import OnrecordError
from onrecord.record.sqlite import WRITE
from onrecord.record.store import Record

__all__ = ["KINDS", "Kind", "Outcome", "Size", "outcome", "size_of"]

#: How a program is stopped: at a system call that changes a file; at such a call by a power cut; at an SQL statement;
#: by somebody else at any time; after a step, and the end of what SQLite wrote is lost as by a defect of the disk.
Kind = Literal["write", "power", "statement", "time", "cut"]
KINDS: tuple[Kind, ...] = ("write", "power", "statement", "time", "cut")
#: What the child says: it begins a transaction that writes; what it did is stored.
_BEGUN, _TOLD = b"(", b")"
_WAL_HEADER = 32


@dataclass(frozen=True, slots=True)
class Size:
    """How large an operation is: system calls that change a file, SQL statements, seconds."""

    calls: int
    statements: int
    seconds: float


class Outcome(msgspec.Struct, frozen=True):
    """What was found after a kill.

    Attributes:
        operation, kind, number: which kill it was.
        where: it came before the first transaction, inside one, or after one was told to be stored.
        told: how many steps were told to be stored; `kept` how many are, -1 for a state that is none.
        refused: why the record was not opened, if it was not.
        faults: what does not verify.
        repeated: whether the same operation, done again, came to its end and left what it always leaves.
    """

    operation: str
    kind: Kind
    number: int
    where: str
    told: int
    kept: int
    refused: str | None
    faults: tuple[str, ...]
    repeated: bool

    @property
    def went_back(self) -> bool:
        """Whether something is not there that was told to be stored."""
        return -1 < self.kept < self.told

    @property
    def half_done(self) -> bool:
        """Whether it is in a state that no step leaves."""
        return self.kept < 0 and self.refused is None


def size_of(case: Case, folder: Path) -> Size:
    """How large an operation is, by doing it twice."""
    path, statements = folder / "war.db", 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    case.prepared(path)
    event.listen(Engine, "before_cursor_execute", count)
    try:
        case.done(path, 0, lambda: None)
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    case.prepared(path)
    started = time.monotonic()
    _ended(os.waitpid(_forked(_child(case, path)), 0)[1])
    seconds = time.monotonic() - started
    if not can_follow():
        return Size(0, statements, seconds)
    case.prepared(path)
    return Size(followed(_child(case, path), folder).calls, statements, seconds)


def outcome(case: Case, kind: Kind, number: int, size: Size, folder: Path, *, seed: int = 1962) -> Outcome:
    """Do an operation in a child that is killed at a point, which seed, operation, kind and number choose; then look.

    Args:
        folder: where the record stands; it is put there anew.
    """
    path, chance = folder / "war.db", random.Random(f"{seed} {case.name} {kind} {number}")  # noqa: S311
    case.prepared(path)
    reads, writes = os.pipe()
    try:
        lost = _killed(case, kind, size, path, chance, writes)
        os.close(writes)
        with os.fdopen(reads, "rb", closefd=False) as said:
            marks = said.read()
    finally:
        os.close(reads)
    if kind == "power":
        lose(lost, chance)
    if kind == "cut":
        _cut(Path(f"{path}-wal"), chance)
    told = marks.count(_TOLD)
    where = "before" if not marks else "inside" if marks.endswith(_BEGUN) else "after"
    state = state_of(path)
    if state not in case.states:
        refused = state if state.startswith(REFUSED) else None
        return Outcome(case.name, kind, number, where, told, -1, refused, (), repeated=False)
    kept = case.states.index(state)
    faults = () if state == NOTHING else _faults(path)
    return Outcome(case.name, kind, number, where, told, kept, None, faults, _repeated(case, path, kept))


def _killed(case: Case, kind: Kind, size: Size, path: Path, chance: random.Random, writes: int) -> list[Write]:
    """Do it in a child that is killed; what it wrote and did not bring to the disk, if the child was followed."""
    if kind in ("write", "power"):
        moment: Moment = chance.choice(("before", "half", "after"))
        at, share = chance.randint(1, size.calls), chance.random()
        done = followed(_child(case, path, writes), path.parent, at=at, moment=moment, share=share)
        _ended(done.status)
        return done.unsynced
    statement = chance.randint(1, size.statements) if kind == "statement" else None
    step = chance.randrange(1, len(case.states)) if kind == "cut" else None
    pid = _forked(_child(case, path, writes, statement=statement, step=step))
    if kind == "time":
        time.sleep(chance.uniform(0.0, 1.1 * size.seconds))
        os.kill(pid, signal.SIGKILL)
    _ended(os.waitpid(pid, 0)[1])
    return []


def _ended(status: int) -> None:
    """See to it that the child was killed, or came to its end before."""
    if os.waitstatus_to_exitcode(status) not in (0, -signal.SIGKILL):
        raise ChildProcessError("the operation failed before it was killed")


def _forked(work: Callable[[], None]) -> int:
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(1)
    return pid


def _child(
    case: Case, path: Path, writes: int | None = None, *, statement: int | None = None, step: int | None = None
) -> Callable[[], None]:
    """What the child does: the operation, telling of its transactions; it kills itself at a statement or a step."""

    def say(mark: bytes) -> None:
        if writes is not None:
            os.write(writes, mark)

    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE):
            say(_BEGUN)

    def work() -> None:
        statements, steps = _Countdown(statement), _Countdown(step)

        def told() -> None:
            say(_TOLD)
            steps()

        event.listen(Engine, "begin", begun)
        event.listen(Engine, "before_cursor_execute", statements)
        try:
            case.done(path, 0, told)
        except BaseException:  # noqa: BLE001  # whatever it is, the child must not go on in what its parent does
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    return work


class _Countdown:
    """Ends the process when it is called so many times."""

    def __init__(self, calls: int | None) -> None:
        self.left = calls

    def __call__(self, *_: object) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _cut(wal: Path, chance: random.Random) -> None:
    """Cut off the end of what SQLite wrote, but nothing of what it has put into the record's file already."""
    if not wal.exists() or wal.stat().st_size <= _WAL_HEADER:
        return
    index = wal.with_name(wal.name.removesuffix("-wal") + "-shm")
    shared = index.read_bytes()
    # "WAL-Index File Format" in SQLite's manual: frames that were put into the file, or may have been.
    put = max(int.from_bytes(shared[at : at + 4], "little") for at in (96, 128))
    page = int.from_bytes(wal.read_bytes()[8:12], "big")
    least = _WAL_HEADER + put * (24 + page)
    os.truncate(wal, chance.randint(min(least, wal.stat().st_size), wal.stat().st_size))
    index.unlink()


def _faults(path: Path) -> tuple[str, ...]:
    """What does not verify of what there is, or why it cannot be opened."""
    try:
        with Record.open(path, create=False, wait=0.0) as record:
            return tuple(f"{fault.report_id}: {fault.what}" for fault in record.verify())
    except OnrecordError as error:
        return (str(error),)


def _repeated(case: Case, path: Path, kept: int) -> bool:
    """Whether the operation comes to its end now, and leaves what it always leaves."""
    try:
        case.done(path, 0 if case.goes_on else kept, lambda: None)
        with Record.open(path, create=False) as record:
            return record.verify() == [] and state_of(path) == case.states[-1]
    except OnrecordError:
        return False
