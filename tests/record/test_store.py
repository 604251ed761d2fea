from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest

from onrecord.errors import AnchorError, InputError, RecordError
from onrecord.model import Unread, sha256
from onrecord.record import linking, tables
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from servers import rows
from timed import seconds_of

from .builder import Builder, dispatch, plain, received


def sql(record: Record, query: str) -> list[tuple[object, ...]]:
    return rows(record, query)


def count(record: Record, table: str) -> int:
    return int(str(sql(record, f"SELECT count(*) FROM {table}")[0][0]))


def test_what_was_added_comes_back_to_the_character(record: Record, first_run: Run) -> None:
    given = dispatch()
    added = record.add(received(given, "/news/a.txt"), given, first_run)
    back = record.annotated(added.report_id)
    assert msgspec.structs.replace(back, report=msgspec.structs.replace(back.report, id=given.report.id)) == given
    assert back.report.id == added.report_id
    assert (added.outcome, added.number, added.version) == ("new report", 1, given.report.version)


def test_the_raw_bytes_and_the_time_of_receipt_are_kept(record: Record, first_run: Run) -> None:
    given = received(plain("Ärger in Nürnberg."), "/a.txt")
    latin = dataclasses.replace(given.original, data="Ärger in Nürnberg.".encode("latin-1"), encoding="latin-1")
    record.add(dataclasses.replace(given, original=latin), plain("Ärger in Nürnberg."), first_run)
    assert sql(record, "SELECT data, size, encoding, received_at FROM originals CROSS JOIN versions") == [
        ("Ärger in Nürnberg.".encode("latin-1"), 18, "latin-1", "1974-08-16T09:30:00Z")
    ]
    assert record.verify() == []


def test_the_same_again_adds_nothing(record: Record, first_run: Run) -> None:
    given = dispatch()
    record.add(received(given, "/a"), given, first_run)
    before = {name: count(record, name) for name in tables.metadata.tables}
    assert record.add(received(given, "/a"), given, first_run).outcome == "unchanged"
    assert {name: count(record, name) for name in tables.metadata.tables} == before


def test_the_same_software_in_another_run_adds_nothing(record: Record, first_run: Run) -> None:
    given = dispatch()
    record.add(received(given, "/a"), given, first_run)
    later = dataclasses.replace(first_run, started_at="1999-01-01T00:00:00Z")
    assert record.add(received(given, "/a"), given, later).outcome == "unchanged"
    assert count(record, "runs") == 1


def test_changed_text_at_the_address_is_a_new_version_of_the_same_report(record: Record, first_run: Run) -> None:
    one, two = plain("Talks go on.", given_id="treaty"), plain("Talks have ended.", given_id="another")
    first = record.add(received(one, "/a"), one, first_run)
    second = record.add(received(two, "/a"), two, first_run)
    assert (second.report_id, second.number, second.outcome) == (first.report_id, 2, "new version")
    assert record.annotated("treaty").report.text == "Talks have ended."
    assert record.annotated("treaty").report.id == "treaty"
    assert record.annotated("treaty", version=1).report.text == "Talks go on."
    assert record.annotated("treaty", version=one.report.version).report.text == "Talks go on."


def test_an_old_version_that_comes_again_is_known(record: Record, first_run: Run) -> None:
    one, two = plain("Talks go on."), plain("Talks have ended.")
    for each in (one, two):
        record.add(received(each, "/a"), each, first_run)
    assert record.add(received(one, "/a"), one, first_run).outcome == "unchanged"
    assert record.annotated("/a").report.text == "Talks have ended."


def test_the_same_text_at_two_addresses_is_two_reports_of_one_original(record: Record, first_run: Run) -> None:
    given = dispatch()
    ids = {record.add(received(given, address), given, first_run).report_id for address in ("/a", "/b")}
    assert len(ids) == 2
    assert (count(record, "reports"), count(record, "originals")) == (2, 1)


def test_ids_do_not_depend_on_what_was_added_before(tmp_path: object, record: Record, first_run: Run) -> None:
    given = dispatch()
    with Record.open(f"{tmp_path}/other.db") as other:
        forth = [record.add(received(given, a), given, first_run).report_id for a in ("/a", "/b")]
        back = [other.add(received(given, a), given, first_run).report_id for a in ("/b", "/a")]
    assert forth == back[::-1]


