"""Reports that mean harm, in Chromium: nothing of their text runs, asks another host, or turns words around."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import onrecord
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.model import SCHEMA, Annotated
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.web.serving import in_background
from onrecord.web.words import accounts_path, entry_path, report_path, who_path

from .browsing import IN_A_BROWSER, opened

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.sync_api import Browser

pytestmark = list(IN_A_BROWSER)
MARKUP = (
    "<script>window.pwned=1;alert(1)</script><img src=//evil.example/x onerror=window.pwned=2><svg onload=alert(3)>"
)
EVIL = (
    f"{MARKUP} Colonel \u202eGnorts\u202c Brandt\u200b said on Monday that 40 soldiers were killed near Korla. "
    'The minister <a href="javascript:window.pwned=4">Ada</a> Bjornsen, "><iframe src=//evil.example>, threatened to '
    f"close the strait {{{{7*7}}}} ${{7*7}}. Ships shelled the port of Tarvik, the navy said. {MARKUP}"
)
TITLE = f"\u202e</title></h1>{MARKUP}\"'>"
PUBLISHER = f"\u202e\"' onmouseover=window.pwned=5 x='{MARKUP}"


@pytest.fixture(scope="module")
def war(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Two reports that share their hostile words, and one of a single paragraph of five million characters."""
    with onrecord.open(tmp_path_factory.mktemp("hostile") / "war.db") as record:
        for name in ("evil", '"><script>alert(6)</script>'):
            _add(record, name, EVIL)
        _add(record, "long", ("<b onclick=alert(7)>\u202eno end " * 180_000)[:5_000_000], read=False)
        list(reconcile(record))
        yield record


def _add(record: Record, name: str, text: str, *, read: bool = True) -> None:
    made = report(
        text,
        id=name,
        title=TITLE,
        publisher=PUBLISHER,
        published="1971-05-04",
        url=f"https://news.example/{name}{MARKUP}",
    )
    kept = Original(f"/{name}{MARKUP}", "text/html", "utf-8", text.encode(), ())
    known = annotated(made, Settings(models=False)) if read else Annotated(SCHEMA, made, (), (), (), (), (), ())
    record.add(Received(made, kept), known)


def _addresses(record: Record) -> list[str]:
    """The pages on which the words of the reports stand."""
    read = record.annotated("evil")
    other = report_path('"><script>alert(6)</script>')
    entries = [*(one.id for one in read.attributions), *(one.id for one in read.events)]
    return [
        "/", "/?show=statement", "/search?q=strait", "/search?kind=report&q=soldiers", "/search?kind=figure", "/who",
        *(who_path(one.name) for one in read.entities[:3]), "/accounts", "/accounts?kind=event", "/how-many", "/where",
        "/when", "/review", "/review?kind=name", "/review/history", report_path("evil"), f"{report_path('evil')}?all=1",
        other, f"/report/evil/beside/{other.removeprefix('/report/')}", accounts_path("evil"),
        *(entry_path("evil", one) for one in entries[:3]), *(accounts_path("evil", one) for one in entries[:2]),
        *(f"/how-many/evil/{one.id}" for one in read.figures[:1]), report_path("long"),
        f"{report_path('long')}?part=60",
    ]  # fmt: skip


def test_nothing_of_a_hostile_report_runs_or_leaves_its_place(browser: Browser, war: Record) -> None:
    assert war.annotated("evil").attributions
    with in_background(war) as address:
        for path in _addresses(war):
            with opened(browser, address + path, 360) as page:
                page.locator("body").press("Tab")
                page.mouse.move(180, 400)
                assert page.evaluate("[window.pwned ?? null, window.refused.length]") == [None, 0], path
                assert page.locator("main").locator("script, img, iframe, svg[onload], b[onclick]").count() == 0, path
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
                assert page.evaluate("/[\\u202e\\u200b]/.test(document.body.innerText)") is False, path
                assert "\u202e" not in page.title(), path


@pytest.mark.parametrize("path", ["/search", "/who", "/accounts", "/how-many", "/where", "/when", "/", "/review"])
def test_nothing_of_a_hostile_address_runs(browser: Browser, war: Record, path: str) -> None:
    names = ("q", "speaker", "place", "whom", "who", "claimant", "publisher", "outlet", "report", "at", "kind", "type")
    asked = "&".join(f"{name}=%22%3E%3Cscript%3Ewindow.pwned=1%3C/script%3E%E2%80%AE" for name in names)
    with in_background(war) as address:
        answer = browser.new_page()
        answer.goto(f"{address}{path}?{asked}")
        assert answer.evaluate("window.pwned ?? null") is None
        assert answer.locator("h1").count() == 1
        assert answer.evaluate("/\\u202e/.test(document.body.innerText + document.title)") is False
        answer.close()
