"""What is expunged is gone, in every table, file and index; what is left verifies, and is as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import make_url, select

from onrecord.cli import main
from onrecord.errors import ExpungedError, InputError, RecordError
from onrecord.model import sha256
from onrecord.reconciling import reconcile
from onrecord.record import tables as t
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.verify import verify
from onrecord.view import queries
from servers import Server, rows, tampering

from .builder import Builder, received

PLACES = ("Zanthoria", "Quibberdale", "Mothwick")


def story(n: int, *, later: str = "") -> Builder:
    """A report with words that stand nowhere else, of which `later` is another version."""
    b = Builder()
    who = b.entity(f"Wendeline Brackoth{n}", role=f"Vexillary{n}")
    b.says(who, "said", f"the krummholz{n} was felled{later}")
    b.event(f"shelled the glasshouse{n}", place=b.place(PLACES[n]))
    b.figure(f"{n + 5} were killed", n + 5, n + 5, of=f"lamplighters{n}", claimant="e1")
    return b


def add(record: Record, n: int, run: Run, *, later: str = "") -> str:
    given = story(n, later=later).annotated(title=f"Thundersnow{n} over {PLACES[n]}", given_id=f"moonraker{n}",
                                            publisher=f"Gazette{n}")  # fmt: skip
    return record.add(received(given, f"/papers/skyquake{n}.txt"), given, run).report_id


def words(n: int) -> list[bytes]:
    return [f"{word}{n}".encode() for word in ("Brackoth", "Vexillary", "krummholz", "glasshouse", "lamplighters",
            "Thundersnow", "moonraker", "skyquake", "brackoth", "Gazette", "gazette", "thundersnow")
            ] + [PLACES[n].encode(), PLACES[n].lower().encode(), f"why{n}".encode()]  # fmt: skip


@pytest.fixture
def three(record: Record, first_run: Run, second_run: Run) -> Record:
    for n in range(3):
        name = add(record, n, first_run)
        record.correct("edit", f"{name}:a1", author="A. B.", reason=f"why{n}", field="act", value="denies")
        add(record, n, second_run)
    one, two = (record.annotated(f"moonraker{n}").report.id for n in (0, 1))
    record.correct("link", two, author="A. B.", reason="the same as why0", field="copy-of", other=one)
    list(reconcile(record))
    return record


def held(record: Record) -> dict[str, list[str]]:
    with record.reading() as connection:
        return {table.name: [repr(tuple(row)) for row in connection.execute(select(table))]
                for table in t.metadata.sorted_tables}  # fmt: skip


def where_it_stands(record: Record, n: int) -> list[str]:
    """The tables and files in which a distinctive word of a report stands."""
    found = [f"{name}: {row}" for name, every in held(record).items() for row in every
             if any(word.decode() in row for word in words(n))]  # fmt: skip
    if record.path.startswith("postgresql:"):
        for table in ("report_words", "statement_words"):
            found += [f"{table}: {row}" for row in rows(record, f"SELECT words::text FROM {table}")
                      if any(word.decode().lower() in row[0] for word in words(n))]  # fmt: skip
        return found
    for path in Path(record.path).parent.glob(f"{Path(record.path).name}*"):
        data = path.read_bytes()
        found += [f"{path.name}: {word.decode()}" for word in words(n) if word in data]
    return found


def test_no_word_of_it_is_left_anywhere_and_others_are_as_they_were(three: Record) -> None:
    assert where_it_stands(three, 0)
    before = held(three)
    done = three.expunge("moonraker0", author="E. F.", reason="a court order")
    assert where_it_stands(three, 0) == []
    assert done.tombstone.texts == (sha256(story(0).text),)
    assert done.corrections == 2
    assert three.verify() == []
    after = held(three)
    assert set(after["log"]) > set(before["log"])
    for name, every in after.items():
        if name not in {"log", "expunged", "expungings"}:
            assert set(every) <= set(before[name]), name
    for n in (1, 2):
        assert three.annotated(f"moonraker{n}").report.text == story(n).text
        assert three.search(f"krummholz{n}")
    assert three.search("krummholz0") == ()
    assert where_it_stands(three, 1)


def test_a_copy_of_the_file_holds_no_word_of_it_either(three: Record, engine: str, tmp_path: Path) -> None:
    if engine != "sqlite":
        pytest.skip("a server keeps its files to itself")
    three.expunge("moonraker0", author="E. F.", reason="a court order")
    with closing(sqlite3.connect(three.path)) as raw, closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        raw.backup(copy)
    data = (tmp_path / "copy.db").read_bytes()
    assert not [word for word in words(0) if word in data]
    assert words(1)[0] in data


def test_the_files_of_the_server_hold_no_word_of_it(three: Record, engine: str, postgresql: Server) -> None:
    if engine != "postgresql":
        pytest.skip("of a file another test says it")
    [(oid,)] = postgresql.run(f"SELECT oid FROM pg_database WHERE datname = '{make_url(three.path).database}'")

    def standing() -> list[str]:
        postgresql.run("CHECKPOINT")
        files = [path for path in (postgresql.folder / "data" / "base" / str(oid)).iterdir() if path.is_file()]
        tables = {int(row[0]) for row in rows(three, "SELECT pg_relation_filenode(oid) FROM pg_class WHERE relkind IN "
                                              "('r', 'i', 't') AND oid >= 16384") if row[0]}  # fmt: skip
        ours = [path for path in files if path.name.split("_")[0].split(".")[0] in {str(n) for n in tables}]
        return [f"{path.name}: {word.decode()}" for path in ours for word in words(0) if word in path.read_bytes()]

    assert standing()
    three.expunge("moonraker0", author="E. F.", reason="a court order")
    assert standing() == []


def test_who_asks_for_it_by_any_name_is_told(three: Record) -> None:
    version = three.annotated("moonraker0").report.version
    stone = three.expunge("moonraker0", author="E. F.", reason="a court order").tombstone
    for name in ("moonraker0", "/papers/skyquake0.txt", version, f"r-{version}", stone.report):
        with pytest.raises(ExpungedError, match=r"the report was expunged on 1974-08-16 by E\. F\.: a court order"):
            queries.show(three, name)
    assert three.expunged() == [stone]
    with pytest.raises(RecordError, match="there is no such report"):
        three.annotated("moonraker9")


def test_the_same_text_is_not_added_again_wherever_it_comes_from(three: Record, first_run: Run) -> None:
    three.expunge("moonraker0", author="E. F.", reason="a court order")
    given = story(0).annotated()
    for address in ("/papers/skyquake0.txt", "/elsewhere.txt"):
        with pytest.raises(ExpungedError, match="it is not added again: the report was expunged on 1974-08-16"):
            three.add(received(given, address), given, first_run)
        with pytest.raises(InputError):
            three.needs_reading(received(given, address), first_run)
    assert add(three, 0, first_run, later=" twice")
    assert three.verify() == []


def test_one_version_is_expunged_and_corrections_of_the_others_stay(three: Record, first_run: Run, second_run: Run
                                                                    ) -> None:  # fmt: skip
    name = three.annotated("moonraker2").report.id
    add(three, 2, second_run, later=" yellowhammer")
    three.correct("edit", f"{name}:f1", author="A. B.", reason="yellowhammer", field="low", value=1)
    assert three.annotated(name).figures[0].low == 1
    done = three.expunge(name, version=2, author="E. F.", reason="a source in danger")
    assert (done.tombstone.version, done.corrections) == (2, 1)
    assert not [row for every in held(three).values() for row in every if "yellowhammer" in row]
    assert three.verify() == []
    now = three.annotated(name)
    assert (now.attributions[0].act, now.figures[0].low) == ("denies", 7)
    with pytest.raises(ExpungedError, match="version 2 was expunged on 1974-08-16"):
        three.annotated(name, version=2)
    assert [one.version for one in queries.show(three, name).expunged] == [2]
    assert three.add(received(story(2, later=" again").annotated(), "/papers/skyquake2.txt"),
                     story(2, later=" again").annotated(), second_run).number == 3  # fmt: skip
    three.expunge(name, author="E. F.", reason="the rest")
    assert where_it_stands(three, 2) == []
    assert three.verify() == []


def test_an_original_that_others_were_read_from_stays_and_is_said(record: Record, first_run: Run) -> None:
    for address in ("/a", "/b"):
        given = story(0).annotated(title=address)
        record.add(received(given, address), given, first_run)
    other = record.annotated("/b").report.id
    done = record.expunge("/a", author="E. F.", reason="a court order")
    assert (done.sharing, done.alike) == ((other,), (other,))
    assert record.verify() == []
    record.expunge("/b", author="E. F.", reason="a court order")
    assert rows(record, "SELECT count(*) FROM originals") == [(0,)]
    assert record.verify() == []


def test_what_undoes_a_correction_goes_with_it(three: Record) -> None:
    link = three.corrections()[-1].number
    three.undo(link, author="A. B.", reason="why0 not")
    three.undo(link + 1, author="A. B.", reason="why0 still")
    three.expunge("moonraker0", author="E. F.", reason="a court order")
    assert where_it_stands(three, 0) == []
    name = three.annotated("moonraker1").report.id
    assert three.correct("edit", f"{name}:a1", author="A. B.", reason="x", field="act",
                         value="asserts").correction.number == link + 3  # fmt: skip
    assert three.verify() == []


def test_a_tombstone_cannot_be_altered_or_made_up(three: Record) -> None:
    three.expunge("moonraker0", author="E. F.", reason="a court order")
    for change in ("DELETE FROM expunged", "UPDATE expungings SET reason = 'x'", "DELETE FROM versions"):
        with pytest.raises(RecordError), three.writing() as connection:
            connection.exec_driver_sql(change)
    with tampering(three) as connection:
        connection.exec_driver_sql("UPDATE expungings SET reason = 'x'")
        assert any("expunging 1: it is not what was logged" in fault.what for fault in verify(connection))


def test_without_a_name_a_reason_or_a_report_nothing_is_expunged(three: Record) -> None:
    for author, reason in (("", "x"), ("E. F.", " ")):
        with pytest.raises(InputError, match="expunging needs an author and a reason"):
            three.expunge("moonraker0", author=author, reason=reason)
    with pytest.raises(RecordError, match="there is no version 9"):
        three.expunge("moonraker0", version=9, author="E. F.", reason="x")
    assert three.expunged() == []
    assert three.verify() == []


def test_a_program_that_still_reads_what_was_there_is_said_and_the_next_try_ends_it(three: Record, engine: str
                                                                                    ) -> None:  # fmt: skip
    if engine != "sqlite":
        pytest.skip("a server waits")
    with Record.open(three.path, wait=0.2) as hasty:
        with three.reading() as reader:
            reader.execute(select(t.reports)).all()
            with pytest.raises(RecordError, match="another program still reads the file"):
                hasty.expunge("moonraker0", author="E. F.", reason="a court order")
        with pytest.raises(ExpungedError, match="the report was expunged"):
            hasty.expunge("moonraker0", author="E. F.", reason="a court order")
    assert where_it_stands(three, 0) == []


def test_only_who_made_a_shared_record_can_expunge(three: Record, engine: str, postgresql: Server) -> None:
    if engine != "postgresql":
        pytest.skip("a file has no roles")
    database = str(make_url(three.path).database)
    assert CliRunner().invoke(main, ["--record", three.path, "roles", "--prefix", database, "--run"]).exit_code == 0
    postgresql.run(f"CREATE ROLE {database}_anna LOGIN IN ROLE {database}_owner")
    with Record.open(postgresql.address(database, f"{database}_anna"), create=False) as anna:
        with pytest.raises(RecordError, match="only who made the record can expunge"):
            anna.expunge("moonraker0", author="E. F.", reason="a court order")
        name = anna.annotated("moonraker0").report.id
        assert anna.correct("accept", f"{name}:f1", author="A. B.", reason="x").correction
    assert three.verify() == []


def test_the_command_asks_then_tells(three: Record, engine: str) -> None:
    del engine
    runner = CliRunner(env={"ONRECORD_AUTHOR": "E. F."})
    asked = ["--record", three.path, "expunge", "moonraker0", "--reason", "a court order"]
    refused = runner.invoke(main, asked, input="n\n")
    assert refused.exit_code == 1
    assert "Erase moonraker0 with 1 version (Thundersnow0 over Zanthoria) from" in refused.output
    assert "nothing was expunged" in refused.output
    done = runner.invoke(main, [*asked, "--yes"])
    assert done.exit_code == 0, done.output
    assert f"text SHA-256 {sha256(story(0).text)}" in done.output
    assert "not reached: " in done.output
    again = runner.invoke(main, [*asked, "--yes"])
    assert (again.exit_code, "nothing is left to erase" in again.output) == (0, True)
    shown = runner.invoke(main, ["--record", three.path, "show", "moonraker0"])
    assert shown.exit_code == 1
    assert shown.output.count("\n") == 1
    assert "the report was expunged on" in shown.output
    verified = runner.invoke(main, ["--record", three.path, "verify"])
    assert verified.exit_code == 0, verified.output
    assert "expunged: r-" in verified.output
    assert f"log: {three.head().entries} entries, the last {three.head().hash}" in verified.output
