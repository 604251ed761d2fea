"""The front page and the pages of accounts: every line leads to its entry and to its accounts; hostile text is text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import onrecord
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.web.app import application

DAYS = "since=1962-10-24&until=1962-10-30"
HOSTILE = (
    '<script>alert(1)</script> Rebels shelled Lviv on 3 May 2031, killing 12 people, "<img src=x onerror=alert(2)>" '
    "minister Hana Brik said \u202eon Monday, " + "and again " * 3_000 + "."
)


def _links(page: str) -> set[str]:
    return {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', page)}


def test_the_front_page_shows_the_last_day_and_leads_to_others(client: TestClient) -> None:
    page = client.get("/").text
    assert page.count("<h1>") == 1
    assert "Sunday 29 January 1989" in page
    assert "/?since=1962-12-05&until=1962-12-05" in _links(page)


def test_every_line_leads_to_its_entry_and_its_accounts(client: TestClient) -> None:
    links = _links(client.get(f"/?{DAYS}").text)
    assert any(re.fullmatch(r"/report/[^/]+/a\d+", link) for link in links)
    accounts = [link for link in links if re.fullmatch(r"/accounts/[^/]+/\w+", link)]
    assert accounts
    for link in sorted(links):
        if link.startswith(("/report/", "/accounts/", "/?")):
            assert client.get(link).status_code == 200, link


def test_stories_stand_in_the_order_of_their_origins(client: TestClient) -> None:
    page = client.get(f"/?{DAYS}").text
    counted = [int(n) for n in re.findall(r">(\d+) independent origins?</a>", page)]
    assert counted == sorted(counted, reverse=True)
    assert counted[0] >= 3


def test_corrections_and_candidates_for_changes_are_on_the_front_page(client: TestClient) -> None:
    page = client.get("/?since=1962-10-24&until=1962-10-30").text
    assert "Corrections, retractions, updates" in page
    assert "Uruguay abstained" in page
    assert "refused, then offers" in client.get("/?since=1962-10-28&until=1962-10-28").text


@pytest.mark.parametrize("kind", ["event", "statement", "figure", "story", "change", "notice"])
def test_all_of_a_kind_come_in_pages(client: TestClient, kind: str) -> None:
    page = client.get(f"/?{DAYS}&show={kind}")
    assert page.status_code == 200
    if kind == "statement":
        assert "Page 1 of 3" in page.text
        other = client.get(f"/?{DAYS}&show={kind}&page=2").text
        assert "Page 2 of 3" in other
        entries = [set(re.findall(r'href="(/report/[^"]+/a\d+)"', each)) for each in (page.text, other)]
        assert not entries[0] & entries[1]


def test_days_without_reports_and_wrong_days_say_what_to_do(client: TestClient) -> None:
    assert "No reports of these days" in client.get("/?since=1970-01-01&until=1970-01-02").text
    wrong = client.get("/?since=tomorrow")
    assert wrong.status_code == 400
    assert "YYYY-MM-DD" in wrong.text


def test_an_empty_record_says_how_to_add_reports(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "empty.db") as record:
        empty = TestClient(application(record), base_url="http://localhost")
        assert "onrecord add" in empty.get("/").text
        assert "onrecord add" in empty.get("/accounts").text


def test_accounts_are_listed_by_kind(client: TestClient) -> None:
    days = "since=1962-10-18&until=1962-10-31"
    assert len(re.findall(r'href="/accounts/[^/"]+"', client.get(f"/accounts?{days}").text)) >= 4
    for kind in ("event", "statement"):
        page = client.get(f"/accounts?{days}&kind={kind}").text
        (first, *_) = re.findall(r'href="(/accounts/[^/"]+/\w+)"', page)
        one = client.get(first).text
        assert "Side by side" in one
        assert "Why these are taken together" in one
        assert "a rule" in one
    assert client.get("/accounts?type=nonsense").status_code == 400


def test_a_statement_shows_the_fullest_version_and_what_another_leaves_out(client: TestClient, demo: Record) -> None:
    days = "since=1962-10-18&until=1962-10-31"
    found = re.findall(r'href="(/accounts/[^/"]+/\w+)"', client.get(f"/accounts?{days}&kind=statement").text)
    pages = [client.get(link).text for link in found]
    assert all("the fullest version" in page for page in pages)
    assert any("Left out of the fullest version" in page for page in pages)
    assert any("2 reports that copy one another" in page for page in pages)


def test_a_story_names_copies_and_reasons(client: TestClient) -> None:
    stories = client.get("/accounts?since=1962-10-18&until=1962-10-31").text
    pages = [client.get(link).text for link in re.findall(r'href="(/accounts/[^/"]+)"', stories)]
    assert any("Not independent of" in page and "sentences shared" in page for page in pages)
    assert all("In the story with" in page for page in pages)


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for address in ("/accounts/nothing", "/accounts/halyard-1962-10-22-address/a999"):
        assert client.get(address).status_code == 404


def test_hostile_text_stays_text_and_pages_stay_small(tmp_path: Path) -> None:
    with onrecord.open(tmp_path / "war.db") as record:
        for name in ("a", "b"):
            text = HOSTILE.replace("Monday", "Tuesday" if name == "b" else "Monday")
            made = report(text, id=f"<b>{name}", title="<script>alert(3)</script>" * 500, published="2031-05-04",
                          publisher='"><script>' + name)  # fmt: skip
            original = Original(f"/{name}", "text/plain", "utf-8", text.encode(), ())
            record.add(Received(made, original), annotated(made, Settings(models=False)))
        list(reconcile(record))
        client = TestClient(application(record), base_url="http://localhost")
        seen = {"/", "/accounts", "/accounts?kind=event", "/?show=statement&since=2031-05-04"}
        seen |= {link for address in sorted(seen) for link in _links(client.get(address).text) if "/accounts" in link}
        for address in sorted(seen):
            found = client.get(address)
            assert found.status_code == 200
            if "format=" in address:  # a file, which no browser takes for a page
                assert found.headers["content-disposition"].startswith("attachment")
                assert found.headers["x-content-type-options"] == "nosniff"
                continue
            assert "<script>alert" not in found.text
            assert "<img src=x" not in found.text
            assert "\u202e" not in found.text
            assert not re.search(r"\sstyle=|\son\w+=\"", found.text)
            assert len(found.content) < 150_000
