"""The wheel is the same bytes wherever and whenever it is built from the same files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the build backend is not installed")

ROOT = Path(__file__).resolve().parents[2]
FILES = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", ".gitignore")


def _epoch() -> str:
    found = re.search(r"SOURCE_DATE_EPOCH=(\d+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert found
    return found[1]


def _built(folder: Path, *, mode: int, moment: int, zone: str) -> Path:
    """The wheel of a copy of the tree whose files have this mode and time, built in this time zone."""
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(mode)
        os.utime(path, (moment, moment))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": _epoch(), "TZ": zone}
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    return wheel


def test_two_builds_at_other_places_and_times_are_one_file(tmp_path: Path) -> None:
    first = _built(tmp_path / "a", mode=0o644, moment=1_600_000_000, zone="UTC")
    second = _built(tmp_path / "deeper" / "b c", mode=0o600, moment=1_900_000_001, zone="Asia/Kathmandu")
    assert first.name == second.name
    assert hashlib.sha256(first.read_bytes()).hexdigest() == hashlib.sha256(second.read_bytes()).hexdigest()
    names = zipfile.ZipFile(first).namelist()
    assert "onrecord/weights/attributions/encoder.onnx" in names
    assert "onrecord/digests.txt" in names
    assert [name for name in names if not name.startswith(("onrecord/", "onrecord-"))] == []
    assert [name for name in names if "__pycache__" in name or str(tmp_path) in name] == []
