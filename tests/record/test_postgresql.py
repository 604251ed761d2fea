"""What is PostgreSQL's alone: how a record is made and refused there, roles, turns, long reports, words."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from benchmarks.shared import faults, stressed
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from onrecord.cli import main
from onrecord.errors import InputError, RecordError
from onrecord.reconciling import reconcile
from onrecord.record import postgresql as own
from onrecord.record.opening import SCHEMA_NUMBER
from onrecord.record.postgresql_address import address as parts_of
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.tables import metadata
from servers import Server, changed, rows

from .builder import dispatch, plain, received


@pytest.fixture
def address(postgresql: Server) -> str:
    return postgresql.record()


@pytest.fixture
def shared(address: str, first_run: Run) -> Iterator[Record]:
    with Record.open(address) as record:
        for n in range(2):
            record.add(received(dispatch(n), f"/{n}"), dispatch(n), first_run)
        yield record


def onrecord(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def test_a_record_is_made_in_an_empty_database_once(postgresql: Server) -> None:
    address = postgresql.empty()
    with pytest.raises(RecordError, match="the database is empty; check the path"):
        Record.open(address, create=False)
    with ThreadPoolExecutor(4) as pool:
        for made in [pool.submit(Record.open, address) for _ in range(4)]:
            made.result().close()
    with Record.open(address) as record:
        assert (record.verify(), record.writable, record.linkable) == ([], True, True)
        assert rows(record, "SELECT number FROM onrecord_schema") == [(SCHEMA_NUMBER,)]
        columns = rows(record, "SELECT table_name, column_name, data_type, collation_name, is_nullable = 'YES' "
                       "FROM information_schema.columns WHERE table_schema = 'public'")  # fmt: skip
    known = {(table, column): (kind, collation, null) for table, column, kind, collation, null in columns}
    assert set(metadata.tables) < {table for table, _ in known}
    dialect = own.engine(parts_of(address), wait=1).dialect
    for table in metadata.sorted_tables:
        for column in table.columns:
            kind, collation, null = known[table.name, column.name]
            assert collation == ("C" if kind == "text" else None), column
            assert kind == column.type.compile(dialect).lower().split(" coll")[0], column
            assert null == bool(column.nullable), column


def test_what_is_no_record_is_refused_and_left_alone(postgresql: Server) -> None:
    other = postgresql.empty()
    name = str(make_url(other).database)
    postgresql.run("CREATE TABLE places (name text)", name)
    with pytest.raises(RecordError, match="the tables are another program's"):
        Record.open(other)
    assert postgresql.run("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", name) == [(1,)]
    postgresql.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0")
    with pytest.raises(RecordError, match="the database's encoding is LATIN1; make one with: createdb"):
        Record.open(postgresql.address("latin"))


def test_a_record_of_a_newer_version_is_refused_and_an_older_one_brought_up_to_date(shared: Record, address: str
                                                                                    ) -> None:  # fmt: skip
    changed(shared, "UPDATE onrecord_schema SET number = 99")
    with pytest.raises(RecordError, match=r"made by a newer onrecord .schema 99"):
        Record.open(address)
    changed(shared, "UPDATE onrecord_schema SET number = 0", "DELETE FROM report_words")
    with Record.open(address) as again:
        assert again.verify() == []
        assert len(again.search("ferry")) == 6


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("postgresql://anna:secret@/nobase?host={0}", 'there is no such database (.*"nobase" does not exist'),
        ("postgresql://nosuchuser@/postgres?host={0}", "the server does not know you"),
        ("postgresql://anna:secret@/war?host=/nowhere", "the server cannot be reached"),
        ("postgresql://anna:secret@/?host={0}", "the address names no database; give postgresql://USER@HOST/DATABASE"),
        ("postgresql:war", "this is no address of a database; give postgresql://USER@HOST/DATABASE"),
        ("postgresql://h:port/war", "this is no address of a database"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_in_one_line_without_the_password(postgresql: Server, asked: str,
                                                                                said: str) -> None:  # fmt: skip
    if "nobase" in asked:
        asked = asked.replace("anna", "postgres")
    told = onrecord("--record", asked.format(postgresql.folder), "info")
    assert told.exit_code == 1
    assert told.output.count("\n") == 1
    assert said.split(" (")[0] in told.output
    assert "secret" not in told.output


def test_without_the_driver_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"records on PostgreSQL need psycopg; install onrecord\[postgresql\]"):
        Record.open("postgresql://localhost/war")


def test_a_locked_record_is_waited_for_then_said(shared: Record, address: str, first_run: Run) -> None:
    given = plain("Talks.")
    with Record.open(address, wait=0.2) as hasty, shared.writing():
        with pytest.raises(RecordError, match=r"locked by another program .*; wait until"):
            hasty.add(received(given, "/a"), given, first_run)
        assert hasty.search("talks") == ()
        # Links are another part of the record: who links keeps nobody from adding, nor the other way round.
        assert sum(reconcile(hasty)) == 2


def test_a_connection_that_the_server_ends_is_replaced(shared: Record, postgresql: Server) -> None:
    name = rows(shared, "SELECT current_database()")[0][0]
    postgresql.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    assert len(shared.search("ferry")) == 6


def test_what_keeps_rows_from_being_altered_is_looked_after(shared: Record) -> None:
    with pytest.raises(RecordError, match=r"(append-only: reports takes no TRUNCATE|permission denied)"):
        changed_as_anybody(shared, "TRUNCATE reports CASCADE")
    with shared.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE runs DISABLE TRIGGER keep")
    assert [fault.what for fault in shared.verify()] == ["table runs: nothing keeps its rows from being altered"]


def changed_as_anybody(record: Record, change: str) -> None:
    with record.writing() as connection:
        connection.exec_driver_sql(change)


def test_roles_may_do_what_they_are_for_and_no_more(shared: Record, address: str, postgresql: Server, first_run: Run
                                                    ) -> None:  # fmt: skip
    told = onrecord("--record", address, "roles", "--prefix", "war", "--run")
    assert told.output.split() == ["war_reader", "war_reviewer", "war_owner"]
    assert onrecord("--record", address, "roles", "--prefix", "war", "--run").exit_code == 0
    database = str(make_url(address).database)
    people = {role: f"{database}_{role}" for role in ("reader", "reviewer", "owner")}
    for role, name in people.items():
        postgresql.run(f"CREATE ROLE {name} LOGIN IN ROLE war_{role}")
    postgresql.run(f"CREATE ROLE {database}_stranger LOGIN")
    at = {role: postgresql.address(database, name) for role, name in people.items()}
    given = plain("Talks.")
    entry = f"{shared.annotated('/0').report.id}:f1"
    with pytest.raises(RecordError, match="permission denied for database"):
        Record.open(postgresql.address(database, f"{database}_stranger"), create=False)
    with Record.open(at["reader"], create=False) as record:
        assert (len(record.search("ferry")), record.verify(), record.writable) == (6, [], False)
        with pytest.raises(RecordError, match="the record cannot be written; ask who made the record for the role"):
            record.correct("accept", entry, author="A. B.", reason="read it")
    with Record.open(at["reviewer"], create=False) as record:
        assert (record.writable, record.linkable) == (True, False)
        assert record.correct("reject", entry, author="A. B.", reason="read it").correction.number == 1
        with pytest.raises(RecordError, match=r"your role may not do this .permission denied for table reports"):
            record.add(received(given, "/a"), given, first_run)
        with pytest.raises(RecordError, match="the record cannot be written"):
            list(reconcile(record))
    with Record.open(at["owner"], create=False) as record:
        assert record.add(received(given, "/a"), given, first_run).outcome == "new report"
        assert sum(reconcile(record)) == 4
        assert record.correct("accept", entry.replace("f1", "a1"), author="C. D.", reason="x")
        assert record.verify() == []
    for role in people:
        for change in ("UPDATE runs SET software = 'x'", "DELETE FROM runs", "TRUNCATE runs", "DROP TABLE links"):
            with Record.open(at[role], create=False) as record, pytest.raises(RecordError):
                as_this_role(record, change)


def as_this_role(record: Record, change: str) -> None:
    with record._opened.engine.connect() as connection, own.errors(record.path):
        connection.exec_driver_sql(change)


def test_the_sql_of_roles_is_printed_as_it_is_run(tmp_path: Path) -> None:
    told = onrecord("roles", "--prefix", "war", "--database", "news")
    assert told.output.startswith("CREATE ROLE war_reader NOLOGIN;\n")
    assert 'GRANT CONNECT ON DATABASE "news" TO war_reader;' in told.output
    assert onrecord("roles", "--prefix", "War; DROP").exit_code == 1
    Record.open(tmp_path / "war.db").close()
    told = onrecord("--record", str(tmp_path / "war.db"), "roles", "--run")
    assert "a record in a file has no roles" in told.output


def test_what_no_database_keeps_is_refused_in_words(shared: Record) -> None:
    entry = f"{shared.annotated('/0').report.id}:f1"
    with pytest.raises(InputError, match="a NUL character stands at 1, which a record cannot keep; leave it out"):
        shared.correct("accept", entry, author="A\0B", reason="x")
    with pytest.raises(RecordError, match="NUL"):
        shared.annotated("a\0b")


def test_words_of_long_reports_are_found_wherever_they_stand(shared: Record, first_run: Run) -> None:
    """PostgreSQL keeps 256 places of a word, none after the 16,383rd, and 1 MiB of words."""
    words = [f"w{n} the" for n in range(30_000)]
    text = "first armistice " + " ".join(words) + " the last siege"
    long = plain(text, title="A long truce")
    shared.add(received(long, "/long"), long, first_run)
    other = plain("first siege")
    shared.add(received(other, "/short"), other, first_run)
    name = shared.annotated("/long").report.id
    for asked in ("armistice siege", '"the last siege"', '"w29000 the w29001"', '"w11999 the w12000"', "w299* truce",
                  "siege -nothing"):  # fmt: skip
        assert name in [hit.report_id for hit in shared.search(asked, kind="report")], asked
    assert name not in [hit.report_id for hit in shared.search("siege -armistice", kind="report")]
    assert name not in [hit.report_id for hit in shared.search('"armistice siege"', kind="report")]
    (hit,) = shared.search('"w29000 the w29001"')
    assert [anchor.exact for anchor in hit.anchors] == ["w29000 the w29001"]
    huge = plain(" ".join(f"{n:x}" * 60 for n in range(10_000)))
    assert shared.add(received(huge, "/huge"), huge, first_run).outcome == "new report"
    assert shared.verify() == []


LETTERS = st.sampled_from("aAbé éİßœłØ'-. 0५अि你字a\u0301\n_")
WORDS = st.text(LETTERS, min_size=1, max_size=12)


@pytest.fixture
def both(address: str, tmp_path: Path) -> Iterator[tuple[Record, Record]]:
    with Record.open(address) as shared, Record.open(tmp_path / "one.db") as alone:
        yield shared, alone


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS, title=WORDS, asked=st.lists(WORDS, min_size=1, max_size=3), quoted=st.booleans())
def test_both_databases_find_the_same_words_at_the_same_places(
    both: tuple[Record, Record], first_run: Run, text: str, title: str, asked: list[str], quoted: bool
) -> None:
    given = plain(text, title=title)
    found = []
    typed = f'"{" ".join(asked)}"' if quoted else " ".join(asked)
    for record in both:
        record.add(received(given, f"/{text!r}{title!r}"), given, first_run)
        hits = [record.search(each, kind="report", limit=500) for each in (typed, text, title, f"{text[:2]}*")]
        found.append([{(hit.report_id, hit.anchors) for hit in some} for some in hits])
    assert found[0] == found[1]


def test_eight_writers_and_twenty_readers_lose_nothing(postgresql: Server) -> None:
    address = postgresql.record()
    load = stressed(address, seconds=5)
    assert faults(address, load) == []
    assert min(len(load.stored), len(load.together), len(load.corrections), len(load.asked)) > 0
    assert threading.active_count() < 20
