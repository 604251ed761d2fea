from __future__ import annotations

import msgspec
import pytest

from onrecord.model import sha256
from onrecord.read.text import report as read_report
from onrecord.record import linking, tables
from onrecord.record.provenance import Run
from onrecord.record.store import Record
from onrecord.record.verify import Fault
from servers import changed, rows

from .builder import dispatch, plain, received, report


@pytest.fixture
def whole(record: Record, first_run: Run) -> Record:
    for n in range(3):
        given = dispatch(n)
        record.add(received(given, f"/{n}"), given, first_run)
    with record.writing() as connection:
        kept = (linking.Kept("", "{}", (1,)), linking.Kept("a1", "[]", (1,)))
        new = linking.add_traces(connection, "same-story/1", [linking.Traced(1, kept)])
        a, b = sorted(new.kept)
        linking.add_links(connection, [linking.NodeLink(a, b, 0.5, "alike")])
    assert record.verify() == []
    return record


def faults(record: Record) -> str:
    return "\n".join(f"{fault.report_id}: {fault.what}" for fault in record.verify())


OF_TWO = "sha256 IN (SELECT original_sha256 FROM versions WHERE id = 2)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE versions SET text = replace(text, 'quay', 'pier') WHERE id = 2", "the text does not have the"),
        ("UPDATE versions SET publisher = 'Other' WHERE id = 2", "title, publisher, date and address do not have"),
        (f"UPDATE originals SET data = substr(data, 2) WHERE {OF_TWO}", "the bytes do not have the recorded SHA-256"),
        ("UPDATE versions SET segments = '[[0,1,9]]' WHERE id = 2", "characters 0-9 are not those of the original"),
        ("UPDATE versions SET encoding = 'klingon' WHERE id = 2", "'klingon' is no encoding"),
        ("UPDATE readings SET annotated = replace(annotated, 'ASSAULT', 'AID') WHERE id = 2",
         "the annotations do not have the recorded SHA-256"),
        ("UPDATE readings SET annotated = 'x' WHERE id = 2", "not an annotated report"),
        ("DELETE FROM readings WHERE id = 1; UPDATE readings SET version_id = 1 WHERE id = 2",
         "it is not of this version"),
        ("UPDATE attributions SET speaker = 'Somebody' WHERE reading_id = 2", "table attributions does not say"),
        ("UPDATE figures SET low = 100 WHERE reading_id = 2 AND id = 'f1'", "table figures does not say"),
        ("DELETE FROM events WHERE reading_id = 2", "table events does not say"),
        ("UPDATE runs SET software = 'other'", "run 1: software, models and settings"),
        ("DELETE FROM versions WHERE id = 2", "2 of 3 rows are there"),
        ("DELETE FROM readings WHERE id = 2", "version 1: it has no reading"),
        ("UPDATE nodes SET kept = '{ }' WHERE id = 1", "node 1: what is kept does not have the recorded digest"),
        ("DELETE FROM nodes WHERE id = 1", "table traces: a row refers to a row of nodes"),
        (f"DELETE FROM originals WHERE {OF_TWO}", "table versions: a row refers to a row of originals"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_found(whole: Record, change: str, said: str) -> None:
    changed(whole, *change.split("; "))
    assert said in faults(whole)


def test_reports_that_cannot_be_found_by_their_words_are_told(whole: Record, engine: str) -> None:
    index = "report_words(report_words) VALUES ('delete-all')"
    changed(whole, f"INSERT INTO {index}" if engine == "sqlite" else "DELETE FROM report_words")
    assert "0 of 3 rows of versions can be found" in faults(whole)


def test_an_anchor_that_leads_elsewhere_is_found_even_if_the_hash_was_forged(whole: Record) -> None:
    [(line,)] = rows(whole, "SELECT annotated FROM readings WHERE id = 2")
    forged = line.replace('"text":"1 were killed"', '"text":"9 were killed"')
    assert forged != line
    changed(whole, f"UPDATE readings SET annotated = '{forged}', sha256 = '{sha256(forged)}' WHERE id = 2")
    report = whole.annotated("/1").report.id
    assert whole.verify() == [Fault(report, "log entry 5, reading 2: it is not what was logged"),
                              Fault(report, "version 1, reading 2: f1: the words are not '9 were killed'")]  # fmt: skip


@pytest.mark.parametrize("table", [t.name for t in tables.ANNOTATIONS if t.name not in {"unread"}])
def test_a_row_that_is_missing_from_any_table_is_found(whole: Record, table: str) -> None:
    changed(whole, f"DELETE FROM {table} WHERE reading_id = 3")
    assert f"table {table} does not say what the reading says" in faults(whole)


def test_a_report_made_by_reading_verifies(record: Record, first_run: Run) -> None:
    made = read_report("Talks failed, officials said.", title="Talks", publisher="Wire", published="1962-10-22")
    given = plain(made.text)
    given = msgspec.structs.replace(given, report=made)
    record.add(received(given, "/a"), given, first_run)
    assert record.verify() == []
    assert made.version == report(made.text, title="Talks", publisher="Wire", published="1962-10-22").version
