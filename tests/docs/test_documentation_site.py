"""The documentation site holds every page, builds without a network, and is up to date with the code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_blocks import ROOT
from mkdocs.config import load_config

from onrecord import annotate, model
from onrecord.record.tables import metadata
from onrecord.record.views import VIEWS


def _pages_in(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for value in nav.values():
            yield from _pages_in(value)
    else:
        for item in nav:
            yield from _pages_in(item)


def test_the_navigation_lists_every_page() -> None:
    nav = load_config(str(ROOT / "mkdocs.yml")).nav
    written = {p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").glob("**/*.md")}
    assert sorted(_pages_in(nav)) == sorted(written)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(ROOT / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run([*command, "--site-dir", str(folder)], capture_output=True, text=True, env=environment)
    assert built.returncode == 0, built.stderr
    return folder


def test_the_site_builds_strictly_and_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 10
    loaded = re.compile(r"<(?:script|link|img|iframe)\b[^>]*?(?:src|href)=[\"']?(https?:)?//", re.IGNORECASE)
    assert [p.name for p in pages if loaded.search(p.read_text(encoding="utf-8"))] == []


def test_generated_pages_are_up_to_date() -> None:
    checked = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_record_page_names_every_table_view_and_column() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    assert set(VIEWS) <= named
    for table in metadata.sorted_tables:
        assert {table.name, *table.columns.keys()} <= named, table.name


LISTS = sorted(name for name in model.__all__ if name.isupper() and isinstance(getattr(model, name), tuple))


@pytest.mark.parametrize("name", LISTS)
def test_the_coding_rules_have_every_value_of_the_closed_lists(name: str) -> None:
    page = (ROOT / "docs" / "coding-rules.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|") or "`" in line]
    for value in getattr(model, name):
        assert any(re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", row) for row in rows), value


def test_the_evaluation_page_keeps_its_markers() -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    assert page.count("<!-- table:start -->") == page.count("<!-- table:end -->") == 1


def _number_rules() -> Iterator[object]:
    page = (ROOT / "docs" / "coding-rules.md").read_text(encoding="utf-8")
    table = page.partition("### Numbers\n\n")[2].partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        words, low, high, qualifier = (cell.strip() for cell in row.strip("|").split("|"))
        for one in words.split("; "):
            yield pytest.param(one, low, high, qualifier)


@pytest.mark.parametrize(("words", "low", "high", "qualifier"), list(_number_rules()))
def test_numbers_are_read_by_the_rules_for_numbers(words: str, low: str, high: str, qualifier: str) -> None:
    """Each row of the table of numbers, in a sentence."""
    found = annotate(f"The ministry said {words} soldiers were killed in the raid.").figures
    assert len(found) == 1
    assert (found[0].low, found[0].high) == tuple(None if bound == "-" else float(bound) for bound in (low, high))
    assert qualifier in {"", found[0].qualifier}
    assert found[0].unit == "killed"


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[<>=!~; ]", one)[0] for one in wanted]
    assert [name for name in names if not re.search(rf"^\| [^|]*\b{re.escape(name)}\b", page, re.MULTILINE)] == []
