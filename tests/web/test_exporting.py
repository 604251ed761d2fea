"""A view as a file: the same rows, with anchors; nothing in it is a formula for a spreadsheet."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.view.around import around
from onrecord.view.figures import figures
from onrecord.view.most_told import most_told
from onrecord.web.app import application
from onrecord.web.exporting import AT_MOST, CUT, Cell, defused, rows_as

from .conftest import BASE


def _asked(query: bytes) -> Request:
    return Request({"type": "http", "path": "/who/x", "query_string": query, "headers": []})


def _table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_page_is_no_file() -> None:
    assert rows_as(_asked(b"q=x"), iter(())) is None
    with pytest.raises(InputError):
        rows_as(_asked(b"format=xlsx"), ())


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠SUM(A1)"])
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


#: The first columns of everything that was read from a report.
TRACED = ["report", "entry", "start", "end", "exact", "outlet", "published", "sha256"]


#: Of what the demo reports have none.
NONE_THERE = {"changes", "figures of several"}


def _entry(demo: Record) -> tuple[str, str]:
    """An event that several reports tell."""
    told = most_told(demo, "event", since="1900", until="2100").found[0].item
    return told.report_id, told.id


def _views(demo: Record) -> dict[str, str]:
    report, event = _entry(demo)
    days = "since=1900&until=2100"
    return {
        "edition": f"/?{days}", "new events": f"/?{days}&show=event", "new statements": f"/?{days}&show=statement",
        "new figures": f"/?{days}&show=figure", "new stories": f"/?{days}&show=story",
        "changes": f"/?{days}&show=change", "stories": f"/accounts?kind=story&{days}",
        "events of several": f"/accounts?kind=event&{days}",
        "statements of several": f"/accounts?kind=statement&{days}",
        "figures of several": f"/accounts?kind=figure&{days}",
        "accounts": f"/accounts/{report}/{event}", "story": f"/accounts/{report}", "report": f"/report/{report}",
        "report, all": f"/report/{report}?all=1", "series": f"/how-many/{_figure(demo, alone=False)}",
        "lone figure": f"/how-many/{_figure(demo, alone=True)}", "counted": "/how-many", "moments": "/when",
        "said by": "/who/Kennedy", "events of": "/who/Kennedy?show=events",
        "about": "/who/Kennedy?show=about", "positions": "/who/Kennedy?show=positions",
    }  # fmt: skip


def _figure(demo: Record, *, alone: bool) -> str:
    """A figure that is compared with others of its kind, or one that is not."""
    found = (one for one in figures(demo) if (around(demo, one.report_id, one.id).subject is None) is alone)
    return next(f"{one.report_id}/{one.id}" for one in found)


def _address(path: str, form: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}format={form}"


def test_every_row_of_every_view_is_traced_to_its_words(client: TestClient, demo: Record) -> None:
    for view, path in _views(demo).items():
        answer = client.get(_address(path, "jsonl"))
        assert answer.status_code == 200, view
        rows = [json.loads(line) for line in answer.text.splitlines()]
        assert bool(rows) is (view not in NONE_THERE), view
        assert len(rows) <= AT_MOST
        for row in rows:
            assert list(row)[:8] == TRACED, view
            report = demo.annotated(row["report"]).report
            assert (row["outlet"], row["published"], row["sha256"]) == (
                report.publisher, report.published, report.sha256,
            ), view  # fmt: skip
            if row["start"] is not None:
                assert report.text[row["start"] : row["end"]] == row["exact"], view
        table = _table(client.get(_address(path, "csv")).content)
        assert [row["report"] for row in table] == [row["report"] for row in rows]


def test_every_view_says_where_its_file_is(client: TestClient, demo: Record) -> None:
    for view, path in _views(demo).items():
        shown = client.get(path).text
        addresses = re.findall(r'href="([^"]*format=(?:csv|jsonl)[^"]*)" download', shown)
        assert len(addresses) == 2, view
        assert client.get(html.unescape(addresses[0])).headers["content-type"].startswith("text/csv"), view


def test_the_rows_of_a_report_are_its_entries(client: TestClient, demo: Record) -> None:
    name, _ = _entry(demo)
    read = demo.annotated(name)
    lines = client.get(f"/report/{name}?all=1&format=jsonl").text.splitlines()
    rows = {row["entry"]: row for row in map(json.loads, lines)}
    every = {a.id for a in read.attributions} | {e.id for e in read.events} | {f.id for f in read.figures}
    assert set(rows) == every | {one.id for one in read.times} | {one.id for one in read.places}
    assert [row["start"] for row in rows.values()] == sorted(row["start"] for row in rows.values())
    for said in read.attributions:
        places = json.loads(rows[said.id]["anchors"])
        assert [tuple(span) for span in places.get("cue", [])] == list(said.cue.spans)
        assert rows[said.id]["what"] == said.act
    for figure in read.figures:
        assert (rows[figure.id]["low"], rows[figure.id]["high"]) == (figure.low, figure.high)
    fewer = client.get(f"/report/{name}?format=jsonl").text.splitlines()
    assert 0 < len(fewer) < len(rows)


def test_of_too_many_rows_the_first_are_given_and_the_file_says_so() -> None:
    rows = ({"n": n} for n in range(AT_MOST + 1))
    file = rows_as(_asked(b"format=csv"), rows)
    assert file is not None
    assert len(_table(bytes(file.body))) == AT_MOST
    assert "first-500" in file.headers["content-disposition"]
    assert CUT in file.headers
    whole = rows_as(_asked(b"format=csv"), ({"n": n} for n in range(AT_MOST)))
    assert whole is not None
    assert CUT not in whole.headers


def test_of_a_long_edition_some_of_each_kind_are_given(client: TestClient, demo: Record) -> None:
    answer = client.get("/?since=1900&until=2100&format=jsonl")
    kinds = [json.loads(line)["kind"] for line in answer.text.splitlines()]
    assert {"story", "event", "statement", "figure"} <= set(kinds)
    assert [kind for kind, _ in groupby(kinds)] == list(dict.fromkeys(kinds))


def test_decisions_can_be_taken_along(own: Record) -> None:
    browser = TestClient(application(own), base_url=BASE)
    name, event = _entry(own)
    own.correct("accept", f"{name}:{event}", author="Ada", reason="right")
    (row,) = map(json.loads, browser.get("/review/history?format=jsonl").text.splitlines())
    report = own.annotated(name).report
    assert list(row)[:8] == TRACED
    assert report.text[row["start"] : row["end"]] == row["exact"]
    assert (row["entry"], row["act"], row["author"], row["reason"], row["counts"]) == (
        event, "accept", "Ada", "right", True,
    )  # fmt: skip
    assert 'href="/review/history?format=csv"' in browser.get("/review/history").text
