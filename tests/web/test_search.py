"""The search page: what is found is marked, everything is a link, and what was typed stays text."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from onrecord.record.store import Record


def _links(page: str, label: str) -> dict[str, str]:
    """The links of a part of the page by their words."""
    part = page.split(label, 1)[1].split("</ul>", 1)[0]
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>\s*<span class="meta">(\d+)', part)
    return {html.unescape(words): html.unescape(href) for href, words, _ in found}


def test_the_words_found_are_marked(client: TestClient) -> None:
    page = client.get("/search?q=ships").text
    assert page.count("<mark>ships</mark>") >= 10
    assert "<h1>Search</h1>" in page


def test_a_facet_narrows_to_as_many_hits_as_it_says(client: TestClient) -> None:
    page = client.get("/search?q=ships").text
    for label in ("Outlets", "Months"):
        links = _links(page, f"<h2>{label}</h2>")
        assert links
        for words, href in links.items():
            count = re.search(rf">{re.escape(words)}</a>\s*<span class=\"meta\">(\d+)", html.unescape(page))
            narrowed = client.get(href).text
            hits = re.search(r'class="plain">(\d+) hit', narrowed)
            assert count is not None
            assert hits is not None
            assert hits[1] == count[1], href


def test_a_narrowing_can_be_taken_back(client: TestClient) -> None:
    page = client.get("/search?q=ships&publisher=Norvale+Ledger&kind=report").text
    (href,) = re.findall(r'<li><a href="([^"]+)"><span class="unseen">Without', page)
    assert html.unescape(href) == "/search?q=ships&kind=report"


@pytest.mark.parametrize("kind", ["statement", "report", "event", "figure"])
def test_every_hit_leads_to_its_words(client: TestClient, kind: str) -> None:
    page = client.get(f"/search?kind={kind}").text
    found = re.findall(r'<p class="says" dir="auto"><a href="([^"]+)"', page)
    assert found
    for href in found[:5]:
        assert client.get(href).status_code == 200


def test_pages_of_hits(client: TestClient, demo: Record) -> None:
    first, second = (client.get(f"/search?kind=statement&page={n}").text for n in (1, 2))
    assert 'rel="next" href="/search?kind=statement&amp;page=2"' in first
    assert 'start="31"' in second
    assert client.get("/search?page=99999999999999999999").status_code == 200
    assert client.get("/search?page=x").status_code == 200


def test_nothing_found_says_what_to_do(client: TestClient) -> None:
    assert "Take out a word" in client.get("/search?q=zeppelin").text


@pytest.mark.parametrize("wrong", ["since=x", "event=WAR", "unit=furlongs", "format=xlsx"])
def test_what_is_asked_wrongly_is_told(client: TestClient, wrong: str) -> None:
    answer = client.get(f"/search?{wrong}")
    assert answer.status_code == 400
    assert "give" in answer.text


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "\u202eabc", '"unclosed', "a OR (b", "*", "-"])
def test_anything_may_be_typed(client: TestClient, typed: str) -> None:
    for field in ("q", "speaker", "place", "publisher"):
        for kind in ("statement", "report", "event", "figure"):
            answer = client.get("/search", params={field: typed, "kind": kind})
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
