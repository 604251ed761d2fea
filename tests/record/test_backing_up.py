"""Backups: of a record that others write to, verified, whole or not there."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import RecordError
from onrecord.record import backing_up
from onrecord.record.backing_up import Checked, backed_up
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from servers import Server, changed

from .builder import dispatch, received
from .test_killed import ADDING

ENV = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])}


@pytest.fixture
def war(tmp_path: Path, first_run: Run) -> Path:
    """A record of some reports and a correction, that nobody has open."""
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        fill(record, first_run)
    return path


def fill(record: Record, run: Run) -> None:
    for n in range(12):
        record.add(received(dispatch(n), f"/{n}"), dispatch(n), run)
    name = record.annotated("/2").report.id
    record.correct("edit", f"{name}:a1", author="A. B.", reason="see the words", field="act", value="denies")


def started(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    # A shell's background jobs ignore ctrl-C, and so would these if the tests ran in one.
    return subprocess.Popen(command, env=ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # fmt: skip


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file_that_holds_the_record_and_its_hash_is_told(war: Path, tmp_path: Path) -> None:
    os.chmod(war, 0o640)
    told = CliRunner().invoke(main, ["--record", str(war), "backup", str(tmp_path / "b.db")])
    assert told.exit_code == 0, told.output
    digest = hashlib.sha256((tmp_path / "b.db").read_bytes()).hexdigest()
    assert told.output.splitlines() == [
        f"{tmp_path / 'b.db'}: 12 versions of 12 reports, 13 readings, 1 corrections; every hash and anchor holds",
        f"{digest}  {tmp_path / 'b.db'}",
    ]
    assert names(tmp_path) == ["b.db", "war.db"]
    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o640
    with Record.open(tmp_path / "b.db") as there, Record.open(war) as here:
        assert there.verify() == []
        assert there.corrections() == here.corrections()
        assert there.annotated("/2") == here.annotated("/2")
        assert len(there.search("ferry")) == len(here.search("ferry")) > 0
    assert hashlib.sha256((tmp_path / "b.db").read_bytes()).hexdigest() == digest


def test_backups_while_a_program_adds_are_each_a_moment_of_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_PAGES", 3)
    path, made = tmp_path / "war.db", list[Checked]()
    with started(ADDING, path, 100_000) as child:  # far more than it comes to
        while len(made) < 4:
            assert child.poll() is None
            if readings(path) > (made[-1].readings if made else 0):
                with Record.open(path) as record:
                    made.append(backed_up(record, tmp_path / f"{len(made)}.db"))
        assert child.poll() is None
        after = readings(path)
        child.kill()
    counts = [each.readings for each in made]
    assert counts == sorted(set(counts))
    assert counts[-1] <= after
    assert all(each.readings == each.reports for each in made)
    assert [name for name in names(tmp_path) if not name.startswith("war.db")] == ["0.db", "1.db", "2.db", "3.db"]


def readings(path: Path) -> int:
    """How many readings the record holds; 0 while it is not there yet."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM readings").fetchone()[0])
    except sqlite3.Error:
        return 0


KILLED = """
    import sys, time
    from onrecord.record import backing_up
    from onrecord.record.store import Record
    backing_up._PAGES = 1
    snapshot, checked = backing_up.snapshot, backing_up.checked
    def slowly(*given, **named):
        if sys.argv[3] == "copying":
            print("there", flush=True)
            time.sleep(0.002)
        snapshot(*given, **named)
        print("there", flush=True)
        time.sleep(60)
    backing_up.snapshot = slowly
    with Record.open(sys.argv[1]) as record:
        backing_up.backed_up(record, sys.argv[2], replace=True)
"""


