"""Other sites, other names and other people are kept out; every answer says what a page may do."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.security import POLICY, TRIES, Door
from onrecord.web.serving import prepared

KEY = "correct horse battery"


@pytest.fixture
def guarded(demo: Record) -> TestClient:
    return TestClient(application(demo, door=Door(key=KEY, hosts=frozenset())), base_url="http://localhost")


def _token(page: str) -> str:
    (token,) = re.findall(r'name="form_token" value="([0-9a-f]+)"', page)
    return str(token)


@pytest.mark.parametrize("path", ["/", "/search?q=ships", "/static/room.css", "/nothing"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_pages_hold_no_script_or_style_of_their_own_and_ask_nobody_else(client: TestClient) -> None:
    page = client.get("/search?q=ships").text
    assert not re.search(r"<script(?![^>]*src=\"/static/)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_another_name_is_refused(demo: Record) -> None:
    evil = TestClient(application(demo), base_url="http://evil.example")
    assert evil.get("/").status_code == 421
    for name in ("http://127.0.0.1:8437", "http://[::1]:8437", "http://LOCALHOST"):
        assert TestClient(application(demo), base_url=name).get("/search").status_code == 200


def test_nobody_comes_in_without_the_key(guarded: TestClient) -> None:
    assert guarded.get("/search", follow_redirects=False).headers["location"] == "/sign-in"
    assert guarded.get("/api/search").status_code == 401
    assert guarded.get("/static/room.css").status_code == 200
    page = guarded.get("/sign-in").text
    assert guarded.post("/sign-in", data={"key": "wrong", "form_token": _token(page)}).status_code == 401
    assert guarded.post("/sign-in", data={"key": KEY, "form_token": "0" * 64}).status_code == 401
    entered = guarded.post("/sign-in", data={"key": KEY, "form_token": _token(page)})
    assert entered.status_code == 200
    assert guarded.get("/search", follow_redirects=False).status_code == 200


def test_a_program_comes_in_with_the_key(guarded: TestClient) -> None:
    assert guarded.get("/search", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert guarded.get("/search", headers={"Authorization": "Bearer no"}, follow_redirects=False).status_code == 303


def test_after_many_wrong_keys_the_right_one_has_to_wait(guarded: TestClient) -> None:
    token = _token(guarded.get("/sign-in").text)
    for _ in range(TRIES):
        guarded.post("/sign-in", data={"key": "wrong", "form_token": token})
    assert guarded.post("/sign-in", data={"key": KEY, "form_token": token}).status_code == 401


def test_the_token_of_a_form_is_no_session(guarded: TestClient) -> None:
    words = "99999999999.forged"  # a browser chooses its own cookie, and gets a token made of it before it signs in
    guarded.cookies.set("onrecord-browser", words)
    token = _token(guarded.get("/sign-in").text)
    forged = TestClient(guarded.app, base_url="http://localhost", cookies={"onrecord-session": f"{words}.{token}"})
    assert forged.get("/search", follow_redirects=False).status_code == 303


def test_forms_of_other_sites_change_nothing(guarded: TestClient) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        assert guarded.post("/sign-in", data={"key": KEY}, headers=headers).status_code == 403


def test_a_host_that_others_reach_needs_a_key() -> None:
    assert prepared("127.0.0.1", 8437, None).key is None
    made = prepared("0.0.0.0", 8437, None).key
    assert made is not None
    assert len(made) >= 20
    with pytest.raises(InputError, match="too short"):
        prepared("0.0.0.0", 8437, "short")
