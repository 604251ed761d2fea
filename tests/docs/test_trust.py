"""The tests that the page on trust relies on exist, and every row of its tables names what holds it."""

from __future__ import annotations

import ast
import re
from functools import cache

from markdown_blocks import ROOT

PAGE = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
_NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def _tests_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _rows(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading, without its head."""
    table = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_test_that_is_named_exists() -> None:
    named = _NAMED.findall(PAGE)
    assert len(named) > 40
    assert [f"{path}::{name}" for path, name in named if name not in _tests_in(path)] == []


def test_every_row_names_a_test_or_a_command() -> None:
    rows = _rows("Hostile input") + _rows("Promises and proofs")
    assert len(rows) > 30
    assert [row[0] for row in rows if not _NAMED.search(" ".join(row)) and "`python -m " not in " ".join(row)] == []


def test_the_exemptions_of_the_linter_are_listed_by_kind() -> None:
    found = {
        rule
        for folder in ("src", "benchmarks", "fuzz", "training")
        for path in (ROOT / folder).rglob("*.py")
        for rules in re.findall(r"# noqa: ([A-Z0-9, ]+)", path.read_text(encoding="utf-8"))
        for rule in re.findall(r"\bS\d{3}\b", rules)
    }
    assert found <= {row[0].split(",")[0] for row in _rows("Scans")}
