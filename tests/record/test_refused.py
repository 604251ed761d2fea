"""What cannot be written now, by anybody or by this program, is refused in one line and left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.faults.cases import taken_back
from benchmarks.faults.states import state_of

from onrecord.errors import RecordError
from onrecord.reconciling import reconcile
from onrecord.record.opening import SCHEMA_NUMBER
from onrecord.record.provenance import Run, run
from onrecord.record.store import Record

from .builder import dispatch, received

WHO = {"author": "A. B.", "reason": "see the words"}
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])}


def add(record: Record) -> None:
    record.add(received(dispatch(9), "/9"), dispatch(9), run(software="onrecord 0.1.0"))


def correct(record: Record) -> None:
    record.correct("reject", f"{record.annotated('/1').report.id}:a1", **WHO)


def link(record: Record) -> None:
    list(reconcile(record))


def expunge(record: Record) -> None:
    record.expunge("/1", **WHO)


ACTS = (add, correct, link, expunge)


@pytest.fixture
def war(tmp_path: Path, first_run: Run) -> Path:
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        for n in range(4):
            record.add(received(dispatch(n), f"/{n}"), dispatch(n), first_run)
    return path


HOLDING = """
    import sys
    from onrecord.record.store import Record
    with Record.open(sys.argv[1]) as record, record.writing() as connection:
        connection.exec_driver_sql("INSERT INTO reports VALUES ('half', '/half', 'done')")
        print("there", flush=True)
        sys.stdin.readline()
        raise SystemExit("what it wrote is taken back")
"""


@pytest.mark.parametrize(
    ("act", "end"), [(add, "ends"), (correct, "is killed"), (link, "is killed"), (expunge, "ends")]
)
def test_a_record_that_another_program_writes_is_waited_for_then_said(war: Path, act: Callable[[Record], None],
                                                                      end: str) -> None:  # fmt: skip
    command = [sys.executable, "-c", textwrap.dedent(HOLDING), str(war)]
    with subprocess.Popen(command, env=ENV, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as other:  # fmt: skip
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "there\n"
        before = state_of(war)
        with Record.open(war, wait=0.1) as hasty:
            with pytest.raises(RecordError, match=r"locked by another program .*; wait until it has finished") as said:
                act(hasty)
            assert "\n" not in str(said.value)
            assert len(hasty.search("ferry")) > 0, "readers wait for nobody"
            assert hasty.verify() == []
        assert state_of(war) == before
        done: list[str] = []

        def wait() -> None:
            with Record.open(war, wait=30) as patient:
                act(patient)
                done.extend(fault.what for fault in patient.verify())
            done.append("done")

        waiting = threading.Thread(target=wait)
        waiting.start()
        if end == "is killed":
            other.kill()
        else:
            other.stdin.write("\n")
            other.stdin.flush()
        waiting.join(timeout=60)
    assert done == ["done"]


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
def test_an_older_record_is_brought_up_to_date_once_nobody_else_writes_it(war: Path, schema: int) -> None:
    with Record.open(war) as record:
        if schema > 1:
            correct(record)
        link(record)
        held = record.annotated("/1")
    taken_back(war, schema)
    before = state_of(war)
    with closing(sqlite3.connect(war, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="locked by another program"):
            Record.open(war, wait=0.1)
    assert state_of(war) == before
    with Record.open(war) as record:
        assert record.verify() == []
        assert record.annotated("/1") == held
        link(record)
        record.correct("reject", f"{record.annotated('/2').report.id}:f1", **WHO)
        assert record.verify() == []


def test_a_migration_that_fails_half_way_leaves_the_older_record(war: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_back(war, 2)
    before = state_of(war)

    def fails(*_: object) -> None:
        raise RecordError("the disk failed", "check it")

    with monkeypatch.context() as patched:
        patched.setattr("onrecord.record.opening.logged_late", fails)
        with pytest.raises(RecordError, match="the disk failed"):
            Record.open(war)
    assert state_of(war) == before
    with Record.open(war) as record:
        assert record.verify() == []


def test_a_program_that_has_it_open_is_told_when_a_newer_one_brought_it_up_to_date(war: Path) -> None:
    with Record.open(war) as record:
        with closing(sqlite3.connect(war)) as newer, newer:
            newer.execute(f"PRAGMA user_version = {SCHEMA_NUMBER + 1}")
        for act in ACTS:
            with pytest.raises(RecordError, match=r"made by a newer onrecord .*; upgrade onrecord"):
                act(record)


AS_NOBODY = """
    import os, sys
    from onrecord.errors import RecordError
    from onrecord.record.store import Record
    from record.test_refused import ACTS
    if os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)
    try:
        with Record.open(sys.argv[1], create=False) as record:
            print(len(record.search("ferry")), len(record.verify()))
            for act in ACTS:
                try:
                    act(record)
                except RecordError as error:
                    print(error)
    except RecordError as error:
        print(error)
"""


def as_nobody(path: Path) -> list[str]:
    """What somebody who may only read sees."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(AS_NOBODY), str(path)], capture_output=True, text=True,
                          check=False, env=ENV)  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("folder_is_writable", [True, False])
def test_nothing_is_written_to_a_record_that_may_only_be_read(war: Path, folder_is_writable: bool) -> None:
    with tempfile.TemporaryDirectory() as outer:
        path = kept(Path(outer), war, folder_is_writable=folder_is_writable)
        refused = f"{path}: the record cannot be written; make the file and its folder writable, or copy it"
        assert as_nobody(path) == ["12 0", *[refused] * 4]
        older = kept(Path(outer, "older"), war, folder_is_writable=folder_is_writable, schema=3)
        assert as_nobody(older) == [f"{older}: the record is of an older version and cannot be written; copy it to "
                                    "where it can"]  # fmt: skip


def kept(outer: Path, war: Path, *, folder_is_writable: bool, schema: int = SCHEMA_NUMBER) -> Path:
    """A copy that nobody may write, in a folder where one may or may not."""
    outer.mkdir(exist_ok=True)
    outer.chmod(0o755)
    folder = outer / "kept"
    folder.mkdir()
    path = Path(shutil.copyfile(war, folder / "war.db"))
    taken_back(path, schema)
    path.chmod(0o444)
    folder.chmod(0o777 if folder_is_writable else 0o555)
    return path


@pytest.mark.parametrize("folder_is_writable", [True, False])
def test_what_a_killed_program_left_is_read_whole_or_refused_where_nothing_can_be_written(
    war: Path, first_run: Run, folder_is_writable: bool
) -> None:
    with tempfile.TemporaryDirectory() as outer, Record.open(war) as record:
        record.add(received(dispatch(7), "/7"), dispatch(7), first_run)  # stands beside the file as yet
        path = kept(Path(outer), war, folder_is_writable=True)
        shutil.copyfile(f"{war}-wal", f"{path}-wal")
        path.parent.chmod(0o777 if folder_is_writable else 0o555)
        found = as_nobody(path)
    assert found[0] == "15 0" or (len(found) == 1 and "; " in found[0]), found
