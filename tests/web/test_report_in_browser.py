"""A report's pages in a browser: notes stand beside their words, nothing moves, all can be done by keyboard."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import uvicorn

from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.words import entry_path, report_path

pytest.importorskip("playwright")
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHIFTS = """window.moved = 0; new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({type: 'layout-shift', buffered: true})"""


@pytest.fixture(scope="module")
def address(demo: Record) -> Iterator[str]:
    """The demo record, served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(demo), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(
            executable_path=BROWSER, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield made
        made.close()


@pytest.fixture
def names(demo: Record) -> dict[str, str]:
    copied = demo.search("Quarantine for Cuba as Kennedy reveals missiles", kind="report", limit=1)[0].report_id
    corrected = next(hit.report_id for hit in demo.search("correction", kind="report"))
    return {"copied": copied, "corrected": corrected}


def _opened(browser: Browser, url: str, width: int, **given: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, **given)
    page.add_init_script(SHIFTS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text))
    page.goto(url)
    page.wait_for_timeout(200)
    assert errors == []
    return page


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (360, "dark")])
def test_pages_are_accessible_and_nothing_moves(
    browser: Browser, address: str, names: dict[str, str], width: int, scheme: str
) -> None:
    for path in (report_path(names["copied"]), report_path(names["corrected"]), entry_path(names["copied"], "a2"),
                 f"{report_path(names['corrected'])}/versions", f"{report_path(names['corrected'])}?version=1&all=1",
                 f"{report_path(names['copied'])}/beside/halyard-1962-10-22-address"):  # fmt: skip
        page = _opened(browser, address + path, width, color_scheme=scheme)
        assert page.evaluate("window.moved") == 0, path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        page.close()


def test_notes_stand_beside_their_words_in_their_order(browser: Browser, address: str, names: dict[str, str]) -> None:
    page = _opened(browser, address + report_path(names["copied"]), 1360)
    tops = page.evaluate("""[...document.querySelectorAll('.margin > .note')].map(note => {
      const box = note.getBoundingClientRect();
      return [box.top, box.bottom, document.getElementById('w-' + note.id).getBoundingClientRect().top]})""")
    assert len(tops) > 10
    assert all(below[0] >= above[1] for above, below in pairwise(tops))
    assert max(abs(top - words) for top, _, words in tops) < 400
    page.set_viewport_size({"width": 500, "height": 900})
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('.note').style.top") == ""
    page.close()


def test_what_was_read_is_told_on_focus_clear_of_the_words(
    browser: Browser, address: str, names: dict[str, str]
) -> None:
    page = _opened(browser, address + report_path(names["copied"]), 1360)
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
    page.close()


def test_without_scripts_the_notes_are_a_list_that_can_be_read(
    browser: Browser, address: str, names: dict[str, str]
) -> None:
    page = _opened(browser, address + report_path(names["copied"]), 1360, java_script_enabled=False)
    page.locator(".note .gloss").first.scroll_into_view_if_needed()
    assert page.locator(".note .gloss").first.is_visible()
    page.close()
