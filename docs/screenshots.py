"""Takes the pictures of the reading room that the documentation shows: `python docs/screenshots.py [RECORD]`.

The record is that of the sample reports, read with the shipped models; it is made anew where no file is given. The
Chromium of the system takes the pictures and makes them small; they lie in `docs/pictures/` as WebP.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.annotators.settings import DEFAULTS
from onrecord.batch import additions
from onrecord.errors import OnrecordError
from onrecord.read import received
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.web.serving import in_background
from onrecord.web.words import accounts_path, entry_path, report_path

DOCS = Path(__file__).resolve().parent
REPORTS = DOCS.parent / "demo" / "reports"
PICTURES = DOCS / "pictures"
#: No picture is larger, in bytes.
LARGEST = 200_000
DAYS = "since=1962-10-22&until=1962-10-29"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its name, the page's address, how wide and high, in which colours, and where the mouse points."""

    name: str
    path: str
    size: tuple[int, int] = (1360, 860)
    scheme: str = "light"
    pointed: str = ""


def pictures(record: Record) -> tuple[Picture, ...]:
    """What is shown of the sample reports."""
    copied = _named(record, "Quarantine for Cuba as Kennedy reveals missiles")
    wire = _named(record, "Kennedy orders naval quarantine of Cuba")
    strict = next(one.id for one in record.annotated(wire).attributions if one.act == "announces")
    return (
        Picture("today", f"/?{DAYS}"),
        Picture("today-phone", f"/?{DAYS}", (390, 844)),
        Picture("report", report_path(copied), pointed="a.mark.event"),
        Picture("report-dark", report_path(copied), scheme="dark", pointed="a.mark.event"),
        Picture("entry", entry_path(copied, strict)),
        Picture("accounts", accounts_path(wire, strict), (1360, 1000)),
        Picture("story", accounts_path(wire)),
        Picture("how-many", "/how-many"),
        Picture("where", "/where", (1360, 1000)),
        Picture("when", "/when?from=1962-10&to=1962-10"),
        Picture("who", "/who/Khrushchev"),
        Picture("search", "/search?q=missiles"),
        Picture("review", "/review", (1360, 1000)),
    )


def _named(record: Record, title: str) -> str:
    """The id of the report with this headline."""
    return next(hit.report_id for hit in record.search(f'"{title}"', kind="report") if hit.title == title)


def sample_record(path: Path) -> None:
    """The record of the sample reports; plain text carries neither its day nor its outlet, so they are given."""
    with Record.open(path) as record:
        plain = sorted(REPORTS.glob("*.txt"))
        others = sorted(str(one) for one in REPORTS.iterdir() if one.suffix != ".txt")
        groups = [(others, None, None)] + [([str(one)], one.name[:10], "Thornmere Evening Post") for one in plain]
        for paths, published, publisher in groups:
            for made in additions(record, received(paths, published=published, publisher=publisher), DEFAULTS):
                if isinstance(made, OnrecordError):
                    raise made
        list(reconcile(record))


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Take a picture."""
    width, height = picture.size
    page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.emulate_media(color_scheme="dark" if picture.scheme == "dark" else "light")
    page.goto(address + picture.path)
    if picture.pointed:
        _point(page, picture.pointed)
    path = PICTURES / f"{picture.name}.webp"
    path.write_bytes(_small(page, page.screenshot()))
    page.close()
    return path


def _small(page: Page, picture: bytes) -> bytes:
    """A PNG as WebP, drawn and encoded by the browser on an empty page."""
    page.goto("about:blank")
    made: str = page.evaluate(
        """async png => {
          const bitmap = await createImageBitmap(await (await fetch(png)).blob());
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          canvas.getContext('2d').drawImage(bitmap, 0, 0);
          return canvas.toDataURL('image/webp', 0.9);
        }""",
        f"data:image/png;base64,{b64encode(picture).decode()}",
    )
    return b64decode(made.partition(",")[2])


def _point(page: Page, what: str) -> None:
    """Point at something, and wait until what was read from it is told."""
    page.locator(what).first.hover()
    page.locator("#pop:visible").wait_for()


def main(given: Path | None) -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = given or Path(folder) / "demo.db"
        if not path.exists():
            sample_record(path)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        with Record.open(path) as record, in_background(record) as address:
            for picture in pictures(record):
                made = take(browser, address, picture)
                size = made.stat().st_size
                sys.stdout.write(f"{made.relative_to(DOCS)}: {size // 1000} kB{' (too large)' * (size > LARGEST)}\n")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
