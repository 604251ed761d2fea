from __future__ import annotations

import io
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.original import Received
from packed import pdf

PAGES = (
    ("Harbour Times", "The mediator said on Thursday that the talks had", "failed after three hours of argument."),
    ("Harbour Times", "Police said two people were wounded."),
)


def told(data: bytes) -> str:
    (found,) = received(["-"], stdin=io.BytesIO(data))
    return found.report.text if isinstance(found, Received) else str(found)


def test_the_text_is_that_of_the_pages_which_form_feeds_end(tmp_path: Path) -> None:
    data = pdf(*PAGES, title="Talks fail")
    (tmp_path / "a.pdf").write_bytes(data)
    (found,) = received([tmp_path], published="2021-03-04")
    assert isinstance(found, Received)
    first, second = found.report.text.split("\f")
    assert first.split() == " ".join(PAGES[0]).split()
    assert second.split() == " ".join(PAGES[1]).split()
    assert found.report.title == "Talks fail"
    assert found.report.published == "2021-03-04"
    assert found.original.data == data
    assert (found.original.address, found.original.segments) == (f"{tmp_path}/a.pdf", ())
    assert len(found.original.decoded) == len(data)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4 and no more", "cannot be read"),
        (pdf(()), "its pages are pictures"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(data: bytes, word: str) -> None:
    assert word in told(data)


def test_limits_of_pages_time_and_memory_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pdf(*PAGES)
    monkeypatch.setattr("onrecord.read.pdf.PAGES", 1)
    assert "it has 2 pages, more than 1" in told(data)
    monkeypatch.setattr("onrecord.read.pdf.MEMORY", 20_000_000)
    assert "too much memory" in told(data)
    monkeypatch.setattr("onrecord.read.pdf.SECONDS", 0.001)
    monkeypatch.setattr("onrecord.read.pdf._WORKER", Path(__file__).with_name("no_such_worker.py"))
    assert "takes more than" in told(data)


def test_one_bad_file_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7" + bytes(500))
    (tmp_path / "b.pdf").write_bytes(pdf(*PAGES))
    first, second = received([tmp_path])
    assert isinstance(first, InputError)
    assert isinstance(second, Received)
