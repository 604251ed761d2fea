"""No connection is tried, and nothing unpickled, while people read, keep, ask, check, give away and look at reports."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.annotators.gazetteer import cache_folder

from .everyday import MACHINES, PAGES, UNPICKLED

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("everyday.py")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in MACHINES, reason="the guard is one of Linux"
)

#: What asks for something elsewhere when it is opened by a careless program.
CALLING = {
    "page.html": """<!DOCTYPE html PUBLIC "x" "http://192.0.2.1/x.dtd"><html><head><title>Ships turn back</title>
<base href="http://192.0.2.1/"><link rel="stylesheet" href="http://192.0.2.1/a.css"><script src="//192.0.2.1/a.js">
</script><link rel="canonical" href="http://192.0.2.1/c"><meta property="og:image" content="http://192.0.2.1/i.png">
</head><body><article><h1>Ships turn back</h1><img src="http://192.0.2.1/p.gif"><p>The navy said on Wednesday that nine
ships had turned back. The ministry denied that any ship had been stopped. At least 12 sailors were detained.</p>
<iframe src="http://192.0.2.1/f"></iframe><p>"We will not negotiate under threat," the minister told reporters.</p>
</article></body></html>""",
    "feed.xml": """<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://192.0.2.1/rss.dtd" [
<!ENTITY far SYSTEM "http://192.0.2.1/entity">]><rss version="2.0"><channel><title>Harbour Post</title>
<link>http://192.0.2.1/</link><item><title>Talks</title><link>http://192.0.2.1/1</link>
<pubDate>Wed, 24 Oct 1962 10:00:00 GMT</pubDate><description>The mayor said that the talks failed. &far;</description>
<enclosure url="http://192.0.2.1/a.mp3" length="1" type="audio/mpeg"/></item></channel></rss>""",
    "letter.eml": """From: Desk <desk@example.org>\nSubject: Port\nDate: Wed, 24 Oct 1962 10:00:00 +0000
Content-Type: text/html; charset=utf-8\n\n<p>The governor said that the port was closed.
<img src="http://192.0.2.1/seen.gif"></p>""",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of who works, empty at first."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def day(home: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    folder = tmp_path_factory.mktemp("day")
    shutil.copytree(ROOT / "demo" / "reports", folder / "reports")
    for name, text in CALLING.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    return _run(home, folder)


def _run(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The program as on a computer that is nobody's testing ground."""
    environment = {name: value for name, value in os.environ.items() if name not in {"CI", "ORT_DISABLE_TELEMETRY"}}
    environment |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache"), "ONRECORD_CACHE": str(cache_folder())}
    command = [sys.executable, str(PROGRAM), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("attempt", ["connect", "in C", "look up"])
def test_the_guard_ends_whoever_makes_a_connection(attempt: str, home: Path, tmp_path: Path) -> None:
    assert _run(home, tmp_path, attempt).returncode == -signal.SIGSYS


def test_the_guard_stops_what_is_unpickled(home: Path, tmp_path: Path) -> None:
    assert _run(home, tmp_path, "unpickle").returncode == UNPICKLED


def test_nothing_is_left_in_the_home_of_who_worked(day: subprocess.CompletedProcess[str], home: Path) -> None:
    assert day.returncode == 0, day.stderr[-3000:]
    assert [path.relative_to(home).as_posix() for path in home.rglob("*")] == []


def test_no_connection_is_tried_and_nothing_is_unpickled(day: subprocess.CompletedProcess[str]) -> None:
    assert day.returncode == 0, day.stderr[-3000:]
    pages = day.stdout.splitlines()
    assert len(pages) == PAGES
    assert {page.split("?")[0].split("/")[1] for page in pages} >= {"", "search", "report", "static"}, pages


def test_several_processes_make_no_connection_either(home: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "demo" / "reports", tmp_path / "reports")
    done = _run(home, tmp_path, "two processes")
    assert done.returncode == 0, done.stderr[-3000:]
