"""A program that writes to PostgreSQL is killed, or what serves it there: what was told is there, and it goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from onrecord.errors import RecordError
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from servers import Server, missing, rows, server

from .builder import dispatch, received
from .test_log import older

ENV = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])}
WRITING = """
    import sys
    from onrecord.errors import RecordError
    from onrecord.record.provenance import run
    from onrecord.record.store import Record
    from record.builder import dispatch, received
    address, act, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
    try:
        if act == "migrate":
            print("begins", flush=True)
        with Record.open(address, wait=60) as record:
            if act == "migrate":
                print("told", flush=True)
            name = None if act == "add" else record.annotated("/0").report.id
            for n in range(first, 10_000):
                if act == "add":
                    record.add(received(dispatch(n), f"/{n}"), dispatch(n), run(software="onrecord 0.1.0"))
                else:
                    value = ("denies", "confirms", "asserts")[n % 3]
                    record.correct("edit", f"{name}:a1", author="A. B.", reason=str(n), field="act", value=value)
                print("told", flush=True)
    except RecordError as error:
        print(error, flush=True)
"""


@pytest.fixture(scope="module")
def crashing() -> Iterator[Server]:
    """A server of this module's own, since one whose process is killed ends the connections of all."""
    if why := missing():
        pytest.skip(why)
    with server() as started:
        yield started


@pytest.fixture
def address(crashing: Server, first_run: Run) -> str:
    made = crashing.record()
    # What the tests' servers leave out for speed: that what is told is in the server's log of writes.
    crashing.run(f"ALTER DATABASE {make_url(made).database} SET synchronous_commit = on")
    with Record.open(made) as record:
        record.add(received(dispatch(0), "/0"), dispatch(0), first_run)
    return made


def started(address: str, act: str, first: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITING), address, act, str(first)]
    return subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, text=True)


def opened(address: str) -> Record:
    """The record, once the server has started again."""
    until = time.monotonic() + 60
    while True:
        try:
            return Record.open(address, wait=30)
        except RecordError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def kept(record: Record, act: str) -> int:
    """How many reports or corrections there are, which must be whole and numbered without a gap."""
    assert record.verify() == []
    table = "reports" if act == "add" else "corrections"
    ((count,),) = rows(record, f"SELECT count(*) FROM {table}")
    return int(count)


@pytest.mark.parametrize("victim", ["program", "server"])
@pytest.mark.parametrize("act", ["add", "correct"])
def test_what_was_told_is_there_when_a_writer_is_killed(address: str, crashing: Server, act: str, victim: str) -> None:
    chance, first = random.Random(f"{act} {victim}"), 1
    with opened(address) as record:
        before = kept(record, act)
    for _ in range(2):
        with started(address, act, first) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline() for _ in range(3)]
            time.sleep(chance.uniform(0.0, 0.05))
            if victim == "program":
                child.kill()
            else:
                os.kill(_serving(crashing, address), signal.SIGKILL)
            lines += child.stdout.readlines()
        told = lines.count("told\n")
        if victim == "server":
            assert len(lines) == told + 1, lines
            assert "; " in lines[-1], "the program says in one line what happened"
        with opened(address) as record:
            after = kept(record, act)
        assert before + told <= after <= before + told + 1
        before, first = after, first + after
    with opened(address) as record:
        record.correct("reject", f"{record.annotated('/0').report.id}:f1", author="A. B.", reason="wrong")
        assert record.verify() == []


def _serving(crashing: Server, address: str) -> int:
    """The process of the server that serves who writes."""
    name = make_url(address).database
    ((pid,),) = crashing.run(f"SELECT pid FROM pg_stat_activity WHERE datname = '{name}' LIMIT 1")
    return int(pid)


def test_a_migration_that_is_killed_leaves_the_older_record_or_the_newer(address: str, crashing: Server) -> None:
    chance = random.Random(5)
    with opened(address) as record:
        older(record)
    for _ in range(3):
        with started(address, "migrate", 1) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begins\n"
            time.sleep(chance.uniform(0.0, 0.4))
            child.kill()
        ((number,),) = crashing.run("SELECT number FROM onrecord_schema", str(make_url(address).database))
        assert number in (4, 5)
    with opened(address) as record:
        assert kept(record, "add") == 1