def test_an_id_that_came_with_two_reports_names_neither_alone(record: Record, first_run: Run) -> None:
    one, two = plain("First.", given_id="1"), plain("Second.", given_id="1")
    first = record.add(received(one, "/a#1"), one, first_run).report_id
    second = record.add(received(two, "/b#1"), two, first_run).report_id
    assert first == "1"
    assert second.startswith("1~")
    assert record.annotated("/b#1").report.text == "Second."
    assert record.annotated("1").report.text == "First."


def test_several_reports_that_came_with_an_id_are_listed(record: Record, first_run: Run) -> None:
    for address, text in (("/a", "First."), ("/b", "Second.")):
        each = plain(text, given_id="x" if address == "/a" else "y")
        record.add(received(each, address), each, first_run)
        changed = plain(text + " More.", given_id="both")
        record.add(received(changed, address), changed, first_run)
    with pytest.raises(RecordError, match="2 reports came with this id; give one of x, y"):
        record.annotated("both")


def test_a_report_or_version_that_is_not_there_is_said(record: Record, first_run: Run) -> None:
    given = plain("Talks.", given_id="treaty")
    record.add(received(given, "/a"), given, first_run)
    with pytest.raises(RecordError, match="nobody: there is no such report"):
        record.annotated("nobody")
    with pytest.raises(RecordError, match="treaty: there is no version 2; give one of"):
        record.annotated("treaty", version=2)


def test_another_run_adds_a_reading_and_keeps_the_old(record: Record, first_run: Run, second_run: Run) -> None:
    given = dispatch()
    nothing = plain(given.report.text, title=given.report.title, publisher=given.report.publisher,
                    published=given.report.published)  # fmt: skip
    at = received(given, "/a")
    record.add(at, nothing, first_run)
    assert record.annotated("/a").events == ()
    assert record.add(at, given, second_run).outcome == "re-read"
    assert record.annotated("/a").events == given.events
    assert (count(record, "readings"), count(record, "versions"), count(record, "runs")) == (2, 1, 2)
    assert count(record, "happenings") == len(given.events)


def test_the_latest_run_is_current_even_if_an_earlier_one_ends_later(
    record: Record, first_run: Run, second_run: Run
) -> None:
    given = dispatch()
    nothing = plain(given.report.text, title=given.report.title, publisher=given.report.publisher,
                    published=given.report.published)  # fmt: skip
    with Record.open(record.path, clock=lambda: datetime(1974, 8, 18, tzinfo=UTC)) as then:
        then.add(received(given, "/a"), given, second_run)
        then.add(received(given, "/a"), nothing, first_run)
    assert record.annotated("/a").events == given.events
    assert count(record, "happenings") == len(given.events)


def test_whether_a_report_needs_reading(record: Record, first_run: Run, second_run: Run) -> None:
    given, changed = dispatch(1), dispatch(2)
    assert record.needs_reading(received(given, "/a"), first_run)
    record.add(received(given, "/a"), given, first_run)
    assert not record.needs_reading(received(given, "/a"), first_run)
    assert record.needs_reading(received(given, "/a"), second_run)
    assert record.needs_reading(received(given, "/b"), first_run)
    assert record.needs_reading(received(changed, "/a"), first_run)


def test_annotations_that_do_not_verify_are_refused(record: Record, first_run: Run) -> None:
    given = dispatch()
    wrong = msgspec.structs.replace(given.events[0], trigger=(0, len(given.report.text) + 1))
    with pytest.raises(AnchorError, match="/a: 1 anchors do not verify, the first: v1"):
        record.add(received(given, "/a"), msgspec.structs.replace(given, events=(wrong,)), first_run)
    assert count(record, "reports") == 0


def test_annotations_of_another_text_are_refused(record: Record, first_run: Run) -> None:
    with pytest.raises(AnchorError, match="annotate this version"):
        record.add(received(plain("One."), "/a"), plain("Two."), first_run)


def test_a_value_that_json_cannot_keep_is_refused(record: Record, first_run: Run) -> None:
    given = dispatch()
    wrong = msgspec.structs.replace(given.attributions[0], confidence=float("nan"))
    rest = (wrong, *given.attributions[1:])
    with pytest.raises(InputError):
        record.add(received(given, "/a"), msgspec.structs.replace(given, attributions=rest), first_run)
    assert count(record, "reports") == 0


@pytest.mark.parametrize(("text", "why"), [("a\0b", "a NUL character stands at 1"),
                                           ("ab\ud800", "half a surrogate pair stands at 2")])  # fmt: skip
