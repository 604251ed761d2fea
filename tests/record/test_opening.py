from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from onrecord.errors import RecordError
from onrecord.record import sqlite
from onrecord.record.opening import SCHEMA_NUMBER
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.tables import metadata

from .builder import dispatch, plain, received


def schema(path: Path) -> dict[str, str]:
    with sqlite3.connect(path) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        return {name: " ".join(sql.split()) for name, sql in connection.execute(query)}


def test_a_record_is_marked_strict_and_lets_readers_in(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    Record.open(path).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (sqlite.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_NUMBER,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (f"{SCHEMA_NUMBER:04}",)
    ours = {name: sql for name, sql in schema(path).items() if name in metadata.tables}
    assert set(ours) == set(metadata.tables)
    assert all(sql.endswith("STRICT") or "STRICT," in sql or ", STRICT" in sql for sql in ours.values())


def test_the_migrations_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    Record.open(tmp_path / "migrated.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(engine)
    engine.dispose()
    made, migrated = schema(tmp_path / "made.db"), schema(tmp_path / "migrated.db")
    assert {name: migrated[name] for name in made} == made


def test_the_tables_can_be_made_on_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert f"CREATE TABLE {table.name}" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))


def test_a_record_of_postgresql_is_refused_without_its_password() -> None:
    with pytest.raises(RecordError) as caught:
        Record.open("postgresql://me:secret@host/db")
    assert "secret" not in str(caught.value)


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    path = tmp_path / "100% wär?#x&mode=ro.db"
    Record.open(path).close()
    assert path.exists()


@pytest.mark.parametrize("content", [b"", None])
def test_there_is_no_record_to_open(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "war.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RecordError, match="check the path"):
        Record.open(path, create=False)
    assert path.exists() == (content is not None)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("This is a note. " * 100)
    with pytest.raises(RecordError, match="the file is not a record"):
        Record.open(path)
    assert path.read_text() == "This is a note. " * 100


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "places.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE places (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program's database"):
        Record.open(path)
    assert path.read_bytes() == before


def test_a_database_that_is_marked_as_anothers_is_refused_even_if_empty(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("PRAGMA application_id = 7")
    connection.close()
    with pytest.raises(RecordError, match="another program's database"):
        Record.open(tmp_path / "other.db")


def test_a_record_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    Record.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_NUMBER + 1}")
    connection.close()
    with pytest.raises(RecordError, match=r"made by a newer onrecord .*; upgrade onrecord"):
        Record.open(path)


def test_a_record_cut_short_is_said_to_be_damaged(tmp_path: Path, first_run: Run) -> None:
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        for n in range(20):
            record.add(received(dispatch(n), f"/{n}"), dispatch(n), first_run)
    path.write_bytes(path.read_bytes()[: 4096 * 20])
    with pytest.raises(RecordError, match="the file is damaged"):
        Record.open(path)


def test_a_record_of_an_older_version_is_brought_up_to_date(tmp_path: Path, first_run: Run) -> None:
    path = tmp_path / "war.db"
    with Record.open(path) as record:
        record.add(received(dispatch(), "/a"), dispatch(), first_run)
    before = schema(path)
    with sqlite3.connect(path) as connection:
        for name in ("statements", "statement_texts"):
            connection.execute(f"DROP VIEW {name}")
        connection.execute("DROP TRIGGER runs_keep_update")
        connection.execute("PRAGMA user_version = 0")
    connection.close()
    with Record.open(path) as record:
        assert record.verify() == []
        assert len(record.search("ferry")) == 3
    assert schema(path) == before


def test_a_folder_and_a_missing_folder_are_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="this is a folder"):
        Record.open(tmp_path)
    with pytest.raises(RecordError, match="there is no folder"):
        Record.open(tmp_path / "no" / "war.db")


def test_a_record_made_by_two_at_once_is_made_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        for made in [pool.submit(Record.open, tmp_path / "war.db") for _ in range(6)]:
            made.result().close()
    with Record.open(tmp_path / "war.db") as record:
        assert record.verify() == []


def test_a_locked_record_is_waited_for_then_said(record: Record, first_run: Run) -> None:
    given = plain("Talks.")
    other = sqlite3.connect(record.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with (
        Record.open(record.path, wait=0.1) as hasty,
        pytest.raises(RecordError, match=r"locked by another program .*; wait until"),
    ):
        hasty.add(received(given, "/a"), given, first_run)
    assert record.search("talks") == ()
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    assert record.add(received(given, "/a"), given, first_run).outcome == "new report"
    other.close()


def test_a_full_disk_leaves_the_record_as_it_was(record: Record, first_run: Run) -> None:
    one, two = plain("Talks."), plain("Talks failed. " * 50_000)
    record.add(received(one, "/a"), one, first_run)
    with record.reading() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(RecordError, match="the disk is full"):
        record.add(received(two, "/b"), two, first_run)
    assert record.verify() == []
    with record.reading() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert record.add(received(two, "/b"), two, first_run).outcome == "new report"


AS_NOBODY = """
    import os, sys
    from pathlib import Path
    from onrecord.errors import RecordError
    from onrecord.record.store import Record
    from onrecord.record.provenance import run
    from record.builder import plain, received
    if os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)
    with Record.open(sys.argv[1], create=False) as record:
        print(len(record.search("talks")), len(record.verify()), record.writable)
        try:
            record.add(received(plain("More."), "/b"), plain("More."), run(software="x"))
        except RecordError as error:
            print(error)
    try:
        Record.open(str(Path(sys.argv[1]).parent / "new.db"))
    except RecordError as error:
        print(error)
"""


@pytest.mark.parametrize("folder_is_writable", [True, False])
def test_a_read_only_record_can_be_asked_but_not_added_to(first_run: Run, folder_is_writable: bool) -> None:
    with tempfile.TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer) / "kept"
        folder.mkdir()
        path = folder / "war.db"
        with Record.open(path) as record:
            record.add(received(plain("Talks."), "/a"), plain("Talks."), first_run)
        path.chmod(0o444)
        folder.chmod(0o777 if folder_is_writable else 0o555)
        command = [sys.executable, "-c", textwrap.dedent(AS_NOBODY), str(path)]
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        found = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
        folder.chmod(0o755)
    lines = found.stdout.splitlines()
    assert lines[:2] == ["1 0 False", f"{path}: the record cannot be written; make the file and its folder writable, "
                         "or copy it"], found.stderr  # fmt: skip
    if not folder_is_writable:
        assert lines[2] == f"{folder / 'new.db'}: the folder takes no new file; choose another folder"
