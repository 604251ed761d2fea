"""The log: whatever is changed, removed, added or moved in a record is found, and said with the entry it belongs to."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, LargeBinary, Table, Text, and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from onrecord.errors import InputError, OnrecordError
from onrecord.model import Unread
from onrecord.record import tables as t
from onrecord.record.chain import BEGINNING, entries, entry_hash, hash_at, head
from onrecord.record.contents import TABLES
from onrecord.record.opening import SCHEMA_NUMBER
from onrecord.record.provenance import run
from onrecord.record.store import Record
from onrecord.record.verify import verify
from servers import Server, changed, rows, tampering

from .builder import dispatch, plain, received

RUNS = [run(software=f"onrecord 0.{n}.0", started=datetime(1974, 8, 16 + n, tzinfo=UTC)) for n in range(2)]
LOGGED = (t.reports, t.originals, t.versions, t.runs, t.readings, *t.ANNOTATIONS, t.corrections, t.corrected,
          t.placements, t.expungings, t.expunged)  # fmt: skip
#: What is found is small already, and to make it smaller takes a record for each try.
FEW = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck),
               phases=(Phase.explicit, Phase.reuse, Phase.generate))  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "add", "correct", "undo", "link", "expunge")), st.integers(0, 2),
              st.integers(0, 3), st.integers(0, 1)),
    max_size=7,
)  # fmt: skip


def step(record: Record, what: str, address: int, text: int, which: int) -> None:
    if what == "add":
        given = dispatch(text, sentences=1)
        record.add(received(given, f"/{address}"), given, RUNS[which])
    elif what == "correct":
        name = record.annotated(f"/{address}").report.id
        record.correct("edit", f"{name}:f1", author="A. B.", reason="x", field="low", value=text)
    elif what == "undo":
        record.undo(text + 1, author="C. D.", reason="y")
    elif what == "link":
        one, two = (record.annotated(f"/{n}").report.id for n in (address, (address + 1) % 3))
        record.correct("link", one, author="A. B.", reason="z", field="copy-of", other=two)
    else:
        record.expunge(f"/{address}", author="E. F.", reason="court", version=1 if which else None)


@contextmanager
def made(steps: list[tuple[str, int, int, int]]) -> Iterator[Record]:
    """A record after some steps; those that do not fit are left out."""
    with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        for each in [("add", 0, 0, 0), ("correct", 0, 1, 0), *steps]:
            try:
                step(record, *each)
            except OnrecordError:
                continue
        assert record.verify() == []
        yield record


def owners(connection: Connection, table: Table, row: Any) -> list[int]:
    """The entries of the log that a row belongs to."""
    v, n = t.versions.c, t.log.c
    kinds = {table: kind for kind, table in TABLES.items()}
    if table in kinds:
        where = (n.kind == kinds[table]) & (n.row == row.id)
    elif table is t.reports:
        where = (n.kind == "version") & n.row.in_(select(v.id).where(v.report_id == row.id))
    elif table is t.originals:
        where = (n.kind == "version") & n.row.in_(select(v.id).where(v.original_sha256 == row.sha256))
    elif table is t.expunged:
        where = (n.kind == "expunging") & (n.row == row.expunging_id)
    else:
        where = (n.kind == "reading") & (n.row == row.reading_id)
    return list(connection.execute(select(n.number).where(where)).scalars())


def at(table: Table, row: Any) -> Any:
    return and_(*(column == row[table.columns.keys().index(column.name)] for column in table.primary_key))


def other(column: Any, value: Any, chance: Any) -> Any:
    """Another value, that differs in one place."""
    if isinstance(column.type, LargeBinary):
        place = chance.randrange(len(value)) if value else 0
        return value[:place] + bytes([(value[place] + 1) % 256]) + value[place + 1 :] if value else b"x"
    if isinstance(column.type, Text):
        place = chance.randrange(len(value)) if value else 0
        return (value[:place] + ("x" if value[place] != "x" else "y") + value[place + 1 :]) if value else "x"
    if column.name in ("negated", "late"):
        return 1 - value
    return 1 if value is None else value + 1000


def said(connection: Connection) -> str:
    return "\n".join(f"{fault.report_id}: {fault.what}" for fault in verify(connection))


def found_if_changed(record: Record, table: Table, column: Any, row: Any, chance: Any) -> None:
    """Change one value, and see that its entries are named."""
    with tampering(record) as connection:
        numbers = owners(connection, table, row)
        value = other(column, row[table.columns.keys().index(column.name)], chance)
        connection.execute(update(table).where(at(table, row)).values({column: value}))
        found = said(connection)
    assert numbers
    for number in numbers:
        assert f"log entry {number}, " in found, (table.name, column.name, value, found)


@FEW
@given(STEPS, st.randoms(use_true_random=False))
def test_any_one_value_that_is_changed_is_found_and_its_entry_named(engine: str, steps: Any, chance: Any) -> None:
    with made(steps) as record:
        for table in chance.sample(LOGGED, 5):
            with record.reading() as asked:
                every = asked.execute(select(table)).all()
            if every:
                found_if_changed(record, table, chance.choice(list(table.columns)), chance.choice(every), chance)


@pytest.mark.parametrize("table", LOGGED, ids=lambda table: str(table.name))
def test_a_value_of_any_column_that_is_changed_is_found(table: Table, engine: str, record: Record) -> None:
    given = dispatch(1, sentences=1)
    given = msgspec.structs.replace(given, report=msgspec.structs.replace(given.report, unread=(Unread((0, 2), "x"),)))
    record.add(received(given, "/0"), given, RUNS[0])
    for each in (("correct", 0, 1, 0), ("add", 1, 2, 0), ("expunge", 1, 2, 0)):
        step(record, *each)
    with record.reading() as asked:
        row = asked.execute(select(table)).first()
    for column in table.columns:
        found_if_changed(record, table, column, row, random.Random(1))


@FEW
@given(STEPS, st.randoms(use_true_random=False))
def test_any_one_row_that_is_removed_or_added_is_found(engine: str, steps: Any, chance: Any) -> None:
    with made(steps) as record, record.reading() as asked:
        for table in chance.sample(LOGGED, 5):
            every = asked.execute(select(table)).all()
            if not every:
                continue
            row = chance.choice(every)
            numbers = owners(asked, table, row)
            with tampering(record) as connection:
                connection.execute(delete(table).where(at(table, row)))
                found = said(connection)
            assert all(f"log entry {number}, " in found for number in numbers), (table.name, found)
            with tampering(record) as connection:
                values = dict(zip(table.columns.keys(), row, strict=True))
                keys = {c.name for c in table.columns if c.primary_key or c.unique}
                keys |= {"version", "run_id", "id", "digest"}
                for key in keys & values.keys() - ({"reading_id"} if len(table.primary_key) > 1 else set()):
                    values[key] = 900 if isinstance(values[key], int) else f"{values[key]}+"
                if table is t.versions:
                    values["number"] = 900
                connection.execute(insert(table).values(values))
                assert said(connection), table.name


@FEW
@given(STEPS, st.randoms(use_true_random=False))
def test_any_entry_of_the_log_that_is_changed_removed_or_moved_is_found(engine: str, steps: Any, chance: Any) -> None:
    n = t.log.c
    with made(steps) as record, record.reading() as asked:
        last = asked.execute(select(n.number).order_by(n.number.desc())).scalars().first() or 0
        assert head(record) == record.head() == (last, hash_at(record, last))
        row = asked.execute(select(t.log).where(n.number == chance.randint(1, last))).one()
        for column in chance.sample(list(t.log.columns), 3):
            with tampering(record) as connection:
                value = other(column, getattr(row, column.name), chance)
                connection.execute(update(t.log).where(n.number == row.number).values({column: value}))
                found = said(connection)
                named = value if column.name == "number" else row.number
                assert f"log entry {named}, " in found, (column.name, found)
        with tampering(record) as connection:
            connection.execute(delete(t.log).where(n.number == row.number))
            found = said(connection)
            gone = asked.execute(select(t.expunged).where(t.expunged.c.kind == row.kind, t.expunged.c.row == row.row))
            assert f"{row.kind} {row.row}: it is in no entry of the log" in found or gone.first()
            assert row.number == last or f"entry {row.number} is missing before it" in found
        one, two = sorted(chance.sample(range(1, last + 1), 2))
        with tampering(record) as connection:
            for old, new in ((one, -1), (two, one), (-1, two)):
                connection.execute(update(t.log).where(n.number == old).values(number=new))
            found = said(connection)
            assert f"log entry {one}, " in found
            assert f"log entry {two}, " in found


def forged(connection: Connection) -> None:
    """Hash the whole log anew, as it is."""
    previous = BEGINNING
    found = [entry for some in entries(connection) for entry in some]
    connection.execute(delete(t.log))
    for number, e in enumerate(found, 1):
        own = entry_hash(number, e.kind, e.row, e.digest, previous, e.late, e.logged_at)
        values = {"digest": e.digest, "previous": previous, "hash": own, "late": e.late, "logged_at": e.logged_at}
        connection.execute(insert(t.log).values(number=number, kind=e.kind, row=e.row, **values))
        previous = own


@pytest.fixture
def three(record: Record) -> Record:
    for number in range(3):
        record.add(received(dispatch(number), f"/{number}"), dispatch(number), RUNS[0])
    return record


def test_entries_that_change_places_are_found_even_if_all_hashes_are_forged(three: Record) -> None:
    with tampering(three) as connection:
        n = t.log.c
        one, two = connection.execute(select(n.number).where(n.kind == "reading").limit(2)).scalars().all()
        for old, new in ((one, 99), (two, one), (99, two)):
            connection.execute(update(t.log).where(n.number == old).values(number=new))
        forged(connection)
        assert f"log entry {one}, reading 2: reading 1 should stand there" in said(connection)


def test_what_is_cut_off_at_the_end_with_all_that_it_stands_for_is_seen_by_the_head_alone(three: Record) -> None:
    before = head(three)
    with tampering(three) as connection:
        for table in (*t.ANNOTATIONS, t.readings, t.versions):
            key = table.c.id if table in (t.readings, t.versions) else table.c.reading_id
            connection.execute(delete(table).where(key == 3))
        connection.execute(delete(t.originals).where(~t.originals.c.sha256.in_(select(t.versions.c.original_sha256))))
        connection.execute(delete(t.reports).where(~t.reports.c.id.in_(select(t.versions.c.report_id))))
        connection.execute(delete(t.log).where(t.log.c.number > before.entries - 2))
        assert "log entry" not in said(connection)
        last = connection.execute(select(t.log.c.hash).order_by(t.log.c.number.desc()).limit(1)).scalar()
        assert last != before.hash
    assert hash_at(three, before.entries) == before.hash
    assert hash_at(three, before.entries + 1) is None
    assert hash_at(three, 0) == BEGINNING


def test_what_was_logged_stays_as_it_is_when_more_is_added(three: Record) -> None:
    before = head(three)
    three.add(received(dispatch(8), "/8"), dispatch(8), RUNS[1])
    assert head(three).entries == before.entries + 3
    assert hash_at(three, before.entries) == before.hash


def test_an_addition_that_is_refused_leaves_no_entry(three: Record) -> None:
    before = head(three)
    name = three.annotated("/0").report.id
    with pytest.raises(InputError):
        three.correct("edit", f"{name}:f1", author="A", reason="x", field="unit", value="no such unit")
    assert head(three) == before


def test_the_log_takes_no_second_entry_after_the_same_one(three: Record) -> None:
    n = t.log.c
    with three.reading() as connection:
        row = connection.execute(select(t.log).order_by(n.number.desc()).limit(1)).mappings().one()
    forked = {**row, "number": row["number"] + 1, "row": row["row"] + 1}
    with pytest.raises(IntegrityError), tampering(three) as connection:
        connection.execute(insert(t.log).values(forked))


def test_a_byte_that_is_no_text_any_more_is_found_in_a_file(three: Record, engine: str, tmp_path: Path) -> None:
    if engine != "sqlite":
        pytest.skip("a server keeps its files to itself")
    changed(three, "UPDATE versions SET text = CAST(replace(CAST(text AS BLOB), 'quay', x'71FF6179') AS TEXT) "
            "WHERE id = 2")  # fmt: skip
    found = [fault.what for fault in three.verify()]
    assert any(what.endswith("version 2: it is not what was logged") for what in found), found


WRITES = """
    import sys
    sys.path[:0] = [{tests!r}]
    from onrecord.record.provenance import run
    from onrecord.record.store import Record
    from record.builder import plain, received
    who = sys.argv[2]
    with Record.open(sys.argv[1], wait=120) as record:
        for n in range(12):
            given = plain(f"Talks {{n}} by {{who}}.")
            record.add(received(given, f"/{{who}}/{{n}}"), given, run(software="onrecord 0.1.0"))