def test_text_that_no_database_keeps_is_refused(record: Record, first_run: Run, text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        record.add(received(plain(text), "/a"), plain(text), first_run)
    with pytest.raises(InputError, match=why):
        record.add(received(plain("fine", title=text), "/a"), plain("fine", title=text), first_run)
    assert count(record, "reports") == 0


def test_an_address_that_is_no_text_is_refused_in_a_line_that_can_be_printed(record: Record, first_run: Run) -> None:
    with pytest.raises(InputError) as caught:
        record.add(received(plain("fine"), "/caf\udce9"), plain("fine"), first_run)
    assert str(caught.value).encode().startswith(b"/caf\\udce9: ")


def test_a_clock_without_a_zone_is_refused(tmp_path: object, first_run: Run) -> None:
    with Record.open(f"{tmp_path}/x.db", clock=lambda: datetime(1974, 1, 1)) as record:
        with pytest.raises(InputError, match="has no zone"):
            record.add(received(plain("fine"), "/a"), plain("fine"), first_run)
        assert count(record, "reports") == 0


def test_every_kind_of_annotation_can_be_asked_for_in_sql(record: Record, first_run: Run) -> None:
    given = dispatch(3)
    record.add(received(given, "/a"), given, first_run)
    assert sql(record, "SELECT speaker, act, content_words, publisher, published FROM statements ORDER BY start") == [
        ("Orla Venn3", "announces", f"brigade 3.{m} had left the ferry port", "Harbour Wire", "1974-08-15")
        for m in (0, 1)
    ]
    assert sql(record, "SELECT DISTINCT type, actors, trigger_words, place, time, voice FROM happenings") == [
        ("ASSAULT", "Northern Army", "shelled the quay", "Port Kesra3", "1974-08-14", "narrator")
    ]
    assert sql(record, "SELECT low, high, of_words, claimant, voice_name FROM counts ORDER BY low") == [
        (n, n, "dock workers", "Orla Venn3", "Orla Venn3") for n in (3.0, 4.0)
    ]
    assert sql(record, "SELECT name, count(*) FROM entities JOIN mentions ON id = entity_id GROUP BY 1") == [
        ("Northern Army", 2), ("Orla Venn3", 2)
    ]  # fmt: skip
    assert sql(record, "SELECT name, lat, precision FROM places LIMIT 1") == [("Port Kesra3", 48.5, "settlement")]


def test_only_said_and_written_are_statements(record: Record, first_run: Run) -> None:
    b = Builder()
    b.says(b.entity("Ada"), "believes", "the bridge will fall", manner="believed")
    b.says(b.entity("Ada"), "wrote", "the bridge had fallen", manner="written")
    record.add(received(b.annotated(), "/a"), b.annotated(), first_run)
    assert sql(record, "SELECT content_words FROM statements") == [("the bridge had fallen",)]


def test_split_words_are_shown_with_an_ellipsis(record: Record, first_run: Run) -> None:
    b = Builder()
    head = b.write("The bridge")
    b.write(", ")
    said = b.says(b.entity("Ada"), "said", "", content_span=(*head,))
    tail = b.write("has fallen")
    split = msgspec.structs.replace(said, content=msgspec.structs.replace(said.content, spans=(head, tail)))
    whole = msgspec.structs.replace(b.annotated(), attributions=(split,))
    record.add(received(whole, "/a"), whole, first_run)
    assert sql(record, "SELECT content_words FROM statements") == [("The bridge … has fallen",)]


def _linked(record: Record) -> None:
    """Two nodes kept of the first reading, linked."""
    with record.writing() as connection:
        kept = (linking.Kept("", "{}", (1,)), linking.Kept("a1", "[]", (1,)))
        new = linking.add_traces(connection, "same-story/1", [linking.Traced(1, kept)])
        a, b = sorted(new.kept)
        linking.add_links(connection, [linking.NodeLink(a, b, 0.5, "alike")])


#: The index of keys holds nothing of its own.
KEEPING = sorted(name for name, table in tables.metadata.tables.items() if not table.info.get("index"))


def _expunged(record: Record, first_run: Run) -> None:
    record.add(received(dispatch(7), "/7"), dispatch(7), first_run)
    record.expunge("/7", author="A. B.", reason="a court order")


@pytest.mark.parametrize("table", KEEPING)
def test_nothing_is_altered_or_deleted(record: Record, first_run: Run, table: str) -> None:
    given = dispatch()
    given = msgspec.structs.replace(given, report=msgspec.structs.replace(given.report, unread=(Unread((0, 2), "x"),)))
    added = record.add(received(given, "/a"), given, first_run)
    record.correct("accept", f"{added.report_id}:{given.attributions[0].id}", author="A. B.", reason="read it twice")
    _linked(record)
    _expunged(record, first_run)
    column = next(iter(tables.metadata.tables[table].columns)).name
    for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        refused = f"the change was refused .a record is append-only: {table} takes no"
        with pytest.raises(RecordError, match=refused), record.writing() as connection:
            connection.exec_driver_sql(change)
    assert count(record, table) > 0


@pytest.mark.parametrize("table", KEEPING)
def test_nothing_is_replaced(record: Record, first_run: Run, table: str, engine: str) -> None:
    given = dispatch()
    given = msgspec.structs.replace(given, report=msgspec.structs.replace(given.report, unread=(Unread((0, 2), "x"),)))
    added = record.add(received(given, "/a"), given, first_run)
    record.correct("accept", f"{added.report_id}:{given.attributions[0].id}", author="A. B.", reason="read it twice")
    _linked(record)
    _expunged(record, first_run)
    same = f"INTO {table} SELECT * FROM {table} LIMIT 1"
    keys = ", ".join(column.name for column in tables.metadata.tables[table].primary_key)
    name = next(iter(tables.metadata.tables[table].columns)).name
    changes = [f"{act} {same}" for act in ("INSERT OR REPLACE", "INSERT OR IGNORE", "INSERT")]
    refused = f"a record is append-only: {table} has this row"
    if engine == "postgresql":
        changes = [f"INSERT {same}", f"INSERT {same} ON CONFLICT ({keys}) DO UPDATE SET {name} = excluded.{name}"]
        refused = f"the change was refused .(duplicate key|a record is append-only: {table} takes no UPDATE)"
    for change in changes:
        with pytest.raises(RecordError, match=refused):
            _changed(record, change, "PRAGMA recursive_triggers = OFF" if engine == "sqlite" else "SELECT 1")


def _changed(record: Record, change: str, before: str) -> None:
    with record.writing() as connection:
        connection.exec_driver_sql(before)
        connection.exec_driver_sql(change)


def test_two_programs_may_add_at_once(record: Record, first_run: Run) -> None:
    def add_all(numbers: range) -> None:
        with Record.open(record.path, wait=30) as own:
            for n in numbers:
                own.add(received(dispatch(n), f"/{n}"), dispatch(n), first_run)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(add_all, numbers) for numbers in (range(30), range(15, 45))]:
            done.result()
    assert (count(record, "reports"), count(record, "readings"), count(record, "runs")) == (45, 45, 1)
    assert record.verify() == []


def test_the_reading_is_hashed(record: Record, first_run: Run) -> None:
    given = dispatch()
    record.add(received(given, "/a"), given, first_run)
    [(line, digest)] = sql(record, "SELECT annotated, sha256 FROM readings")
    assert sha256(str(line)) == digest


def test_reports_are_added_quickly(record: Record, first_run: Run, engine: str) -> None:
    given = [dispatch(n, sentences=10) for n in range(100)]

    def add() -> None:
        for n, each in enumerate(given):
            record.add(received(each, f"/{n}"), each, first_run)

    # Measured: 8 ms of a core's time each, beside a server some 16 to 50; slower machines need more.
    assert seconds_of(add) < 100 * (0.040 if engine == "sqlite" else 0.120)


def test_several_threads_may_ask_at_once(record: Record, first_run: Run) -> None:
    given = dispatch()
    record.add(received(given, "/a"), given, first_run)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: len(record.search("ferry")), range(40)))
    assert set(found) == {3}


def test_nothing_can_be_added_to_a_record_taken_read_only(record: Record, first_run: Run) -> None:
    given = dispatch()
    record.add(received(given, "/a"), given, first_run)
    before = record.head()
    guarded = record.read_only()
    assert guarded.annotated("/a") == record.annotated("/a")
    assert not guarded.writable
    other = plain("Talks have ended.")
    with pytest.raises(RecordError, match="the record cannot be written"):
        guarded.add(received(other, "/b"), other, first_run)
    with pytest.raises(RecordError, match="the record cannot be written"), guarded.writing("links"):
        pass
    with pytest.raises(RecordError, match="the record cannot be written"):
        guarded.expunge("/a", author="R. Okafor", reason="a test")
    assert record.head() == before
