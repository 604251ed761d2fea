"""Restoring: only what verifies is put in place, and what stood there is kept."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import RecordError
from onrecord.record.backing_up import Checked, backed_up
from onrecord.record.opening import SCHEMA_NUMBER
from onrecord.record.provenance import Run
from onrecord.record.restoring import restored
from onrecord.record.store import Record
from servers import Server

from .builder import dispatch, received
from .conftest import MOMENT
from .test_backing_up import fill, names, started


@pytest.fixture
def made(tmp_path: Path, first_run: Run) -> Checked:
    """A backup, in a folder where there is nothing else."""
    with Record.open(tmp_path / "elsewhere.db") as record:
        fill(record, first_run)
        (tmp_path / "here").mkdir()
        return backed_up(record, tmp_path / "here" / "b.db")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_restored_record_is_what_was_backed_up_and_can_be_added_to(made: Checked, first_run: Run) -> None:
    folder = Path(made.path).parent
    told = CliRunner().invoke(main, ["-r", str(folder / "war.db"), "restore", made.path, "--sha256", made.sha256])
    assert (told.exit_code, told.output) == (
        0,
        f"{folder / 'war.db'}: 12 versions of 12 reports, 13 readings, 1 corrections; every hash and anchor holds\n",
    )
    assert digest(folder / "war.db") == made.sha256
    assert names(folder) == ["b.db", "war.db"]
    with Record.open(folder / "war.db") as record:
        record.add(received(dispatch(30), "/30"), dispatch(30), first_run)
        assert record.verify() == []
        with record.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    assert digest(Path(made.path)) == made.sha256


def test_a_record_that_is_there_stays_unless_told_and_then_is_kept_aside(made: Checked, first_run: Run) -> None:
    war = Path(made.path).with_name("war.db")
    with Record.open(war) as record:
        record.add(received(dispatch(50), "/50"), dispatch(50), first_run)
    os.chmod(war, 0o600)
    before = digest(war)
    with pytest.raises(RecordError, match="there is a record already; give another place with -r, or --replace"):
        restored(made.path, str(war))
    assert digest(war) == before
    done = [restored(made.path, str(war), replace=True, clock=lambda: MOMENT) for _ in range(2)]
    assert [each.aside for each in done] == [f"{war}.replaced-19740816T093000Z", f"{war}.replaced-19740816T093000Z-2"]
    assert digest(Path(done[0].aside or "")) == before
    assert digest(war) == made.sha256
    assert war.stat().st_mode & 0o777 == 0o600
    told = CliRunner().invoke(main, ["-r", str(war), "restore", made.path, "--replace"])
    assert "The record that stood there is kept as " in told.output


def test_a_record_that_is_in_use_is_not_put_aside(made: Checked, first_run: Run) -> None:
    war = Path(made.path).with_name("war.db")
    with Record.open(war) as record:
        record.add(received(dispatch(50), "/50"), dispatch(50), first_run)
        with pytest.raises(RecordError, match="another program has the record open; end it"):
            restored(made.path, str(war), replace=True)
        with record.writing(), pytest.raises(RecordError, match="another program has the record open; end it"):
            restored(made.path, str(war), replace=True)
    assert names(war.parent) == ["b.db", "war.db"]


def test_a_damaged_record_is_put_aside_with_what_sqlite_kept_beside_it(made: Checked) -> None:
    war = Path(made.path).with_name("war.db")
    war.write_bytes(b"no database at all" * 100)
    Path(f"{war}-wal").write_bytes(b"some words")
    done = restored(made.path, str(war), replace=True)
    assert Path(f"{done.aside}-wal").read_bytes() == b"some words"
    assert Path(done.aside or "").read_bytes() == b"no database at all" * 100
    assert not Path(f"{war}-wal").exists()
    with Record.open(war) as record:
        assert record.verify() == []


def test_a_damaged_byte_anywhere_is_refused_by_the_hash_and_in_what_was_read_by_itself(made: Checked) -> None:
    backup, war = Path(made.path), Path(made.path).with_name("war.db")
    whole = backup.read_bytes()
    at = [whole.index(word) for word in (b"shelled the quay", b'"ASSAULT"', b"see the words", b"small:1")]
    refused = 0
    for place in (*at, *range(40, len(whole), len(whole) // 25)):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(RecordError, match="the file does not have this SHA-256 but"):
            restored(backup, str(war), sha256=made.sha256)
        said = CliRunner().invoke(main, ["-r", str(war), "restore", str(backup)])
        if said.exit_code:
            assert (said.exit_code, len(said.stderr.splitlines()), war.exists()) == (1, 1, False), said.output
            refused += 1
        else:
            assert place not in at
            war.unlink()
    assert names(war.parent) == ["b.db"]
    assert refused > len(at)


def _other(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE a (b)")


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda path: path.write_bytes(b""), "the file is not a record; give a backup"),
        (lambda path: path.write_bytes(b"He said that talks had failed. " * 100), "the file is not a record; give a"),
        (_other, "the file is not a record; give a backup"),
        (_newer, r"made by a newer onrecord \(schema 99, this one knows \d+\); upgrade onrecord"),
        (lambda path: path.unlink(), "the backup cannot be read .*; check the path"),
        (lambda path: path.write_bytes(path.read_bytes()[:40_000]), "damaged|does not verify|malformed"),
    ],
)
def test_what_is_no_whole_record_is_refused(made: Checked, change: Callable[[Path], None], said: str) -> None:
    backup = Path(made.path)
    change(backup)
    told = CliRunner().invoke(main, ["-r", str(backup.with_name("war.db")), "restore", str(backup)])
    assert (told.exit_code, len(told.stderr.splitlines())) == (1, 1), told.output
    with pytest.raises(RecordError, match=said):
        restored(backup, str(backup.with_name("war.db")))
    assert set(names(backup.parent)) <= {"b.db"}


def test_a_full_disk_leaves_the_record_that_is_there(made: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    war = Path(made.path).with_name("war.db")
    restored(made.path, str(war))

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.record.beside.settled", full)
    with pytest.raises(RecordError, match="the disk is full"):
        restored(made.path, str(war), replace=True, clock=lambda: MOMENT)
    assert digest(war) == made.sha256


def test_a_backup_that_a_program_has_open_is_restored_with_what_it_added(made: Checked, first_run: Run) -> None:
    war = Path(made.path).with_name("war.db")
    with Record.open(made.path) as record:
        record.add(received(dispatch(50), "/50"), dispatch(50), first_run)
        assert restored(made.path, str(war)).record.reports == 13


def test_an_older_backup_is_brought_to_the_newest_layout_and_stays_as_it_is(made: Checked) -> None:
    backup, war = Path(made.path), Path(made.path).with_name("war.db")
    with closing(sqlite3.connect(backup)) as other:
        for name in ("statements", "statement_texts"):
            other.execute(f"DROP VIEW {name}")
        other.execute("DROP TRIGGER runs_keep_update")
        other.execute("PRAGMA user_version = 0")
    before = digest(backup)
    assert restored(backup, str(war)).record.reports == 12
    assert names(war.parent) == ["b.db", "war.db"]
    assert digest(backup) == before
    with Record.open(war) as record:
        assert record.verify() == []
        assert record.search("ferry")
        with record.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_NUMBER


KILLED = """
    import sys, time
    from onrecord.record import restoring
    def checked(*given, **named):
        print("there", flush=True)
        time.sleep(60)
    restoring.checked = checked
    restoring.restored(sys.argv[1], sys.argv[2], replace=True)
"""


@pytest.mark.parametrize("before", [False, True])
def test_a_restoring_that_is_killed_leaves_what_was_there(made: Checked, first_run: Run, before: bool) -> None:
    war = Path(made.path).with_name("war.db")
    if before:
        with Record.open(war) as record:
            record.add(received(dispatch(50), "/50"), dispatch(50), first_run)
    kept = digest(war) if before else None
    with started(KILLED, made.path, war) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"there\n"
        child.kill()
    assert (digest(war) if war.exists() else None) == kept
    done = restored(made.path, str(war), replace=True)
    assert digest(war) == made.sha256
    assert (done.aside is not None) is before
    assert not [name for name in names(war.parent) if name.endswith(".part")]


def test_a_backup_is_restored_into_an_empty_database(made: Checked, postgresql: Server) -> None:
    address = postgresql.empty()
    done = restored(made.path, address)
    assert (done.record.reports, done.aside) == (12, None)
    with Record.open(address) as shared:
        assert shared.verify() == []
        assert len(shared.corrections()) == 1
    with pytest.raises(RecordError, match="the target holds a record already"):
        restored(made.path, address)
    with pytest.raises(RecordError, match="a database is not replaced"):
        restored(made.path, address, replace=True)
