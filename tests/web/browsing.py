"""A real browser at a real server: what the tests of the reading room in Chromium have in common."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from onrecord.record.store import Record
from onrecord.web.words import accounts_path, entry_path, report_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: The browser of the system; None where there is none.
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
#: The marks of tests that open one.
IN_A_BROWSER = (
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on this computer"),
)
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
#: What axe-core looks for.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Kept in the page: how far things moved by themselves, and what the page tried against the security policy.
WATCH = """window.moved = 0; window.refused = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
}).observe({type: 'layout-shift', buffered: true});
document.addEventListener('securitypolicyviolation', event => window.refused.push(event.violatedDirective));"""


@contextmanager
def opened(browser: Browser, url: str, width: int = 1360, *, status: int = 200, **given: Any) -> Iterator[Page]:
    """A page that says nothing to the console, asks no other host, opens no dialog and answers as it should."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **given)
    page = context.new_page()
    page.add_init_script(WATCH)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.extend([said.text] if _is_fault(said, status) else []))
    page.on("dialog", lambda dialog: _refused(dialog, faults))
    page.on("request", lambda asked: faults.extend([] if _is_own(asked.url, url) else [f"asked {asked.url}"]))
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == status, url
    yield page
    assert faults == [], url
    context.close()


def _refused(dialog: Any, faults: list[str]) -> None:
    faults.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _is_fault(said: Any, status: int) -> bool:
    """Whether something said in the console is a fault; browsers say there that an answer has an error's status."""
    return said.type in {"error", "warning"} and not (status >= 400 and "Failed to load resource" in said.text)


def _is_own(asked: str, url: str) -> bool:
    return urlsplit(asked).netloc == urlsplit(url).netloc or asked.startswith(("data:", "blob:"))


def pages(record: Record) -> Mapping[str, Sequence[str]]:
    """Every page of the room by its route: the addresses at which the tests look at it, over the demo record."""
    copied = _named(record, "Quarantine for Cuba as Kennedy reveals missiles")
    corrected = _named(record, "American states support quarantine of Cuba")
    wire = _named(record, "Kennedy orders naval quarantine of Cuba")
    later = _named(record, "Old adversaries compare their counts of 1962")
    story = "since=1962-10-22&until=1962-10-29"
    return {
        "/": (f"/?{story}", f"/?{story}&show=statement", "/?since=1950&until=1950"),
        "/search": ("/search?q=missiles", "/search?kind=event&event=THREATEN&until=1962-10-27",
                    "/search?kind=report&q=quarantine", "/search?q=nothingofthekind"),
        "/who": ("/who", "/who?q=zzz"),
        "/who/{name:path}": ("/who/Kennedy", "/who/Kennedy?show=positions"),
        "/accounts": (f"/accounts?{story}", f"/accounts?{story}&kind=statement"),
        "/accounts/{report}": (accounts_path(wire),),
        "/accounts/{report}/{entry}": (accounts_path(wire, "a2"), accounts_path(wire, "ev1")),
        "/how-many": ("/how-many", "/how-many?unit=hostages"),
        "/how-many/{report}/{figure}": tuple(
            f"/how-many/{name}/{figure.id}" for name in (wire, later) for figure in record.annotated(name).figures[:1]
        ),
        "/where": ("/where", "/where?country=CU"),
        "/when": ("/when", "/when?from=1962-10&to=1962-10"),
        "/review": ("/review", f"/review?kind=place&report={copied}", "/review?outlet=nobody"),
        "/review/history": ("/review/history",),
        "/report/{report}": (report_path(copied), f"{report_path(corrected)}?version=1&all=1"),
        "/report/{report}/{entry}": (entry_path(copied, "a2"), entry_path(copied, "f1")),
        "/report/{report}/versions": (f"{report_path(corrected)}/versions",),
        "/report/{report}/beside/{other}": (f"{report_path(copied)}/beside/{wire}",),
        "/api": ("/api",),
        "/sign-in": ("/sign-in",),
    }  # fmt: skip


def _named(record: Record, title: str) -> str:
    """The id of the report with this headline."""
    return next(hit.report_id for hit in record.search(f'"{title}"', kind="report") if hit.title == title)
