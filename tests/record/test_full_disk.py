"""A full disk, whatever is written: one line that says so, the record as it was, and then the same command goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from benchmarks.faults.cases import taken_back
from benchmarks.faults.states import state_of
from click.testing import CliRunner
from sqlalchemy import Engine, Table

from disks import disk, filled
from onrecord.cli import main
from onrecord.errors import ExpungedError, RecordError
from onrecord.reconciling import reconcile
from onrecord.record import sqlite
from onrecord.record.backing_up import backed_up
from onrecord.record.provenance import Run, run
from onrecord.record.store import Record
from servers import rows

from .builder import dispatch, received

WHO = {"author": "A. B.", "reason": "see the words"}


def add(record: Record, run: Run) -> None:
    for n in range(100, 160):
        record.add(received(dispatch(n), f"/{n}"), dispatch(n), run)


def correct(record: Record, run: Run) -> None:
    for n in range(20):
        record.correct("reject", f"{record.annotated(f'/{n}').report.id}:a1", **WHO)


def link(record: Record, run: Run) -> None:
    list(reconcile(record))


def expunge(record: Record, run: Run) -> None:
    record.expunge("/3", author="A. B.", reason="by order of a court")


ACTS = (add, correct, link, expunge)


@pytest.fixture
def war(tmp_path: Path, first_run: Run) -> Path:
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        for n in range(20):
            record.add(received(dispatch(n), f"/{n}"), dispatch(n), first_run)
    return path


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(RecordError) as caught:
        act()
    line = str(caught.value)
    assert "the disk is full" in line or "the disk failed, or a limit is reached" in line, line
    assert "; " in line
    assert "\n" not in line


@pytest.mark.parametrize("act", [add, correct, link])
def test_what_finds_no_page_is_not_stored_and_is_said(war: Path, act: Callable[[Record, Run], None], first_run: Run
                                                      ) -> None:  # fmt: skip
    before = state_of(war)
    with Record.open(war) as record:
        with record.reading() as connection:
            pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + (act is add)}")
        with pytest.raises(RecordError, match=r"the disk is full, nothing of this was stored .*; free space, then do"):
            act(record, first_run)
        assert record.verify() == []
        if act is link:
            assert state_of(war) == before
    with Record.open(war) as record:
        done_again(record, act, first_run)
        assert record.verify() == []


def done_again(record: Record, act: Callable[[Record, Run], None], run: Run) -> None:
    """Give the same command again, where it is one; of corrections, what is left."""
    if act is not correct:
        act(record, run)
        return
    for n in range(len(record.corrections()), 20):
        record.correct("reject", f"{record.annotated(f'/{n}').report.id}:a1", **WHO)
    assert rows(record, "SELECT count(*) FROM corrections") == [(20,)]


@pytest.mark.parametrize("act", ACTS)
def test_on_a_full_disk_what_was_stored_stays_and_the_rest_is_refused(
    war: Path, tmp_path: Path, act: Callable[[Record, Run], None], first_run: Run
) -> None:
    with disk(tmp_path / "small", 16 * 2**20) as folder:
        path = war.rename(tmp_path / "moved.db")
        (folder / "war.db").write_bytes(path.read_bytes())
        before = state_of(folder / "war.db")
        with Record.open(folder / "war.db") as record:
            with filled(folder):
                refused(lambda: act(record, first_run))
            assert state_of(folder / "war.db") == before
            assert record.verify() == []
            done_again(record, act, first_run)
            assert record.verify() == []


def test_on_a_full_disk_an_older_record_stays_what_it_was(war: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "small", 16 * 2**20) as folder:
        path = folder / "war.db"
        path.write_bytes(war.read_bytes())
        taken_back(path, 4)
        before = state_of(path)
        with filled(folder):
            refused(lambda: Record.open(path))
        assert state_of(path) == before
        with Record.open(path) as record:
            assert record.verify() == []


def test_on_a_full_disk_a_backup_and_an_export_leave_what_was_there(war: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "small", 16 * 2**20) as folder, Record.open(war) as record:
        for name in ("b.db", "out.jsonl"):
            (folder / name).write_text("an earlier one")
        with filled(folder):
            refused(lambda: backed_up(record, folder / "b.db", replace=True))
            done = CliRunner().invoke(main, ["-r", str(war), "export", "-o", str(folder / "out.jsonl")])
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.splitlines() == [f"onrecord: {folder}/out.jsonl: the disk is full; free space, or choose "
                                            "another disk"]  # fmt: skip
        assert {path.name: path.read_text() for path in folder.iterdir()} == dict.fromkeys(
            ("b.db", "out.jsonl"), "an earlier one"
        )
        assert CliRunner().invoke(main, ["-r", str(war), "export", "-o", str(folder / "out.jsonl")]).exit_code == 0
        assert len((folder / "out.jsonl").read_bytes().splitlines()) == 20


def test_an_export_goes_to_a_device_too(war: Path) -> None:
    assert CliRunner().invoke(main, ["-r", str(war), "export", "-o", "/dev/null"]).exit_code == 0
    if Path("/dev/full").exists():
        done = CliRunner().invoke(main, ["-r", str(war), "export", "-o", "/dev/full"])
        assert done.exit_code == 1
        assert done.stderr.splitlines() == ["onrecord: /dev/full: the disk is full; free space, or choose another disk"]


def test_what_was_expunged_and_cannot_be_written_anew_is_said(war: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scrubbed = sqlite.scrubbed

    def disturbed(engine: Engine, tables: Sequence[Table], *, subject: str) -> None:
        with closing(sqlite3.connect(war, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            scrubbed(engine, tables, subject=subject)

    with Record.open(war, wait=0.1) as record:
        with monkeypatch.context() as patched:
            patched.setattr(sqlite, "scrubbed", disturbed)
            with pytest.raises(RecordError, match=r"it was expunged, but the file, .*locked.*; free space or close"):
                expunge(record, run(software="onrecord 0.1.0"))
        assert len(record.expunged()) == 1
        with pytest.raises(ExpungedError):
            expunge(record, run(software="onrecord 0.1.0"))
        assert record.verify() == []