"""


def test_processes_that_add_at_once_make_one_log(record: Record, engine: str) -> None:
    given = plain("Before.")
    record.add(received(given, "/a"), given, RUNS[0])
    code = textwrap.dedent(WRITES.format(tests=str(Path(__file__).parents[1])))

    def write(who: int) -> str:
        done = subprocess.run([sys.executable, "-c", code, record.path, str(who)], capture_output=True, text=True,
                              check=False)  # fmt: skip
        return done.stderr

    with ThreadPoolExecutor(3) as pool:
        assert "".join(pool.map(write, range(3))) == ""
    assert record.verify() == []
    versions = rows(record, "SELECT count(*) FROM log WHERE kind = 'version'")
    assert versions == [(37,)]
    assert rows(record, "SELECT count(*), max(number) FROM log") == [(record.head().entries,) * 2]


def older(record: Record) -> None:
    """Make a record into one of the schema before the log."""
    tables = ("log", "expunged", "expungings")
    if record.path.startswith("postgresql:"):
        import psycopg

        with psycopg.connect(record.path) as shared:
            for name in tables:
                shared.execute(f"DROP TABLE {name}")
            shared.execute("UPDATE onrecord_schema SET number = 4")
            shared.execute("UPDATE alembic_version SET version_num = '0004'")
        return
    with closing(sqlite3.connect(record.path)) as raw, raw:
        for name in tables:
            raw.execute(f"DROP TABLE {name}")
        raw.execute("UPDATE alembic_version SET version_num = '0004'")
        raw.execute("PRAGMA user_version = 4")


def test_what_an_older_record_holds_is_logged_late_and_then_goes_on(record: Record, engine: str) -> None:
    record.add(received(dispatch(1), "/1"), dispatch(1), RUNS[0])
    record.add(received(dispatch(1), "/1"), dispatch(1), RUNS[1])
    name = record.annotated("/1").report.id
    record.correct("reject", f"{name}:f1", author="A. B.", reason="no number")
    digests = rows(record, "SELECT kind, row, digest FROM log ORDER BY kind, row")
    older(record)
    with Record.open(record.path) as again:
        assert again.verify() == []
        assert rows(again, "SELECT kind, row, digest FROM log ORDER BY kind, row") == digests
        assert set(rows(again, "SELECT late FROM log")) == {(1,)}
        again.add(received(dispatch(2), "/2"), dispatch(2), RUNS[0])
        assert rows(again, "SELECT late FROM log ORDER BY number DESC LIMIT 1") == [(0,)]
        assert again.verify() == []
        changed(again, "UPDATE attributions SET speaker = 'Somebody' WHERE reading_id = 1")
        assert any("reading 1: it is not what was logged" in fault.what for fault in again.verify())
    assert SCHEMA_NUMBER >= 5


def test_both_databases_log_the_same(postgresql: Server, tmp_path: Path) -> None:
    hashes = []
    for where in (postgresql.record(), str(tmp_path / "one.db")):
        with Record.open(where, clock=lambda: datetime(1974, 8, 16, tzinfo=UTC)) as record:
            for number in (1, 2):
                record.add(received(dispatch(number), f"/{number}"), dispatch(number), RUNS[0])
            name = record.annotated("/1").report.id
            record.correct("edit", f"{name}:f1", author="Ä. ß.", reason="😀", field="low", value=7.25)
            record.expunge("/2", author="E. F.", reason="court")
            hashes.append(record.head())
    assert hashes[0] == hashes[1]
