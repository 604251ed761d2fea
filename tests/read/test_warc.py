from __future__ import annotations

import gzip
import io
import itertools
import logging
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.original import Received, Result
from packed import ARTICLE, article, record

NAMES = ("Ivers", "Osei", "Lindqvist", "Marchetti")
PAGES = [record(f"https://harbour.example/{name}", article(name)) for name in NAMES]
INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"


def read(data: bytes) -> list[Result]:
    return list(received(["-"], stdin=io.BytesIO(data)))


def unpacked(data: bytes) -> bytes:
    """What a gzip file that is cut off still holds."""
    found = b""
    while data:
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        found += unpacker.decompress(data)
        data = unpacker.unused_data
    return found


def names(results: list[Result]) -> list[str]:
    return [r.original.address.rpartition("/")[2] if isinstance(r, Received) else "error" for r in results]


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_is_a_report_known_by_the_address_it_was_fetched_from(packed: bool, tmp_path: Path) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in [INFO, *PAGES]))
    results = list(received([tmp_path]))
    assert names(results) == list(NAMES)
    for name, result in zip(NAMES, results, strict=True):
        assert isinstance(result, Received)
        assert result.report.text == ARTICLE.format(name=name)
        assert result.report.url == result.original.address == f"https://harbour.example/{name}"
        assert result.report.published is None, "the day of the crawl is not that of publication"
        assert result.original.data == article(name)
        start, at, length = result.original.segments[0]
        assert result.report.text[start : start + length] == result.original.decoded[at : at + length]


def test_what_is_no_page_is_skipped_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="onrecord")
    records = [
        record("https://harbour.example/p.png", b"\x89PNG", content="image/png"),
        record("https://harbour.example/gone", article(), status="404 Not Found"),
        record("https://harbour.example/asked", b"", kind="request"),
        record("https://harbour.example/unsaid", article("Ivers"), content=None),
        PAGES[1],
    ]
    assert names(read(b"".join(records))) == ["unsaid", "Osei"]
    assert "2 records are no pages" in caplog.text


def test_encodings_come_from_the_header_and_answers_are_unpacked() -> None:
    words = article("Søren Ærø", encoding="cp1252")
    records = [
        record("https://harbour.example/a", words, content="text/html; charset=windows-1252"),
        record("https://harbour.example/b", gzip.compress(article()), headers="Content-Encoding: gzip\r\n"),
    ]
    first, second = read(b"".join(records))
    assert isinstance(first, Received)
    assert "Søren Ærø" in first.report.text
    assert first.original.encoding == "cp1252"
    assert isinstance(second, Received)
    assert second.original.data == article()


def test_another_sites_canonical_address_is_not_believed() -> None:
    def claimed(address: str) -> bytes:
        return article(head=f'<link rel="canonical" href="{address}">')

    records = [
        record("https://www.harbour.example/a?x=1", claimed("https://harbour.example/a")),
        record("https://harbour.example/b", claimed("https://other.example/b")),
    ]
    first, second = read(b"".join(records))
    assert isinstance(first, Received)
    assert isinstance(second, Received)
    assert (first.original.address, first.report.url) == (
        "https://www.harbour.example/a?x=1", "https://harbour.example/a",
    )  # fmt: skip
    assert second.original.address == second.report.url == "https://harbour.example/b"


def test_a_page_that_cannot_be_read_is_one_error_with_its_address() -> None:
    results = read(PAGES[0] + record("https://harbour.example/none", b"<html></html>") + PAGES[1])
    assert names(results) == ["Ivers", "error", "Osei"]
    assert isinstance(results[1], InputError)
    assert results[1].subject == "stdin:https://harbour.example/none"


def test_a_record_that_is_too_large_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.warc.RECORD_BYTES", 2000)
    results = read(PAGES[0] + record("https://harbour.example/large", article() + b" " * 3000) + PAGES[1])
    assert names(results) == ["Ivers", "error", "Osei"]
    assert "more than 2,000 bytes" in str(results[1])


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("cut", [5, 120, 300, 500])
def test_of_an_archive_that_is_cut_off_what_came_before_is_kept(packed: bool, cut: int, tmp_path: Path) -> None:
    parts = [gzip.compress(page) if packed else page for page in PAGES]
    data = b"".join(parts)[:-cut]
    there = len(unpacked(data) if packed else data)
    whole = sum(length - len(b"\r\n\r\n") <= there for length in itertools.accumulate(map(len, PAGES)))
    assert whole >= 2
    (tmp_path / f"a.warc{'.gz' if packed else ''}").write_bytes(data)
    for results in (read(data), list(received([tmp_path]))):
        assert names(results) == [*NAMES[:whole], "error"]
        assert isinstance(results[-1], InputError)
        assert "kept" in results[-1].remedy


def test_rubbish_between_records_is_one_error_for_the_rest() -> None:
    results = read(b"".join(PAGES[:2]) + b"rubbish\r\n\r\n" + PAGES[2])
    assert names(results) == ["Ivers", "Osei", "error"]
    assert "damaged after 2 pages" in str(results[2])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, sum(map(len, PAGES[:2])) - 1), st.binary(min_size=1, max_size=4))
def test_no_damage_stops_the_reading_of_the_other_files(at: int, what: bytes) -> None:
    data = b"".join(PAGES[:2])
    results = list(received(["-"], stdin=io.BytesIO(b"WARC/1.0" + data[8:at] + what + data[at + len(what) :])))
    assert all(isinstance(r, Received | InputError) for r in results)
