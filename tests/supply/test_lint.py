"""The linter's security rules are on, and each place that they are not asked about says why."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUFF = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
_EXEMPT = re.compile(r"# noqa: (?P<rules>[A-Z0-9, ]*\bS\d{3}[A-Z0-9, ]*)(?P<why>.*)$", re.MULTILINE)

#: Whole rules that are off in a folder. Tests run what they test, assert, and have servers with passwords.
FOLDERS = {"tests/**": ["S"], "benchmarks/**": ["S603"], "fuzz/**": ["S603"]}


def test_the_security_rules_are_on() -> None:
    assert "S" in RUFF["select"]
    assert [rule for rule in RUFF["ignore"] if rule.startswith("S") and rule[1:].isdigit()] == []
    assert {
        folder: security
        for folder, rules in RUFF["per-file-ignores"].items()
        if (security := [rule for rule in rules if re.fullmatch(r"S\d*", rule)])
    } == FOLDERS


def test_every_exemption_in_the_package_has_its_reason() -> None:
    """A reason stands after the rule, as in `# noqa: S608 - constant`."""
    found = [
        (path.relative_to(ROOT).as_posix(), match["rules"].strip(), match["why"].strip(" -"))
        for path in sorted((ROOT / "src").rglob("*.py"))
        for match in _EXEMPT.finditer(path.read_text(encoding="utf-8"))
    ]
    assert len(found) > 10
    assert [(path, rules) for path, rules, why in found if not why] == []
    assert {rule for _, rules, _ in found for rule in rules.split(", ")} <= {"S101", "S603", "S608", "S704"}
