"""What people do in the room, in Chromium: from a search to the words, by an address, and a review by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record.provenance import run
from onrecord.record.store import Record
from onrecord.web.serving import in_background
from onrecord.web.words import entry_path, report_path

from .browsing import IN_A_BROWSER, opened

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.sync_api import Browser, Page

pytestmark = list(IN_A_BROWSER)
TEXTS = {
    "dawn": "The defence minister, Ada Bjornsen, met envoys on Monday. She said that forty soldiers had been killed "
            "near Korla. \U0001f6a2 Ships shelled the port of Tarvik, and Ostland threatened to close the strait. "
            "Colonel Ivo Brandt denied that the port had been shelled.",
    "dusk": "Ostland threatened to close the strait, its envoy said on Tuesday. Forty soldiers were killed near Korla.",
}  # fmt: skip


@pytest.fixture(scope="module")
def address(demo: Record) -> Iterator[str]:
    """The demo record, served."""
    with in_background(demo) as made:
        yield made


@pytest.fixture
def war(tmp_path: Path) -> Iterator[Record]:
    """A record of two reports of its own, which may be changed."""
    with onrecord.open(tmp_path / "war.db") as record:
        _read(record, software="onrecord 1")
        list(reconcile(record))
        yield record


def _read(record: Record, *, software: str) -> None:
    """Both reports, read by a version of the software."""
    for name, text in TEXTS.items():
        made = report(text, id=name, title=f"Fighting, {name}", publisher="Tarvik Post", published="1971-05-04")
        kept = Original(f"/{name}", "text/plain", "utf-8", text.encode(), ((0, 0, len(text)),))
        record.add(Received(made, kept), annotated(made, Settings(models=False)), run(software=software))


def test_from_a_search_to_the_entry_and_to_its_words_in_the_report(browser: Browser, address: str) -> None:
    with opened(browser, address, reduced_motion="reduce") as page:
        page.keyboard.press("/")
        page.keyboard.type("inspection")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=inspection")
        hit = page.locator(".hit").first
        words = hit.locator("blockquote").inner_text()
        assert "inspection" in words
        hit.locator(".says a").click()
        assert words in page.locator(".way .words").inner_text()
        page.get_by_role("link", name="Read it in the report").click()
        note = page.url.partition("#w-")[2]
        mark = page.locator(f'a.mark[data-entries~="{note}"]').first
        assert mark.is_visible()
        mark.click()
        page.wait_for_url("**#*")
        assert page.locator(".note:target").is_visible()


@pytest.mark.parametrize(
    ("start", "ask"),
    [
        ("/search", {"#q": "quarantine"}),
        ("/who", {"#begins": "K"}),
        ("/accounts?since=1962-10-22&until=1962-10-29", {"#since": "1962-10-24"}),
        ("/how-many", {"#f-whom": "ships"}),
        ("/where", {"#f-place": "Cuba"}),
        ("/when", {"#f-from": "1962-10", "#f-to": "1962-10"}),
        ("/?since=1962-10-22&until=1962-10-29", {"#since": "1962-10-25"}),
    ],
)
def test_what_was_asked_for_stands_in_the_address(
    browser: Browser, address: str, start: str, ask: dict[str, str]
) -> None:
    with opened(browser, address + start) as page:
        for field, value in ask.items():
            page.fill(field, value)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
        asked, seen = page.url, page.locator("main").inner_text()
        assert asked != address + start
    with opened(browser, asked) as colleague:
        assert colleague.locator("main").inner_text() == seen


def test_a_permanent_link_shows_the_same_words_and_a_citation_can_be_copied(
    browser: Browser, address: str, demo: Record
) -> None:
    name = demo.search('"Castro sets five conditions"', kind="report")[0].report_id
    may = ["clipboard-read", "clipboard-write"]
    with opened(browser, address + entry_path(name, "a1"), permissions=may) as page:
        quote, cited = page.locator("blockquote.text").inner_text(), page.locator("#citation").inner_text()
        page.get_by_role("button", name="Copy the citation").click()
        page.get_by_text("Copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == cited
        page.get_by_role("link", name="Permanent link").click()
        page.wait_for_url("**version=*")
        lasting = page.url
    with opened(browser, lasting) as colleague:
        assert colleague.locator("blockquote.text").inner_text() == quote


def _tab_to(page: Page, selector: str) -> None:
    """Go on with the Tab key until an element has the focus."""
    for _ in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {selector}")


def _done(page: Page, number: int) -> str:
    """What the page says of a decision that was just made."""
    page.get_by_text(f"Decision {number}:").first.wait_for()
    page.wait_for_load_state()
    return page.locator(".done").inner_text()


def test_a_review_by_keyboard_alone_stays_after_the_reports_are_read_again(browser: Browser, war: Record) -> None:
    with in_background(war) as address, opened(browser, f"{address}/review", reduced_motion="reduce") as page:
        _tab_to(page, "#author-first")
        page.keyboard.type("R. Okafor")
        page.keyboard.press("Enter")
        page.get_by_text("You decide as").wait_for()
        page.wait_for_load_state()
        for number, key, what in ((1, "a", "accepted it"), (2, "r", "rejected it")):
            page.keyboard.press(key)
            assert what in _done(page, number)
        page.keyboard.press("u")
        page.locator(".done").wait_for(state="detached")
        assert [made.draft.act for made in war.corrections()] == ["accept", "reject", "undo"]
        page.goto(f"{address}/review/history")
        assert "(undone)" in page.locator("tr", has_text="rejected it").inner_text()
        assert "(undone)" not in page.locator("tr", has_text="accepted it").inner_text()


def test_words_the_speaker_and_links_are_set_in_the_page_and_stay(browser: Browser, war: Record) -> None:
    read = war.annotated("dawn")
    shelled = next(e for e in read.events if e.type == "ASSAULT")
    denied = next(a for a in read.attributions if a.act == "denies")
    threat = {name: next(e for e in war.annotated(name).events if e.type == "THREATEN") for name in TEXTS}
    with in_background(war) as address, opened(browser, f"{address}/review?at=dawn:{shelled.id}") as page:
        page.fill("#author-first", "R. Okafor")
        page.keyboard.press("Enter")
        page.get_by_text("You decide as").wait_for()
        page.wait_for_load_state()
        page.keyboard.press("w")
        _select(page, "shelled the port of Tarvik")
        _tab_to(page, "button.use")
        page.keyboard.press("Enter")
        page.get_by_text("is chosen.").wait_for()
        page.locator("#start").press("Enter")
        _done(page, 1)
        page.goto(f"{address}/review?at=dawn:{denied.id}")
        page.keyboard.press("s")
        _tab_to(page, "#speaker-name")
        page.keyboard.type("Ada Bjornsen")
        page.keyboard.press("Enter")
        _done(page, 2)
        page.goto(f"{address}/review?at=dawn:{threat['dawn'].id}")
        page.keyboard.press("m")
        _tab_to(page, "#link-other")
        page.keyboard.type(f"dusk:{threat['dusk'].id}")
        page.keyboard.press("Enter")
        _done(page, 3)
        _read(war, software="onrecord 99")
        list(reconcile(war))
        page.goto(address + entry_path("dawn", shelled.id))
        assert "shelled the port of Tarvik" in page.locator(".way .words").inner_text()
        assert "R. Okafor" in page.locator("main").inner_text()
        page.goto(address + entry_path("dawn", denied.id))
        assert "Ada Bjornsen" in page.locator("h1").inner_text()
        page.goto(address + entry_path("dawn", threat["dawn"].id))
        assert "Linked by a person" in page.locator("main").inner_text()
        page.goto(address + report_path("dawn"))
        assert "R. Okafor" in page.locator(".margin").inner_text()
    assert list(war.verify()) == []


def _select(page: Page, words: str) -> None:
    """Select words of the text, as with a mouse or the arrow keys."""
    page.evaluate(
        """words => {
          const around = document.getElementById('around'), range = document.createRange(), nodes = [];
          const walk = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
          for (let node = walk.nextNode(); node; node = walk.nextNode()) nodes.push(node);
          const whole = nodes.map(node => node.data).join(''), from = whole.indexOf(words);
          const at = place => { for (const node of nodes) { if (place <= node.length) return [node, place];
            place -= node.length; } };
          range.setStart(...at(from)); range.setEnd(...at(from + words.length));
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )
