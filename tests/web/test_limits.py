"""Nobody can ask for too much, send too much, or hold a connection open by being slow."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from onrecord.record.store import Record
from onrecord.web import limits
from onrecord.web.app import application
from onrecord.web.connections import Connection
from onrecord.web.door import Door
from onrecord.web.limits import AT_ONCE, BODY, HEADERS, URL, Rates
from onrecord.web.serving import in_background

from .conftest import BASE

SLOW = "GET /search HTTP/1.1\r\nHost: localhost\r\n"


def _client(record: Record, address: str = "192.0.2.7", door: Door | None = None) -> TestClient:
    return TestClient(application(record, door=door), base_url=BASE, client=(address, 50_000))


def test_a_client_that_asks_too_much_waits_and_others_do_not(demo: Record) -> None:
    app = application(demo, door=Door(rate=0.5))
    busy, other = (TestClient(app, base_url=BASE, client=(address, 5)) for address in ("192.0.2.7", "192.0.2.8"))
    answers = [busy.get("/api/search?limit=1") for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    assert 0 < int(answers[-1].headers["retry-after"]) <= 2
    assert answers[-1].json()["error"]["kind"] == "rate"
    assert busy.get("/static/room.css").status_code == 429
    assert "ask again in" in busy.get("/search").text
    assert other.get("/search").status_code == 200


def test_a_bucket_fills_again_and_no_further_than_full() -> None:
    now = 0.0
    rates = Rates(2.0, clock=lambda: now)
    full = int(2 * AT_ONCE)
    assert [rates.wait("a") for _ in range(full + 1)] == [0] * full + [1]
    now = 1.0
    assert [rates.wait("a") for _ in range(3)] == [0, 0, 1]
    now = 1_000.0
    assert sum(rates.wait("a") == 0 for _ in range(3 * full)) == full


def test_few_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_CLIENTS", 100)
    rates = Rates(0.001, clock=lambda: 0.0)
    for number in range(1_000):
        assert rates.wait(str(number)) == 0
    assert rates.wait("999") > 0
    assert rates.wait("0") == 0  # forgotten


def test_without_a_rate_this_computer_asks_as_much_as_it_likes(demo: Record) -> None:
    assert {_client(demo).get("/healthz").status_code for _ in range(400)} == {200}


def test_long_addresses_and_headers_are_refused(client: TestClient) -> None:
    assert client.get("/search?q=" + "a" * (URL - 100)).status_code == 200
    assert client.get("/search?q=" + "a" * URL).status_code == 414
    assert client.get("/api/" + "a" * URL).json()["error"]["kind"] == "length"
    assert client.get("/search", headers={"X-Long": "a" * (HEADERS - 1_000)}).status_code == 200
    assert client.get("/search", headers={"X-Long": "a" * HEADERS}).status_code == 431


def test_long_forms_are_refused_whether_they_say_so_or_not(client: TestClient) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    token = re.findall(r'name="form_token" value="(\w+)"', client.get("/review").text)[0]
    form = f"form_token={token}&author=Ada&reason=".encode()

    def parts(size: int) -> Iterator[bytes]:
        yield form
        for _ in range(size // 10_000):
            yield b"a" * 10_000

    def status(content: bytes | Iterator[bytes]) -> int:
        answer = client.post("/review/author", content=content, headers=kind, follow_redirects=False)
        return int(answer.status_code)

    assert status(form + b"a" * (BODY // 2)) == 303
    assert status(form + b"a" * BODY) == 413
    assert status(parts(BODY // 2)) == 303
    assert status(parts(2 * BODY)) == 413


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time limits of less than a second."""
    monkeypatch.setattr(Connection, "head_seconds", 0.4)
    monkeypatch.setattr(Connection, "linger_seconds", 0.4)
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.4)


@contextmanager
def _connected(address: str, *, window: int | None = None) -> Iterator[socket.socket]:
    """A connection; the window, in bytes, is how much the kernel takes for a client that does not."""
    parts = urlsplit(address)
    with socket.socket() as made:
        made.settimeout(10)
        if window is not None:  # before it connects: a window that shrinks later loses acknowledgements
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        made.connect((parts.hostname, parts.port))
        yield made


def _trickles(made: socket.socket, seconds: float) -> bool:
    """Whether a header that comes letter by letter is waited for so long."""
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            made.sendall(b"X")
            time.sleep(0.05)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _is_closed(made: socket.socket) -> bool:
    """Whether the other side closes the connection before it is given up here, in order or not."""
    try:
        return made.recv(1) == b""
    except ConnectionResetError:
        return True


def _asks(made: socket.socket, seconds: float) -> bool:
    """Whether one can ask for answers for so long without reading any."""
    asked = SLOW.replace("/search", "/static/room.css").encode() + b"\r\n"
    until = time.monotonic() + seconds
    made.settimeout(seconds)
    try:
        while time.monotonic() < until:
            made.sendall(asked)
            time.sleep(0.001)
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


@pytest.mark.usefixtures("hurried")
def test_a_head_that_does_not_come_is_not_waited_for(demo: Record) -> None:
    with in_background(demo) as address:
        with _connected(address) as silent:
            assert _is_closed(silent)
        with _connected(address) as slow:
            slow.sendall(SLOW.encode())
            assert not _trickles(slow, 3)
        with _connected(address) as kept:
            kept.sendall(f"{SLOW}\r\n".encode())
            assert kept.recv(12) == b"HTTP/1.1 200"
            assert not _trickles(kept, 3)  # the head of the next one


@pytest.mark.usefixtures("hurried")
def test_a_form_that_does_not_come_is_not_waited_for(demo: Record) -> None:
    with in_background(demo) as address, _connected(address) as slow:
        slow.sendall(b"POST /review/author HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                     b"Content-Type: application/x-www-form-urlencoded\r\n\r\nauthor=A")  # fmt: skip
        answer = b"".join(iter(lambda: slow.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 408")
        assert b"connection: close" in answer.lower()


@pytest.mark.usefixtures("hurried")
def test_answers_that_nobody_takes_are_not_kept(demo: Record) -> None:
    """A client asks again and again and reads nothing: the connection ends, once what is between is full.

    What is between is some megabytes of the kernel's: on a busy machine the answers that fill it take their time.
    """
    with in_background(demo) as address, _connected(address, window=4_096) as greedy:
        assert not _asks(greedy, 120)


@pytest.mark.usefixtures("hurried")
def test_a_slow_reader_gets_the_whole_answer(demo: Record) -> None:
    with in_background(demo) as address, _connected(address) as slow:
        slow.sendall(f"{SLOW}Connection: close\r\n\r\n".encode())
        answer = b""
        while part := slow.recv(4_000):
            answer += part
            time.sleep(0.1)
        head, _, body = answer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        assert length is not None
        assert len(body) == int(length[1]) > 10_000


def test_a_head_that_never_ends_is_refused(demo: Record) -> None:
    with in_background(demo) as address, _connected(address) as long:
        long.sendall(SLOW.encode() + b"X-Long: " + b"a" * (URL + HEADERS + 8_192))
        assert long.recv(12) == b"HTTP/1.1 400"
