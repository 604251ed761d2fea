"""A report's pages in a browser: notes stand beside their words, nothing moves, all can be done by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from onrecord.record.store import Record
from onrecord.web.serving import in_background
from onrecord.web.words import report_path

from .browsing import IN_A_BROWSER, opened

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.sync_api import Browser

pytestmark = list(IN_A_BROWSER)


@pytest.fixture(scope="module")
def address(demo: Record) -> Iterator[str]:
    """The demo record, served."""
    with in_background(demo) as made:
        yield made


@pytest.fixture
def names(demo: Record) -> dict[str, str]:
    copied = demo.search("Quarantine for Cuba as Kennedy reveals missiles", kind="report", limit=1)[0].report_id
    return {"copied": copied}


def test_notes_stand_beside_their_words_in_their_order(browser: Browser, address: str, names: dict[str, str]) -> None:
    with opened(browser, address + report_path(names["copied"]), 1360) as page:
        tops = page.evaluate("""[...document.querySelectorAll('.margin > .note')].map(note => {
          const box = note.getBoundingClientRect();
          return [box.top, box.bottom, document.getElementById('w-' + note.id).getBoundingClientRect().top]})""")
        assert len(tops) > 10
        assert all(below[0] >= above[1] for above, below in pairwise(tops))
        assert max(abs(top - words) for top, _, words in tops) < 250
        page.set_viewport_size({"width": 500, "height": 900})
        page.wait_for_timeout(100)
        assert page.evaluate("document.querySelector('.note').style.top") == ""


def test_what_was_read_is_told_on_focus_clear_of_the_words(
    browser: Browser, address: str, names: dict[str, str]
) -> None:
    with opened(browser, address + report_path(names["copied"]), 1360) as page:
        page.focus("summary")
        page.keyboard.press("Tab")
        mark, told = page.locator("a.mark:focus"), page.locator("#pop")
        assert mark.get_attribute("aria-describedby") == "pop"
        assert told.is_visible()
        words, box = mark.bounding_box(), told.bounding_box()
        assert words is not None
        assert box is not None
        assert box["y"] >= words["y"] + words["height"] or box["y"] + box["height"] <= words["y"]
        page.keyboard.press("Escape")
        assert told.is_hidden()
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
        note = page.locator(".note:target")
        assert note.locator("details").get_attribute("open") is not None
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.note:target') !== null")


def test_without_scripts_the_notes_are_a_list_that_can_be_read(
    browser: Browser, address: str, names: dict[str, str]
) -> None:
    with opened(browser, address + report_path(names["copied"]), 1360, java_script_enabled=False) as page:
        page.locator(".note .gloss").first.scroll_into_view_if_needed()
        assert page.locator(".note .gloss").first.is_visible()
