"""The pages on how many, where and when: what they show, that every choice is a link, and that they are safe."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.drawing import plain, ticks
from onrecord.web.outlines import WORLD, countries, frame

PAGES = ("/how-many", "/how-many/f0/f1", "/how-many/f0/f1?rule=ucdp-like&scale=log", "/where", "/where?country=SY",
         "/where?at=syria&geonames=163843", "/when", "/when?from=2031", "/when?from=2031-03&time=2031-03")  # fmt: skip


@pytest.fixture(scope="module")
def room(ferry_sqlite: Record) -> TestClient:
    return TestClient(application(ferry_sqlite), base_url="http://localhost")


def links(page: str) -> set[str]:
    return {found.replace("&amp;", "&") for found in re.findall(r'href="([^"#]*)', page)}


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_one_heading_no_inline_style_and_drawings_that_can_be_read(room: TestClient, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "style=" not in answer.text
    assert "<script>" not in answer.text
    assert not re.search(r'(?:href|src)="(?:https?:)?//', answer.text)
    for drawing in re.findall(r"<svg.*?</svg>", answer.text, re.DOTALL):
        ElementTree.fromstring(drawing)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(room: TestClient, path: str) -> None:
    of_others = {"/who", "/accounts", "/review", ""}
    for address in links(room.get(path).text) - of_others:
        assert room.get(address).status_code == 200, address


def test_a_series_shows_each_claimant_its_conflicts_and_its_words(room: TestClient) -> None:
    page = room.get("/how-many/f0/f1").text
    for words in ("Police", "health ministry", "a rescue group", "Evening Echo", "at least 12", "Between 12 and 16"):
        assert words in page
    assert "Conflict:" in page
    assert "/report/f1/f1" in links(page)
    assert 'class="open"' in page  # "at least" has an open end
    assert 'class="range"' in page


def test_no_number_is_chosen_unless_a_rule_is_named(room: TestClient) -> None:
    assert "best 11" not in room.get("/how-many/f0/f1").text
    assert "low 11, best 11, high 15" in room.get("/how-many/f0/f1?rule=ucdp-like").text
    assert "best 11" not in room.get("/how-many/f0/f1?rule=mine").text


def test_the_scale_begins_at_zero_unless_another_is_asked_for(room: TestClient) -> None:
    assert ">0</text>" in room.get("/how-many/f0/f1").text
    assert ">0</text>" not in room.get("/how-many/f0/f1?scale=log").text


def test_what_is_wider_than_a_settlement_is_never_a_dot(room: TestClient) -> None:
    page = room.get("/where").text
    drawn = dict(re.findall(r"<title>([^<(]+) \([^<]*</title>\s*<(?:circle|path) class=\"(\w+)", page))
    assert drawn["Damascus"] == "point"
    assert drawn["Idlib"] == "area"
    assert drawn["Black Sea"] == "area"
    assert drawn["Syria"] == "told"


def test_the_map_can_be_moved_without_scripts(room: TestClient) -> None:
    near = next(address for address in links(room.get("/where?country=SY").text) if "bbox=" in address)
    assert room.get(near).status_code == 200
    assert "Lagos" not in room.get("/where?country=SY").text
    assert frame("nan,1,2,3", None).box == frame("9,9,1,1", None).box == WORLD
    assert frame("-999,-999,999,999", None).box == WORLD


def test_outlines_are_closed_and_countries_are_known() -> None:
    known = {one.iso: one for one in countries()}
    assert known["CU"].geonames == 3562981
    assert frame(None, "CU").holds(-82.4, 23.1)
    for one in countries():
        for ring in one.rings:
            assert abs((ring[0][0] - ring[-1][0] + 180) % 360 - 180) < 0.05 or one.iso == "AQ"


def test_a_month_lies_across_its_days(room: TestClient) -> None:
    page = room.get("/when?from=2031-03").text
    assert 'class="spell"' in page
    assert "month, not a day" in page


@pytest.mark.parametrize("path", ["/when?from=soon", "/when?from=2031-02-30", "/where?event=DRAGON", "/where?since=x",
                                  "/how-many?unit=dragons", "/how-many?until=31-3-4"])  # fmt: skip
def test_what_cannot_be_asked_is_said(room: TestClient, path: str) -> None:
    answer = room.get(path)
    assert answer.status_code == 400
    assert "give" in answer.text


@pytest.mark.parametrize("path", ["/how-many/f0/f99", "/how-many/nothing/f1"])
def test_what_is_not_there_is_not_found(room: TestClient, path: str) -> None:
    assert room.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/how-many?whom=dragons", "/where?who=dragons", "/when?who=dragons"])
def test_an_empty_page_says_what_to_do(room: TestClient, path: str) -> None:
    assert 'class="none"' in room.get(path).text


@pytest.mark.parametrize("path", ["/how-many", "/where", "/when", "/where?at=%3Cb%3E"])
def test_what_is_typed_is_text(room: TestClient, path: str) -> None:
    hostile = '"><script>alert(1)</script>'
    page = room.get(path, params={"who": hostile, "whom": hostile, "place": hostile, "at": hostile}).text
    assert "<script>alert" not in page


def test_views_are_files_too(room: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(room.get("/how-many?format=csv").text.removeprefix("\ufeff"))))
    assert len(rows) == 9
    nine = next(row for row in rows if row["exact"] == "nine")
    text = "Police said that nine people died in the Kharkiv ferry fire on Monday."
    assert text[int(nine["start"]) : int(nine["end"])] == "nine"
    assert len(nine["sha256"]) == 64
    places = [json.loads(line) for line in room.get("/where?format=jsonl").text.splitlines()]
    assert {"Damascus", "Syria"} <= {row["place"] for row in places}
    moments = [json.loads(line) for line in room.get("/when?from=2031-03-06&format=jsonl").text.splitlines()]
    assert "met" in {row["exact"] for row in moments}


def test_words_for_drawings_are_one_line_that_can_be_seen() -> None:
    assert plain("a\u202e\x00 b\n c") == "a b c"
    assert len(plain("x" * 900)) == 120


def test_ticks_are_whole_and_reach_the_largest_number() -> None:
    for most in (0, 1, 2, 3, 5, 7, 11, 13, 99, 100, 101, 4_321, 10**9):
        made = ticks(most)
        assert made[0] == 0
        assert made[-1] >= most
        assert len(made) <= 7
        assert ticks(most, log=True)[-1] >= most


def test_pages_are_small(room: TestClient) -> None:
    for path in PAGES:
        answer = room.get(path, headers={"Accept-Encoding": "gzip"})
        assert int(answer.headers["content-length"]) < 100_000
