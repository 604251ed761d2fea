"""Every page in Chromium: it can be used by everybody, at every width, in light and dark, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.routing import Route

from onrecord.record.store import Record
from onrecord.web.app import application
from onrecord.web.serving import in_background

from .browsing import IN_A_BROWSER, RULES, opened, pages

pytest.importorskip("playwright", reason="playwright is not installed")
pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

pytestmark = list(IN_A_BROWSER)
#: What answers programs, or is a file to keep; tests of its own look at each.
NO_PAGES = {"/healthz", "/report/{report}/original"}
#: Words that stand on a page only where scripts run: the switch of the keys, the choice by selecting, copying.
BY_SCRIPT = {"Copy", "the", "citation", "Single", "keys", "work", "on", "this", "page", "Use", "selected", "words"}
#: What can be reached with the Tab key, in the order of the page.
STOPS = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(one =>
  one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true})).length"""
FOCUSED = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  if (one === document.body) return null;
  one.dataset.met = (one.dataset.met || 0) * 1 + 1;
  return [one.outerHTML.slice(0, 90), look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
          box.bottom > 0 && box.top < innerHeight]; }"""


@pytest.fixture(scope="module")
def address(demo: Record) -> Iterator[str]:
    """The demo record, served."""
    with in_background(demo) as made:
        yield made


@pytest.fixture(scope="module")
def every(demo: Record) -> list[str]:
    """The addresses of all pages."""
    return [path for paths in pages(demo).values() for path in paths]


def _looked_at(page: Page) -> list[Any]:
    """What axe-core finds wrong."""
    found = Axe().run(page, options={"runOnly": list(RULES), "resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def _words(page: Page) -> set[str]:
    return set(re.findall(r"\w+", page.locator("main").inner_text()))


def _stands_still(page: Page) -> bool:
    page.wait_for_timeout(60)
    return bool(page.evaluate("window.moved < 0.02"))


def test_every_page_of_the_application_is_looked_at(demo: Record) -> None:
    routes = [
        route for route in application(demo).routes if isinstance(route, Route) and "GET" in (route.methods or ())
    ]
    there = {route.path for route in routes if not route.path.startswith("/api/")}
    assert there - NO_PAGES == set(pages(demo))


def test_every_page_can_be_read_by_everybody_in_light_and_printed(
    browser: Browser, address: str, every: list[str]
) -> None:
    for path in every:
        with opened(browser, address + path, java_script_enabled=False) as without:
            plain = _words(without)
            assert without.locator("h1").count() == 1, path
        with opened(browser, address + path, color_scheme="light") as page:
            assert _stands_still(page), path
            assert _words(page) - plain <= BY_SCRIPT, path
            assert _looked_at(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.evaluate("window.refused") == [], path
            page.emulate_media(media="print")
            assert page.locator("h1").is_visible(), path
            hidden = page.locator(".head nav, .quick, .skip, .ask, .pages, .zoom, .tabs, .decide")
            assert hidden.locator("visible=true").count() == 0, path


def test_every_page_can_be_read_on_a_phone_in_the_dark(browser: Browser, address: str, demo: Record) -> None:
    for first, *_ in pages(demo).values():
        with opened(browser, address + first, 360, color_scheme="dark") as page:
            assert _stands_still(page), first
            assert _looked_at(page) == [], first
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), first


def test_pages_fill_a_very_wide_screen_without_harm(browser: Browser, address: str, demo: Record) -> None:
    there = pages(demo)
    for path in (there["/"][0], there["/report/{report}"][0], there["/where"][0]):
        with opened(browser, address + path, 3840) as page:
            assert _stands_still(page), path
            assert _looked_at(page) == [], path
            assert page.evaluate("document.querySelector('main').getBoundingClientRect().width < 1600"), path


def test_what_is_not_there_is_said_in_the_same_room(browser: Browser, address: str) -> None:
    for path in ("/nothing", "/report/nothing", "/who/Nobody%20At%20All"):
        for width, scheme in ((1360, "light"), (360, "dark")):
            with opened(browser, address + path, width, status=404, color_scheme=scheme) as page:
                assert _looked_at(page) == [], path
                assert page.locator(".head nav a").count() == 8


@pytest.mark.parametrize("route", ["/", "/search", "/how-many", "/where", "/review", "/report/{report}"])
def test_tab_goes_to_all_that_can_be_done_in_order_and_is_seen(
    browser: Browser, address: str, demo: Record, route: str
) -> None:
    with opened(browser, address + pages(demo)[route][0], reduced_motion="reduce") as page:
        stops = page.evaluate(STOPS)
        page.keyboard.press("Tab")
        first = page.evaluate(FOCUSED)
        assert "To the content" in first[0]
        met = [first]
        while len(met) <= stops + 5:
            page.keyboard.press("Tab")
            now = page.evaluate(FOCUSED)
            if now is None:
                break
            met.append(now)
        assert [html for html, outlined, inside in met if not (outlined and inside)] == []
        assert len(met) == stops
        order = page.evaluate("""[...document.querySelectorAll('[data-met]')].every(one => one.dataset.met === '1')""")
        assert order


def test_the_skip_link_goes_to_the_content_and_slash_to_the_search(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/who") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") != "quick", "a slash can be typed into a field"
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "quick"
        page.keyboard.type("missiles")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=missiles")


def test_on_a_phone_the_pages_stand_in_one_line_with_the_open_one_in_view(browser: Browser, address: str) -> None:
    for path in ("/", "/review"):
        with opened(browser, address + path, 360) as page:
            tops = page.evaluate(
                "[...document.querySelectorAll('.head nav a')].map(a => a.getBoundingClientRect().top)"
            )
            assert len(set(tops)) == 1
            box = page.locator(".head [aria-current]").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
