"""The key lets in, for a while and until one signs out; nothing else does."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.door import SIGNED_IN, Door
from onrecord.web.ledger import ALTOGETHER, TRIES, WINDOW, Ledger
from onrecord.web.serving import RATE, Certified, prepared

from .conftest import BASE

KEY = "correct horse battery"


class Clock:
    """A clock that is moved."""

    now = 1_900_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(clock: Clock) -> Door:
    return Door(key=KEY, clock=clock)


@pytest.fixture
def browser(demo: Record, door: Door) -> Callable[..., TestClient]:
    def made(address: str = "192.0.2.7", base: str = BASE) -> TestClient:
        return TestClient(application(demo, door=door), base_url=base, client=(address, 50_000), follow_redirects=False)

    return made


def _token(page: str) -> str:
    return str(re.findall(r'name="form_token" value="([0-9a-f]+)"', page)[0])


def _enters(browser: TestClient, key: str = KEY) -> Any:
    token = _token(browser.get("/sign-in").text)
    return browser.post("/sign-in", data={"key": key, "form_token": token})


def _is_in(browser: TestClient) -> bool:
    return bool(browser.get("/search").status_code == 200)


Browser = Callable[..., TestClient]


def test_nobody_comes_in_without_the_key(browser: Browser) -> None:
    room = browser()
    for path in ("/", "/search", "/review", "/nothing", "/healthz", "/sign-in/", "/sign-inside", "/who/sign-in"):
        answer = room.get(path)
        assert (answer.status_code, answer.headers.get("location")) == (303, "/sign-in"), path
    assert room.get("/api/search").status_code == 401
    assert room.get("/api/search").json()["error"]["kind"] == "key"
    assert room.get("/static/room.css").status_code == 200
    for path in ("/review/decide", "/review/undo", "/review/author", "/sign-out"):
        assert room.post(path, data={}).status_code == 303


def test_the_right_key_lets_in_and_a_wrong_one_does_not(browser: Browser) -> None:
    room = browser()
    assert _enters(room, "wrong").status_code == 401
    assert not _is_in(room)
    assert room.post("/sign-in", data={"key": KEY, "form_token": "0" * 64}).status_code == 401
    assert _enters(room).status_code == 303
    assert _is_in(room)
    assert not _is_in(browser())


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(browser: Browser) -> None:
    for base, secure, name in (
        (BASE, False, "onrecord-session"),
        ("https://localhost", True, "__Host-onrecord-session"),
    ):
        cookie = SimpleCookie(_enters(browser(base=base)).headers["set-cookie"])[name]
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "strict"
        assert (cookie["path"], cookie["domain"], int(cookie["max-age"])) == ("/", "", SIGNED_IN)
        assert bool(cookie["secure"]) is secure


def test_a_session_ends_after_its_time(browser: Browser, clock: Clock) -> None:
    room = browser()
    _enters(room)
    clock.now += SIGNED_IN - 1
    assert _is_in(room)
    clock.now += 2
    assert not _is_in(room)


def test_signing_out_ends_the_session_wherever_its_cookie_is(browser: Browser) -> None:
    room, thief = browser(), browser()
    session = SimpleCookie(_enters(room).headers["set-cookie"])["onrecord-session"].value
    thief.cookies.set("onrecord-session", session)
    assert _is_in(thief)
    page = room.get("/search").text
    assert "Sign out" in page
    answer = room.post("/sign-out", data={"form_token": _token(page)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "onrecord-session" not in room.cookies
    assert not _is_in(room)
    assert not _is_in(thief)
    assert "Sign out" not in room.get("/sign-in").text


def test_without_a_key_there_is_nothing_to_sign_out_of(client: TestClient) -> None:
    assert "Sign out" not in client.get("/").text


def test_forged_sessions_are_none(browser: Browser, door: Door, clock: Clock) -> None:
    until = int(clock.now) + 1_000
    real = SimpleCookie(_enters(browser()).headers["set-cookie"])["onrecord-session"].value
    words, _, mark = real.rpartition(".")
    later = words.replace(words.split(".")[0], str(until + SIGNED_IN))
    other = Door(key=KEY, clock=clock).tried(KEY, "192.0.2.7").session
    for forged in ("", ".", "..", words, f"{words}.", f"{later}.{mark}", f"{words}.{mark[:-1]}", f"{words}.{mark}0",
                   f"{until}.x.{door.mark('form', f'{until}.x')}", f"{until}.x.{'0' * 64}", other, "a" * 4_000,
                   "٣.x.y", "é.ü.ß"):  # fmt: skip
        room = browser()
        header = f"onrecord-session={forged}".encode()
        answer = room.get("/search", headers={b"Cookie": header})
        assert answer.status_code == 303, forged
    assert browser().get("/search", headers={"Cookie": f"onrecord-session={real}"}).status_code == 200


def test_the_token_of_a_form_is_no_session(browser: Browser) -> None:
    words = "99999999999.forged"  # a browser chooses its own cookie, and gets a token made of it before it signs in
    room, forged = browser(), browser()
    room.cookies.set("onrecord-browser", words)
    forged.cookies.set("onrecord-session", f"{words}.{_token(room.get('/sign-in').text)}")
    assert not _is_in(forged)


def test_a_form_from_before_signing_in_decides_nothing(browser: Browser) -> None:
    room = browser()
    token = _token(room.get("/sign-in").text)
    _enters(room)
    assert room.post("/review/author", data={"form_token": token, "author": "Eve"}).status_code == 403
    token = _token(room.get("/review").text)
    assert room.post("/review/author", data={"form_token": token, "author": "Ada"}).status_code == 303


def test_a_program_comes_in_with_the_key(browser: Browser) -> None:
    room = browser()
    assert room.get("/api/search", headers={"Authorization": f"Bearer {KEY}"}).status_code == 200
    assert room.get("/search", headers={"Authorization": f"bearer {KEY}"}).status_code == 200
    for given in ("Bearer no", "Bearer ", "Bearer", "Basic a2V5", KEY, "Bearer é"):
        answer = room.get("/api/search", headers={b"Authorization": given.encode()})
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer"), given


def test_after_many_wrong_keys_the_client_has_to_wait_and_others_have_not(browser: Browser, clock: Clock) -> None:
    room = browser()
    for _ in range(TRIES):
        assert _enters(room, "wrong").status_code == 401
    refused = _enters(room)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= WINDOW
    assert "Too many wrong keys" in refused.text
    assert _enters(browser("192.0.2.8")).status_code == 303
    clock.now += WINDOW
    assert _enters(room).status_code == 303


def test_programs_cannot_guess_faster(browser: Browser) -> None:
    room = browser()
    for number in range(TRIES):
        assert room.get("/api/search", headers={"Authorization": f"Bearer {number}"}).status_code == 401
    for key in ("another", KEY):
        refused = room.get("/api/search", headers={"Authorization": f"Bearer {key}"})
        assert refused.status_code == 429
        assert refused.json()["error"]["kind"] == "rate"
        assert int(refused.headers["retry-after"]) > 0
    assert _enters(room).status_code == 429


def test_many_clients_cannot_guess_faster_and_those_who_are_in_stay_in(browser: Browser) -> None:
    room = browser()
    _enters(room)
    for number in range(ALTOGETHER):
        browser(f"198.51.100.{number}").get("/api/search", headers={"Authorization": "Bearer no"})
    assert _enters(browser("203.0.113.1")).status_code == 429
    assert _is_in(room)


def test_processes_know_of_each_others_sessions_and_wrong_keys(tmp_path: Path) -> None:
    one, two = Ledger(str(tmp_path / "ledger")), Ledger(str(tmp_path / "ledger"))
    one.end("a session", 2_000.0, 1_000.0)
    assert two.is_ended("a session")
    assert not two.is_ended("another")
    for _ in range(TRIES):
        one.wrong("192.0.2.7", 1_000.0)
    assert two.wait("192.0.2.7", 1_001.0) == WINDOW - 1
    assert two.wait("192.0.2.7", 1_000.0 + WINDOW) == 0
    two.end("another", 3_000.0, 2_500.0)
    assert not one.is_ended("a session")  # it would not last any more
    one.close()
    two.close()


def test_the_key_stands_in_no_address_and_no_log(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    room = browser()
    with caplog.at_level(logging.DEBUG):
        entered = _enters(room)
        _enters(browser(), "a wrong one")
        room.get("/api/search", headers={"Authorization": f"Bearer {KEY}"})
    session = SimpleCookie(entered.headers["set-cookie"])["onrecord-session"].value
    assert entered.headers["location"] == "/"
    assert "a wrong key from 192.0.2.7" in caplog.text
    for secret in (KEY, "a wrong one", session, KEY.replace(" ", "+")):
        assert secret not in caplog.text
        assert secret not in room.get("/search").text


def test_a_host_that_others_reach_needs_a_key() -> None:
    alone = prepared("127.0.0.1", 8437, None)
    assert (alone.key, alone.rate, alone.is_readable_on_the_way) == (None, None, False)
    for host, names in (("0.0.0.0", ()), ("::", ()), ("192.0.2.7", ()), ("desk", ()), ("127.0.0.1", ("Desk.example",))):
        made = prepared(host, 8437, None, names=names)
        assert made.key is not None
        assert len(made.key) >= 20
        assert made.rate == RATE
        assert made.names == frozenset(name.lower() for name in names)
        with pytest.raises(InputError, match="needs a key"):
            prepared(host, 8437, None, names=names, make_key=False)
    assert prepared("0.0.0.0", 8437, None).is_readable_on_the_way
    with pytest.raises(InputError, match="too short"):
        prepared("0.0.0.0", 8437, "short")


def test_a_certificate_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("no certificate")
    for file in ("none.pem", "missing.pem"):
        with pytest.raises(InputError, match="the certificate cannot be used"):
            prepared("0.0.0.0", 8437, KEY, certified=Certified(str(tmp_path / file), str(tmp_path / file)))
