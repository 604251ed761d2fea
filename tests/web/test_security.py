"""Other sites and other names are kept out; every answer, of whatever kind, says what a page may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.door import Door
from onrecord.web.security import POLICIES

from .browsing import pages
from .conftest import BASE

KEY = "correct horse battery"
EMBEDDED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
FOLLOWED = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def _answers(demo: Record, client: TestClient) -> Iterator[tuple[str, Any]]:
    """Answers of every kind, by what they are."""
    for path, addresses in pages(demo).items():
        yield path, client.get(addresses[0])
    report = demo.search(kind="report", limit=1)[0].report_id
    for path in ("/static/room.css", "/static/room.js", "/static/icon.svg", "/static/none.css", "/healthz", "/nothing",
                 "/report/none", "/search?format=csv", "/search?format=jsonl", "/search?format=xls",
                 f"/report/{report}/original", "/api/search", "/api/nothing", "/api/search?limit=x",
                 "/api/openapi.json"):  # fmt: skip
        yield path, client.get(path)
    yield "a method that is none", client.post("/search")
    yield "another method of the API", client.delete("/api/search")
    yield "no form", client.post("/review/decide")
    yield "an embedded page", client.get("/", headers=EMBEDDED)
    yield "too long", client.get("/search?q=" + "a" * 9_000)
    yield "another name", client.get("/", headers={"Host": "evil.example"})
    keyed = TestClient(application(demo, door=Door(key=KEY, rate=0.1)), base_url=BASE, follow_redirects=False)
    yield "to sign in", keyed.get("/")
    yield "too much", keyed.get("/")
    keyed = TestClient(application(demo, door=Door(key=KEY)), base_url=BASE, follow_redirects=False)
    yield "no key", keyed.get("/api/search")
    yield "a wrong key", keyed.post("/sign-in", data={"key": "no"})


def test_every_answer_carries_the_headers(demo: Record, client: TestClient) -> None:
    seen = set()
    for kind, answer in _answers(demo, client):
        seen.add(answer.status_code)
        assert {name: answer.headers.get(name) for name in POLICIES} == dict(POLICIES), kind
        assert "server" not in answer.headers, kind
    assert seen == {200, 303, 400, 401, 403, 404, 405, 414, 421, 429}


def test_a_fault_of_our_own_says_nothing_of_itself_and_carries_the_headers(demo: Record) -> None:
    def broken(request: Request) -> Response:
        raise ValueError("the words of a report")

    app = application(demo)
    app.router.routes[:0] = [Route("/broken", broken), Route("/api/broken", broken)]
    browser = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    for path in ("/broken", "/api/broken"):
        answer = browser.get(path)
        assert answer.status_code == 500
        assert "words of a report" not in answer.text
        assert "something went wrong here" in answer.text
        assert {name: answer.headers.get(name) for name in POLICIES} == dict(POLICIES)


def test_the_policy_allows_nothing_within_the_page_and_nobody_else() -> None:
    policy = dict(part.split(" ", 1) for part in POLICIES["Content-Security-Policy"].split("; "))
    assert policy.pop("default-src") == policy.pop("base-uri") == policy.pop("frame-ancestors") == "'none'"
    assert set(policy.values()) == {"'self'"}
    assert {"script-src", "style-src", "form-action"} <= set(policy)


def test_pages_hold_no_script_or_style_of_their_own_and_ask_nobody_else(demo: Record, client: TestClient) -> None:
    for addresses in pages(demo).values():
        page = client.get(addresses[0]).text
        assert not re.search(r"<script(?![^>]*src=\"/static/)|<style|<[^>]*\s(?:style|on\w+)=", page), addresses[0]
        assert not re.search(r"<(?!a )[^>]*(?:src|href)=\"(?:https?:)?//", page), addresses[0]


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "192.0.2.7", "0.0.0.0", "", "localhost:x",
                                  "localhost/sign-in?", "localhost@evil.example", "[::2]"])  # fmt: skip
def test_another_name_is_refused(client: TestClient, name: str) -> None:
    assert client.get("/", headers={"Host": name}).status_code == 421


@pytest.mark.parametrize("name", ["127.0.0.1:8437", "[::1]:8437", "LOCALHOST", "localhost:80"])
def test_its_own_name_is_taken(client: TestClient, name: str) -> None:
    assert client.get("/search", headers={"Host": name}).status_code == 200


def test_other_computers_call_it_by_number_or_by_the_names_it_was_given(demo: Record) -> None:
    door = Door(key=KEY, names=frozenset({"desk.example"}), numbers=True)
    open_to_all = TestClient(application(demo, door=door), headers={"Authorization": f"Bearer {KEY}"})
    for name, status in (("desk.example", 200), ("192.0.2.7:8437", 200), ("[2001:db8::7]", 200), ("evil.example", 421)):
        assert open_to_all.get("/search", headers={"Host": name}).status_code == status


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_other_sites_can_link_here_and_do_nothing_more(client: TestClient, site: str) -> None:
    assert client.get("/search", headers=FOLLOWED | {"Sec-Fetch-Site": site}).status_code == 200
    for dest, mode in (("image", "no-cors"), ("script", "no-cors"), ("empty", "cors"), ("iframe", "navigate"),
                       ("object", "navigate")):  # fmt: skip
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        for path in ("/search", "/api/search", "/static/room.js"):
            assert client.get(path, headers=headers).status_code == 403, dest
    assert client.get("/search", headers=FOLLOWED | {"Sec-Fetch-Site": "none"}).status_code == 200


@pytest.mark.parametrize("path", ["/review/decide", "/review/undo", "/review/author", "/sign-in", "/sign-out"])
@pytest.mark.parametrize("headers", [FOLLOWED, {"Sec-Fetch-Site": "same-site"}, {"Origin": "http://evil.example"},
                                     {"Origin": "null"}, {"Origin": "http://localhost:3000"}])  # fmt: skip
def test_forms_of_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, data={"key": KEY}, headers=headers).status_code == 403


def test_a_form_without_the_token_of_its_browser_decides_nothing(own: Record) -> None:
    browser, other = (TestClient(application(own), base_url=BASE) for _ in range(2))
    name = f"{own.search(kind='report', limit=1)[0].report_id}:a1"
    (theirs, *_) = re.findall(r'name="form_token" value="([0-9a-f]+)"', other.get("/review").text)
    browser.get("/review")
    for token in ("", "0" * 64, theirs):
        form = {"do": "accept", "query": f"at={name}", "author": "Eve", "form_token": token}
        for path in ("/review/decide", "/review/undo", "/review/author", "/sign-out"):
            assert browser.post(path, data=form).status_code == 403
    assert browser.get("/review/history").text.count("Eve") == 0


def test_a_link_from_another_site_leaves_the_forms_that_are_open(client: TestClient) -> None:
    """The cookie that forms belong to is sent along then; a session is not."""
    browser = TestClient(client.app, base_url=BASE)
    assert "samesite=lax" in browser.get("/").headers["set-cookie"].lower()
    assert "set-cookie" not in browser.get("/", headers=FOLLOWED).headers
