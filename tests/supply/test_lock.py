"""What is installed is pinned by its hash, and the pins are those that the project asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = sorted(set(PROJECT["optional-dependencies"]) - {"dev"})


def pinned(lock: Path) -> dict[Requirement, list[str]]:
    """The requirements of a lock, each with its hashes."""
    logical = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    lines = [line.split("--hash=") for line in logical if line.strip() and not line.startswith("#")]
    return {Requirement(line[0]): [one.strip() for one in line[1:]] for line in lines}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_has_one_version_and_its_hashes(lock: Path) -> None:
    found = pinned(lock)
    assert len(found) > 5
    for requirement, hashes in found.items():
        assert [s.operator for s in requirement.specifier] == ["=="], requirement
        assert requirement.url is None, requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


@pytest.mark.parametrize(("lock", "extras"), [("runtime", ["web"]), ("all", EXTRAS), ("dev", [*EXTRAS, "dev"])])
def test_what_the_project_asks_for_is_pinned(lock: str, extras: list[str]) -> None:
    pins = {canonicalize_name(r.name): str(next(iter(r.specifier)).version)
            for r in pinned(ROOT / "requirements" / f"{lock}.txt")}  # fmt: skip
    wanted = [Requirement(one) for one in PROJECT["dependencies"]]
    wanted += [Requirement(one) for extra in extras for one in PROJECT["optional-dependencies"][extra]]
    missing = [str(r) for r in wanted if not r.specifier.contains(pins.get(canonicalize_name(r.name), "0"))]
    assert missing == []


def test_the_locks_agree_with_one_another() -> None:
    everything = {str(r) for r in pinned(ROOT / "requirements" / "dev.txt")}
    for name in ("runtime", "all"):
        versions = {str(r).partition(";")[0] for r in pinned(ROOT / "requirements" / f"{name}.txt")}
        assert versions <= {one.partition(";")[0] for one in everything}, name


def test_all_extras_are_locked_by_make_lock() -> None:
    line = re.search(r"^EXTRAS := (.*)$", MAKEFILE, re.MULTILINE)
    assert line
    assert sorted(re.findall(r"--extra (\w+)", line[1])) == EXTRAS


def test_setting_up_installs_nothing_without_its_hash() -> None:
    rules = dict(re.findall(r"^(\$\(BIN\)/\.ready[\w-]*):.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE))
    assert len(rules) == 2
    installs = [line for rule in rules.values() for line in rule.splitlines() if "pip install" in line]
    assert len(installs) == 4
    for line in installs:
        itself = "--no-deps --no-build-isolation --editable ." in line
        assert itself or ("--require-hashes -r requirements/" in line and line.count(" -r ") == 1), line
