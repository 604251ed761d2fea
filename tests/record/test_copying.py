"""Whole records copied from one database into another, either way round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import RecordError
from onrecord.reconcile.linkers import LINKERS
from onrecord.reconciling import reconcile
from onrecord.record import copying
from onrecord.record.copying import CopiedTable, copied
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.tables import metadata
from onrecord.view.asked import Asked
from onrecord.view.finds import finds
from onrecord.view.linked import links
from onrecord.view.review import queue
from onrecord.view.timeline import timeline
from servers import Server, changed

from .builder import dispatch, received


@pytest.fixture
def source(tmp_path: Path, first_run: Run, second_run: Run) -> Iterator[Record]:
    """Several versions, runs and corrections, and links."""
    with Record.open(tmp_path / "source.db") as record:
        for n in range(3):
            record.add(received(dispatch(n), f"/{n}"), dispatch(n), first_run)
        record.add(received(dispatch(7), "/0"), dispatch(7), first_run)
        record.add(received(dispatch(1), "/1"), dispatch(1), second_run)
        name = record.annotated("/2").report.id
        record.correct("reject", f"{name}:f1", author="A. B.", reason="no number")
        record.correct("edit", f"{name}:a1", author="A. B.", reason="see the words", field="act", value="denies")
        list(reconcile(record))
        record.add(received(dispatch(8), "/8"), dispatch(8), first_run)
        record.expunge("/8", author="C. D.", reason="a court order")
        yield record


def held(record: Record) -> object:
    """What people see of a record."""
    found = finds(record, Asked(words="ferry", sort="newest")), finds(record, Asked(words="port", kind="report"))
    shown = [sorted(hits.hits, key=repr) for hits in found]
    return (shown, timeline(record), queue(record), record.corrections(), record.annotated("/2"),
            {rule: links(record, rule) for rule in LINKERS}, record.verify(), record.expunged())  # fmt: skip


def test_a_record_is_the_same_after_it_went_there_and_back(source: Record, tmp_path: Path, postgresql: Server) -> None:
    with Record.open(postgresql.empty()) as shared, Record.open(tmp_path / "back.db") as back:
        there = copied(source, shared)
        again = copied(shared, back)
        assert there == again
        assert {table.name for table in there} == set(metadata.tables)
        assert next(table.rows for table in there if table.name == "corrections") == 2
        assert all(table.rows for table in there if table.name not in {"unread"})
        assert held(shared) == held(back) == held(source)
        assert shared.head() == back.head() == source.head()


def test_a_copy_can_be_added_to(source: Record, postgresql: Server, first_run: Run) -> None:
    with Record.open(postgresql.record()) as shared:
        copied(source, shared)
        for record in (source, shared):
            record.add(received(dispatch(9), "/9"), dispatch(9), first_run)
            list(reconcile(record))
        assert held(shared) == held(source)


def test_a_target_that_holds_anything_is_refused(source: Record, tmp_path: Path, first_run: Run) -> None:
    with Record.open(tmp_path / "target.db") as target:
        target.add(received(dispatch(5), "/5"), dispatch(5), first_run)
        with pytest.raises(RecordError, match="the target holds a record already; give a new file, or an empty"):
            copied(source, target)
    with pytest.raises(RecordError, match="source and target are the same"):
        copied(source, source)


def test_a_copy_that_is_not_as_it_was_read_is_not_kept(source: Record, tmp_path: Path, postgresql: Server,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    summed = copying._summed

    def other(connection: object, table: object) -> CopiedTable:
        made = summed(connection, table)  # type: ignore[arg-type]
        return CopiedTable(made.name, made.rows, "0" * 64) if made.name == "readings" else made

    monkeypatch.setattr(copying, "_summed", other)
    for place in (tmp_path / "target.db", postgresql.record()):
        with Record.open(place) as target:
            with pytest.raises(RecordError, match="table readings: 7 rows were stored, 7 came back, or others"):
                copied(source, target)
            with target.reading() as connection:
                assert connection.exec_driver_sql("SELECT count(*) FROM reports").scalar_one() == 0


def test_the_command_copies_and_says_what(source: Record, postgresql: Server) -> None:
    address = postgresql.empty()
    told = CliRunner().invoke(main, ["copy", source.path, address])
    assert told.exit_code == 0, told.output
    assert "reports                    3" in told.output
    assert "tables copied, read again and found the same. Record: postgresql://" in told.output
    verified = CliRunner().invoke(main, ["--record", address, "verify"])
    assert verified.output.startswith("verified: 4 versions of 3 reports"), verified.output
    told = CliRunner().invoke(main, ["copy", source.path, address])
    assert (told.exit_code, told.output.count("\n")) == (1, 1)
    told = CliRunner().invoke(main, ["copy", "nowhere.db", address])
    assert "there is no record here" in told.output


def test_a_change_in_the_copy_is_found(source: Record, postgresql: Server) -> None:
    with Record.open(postgresql.record()) as shared:
        copied(source, shared)
        changed(shared, "UPDATE attributions SET speaker = 'Somebody' WHERE reading_id = 2")
        assert any("table attributions does not say" in fault.what for fault in shared.verify())
