"""The pages of names: who is spoken of, and all that is on record about one, a click from the words."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.web.app import application


def test_names_lead_to_their_pages(client: TestClient) -> None:
    page = client.get("/who").text
    names = re.findall(r'<th scope="row" dir="auto"><a href="([^"]+)">([^<]+)', page)
    assert "Kennedy" in [name for _, name in names]
    for href, name in names[:15]:
        one = client.get(html.unescape(href))
        assert one.status_code == 200, name


def test_names_can_be_sought_by_their_beginning(client: TestClient) -> None:
    page = client.get("/who?q=stev").text
    assert ">Stevenson</a>" in page
    assert ">Kennedy</a>" not in page
    assert "No name begins so" in client.get("/who?q=zzz").text


@pytest.mark.parametrize("show", ["statements", "positions", "about", "events"])
def test_every_entry_of_somebody_is_a_link(client: TestClient, show: str) -> None:
    page = client.get(f"/who/Kennedy?show={show}").text
    found = re.findall(r'<p class="says" dir="auto"><a href="([^"]+)"', page)
    assert found
    assert {client.get(href).status_code for href in found} == {200}
    assert re.search(rf'show={show}"\s*aria-current="true"|aria-current="true">', page)


def test_positions_show_conditions_and_candidates_for_changes(client: TestClient) -> None:
    page = client.get("/who/Kennedy?show=positions").text
    assert "on condition:" in page
    assert "May be a change" in page
    assert "only a person can tell" in page


def test_namesakes_and_suggestions_stand_apart(client: TestClient) -> None:
    page = client.get("/who/Kennedy").text
    assert "<h2>May be the same</h2>" in page
    assert "<h2>Others called so</h2>" in page
    (robert,) = re.findall(r'href="([^"]+)"[^>]*>Robert Kennedy<', page)
    assert '<h1 dir="auto">Robert Kennedy</h1>' in client.get(html.unescape(robert)).text


def test_roles_have_the_dates_of_the_reports(client: TestClient) -> None:
    assert re.search(r'president</span>\s*<span class="meta"><time datetime="1962-10', client.get("/who/Kennedy").text)


def test_statements_go_on_on_the_next_page(client: TestClient) -> None:
    first, second = (client.get(f"/who/Kennedy?page={n}").text for n in (1, 2))
    links = [set(re.findall(r'<p class="says" dir="auto"><a href="([^"]+)"', page)) for page in (first, second)]
    assert links[0].isdisjoint(links[1])
    assert all(links)


def test_nobody_is_told_with_what_to_do(client: TestClient) -> None:
    for name in ("Nobody%20Here", "a%2Fb", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "%22"):
        answer = client.get(f"/who/{name}")
        assert answer.status_code == 404
        assert "names that begin so" in answer.text
        assert "<script>alert" not in answer.text


def test_hostile_names_are_text(tmp_path: Path) -> None:
    text = 'President <b>Orla</b> Venn said that "<img src=x onerror=alert(1)> \u202e" was open. Orla Venn left.'
    with onrecord.open(tmp_path / "war.db") as record:
        made = report(text, id="x", publisher='"><script>alert(1)</script>')
        original = Original("/a", "text/plain", "utf-8", text.encode(), ())
        record.add(Received(made, original), annotated(made, Settings(models=False)))
        browser = TestClient(application(record), base_url="http://localhost")
        for address in ("/who", "/who/Orla%20Venn", "/who/Venn", "/who/Orla%20Venn?show=events", "/search?q=open"):
            page = browser.get(address).text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "\u202e" not in page


def test_very_long_words_are_cut_on_lists(tmp_path: Path) -> None:
    text = f'President Orla Venn said: "{"the bridge is open and " * 2_000}so be it." Orla Venn left.'
    with onrecord.open(tmp_path / "war.db") as record:
        made = report(text, id="x", title="A bridge " * 1_000)
        read = annotated(made, Settings(models=False))
        record.add(Received(made, Original("/a", "text/plain", "utf-8", text.encode(), ())), read)
        browser = TestClient(application(record), base_url="http://localhost")
        for address in ("/who/Orla%20Venn", "/search?q=bridge", "/search?q=bridge&kind=report", "/search?kind=event"):
            assert len(browser.get(address).content) < 30_000, address
