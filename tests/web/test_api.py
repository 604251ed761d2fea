"""The JSON API: every endpoint is described, answers as described, and says what went wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route
from starlette.testclient import TestClient

import onrecord
from onrecord.record.store import Record
from onrecord.view.counted import counted
from onrecord.view.most_told import most_told
from onrecord.view.show import Shown
from onrecord.view.whereabouts import whereabouts
from onrecord.web.api import Endpoint
from onrecord.web.app import application
from onrecord.web.endpoints import ENDPOINTS
from onrecord.web.openapi import document

from .conftest import BASE

ASKED = [
    ("/api/search", "/api/search?q=ships&limit=3"),
    ("/api/search", "/api/search?kind=report&sort=newest"),
    ("/api/search", "/api/search?kind=event&event=ASSAULT"),
    ("/api/search", "/api/search?kind=figure&unit=troops"),
    ("/api/reports/{id}", "/api/reports/REPORT"),
    ("/api/reports/{id}/entries/{entry}", "/api/reports/REPORT/entries/a1"),
    ("/api/who", "/api/who?type=person"),
    ("/api/who", "/api/who?q=ken"),
    ("/api/who/{name}", "/api/who/Kennedy"),
    ("/api/who/{name}/statements", "/api/who/Kennedy/statements?limit=5"),
    ("/api/who/{name}/about", "/api/who/Kennedy/about"),
    ("/api/who/{name}/events", "/api/who/Kennedy/events"),
    ("/api/who/{name}/positions", "/api/who/Kennedy/positions"),
    ("/api/today", "/api/today"),
    ("/api/today", "/api/today?since=1900&until=2100&limit=200"),
    ("/api/accounts", "/api/accounts?since=1900&until=2100"),
    ("/api/accounts", "/api/accounts?kind=event&since=1900&until=2100&event=ASSAULT&limit=2&page=2"),
    ("/api/reports/{id}/entries/{entry}/accounts", "/api/reports/EVENT/accounts"),
    ("/api/reports/{id}/entries/{entry}/accounts", "/api/reports/REPORT/entries/a1/accounts"),
    ("/api/reports/{id}/story", "/api/reports/REPORT/story"),
    ("/api/reports/{id}/copies", "/api/reports/REPORT/copies"),
    ("/api/reports/{id}/notices", "/api/reports/REPORT/notices"),
    ("/api/reports/{id}/decisions", "/api/reports/REPORT/decisions"),
    ("/api/figures", "/api/figures?sort=reports&limit=20"),
    ("/api/figures", "/api/figures?unit=killed&since=1900&page=2"),
    ("/api/reports/{id}/figures/{figure}/series", "/api/reports/FIGURE/series"),
    ("/api/places", "/api/places?since=1900&box=-180,-90,180,90"),
    ("/api/places/{key}/events", "/api/places/PLACE/events?since=1900&limit=3"),
    ("/api/calendar", "/api/calendar"),
    ("/api/calendar", "/api/calendar?from=1962-10&only=events"),
    ("/api/moments", "/api/moments?from=1962&to=1963&who=kennedy&limit=5"),
]


@pytest.fixture(scope="module")
def described(client: TestClient) -> dict[str, Any]:
    made: dict[str, Any] = client.get("/api/openapi.json").json()
    return made


def _schema(described: dict[str, Any], path: str, status: str) -> dict[str, Any]:
    answer = described["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"]
    return {**answer, "components": described["components"]}


def _report(demo: Record) -> str:
    return next(hit.report_id for hit in demo.search("ships", kind="statement"))


def _filled(asked: str, demo: Record) -> str:
    """An address with a report, an event that several tell, a figure and a place of the record in it."""
    event = most_told(demo, "event", since="1900", until="2100").found[0].item
    figure = counted(demo).things[0].counts[0]
    place = whereabouts(demo).spots[0].key
    for name, value in {"REPORT": _report(demo), "EVENT": f"{event.report_id}/entries/{event.id}",
                        "FIGURE": f"{figure.report_id}/figures/{figure.id}", "PLACE": place}.items():  # fmt: skip
        asked = asked.replace(name, value)
    return asked


@pytest.mark.parametrize(("path", "asked"), ASKED)
def test_answers_are_as_described(
    client: TestClient, demo: Record, described: dict[str, Any], path: str, asked: str
) -> None:
    answer = client.get(_filled(asked, demo))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    Draft202012Validator(_schema(described, path, "200")).validate(answer.json())


def test_every_endpoint_is_tested_described_and_reachable(demo: Record, described: dict[str, Any]) -> None:
    paths = {one.shown_path for one in ENDPOINTS}
    assert set(described["paths"]) == paths == {path for path, _ in ASKED}
    served = {route.path for route in application(demo).routes if isinstance(route, Route)}
    there = {re.sub(r":\w+}", "}", path) for path in served if path.startswith("/api/")} - {"/api/openapi.json"}
    assert there == paths


def test_the_description_is_whole(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert described["info"]["version"] == onrecord.__version__
    assert {"openapi", "info", "servers", "security", "paths", "components"} == set(described)
    operations = [item["get"] for item in described["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for path, item in described["paths"].items():
        named = {p["name"]: p for p in item["get"]["parameters"]}
        assert {n for n, p in named.items() if p["in"] == "path"} == set(re.findall(r"{(\w+)}", path))
        assert all(p["required"] is (p["in"] == "path") and p["description"] for p in named.values())
        assert {"200", "400", "401", "404"} <= set(item["get"]["responses"])
    Draft202012Validator.check_schema({"$defs": described["components"]["schemas"]})
    refs = set(re.findall(r"#/components/schemas/([\w.]+)", str(described)))
    assert refs <= set(described["components"]["schemas"])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/api/nothing", 404),
        ("/api/reports/nothing", 404),
        ("/api/reports/REPORT/entries/a999", 404),
        ("/api/who/Nobody%20Here/statements", 404),
        ("/api/search?limit=201", 400),
        ("/api/search?limit=0", 400),
        ("/api/search?limit=x", 400),
        ("/api/search?limit=1_0", 400),
        ("/api/search?since=soon", 400),
        ("/api/search?kind=rumour", 400),
        ("/api/search?colour=red", 400),
        ("/api/who?type=dragon", 400),
        ("/api/today?since=1963&until=1962", 400),
        ("/api/accounts?kind=rumour", 400),
        ("/api/figures?page=0", 400),
        ("/api/places?box=here", 400),
        ("/api/places?box=nan,nan,nan,nan", 400),
        ("/api/places?box=1,2,3,1e9", 400),
        ("/api/today?since=1962-W43-1", 400),
        ("/api/calendar?from=1962-13", 400),
        ("/api/reports/REPORT/entries/a999/accounts", 404),
        ("/api/reports/REPORT/figures/f999/series", 404),
        ("/api/reports/nothing/story", 404),
        ("/api/reports/nothing/copies", 404),
        ("/api/reports/nothing/notices", 404),
        ("/api/reports/nothing/decisions", 404),
    ],
)
def test_errors_say_cause_and_remedy(
    client: TestClient, demo: Record, described: dict[str, Any], asked: str, status: int
) -> None:
    answer = client.get(_filled(asked, demo))
    assert answer.status_code == status
    Draft202012Validator(_schema(described, "/api/search", "400")).validate(answer.json())
    assert set(answer.json()["error"]) == {"kind", "cause", "remedy"}


def test_the_last_days_of_the_calendar_can_be_asked_for(client: TestClient) -> None:
    for asked in ("/api/calendar?from=9999-12-31", "/api/moments?from=9999", "/when?from=9999-12-30&to=9999-12-31",
                  "/api/calendar?from=0001-01-01", "/api/today?since=9999-12-31"):  # fmt: skip
        assert client.get(asked).status_code == 200, asked


def test_the_api_is_for_reading_alone(client: TestClient) -> None:
    answer = client.post("/api/search")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert answer.json()["error"]["kind"] == "method"


def test_the_report_is_the_reading(client: TestClient, demo: Record) -> None:
    name = _report(demo)
    read = client.get(f"/api/reports/{name}").json()["annotated"]
    assert read["schema"] == "onrecord/1"
    assert read["report"]["text"] == demo.annotated(name).report.text
    entry = client.get(f"/api/reports/{name}/entries/{read['attributions'][0]['id']}").json()
    assert entry["entry"] == read["attributions"][0]
    start, end = entry["anchor"]["start"], entry["anchor"]["end"]
    assert read["report"]["text"][start:end] == entry["anchor"]["exact"]


def test_accounts_have_the_words_that_they_are_read_from(client: TestClient, demo: Record) -> None:
    told = client.get(_filled("/api/reports/EVENT/accounts", demo)).json()
    assert len({one["report"]["report_id"] for one in told["accounts"]}) > 1
    assert {one["origin"] for one in told["accounts"]} == set(range(1, told["origins"] + 1))
    for one in told["accounts"]:
        text = demo.annotated(one["report"]["report_id"]).report.text
        assert text[one["anchor"]["start"] : one["anchor"]["end"]] == one["anchor"]["exact"]


def test_what_is_kept_is_asked_anew_when_the_record_changes(own: Record) -> None:
    browser = TestClient(application(own), base_url=BASE)
    asked = "/api/accounts?kind=event&since=1900&until=2100"
    before = browser.get(asked).json()
    assert browser.get(asked).json() == before
    assert browser.get(f"{asked}&limit=1").json()["entries"] == before["entries"][:1]
    told = before["entries"][0]["item"]
    own.correct("reject", f"{told['report_id']}:{told['id']}", author="Ada", reason="it is no event")
    assert told not in [one["item"] for one in browser.get(asked).json()["entries"]]


def test_the_parts_of_a_list_are_the_list(client: TestClient) -> None:
    days = "since=1900&until=2100"
    whole = client.get(f"/api/today?{days}&limit=200").json()
    parts = [client.get(f"/api/today?{days}&limit=20&skip={skip}").json()["statements"] for skip in (0, 20)]
    assert [line for part in parts for line in part["lines"]] == whole["statements"]["lines"][:40]
    assert {part["total"] for part in parts} == {whole["statements"]["total"]}
    several = client.get(f"/api/accounts?kind=event&{days}&limit=6").json()["entries"]
    pages = [client.get(f"/api/accounts?kind=event&{days}&limit=3&page={n}").json()["entries"] for n in (1, 2)]
    assert [one for part in pages for one in part] == several


def test_decisions_are_given_with_the_words_they_are_about(own: Record) -> None:
    name = _report(own)
    own.correct("accept", f"{name}:a1", author="Ada", reason="heard it")
    told = TestClient(application(own), base_url=BASE).get(f"/api/reports/{name}/decisions").json()
    (made,) = told["decisions"]
    assert (told["total"], made["author"], made["reason"], made["counts"]) == (1, "Ada", "heard it", True)
    text = own.annotated(name).report.text
    assert text[made["anchor"]["start"] : made["anchor"]["end"]] == made["anchor"]["exact"]


def test_there_is_nothing_new_in_an_empty_record(tmp_path: Path) -> None:
    with Record.open(tmp_path / "war.db") as record:
        answer = TestClient(application(record), base_url=BASE).get("/api/today")
    assert answer.status_code == 404
    assert "onrecord add" in answer.json()["error"]["remedy"]


def test_the_page_lists_every_endpoint(client: TestClient) -> None:
    page = client.get("/api").text
    for one in ENDPOINTS:
        assert f"GET {one.shown_path}" in page


def test_others_can_add_theirs() -> None:
    made = Endpoint("/api/x/{id}", "x", "An x.", (), Shown, lambda record, given: None)
    described = document((*ENDPOINTS, made), version="1")
    assert described["paths"]["/api/x/{id}"]["get"]["summary"] == "An x."
