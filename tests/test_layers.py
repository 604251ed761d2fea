"""The flow has one direction: a stage imports only the model, anchors, errors and the stages before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import onrecord

ROOT = Path(onrecord.__file__).parent
FOUNDATION = {
    "errors",
    "model",
    "anchors",
    "wire",
    "runs",
    "data",
    "digests",
    "runtime",
    "shipped",
    "plugins",
    "codebook",
}
ALLOWED = {
    "errors": set[str](),
    "model": {"errors"},
    "anchors": {"errors", "model"},
    "digests": {"errors"},
    "shipped": {"errors", "digests", "runtime"},
    "plugins": {"errors"},
    "codebook": {"errors", "model"},
    "wire": {"errors", "model"},
    "read": FOUNDATION,
    "annotators": FOUNDATION | {"read"},
    "reconcile": FOUNDATION | {"read"},
    "record": FOUNDATION | {"read", "annotators"},
    "reconciling": FOUNDATION | {"read", "annotators", "reconcile", "record"},
    "bulk": FOUNDATION | {"read", "annotators", "record", "reconcile", "reconciling"},
    "export": FOUNDATION | {"read", "annotators", "record", "reconcile", "bulk"},
    "imports": FOUNDATION | {"read", "annotators", "record", "export"},
    "agents": FOUNDATION | {"read", "annotators", "reconcile", "record", "view"},
    "evaluate": FOUNDATION | {"read", "annotators", "record"},
    "support": FOUNDATION | {"read", "reconcile", "record"},
    "view": FOUNDATION | {"read", "annotators", "reconcile", "record", "reconciling"},
}


def imported(path: Path) -> set[str]:
    """The parts of onrecord that a module imports, by their first name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("onrecord"):
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("onrecord.")}
    return found


@pytest.mark.parametrize("stage", sorted(ALLOWED))
def test_a_stage_imports_only_stages_before_it(stage: str) -> None:
    paths = [ROOT / f"{stage}.py"] if (ROOT / f"{stage}.py").exists() else sorted((ROOT / stage).rglob("*.py"))
    assert paths
    for path in paths:
        assert imported(path) - {stage} <= ALLOWED[stage], path