@pytest.mark.parametrize("moment", ["copying", "copied"])
@pytest.mark.parametrize("before", [False, True])
def test_a_backup_that_is_killed_leaves_what_was_there(war: Path, tmp_path: Path, moment: str, before: bool) -> None:
    target = tmp_path / "safe" / "b.db"
    target.parent.mkdir()
    if before:
        target.write_bytes(b"an earlier backup")
    with started(KILLED, war, target, moment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"there\n"
        child.kill()
    assert (target.read_bytes() if target.exists() else None) == (b"an earlier backup" if before else None)
    with Record.open(war) as record:
        assert record.verify() == []
        assert backed_up(record, target, replace=True).readings == 13
    assert names(target.parent) == ["b.db"]


def test_two_backups_to_one_file_do_not_mix(war: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    with started(KILLED, war, target, "copied") as child, Record.open(war) as record:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(RecordError, match="another program is writing this file; wait"):
            backed_up(record, target)
        child.send_signal(signal.SIGINT)
        child.wait()
    assert names(tmp_path) == ["war.db"]


def test_a_full_disk_leaves_nothing_and_is_said(war: Path, tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    most = war.stat().st_size // 2
    command = [sys.executable, "-m", "onrecord", "-r", str(war), "backup", str(folder / "b.db")]
    done = subprocess.run(command, env=ENV, capture_output=True, text=True, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "b.db: the disk is full" in done.stderr
    assert "nothing was written; free space, or choose another disk" in done.stderr
    assert done.stdout == ""
    assert names(folder) == []


def test_a_disk_that_is_full_leaves_nothing_and_is_said(war: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)], check=False,
                             capture_output=True)  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"no disk can be made here: {mounted.stderr.decode().strip()}")
    try:
        with Record.open(war) as record, pytest.raises(RecordError, match=r"the disk is full .*, nothing was written"):
            backed_up(record, folder / "b.db")
        assert names(folder) == []
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_earlier_backup(war: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.db"
    with Record.open(war) as record:
        made = backed_up(record, target)
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(RecordError, match="the disk is full; free space"):
            backed_up(record, target, replace=True)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == made.sha256
    assert names(tmp_path) == ["b.db", "war.db"]


def full(handle: int) -> None:
    raise OSError(28, "No space left on device")


STOPPED = """
    import sys, time
    from onrecord.cli import main
    from onrecord.record import backing_up
    def checked(*given, **named):
        print("there", flush=True)
        time.sleep(60)
    backing_up.checked = checked
    main(sys.argv[1:])
"""


def test_ctrl_c_leaves_nothing(war: Path, tmp_path: Path) -> None:
    with started(STOPPED, "-r", war, "backup", tmp_path / "b.db") as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"there\n"
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (130, b"onrecord: stopped; nothing was written\n")
    assert names(tmp_path) == ["war.db"]


def test_a_record_with_a_fault_is_not_backed_up_over_a_good_backup(war: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    with Record.open(war) as record:
        made = backed_up(record, target)
        changed(record, "UPDATE versions SET text = replace(text, 'quay', 'pier') WHERE id = 2")
        with pytest.raises(RecordError, match=r"it does not verify \(.*\); nothing was kept"):
            backed_up(record, target, replace=True)
    assert hashlib.sha256(target.read_bytes()).hexdigest() == made.sha256


def test_what_is_there_is_not_replaced_unasked(war: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    target.write_text("mine")
    with Record.open(war) as record:
        with pytest.raises(RecordError, match="there is a file already; give another name, or --replace"):
            backed_up(record, target)
        assert target.read_text() == "mine"
        with pytest.raises(RecordError, match="this is the record itself"):
            backed_up(record, war, replace=True)
        with pytest.raises(RecordError, match="there is no folder"):
            backed_up(record, tmp_path / "no" / "b.db")
        with pytest.raises(RecordError, match="this is no file that could be replaced"):
            backed_up(record, "/dev/full", replace=True)
        backed_up(record, target, replace=True)
        with Record.open(target) as other:
            other.search("ferry")
            other.add(received(dispatch(40), "/40"), dispatch(40))
            with pytest.raises(RecordError, match="a record that a program has open"):
                backed_up(record, target, replace=True)


def test_a_shared_record_is_backed_up_into_a_file(tmp_path: Path, postgresql: Server, first_run: Run) -> None:
    with Record.open(postgresql.empty()) as shared:
        fill(shared, first_run)
        made = backed_up(shared, tmp_path / "b.db")
        assert (made.versions, made.corrections) == (12, 1)
        assert names(tmp_path) == ["b.db"]
        assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600
        with Record.open(tmp_path / "b.db") as there:
            assert there.annotated("/2") == shared.annotated("/2")
            assert there.corrections() == shared.corrections()
    with sqlite3.connect(tmp_path / "b.db") as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
