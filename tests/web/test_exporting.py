"""A view as a file: the same rows, with anchors; nothing in it is a formula for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.web.exporting import Cell, defused, rows_as


def _asked(query: bytes) -> Request:
    return Request({"type": "http", "path": "/who/x", "query_string": query, "headers": []})


def _table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_page_is_no_file() -> None:
    assert rows_as(_asked(b"q=x"), iter(())) is None
    with pytest.raises(InputError):
        rows_as(_asked(b"format=xlsx"), ())


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_begins_like_a_formula(value: str) -> None:
    file = rows_as(_asked(b"format=csv"), [{"words": value, "n": -1}])
    assert file is not None
    (row,) = _table(bytes(file.body))
    assert row == {"words": f"'{value}", "n": "-1"}


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.integers()), min_size=1))
def test_csv_and_json_hold_the_same_words(rows: list[tuple[str, int]]) -> None:
    told: list[dict[str, Cell]] = [{"words": words, "n": n} for words, n in rows]
    table, lines = (rows_as(_asked(b"format=" + form), told) for form in (b"csv", b"jsonl"))
    assert table is not None
    assert lines is not None
    assert [json.loads(line) for line in lines.body.decode().split("\n")[:-1]] == told  # type: ignore[union-attr]
    assert [(row["words"], int(row["n"])) for row in _table(bytes(table.body))] == [(defused(w), n) for w, n in rows]


@pytest.mark.parametrize("kind", ["statement", "report", "event", "figure"])
def test_rows_of_a_search_can_be_traced_back(client: TestClient, demo: Record, kind: str) -> None:
    rows = _table(client.get(f"/search?q=missiles&kind={kind}&format=csv").content)
    assert rows
    for row in rows:
        report = demo.annotated(row["report"]).report
        assert row["sha256"] == report.sha256
        assert row["outlet"] == (report.publisher or "")
        text = report.text if row["exact"] in report.text else report.title or ""
        assert text[int(row["start"]) : int(row["end"])] == row["exact"]
    assert len(rows) == len(client.get(f"/search?q=missiles&kind={kind}&format=jsonl").text.splitlines())


@pytest.mark.parametrize("show", ["statements", "positions", "about", "events"])
def test_what_is_on_record_about_somebody_can_be_taken_along(client: TestClient, demo: Record, show: str) -> None:
    answer = client.get(f"/who/Kennedy?show={show}&format=jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="who.jsonl"'
    for row in map(json.loads, answer.text.splitlines()):
        text = demo.annotated(row["report"]).report.text
        assert text[row["start"] : row["end"]].startswith(row["exact"].split(" … ")[0])
