from __future__ import annotations

import gzip
import itertools
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.errors import InputError
from onrecord.read import listed, received
from onrecord.read.fetch import AnswerError, Fetcher
from onrecord.read.hosts import is_public, resolved
from onrecord.read.original import Received
from packed import ARTICLE, article
from sites import Page, Site

TEXT = ARTICLE.format(name="Ivers")


def read(*addresses: str) -> list[Any]:
    return list(received(addresses, allow_private=True))


def endless() -> Iterator[bytes]:
    return itertools.repeat(b"<item><title>More</title></item>" * 1000)


def test_a_page_is_known_by_the_address_that_answered() -> None:
    moved = Page(status=301, headers={"Location": "/new?x=1#top"})
    with Site({"/old": moved, "/new?x=1": Page(article())}) as site:
        assert listed([f"{site.url}/old"]).reports is None
        (found,) = read(f"{site.url}/old")
    assert isinstance(found, Received)
    assert found.report.text == TEXT
    assert found.original.address == found.report.url == f"{site.url}/new?x=1"
    assert site.paths == ["/robots.txt", "/old", "/new?x=1"]
    assert site.asked[1][1]["user-agent"].startswith("onrecord/")


def test_what_is_no_page_is_told_by_its_kind() -> None:
    pages = {
        "/a": Page(b"Talks failed.", "text/plain"),
        "/b": Page(gzip.compress(b'{"text": "They left."}\n'), "application/octet-stream"),
        "/c": Page("Søren left.".encode("cp1252"), "text/plain; charset=windows-1252"),
        "/d": Page(b"\x89PNG", "image/png"),
        "/e": Page(b"", "text/html"),
    }
    with Site(pages) as site:
        results = read(*(f"{site.url}{path}" for path in pages))
    assert [r.report.text for r in results[:3]] == ["Talks failed.", "They left.", "Søren left."]
    assert all(isinstance(r, InputError) and str(r.subject).startswith(site.url) for r in results[3:])


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:9/a", "http://localhost/a", "http://[::1]/", "http://10.0.0.1/",
    "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/", "http://0/",
])  # fmt: skip
def test_private_addresses_are_refused_unless_allowed(address: str) -> None:
    (found,) = received([address])
    assert isinstance(found, InputError)
    assert "private network" in found.cause
    assert "--allow-private" in found.remedy


def test_a_name_that_leads_to_a_private_address_is_refused_also_after_a_redirect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up = socket.getaddrinfo

    def names(host: str, *rest: Any, **more: Any) -> Any:
        return looked_up("127.0.0.1" if host.endswith(".example") else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    with pytest.raises(InputError, match=r"the host inside\.example is in a private network \(127\.0\.0\.1\)"):
        resolved("http://inside.example/", allow_private=False)
    monkeypatch.setattr("onrecord.read.hosts.is_public", lambda number: number == "127.0.0.1")
    with Site({"/a": Page(status=302, headers={"Location": "http://10.0.0.1/secret"})}) as site:
        (found,) = received([f"{site.url}/a"])
    assert "10.0.0.1" in str(found)


@pytest.mark.parametrize(
    ("number", "public"),
    [("8.8.8.8", True), ("2001:4860:4860::8888", True), ("100.64.0.1", False), ("224.0.0.1", False),
     ("64:ff9b::7f00:1", False), ("2002:7f00:1::", False), ("fe80::1%eth0", False), ("fd00::1", False)],
)  # fmt: skip
def test_which_numbers_are_public(number: str, public: bool) -> None:
    assert is_public(number) is public


def test_robots_txt_is_kept_and_one_that_fails_forbids_all() -> None:
    rules = Page(b"User-agent: *\nDisallow: /private/\n", "text/plain")
    with Site({"/robots.txt": rules, "/private/a": Page(article()), "/b": Page(article())}) as site:
        forbidden, found = read(f"{site.url}/private/a", f"{site.url}/b")
    assert "robots.txt forbids" in str(forbidden)
    assert isinstance(found, Received)
    assert site.paths == ["/robots.txt", "/b"]
    with Site({"/robots.txt": Page(status=503), "/b": Page(article())}) as site:
        (failing,) = read(f"{site.url}/b")
    assert "robots.txt cannot be read" in str(failing)


def test_one_waits_between_two_requests_to_one_host(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    monkeypatch.setattr("onrecord.read.fetch._own", lambda number: False)
    rules = Page(b"User-agent: *\nCrawl-delay: 7\n", "text/plain")
    with Site({"/robots.txt": rules, "/a": Page(article())}) as site, Fetcher(allow_private=True) as fetcher:
        fetcher.get(f"{site.url}/a")
        assert waited == []
        fetcher.get(f"{site.url}/a")
    assert len(waited) == 1
    assert 6 < waited[0] <= 7


def test_answers_that_never_end_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.fetch.BYTES", 300_000)
    pages = {
        "/endless": Page(
            itertools.chain([b"<?xml version='1.0'?><rss version='2.0'><channel>"], endless()), "text/xml"
        ),
        "/bomb": Page(gzip.compress(b" " * 5_000_000), headers={"Content-Encoding": "gzip"}),
        "/round": Page(status=302, headers={"Location": "/round"}),
        "/gone": Page(status=410),
        "/a": Page(article()),
    }
    with Site(pages) as site:
        *bad, good = read(*(f"{site.url}{path}" for path in pages))
    words = ["it sends more than 300,000 bytes", "it sends more than 300,000 bytes", "redirects more than 5 times",
             "answers 410"]  # fmt: skip
    assert all(word in str(error) for word, error in zip(words, bad, strict=True))
    assert isinstance(good, Received)


def test_answers_that_take_too_long_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.fetch.SECONDS", 0.0)
    with Site({"/a": Page(article())}) as site:
        (found,) = read(f"{site.url}/a")
    assert "it takes more than 0 seconds" in str(found)


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://user:secret@harbour.example/", "holds a name or password"),
        ("http://", "not one of the web"),
        ("http://harbour.example:99999999/", "malformed"),
        ("http://no-such-host.invalid/", "is not found"),
    ],
)
def test_addresses_that_cannot_be_asked_are_one_error(address: str, word: str) -> None:
    (found,) = received([address])
    assert word in str(found)


def test_a_server_that_asks_to_be_left_alone_says_for_how_long() -> None:
    busy = Page(status=429, headers={"Retry-After": "120"})
    with (
        Site({"/a": busy}) as site,
        Fetcher(allow_private=True) as fetcher,
        pytest.raises(AnswerError) as raised,
    ):
        fetcher.get(f"{site.url}/a")
    assert (raised.value.status, raised.value.retry_after) == (429, 120.0)


def test_a_server_that_hangs_up_is_one_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    (found,) = read(f"http://127.0.0.1:{port}/a")
    assert "does not answer" in str(found)
