from __future__ import annotations

import io
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.original import Received

PAGES = (
    ("Harbour Times", "The mediator said on Thursday that the talks had", "failed after three hours of argument."),
    ("Harbour Times", "Police said two people were wounded."),
)


def pdf(*pages: tuple[str, ...], title: str | None = None) -> bytes:
    """A PDF file with lines of text on its pages, written by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = b"BT /F1 12 Tf 14 TL 72 720 Td " + b" ".join(b"(%s) Tj T*" % line.encode() for line in lines) + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if title is not None:
        objects.append(b"<< /Title (%s) >>" % title.encode())
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    info = b" /Info %d 0 R" % len(objects) if title is not None else b""
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, info, len(data))
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
