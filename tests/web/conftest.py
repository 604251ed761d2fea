"""The demo reports as a record, read once for all tests of the reading room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from onrecord.annotators.settings import Settings
from onrecord.batch import additions
from onrecord.errors import OnrecordError
from onrecord.read import received
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.web.app import application

from .browsing import ARGUMENTS, BROWSER

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPORTS = Path(__file__).parents[2] / "demo" / "reports"
BASE = "http://localhost"


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the demo record; copy it before changing anything."""
    path = tmp_path_factory.mktemp("web") / "demo.db"
    with Record.open(path) as record:
        arrivals = received([str(REPORTS)], published=None, publisher=None)
        for result in additions(record, arrivals, Settings(models=False)):
            assert not isinstance(result, OnrecordError)
        list(reconcile(record))
    return path


@pytest.fixture(scope="session")
def demo(demo_file: Path) -> Iterator[Record]:
    """The demo record, for tests that change nothing."""
    with Record.open(demo_file) as record:
        yield record


@pytest.fixture
def own(demo_file: Path, tmp_path: Path) -> Iterator[Record]:
    """The demo record as a copy that a test may change."""
    shutil.copy(demo_file, tmp_path / "own.db")
    with Record.open(tmp_path / "own.db") as record:
        yield record


@pytest.fixture(scope="session")
def client(demo: Record) -> TestClient:
    """A browser without scripts at the demo record."""
    return TestClient(application(demo), base_url=BASE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of the system, for the tests of a module."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=BROWSER, args=list(ARGUMENTS))
        yield made
        made.close()
