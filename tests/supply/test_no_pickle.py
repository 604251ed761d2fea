"""No module of ours unpickles anything, nor loads arrays or weights in a way that could."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src", "benchmarks", "fuzz", "training", "docs", "demo")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))

#: Modules that make objects, and so run code, from what they read.
FORBIDDEN = {"pickle", "_pickle", "cPickle", "pickletools", "shelve", "marshal", "dill", "joblib", "cloudpickle"}
#: Calls that do so unless they are told not to, by the names that people import their modules under.
UNLESS = {
    "np.load": ("allow_pickle", False), "numpy.load": ("allow_pickle", False), "torch.load": ("weights_only", True),
}  # fmt: skip
NEVER = {
    "pd.read_pickle", "pandas.read_pickle", "yaml.load", "yaml.unsafe_load", "eval", "exec",
}  # fmt: skip


def faults(code: str) -> Iterator[str]:
    """What in a module could unpickle something, or run what it reads."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] in FORBIDDEN)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and not node.level:
            if node.module.split(".")[0] in FORBIDDEN:
                yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names if f"{node.module}.{a.name}" in {*UNLESS, *NEVER})
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            wanted = UNLESS.get(name)
            given = {k.arg: k.value.value for k in node.keywords if isinstance(k.value, ast.Constant)}
            if name in NEVER or (wanted is not None and given.get(wanted[0]) is not wanted[1]):
                yield name


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_unpickled(folder: str) -> None:
    found = {path.relative_to(ROOT).as_posix(): list(faults(path.read_text(encoding="utf-8")))
             for path in MODULES if path.is_relative_to(ROOT / folder)}  # fmt: skip
    assert {path: names for path, names in found.items() if names} == {}


def test_every_module_is_looked_at() -> None:
    looked_at = {path.relative_to(ROOT).as_posix() for path in MODULES}
    assert {"src/onrecord/shipped.py", "src/onrecord/reconcile/kinship.py", "training/stories/network.py"} <= looked_at


@pytest.mark.parametrize(
    "code",
    ["import pickle", "from cloudpickle import loads", "import joblib.memory", "import numpy as np\nnp.load('x')",
     "np.load('x', allow_pickle=True)", "torch.load('x')", "torch.load('x', weights_only=False)",
     "from numpy import load", "eval('1')", "def f():\n    import shelve"],
)  # fmt: skip
def test_what_could_unpickle_is_found(code: str) -> None:
    assert list(faults(code))


@pytest.mark.parametrize(
    "code", ["np.load('x', allow_pickle=False)", "torch.load('x', weights_only=True)", "re.compile('')"]
)
def test_what_could_not_is_let_be(code: str) -> None:
    assert list(faults(code)) == []


def test_onnxruntime_is_imported_in_one_place_which_keeps_it_from_calling_out() -> None:
    importing = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if path.is_relative_to(ROOT / "src")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "onnxruntime" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "onnxruntime")
    ]
    assert importing == ["src/onrecord/runtime.py"]
