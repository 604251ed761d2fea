"""The dossier is valid HTML that needs nothing but itself: no script, no request, every line leads to its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import html5lib
import pytest

from onrecord.model import Annotated
from web.browsing import ARGUMENTS, BROWSER, IN_A_BROWSER

from .conftest import Exported

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def page(exported: Exported) -> Any:
    """The dossier as a tree; a fault in its HTML is an error."""
    return html5lib.HTMLParser(strict=True).parse(exported("dossier"))


def found(page: Any, tag: str) -> list[Any]:
    return list(page.iter(f"{XHTML}{tag}"))


def words(node: Any) -> str:
    return "".join(node.itertext())


def test_it_holds_no_script_and_nothing_of_another_place(page: Any) -> None:
    tags = {str(node.tag).removeprefix(XHTML) for node in page.iter()}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "b-evil"}
    for node in page.iter():
        assert not [name for name in node.attrib if name.startswith("on") or name in ("style", "src", "srcset")]
    assert all(a.attrib["href"].startswith(("#", "https://harbour.example/")) for a in found(page, "a"))
    (policy,) = [m.attrib["content"] for m in found(page, "meta") if "http-equiv" in m.attrib]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "url(" not in words(found(page, "style")[0])
    assert "@import" not in words(found(page, "style")[0])


def test_every_link_leads_to_the_words_of_its_entry(page: Any, readings: dict[str, Annotated]) -> None:
    ids = [node.attrib["id"] for node in page.iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids))
    targets = [a.attrib["href"][1:] for a in found(page, "a") if a.attrib["href"].startswith("#")]
    assert set(targets) <= set(ids)
    wanted = sum(len(of.figures) + sum(a.manner in ("said", "written") for a in of.attributions)
                 for of in readings.values())  # fmt: skip
    cited = [t for t in targets if re.fullmatch(r"r\d+-[afv]\d+", t)]
    assert len({t for t in cited if "-v" not in t}) == wanted
    assert len([t for t in cited if "-v" in t]) == 2  # the events with a stated time


def test_the_texts_are_whole_and_their_marks_hold_the_words(page: Any, readings: dict[str, Annotated]) -> None:
    texts = [div for div in found(page, "div") if div.attrib.get("class") == "text"]
    shown = {words(div).replace("\r\n", "\n") for div in texts}
    assert shown == {of.report.text.replace("\r\n", "\n") for of in readings.values()}
    for of in readings.values():
        (text,) = [div for div in texts if words(div).startswith(of.report.text[:8])]
        marked = "".join(words(mark) for mark in text.iter(f"{XHTML}mark") if "figure" in mark.attrib["class"].split())
        assert marked == "".join(f.text for f in of.figures)


def test_figures_stand_by_claimant_and_say_their_voice(page: Any) -> None:
    tables = {words(found(table, "caption")[0]): words(table) for table in found(page, "table")}
    assert "At least 12 were killed" in tables["Jörg R. Adler"]
    assert "at least 12" in tables["Jörg R. Adler"]
    assert "nine more were killed" in tables["nobody named"]
    assert "Five were killed" in tables["Capital Gazette, in its own voice"]
    assert "-3 wounded" in tables["=cmd|' /C calc'!A0 <b>Oré & Co</b>"]


def test_sources_have_outlet_date_hash_and_corrections(page: Any, readings: dict[str, Annotated]) -> None:
    (sources,) = found(page, "ol")
    for of in readings.values():
        assert of.report.sha256 in words(sources)
        assert (of.report.publisher or "publisher unknown") in words(sources)
        assert (of.report.published or "undated") in words(sources)
    assert "by A. Reader" in words(sources)
    assert "the text says so" in words(sources)
    assert "https://harbour.example/a?b=1&c=<2>" in {a.attrib["href"] for a in found(page, "a")}


def test_an_empty_dossier_says_so(exported: Exported) -> None:
    empty = html5lib.HTMLParser(strict=True).parse(exported("dossier", "--search", "nothingofthekind"))
    assert "There are no reports." in words(empty)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=BROWSER, args=list(ARGUMENTS))
        yield made
        made.close()


@pytest.fixture
def shown(browser: Browser, exported: Exported, tmp_path: Path) -> Iterator[Page]:
    """The dossier in Chromium, without a network and without scripts of its own; nothing else is asked for."""
    path = tmp_path / "dossier.html"
    path.write_bytes(exported("dossier"))
    context = browser.new_context(viewport={"width": 400, "height": 800}, offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    yield page
    assert [url.partition("#")[0] for url in asked] == [path.as_uri()]
    assert said == []
    context.close()


class TestInChromium:
    pytestmark: ClassVar = list(IN_A_BROWSER)

    def test_it_is_styled_and_fits_a_phone(self, shown: Page) -> None:
        assert shown.evaluate("getComputedStyle(document.querySelector('.text')).whiteSpace") == "pre-wrap"
        assert shown.evaluate("document.documentElement.scrollWidth") <= 400

    def test_a_link_leads_to_the_words(self, shown: Page) -> None:
        shown.locator("#figures ~ .wide a").first.click()
        target = shown.evaluate("document.querySelector(':target').nextElementSibling.textContent")
        assert target == "-3 wounded"
        assert shown.locator(":target").is_visible() or shown.evaluate("scrollY") > 0

    def test_it_prints(self, shown: Page) -> None:
        shown.emulate_media(media="print")
        assert shown.locator("nav").is_hidden()
        assert shown.pdf().startswith(b"%PDF-")
