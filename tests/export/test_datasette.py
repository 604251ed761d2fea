"""Datasette's metadata fits the record's own tables, and each of its questions is answered by SQLite."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.annotators.settings import Settings
from onrecord.batch import additions
from onrecord.cli import main
from onrecord.errors import OnrecordError
from onrecord.export.datasette import SHOWN, metadata
from onrecord.read import received
from onrecord.record.store import Record
from onrecord.record.views import VIEWS

DEMO = Path(__file__).parents[2] / "demo" / "reports"
TOLD = metadata("demo")["databases"]["demo"]
QUERIES: dict[str, Any] = TOLD["queries"]

#: What is asked in place of empty parameters, and something that each answer then holds.
ASKED: dict[str, tuple[dict[str, str], str]] = {
    "who_said_what": ({"speaker": "stevenson", "words": "trade", "since": "1962-12", "until": "1962"}, "bases"),
    "how_many": ({"unit": "weapons", "claimant": "volkogonov"}, "20"),
    "timeline": ({"type": "CONSULT", "since": "1962-10-18", "until": "1962-10-18"}, "Andrei Gromyko"),
    "where": ({"type": "CONSULT"}, "Moscow"),
    "full_text": ({"phrase": 'strict" quarantine'}, "Kennedy orders naval quarantine of Cuba"),
    "speakers": ({"publisher": "Norvale Ledger"}, "Adlai Stevenson"),
    "words_in_context": (
        {"report": "halyard-1962-10-22-address", "start": "32", "stop": "57"}, "President John F. Kennedy"
    ),
    "changed_reports": ({}, "American states support quarantine of Cuba"),
    "sourcing": ({}, "The Saltmere Times"),
    "denials_and_conditions": ({}, "denies"),
    "not_read": ({}, "language de is not annotated"),
    "decisions": ({}, "R. Okafor"),
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("datasette")
    german = {"id": "german", "text": "Die Ministerin sagte am Freitag, dass die Gespräche über den Hafen gescheitert "
                                      "seien."}  # fmt: skip
    (folder / "german.jsonl").write_text(json.dumps(german), encoding="utf-8")
    with Record.open(folder / "demo.db") as record:
        for added in additions(record, received([str(DEMO), str(folder / "german.jsonl")]), Settings(models=False)):
            assert not isinstance(added, OnrecordError)
        record.correct("reject", "halyard-1962-10-22-address:a1", author="R. Okafor", reason="a test")
    connection = sqlite3.connect(f"file:{folder / 'demo.db'}?mode=ro", uri=True)
    yield connection
    connection.close()


def _answered(demo: sqlite3.Connection, name: str, given: dict[str, str]) -> list[tuple[Any, ...]]:
    sql = QUERIES[name]["sql"]
    empty = dict.fromkeys(re.findall(r":(\w+)", sql), "")
    assert given.keys() <= empty.keys()
    return demo.execute(sql, empty | given).fetchall()


@pytest.mark.parametrize("name", QUERIES)
def test_each_question_is_answered(demo: sqlite3.Connection, name: str) -> None:
    given, wanted = ASKED[name]
    rows = _answered(demo, name, given)
    assert any(wanted in str(cell) for row in rows for cell in row), rows


@pytest.mark.parametrize(("name", "view"), [("who_said_what", "statements"), ("how_many", "counts")])
def test_empty_parameters_leave_nothing_out(demo: sqlite3.Connection, name: str, view: str) -> None:
    (total,) = demo.execute(f"SELECT count(*) FROM {view}").fetchone()
    assert len(_answered(demo, name, {})) == total > 0


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_of_a_view_is_described(demo: sqlite3.Connection, view: str) -> None:
    columns = [row[1] for row in demo.execute(f"PRAGMA table_info({view})")]
    told = TOLD["tables"][view]
    assert list(told["columns"]) == columns
    assert {*told["facets"], told["sort_desc"]} <= set(columns)


def test_full_text_search_finds_reports_in_their_view(demo: sqlite3.Connection) -> None:
    told = TOLD["tables"]["current_readings"]
    sql = (f"SELECT count(*) FROM current_readings WHERE {told['fts_pk']} IN "
           f"(SELECT rowid FROM {told['fts_table']} WHERE {told['fts_table']} MATCH 'quarantine')")  # fmt: skip
    assert demo.execute(sql).fetchone()[0] > 3


def test_the_machinery_is_hidden_and_nothing_else(demo: sqlite3.Connection) -> None:
    there = {row[0] for row in demo.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert {name for name, told in TOLD["tables"].items() if told.get("hidden")} == there - {*SHOWN, *VIEWS}


def test_the_command_names_the_database_by_its_file(tmp_path: Path) -> None:
    Record.open(tmp_path / "north.coast.db").close()
    result = CliRunner().invoke(main, ["--record", str(tmp_path / "north.coast.db"), "datasette"])
    assert json.loads(result.output)["databases"].keys() == {"north.coast"}
    refused = CliRunner().invoke(main, ["--record", "postgresql://me@host/war", "datasette"])
    assert refused.exit_code == 1
    assert "onrecord copy" in refused.output
