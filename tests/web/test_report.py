"""A report's page shows its text to the character, with marks, notes and entries; hostile text stays text."""

from __future__ import annotations

import html
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import onrecord
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.marks import Mark, marks, pieces
from onrecord.web.words import report_path

HOSTILE = '<script>alert(1)</script> said \u202ethe </section> army\u202c on Monday: "<img src=x onerror=alert(1)>".'


def _first(record: Record) -> str:
    return record.search(kind="report", limit=1)[0].report_id


def test_the_text_stands_on_the_page_to_the_character(client: TestClient, demo: Record) -> None:
    name = _first(demo)
    page = client.get(report_path(name)).text
    (text,) = re.findall(r'<section class="text"[^>]*>(.*?)</section>', page, re.DOTALL)
    assert html.unescape(re.sub(r"<[^>]+>", "", text)) == demo.annotated(name).report.text


def test_every_note_has_a_page_with_its_words_and_a_citation(client: TestClient, demo: Record) -> None:
    name = _first(demo)
    page = client.get(report_path(name)).text
    noted = re.findall(r'<article class="note \w+" id="(\w+)"', page)
    assert noted
    for entry in noted:
        one = client.get(f"{report_path(name)}/{entry}")
        assert one.status_code == 200
        assert demo.annotated(name).report.sha256 in one.text


def test_what_is_not_there_is_not_found(client: TestClient, demo: Record) -> None:
    for address in ("/report/nothing", f"{report_path(_first(demo))}/a999", "/nothing"):
        found = client.get(address)
        assert found.status_code == 404
        assert "<h1>" in found.text


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "war.db") as record:
        made = report(HOSTILE, id="<b>x", title="<script>alert(2)</script>", publisher='"><script>')
        original = Original("/a", "text/plain", "utf-8", HOSTILE.encode(), ())
        record.add(Received(made, original), annotated(made, Settings(models=False)))
        client = TestClient(application(record), base_url="http://localhost")
        for address in (report_path(_first(record)), "/search?q=army", "/search?q=%3Cscript%3E"):
            page = client.get(address).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "\u202e" not in page


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
def test_pieces_are_the_text_whatever_the_marks(text: str, spans: list[tuple[int, int]]) -> None:
    found = [Mark((a, b), "content", f"a{n}") for n, (a, b) in enumerate(spans) if a < b <= len(text)]
    made = pieces(text, found)
    assert "".join(piece.text for piece in made) == text
    at = 0
    for piece in made:
        holding = {m.entry for m in found if m.span[0] <= at and at + len(piece.text) <= m.span[1]}
        assert set(piece.entries) == holding
        at += len(piece.text)


def test_marks_point_into_the_text() -> None:
    read = onrecord.annotate("Rebels shelled Kharkiv on Monday, killing two people, police said.", models=False)
    assert all(0 <= m.span[0] < m.span[1] <= len(read.report.text) for m in marks(read, everything=True))
