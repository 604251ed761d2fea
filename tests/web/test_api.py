"""The JSON API: every endpoint is described, answers as described, and says what went wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.routing import Route
from starlette.testclient import TestClient

import onrecord
from onrecord.record.store import Record
from onrecord.view.show import Shown
from onrecord.web.api import Endpoint
from onrecord.web.app import application
from onrecord.web.endpoints import ENDPOINTS
from onrecord.web.openapi import document

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


@pytest.mark.parametrize(("path", "asked"), ASKED)
def test_answers_are_as_described(
    client: TestClient, demo: Record, described: dict[str, Any], path: str, asked: str
) -> None:
    answer = client.get(asked.replace("REPORT", _report(demo)))
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
    ],
)
def test_errors_say_cause_and_remedy(
    client: TestClient, demo: Record, described: dict[str, Any], asked: str, status: int
) -> None:
    answer = client.get(asked.replace("REPORT", _report(demo)))
    assert answer.status_code == status
    Draft202012Validator(_schema(described, "/api/search", "400")).validate(answer.json())
    assert set(answer.json()["error"]) == {"kind", "cause", "remedy"}


def test_the_api_is_for_reading_alone(client: TestClient) -> None:
    answer = client.post("/api/search")
    assert answer.status_code == 405
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


def test_the_page_lists_every_endpoint(client: TestClient) -> None:
    page = client.get("/api").text
    for one in ENDPOINTS:
        assert f"GET {one.shown_path}" in page


def test_others_can_add_theirs() -> None:
    made = Endpoint("/api/x/{id}", "x", "An x.", (), Shown, lambda record, given: None)
    described = document((*ENDPOINTS, made), version="1")
    assert described["paths"]["/api/x/{id}"]["get"]["summary"] == "An x."
