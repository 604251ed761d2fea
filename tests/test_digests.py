"""No model is loaded unless it is, byte for byte, the one that ships."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from onrecord import shipped
from onrecord.digests import STATED, check_distribution, checked
from onrecord.errors import ModelError

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(onrecord.__file__).parent
REPORT = "The ministry said that nine people were killed in Kharkiv on Monday."


def test_the_stated_digests_are_those_of_all_files_of_the_models() -> None:
    command = [sys.executable, str(ROOT / "training" / "digests.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    stated = (PACKAGE / STATED).read_text(encoding="utf-8")
    models = [path for path in (PACKAGE / "weights").rglob("*") if path.suffix in {".onnx", ".npz", ".json"}]
    assert [str(path) for path in models if f"  {path.relative_to(PACKAGE).as_posix()}\n" not in stated] == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package at another place, each of its files a link to the real one."""
    folder = tmp_path / "src" / "onrecord"
    shutil.copytree(PACKAGE, folder, copy_function=os.symlink, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    path.write_bytes(data)


def _cut(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:1000])


def _unlisted(path: Path) -> None:
    stated = path.parents[2] / STATED
    lines = stated.read_text(encoding="utf-8").splitlines(keepends=True)
    stated.unlink()
    stated.write_text("".join(line for line in lines if path.name not in line), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "change", "cause"),
    [
        ("attributions/encoder.onnx", _flip, "is not the file that the package states"),
        ("attributions/tokenizer.json", _cut, "is not the file that the package states"),
        ("attributions/cues.npz", Path.unlink, "cannot be read (No such file or directory)"),
        ("attributions/settings.json", _unlisted, "states no digest"),
    ],
)
def test_a_wrong_model_is_one_line_and_nothing_is_read_by_it(
    name: str, change: Callable[[Path], None], cause: str, copy: Path, tmp_path: Path
) -> None:
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    command = [sys.executable, "-m", "onrecord", "annotate", str(tmp_path / "report.txt"), "--format", "jsonl"]
    change(copy / "weights" / name)
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(copy.parent)}, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stdout == ""
    errors = done.stderr.splitlines()
    assert len(errors) == 1, done.stderr
    assert str(copy / "weights" / name) in errors[0]
    assert cause in errors[0]
    assert "install onrecord again" in errors[0]


def test_the_table_of_meanings_and_the_network_of_same_events_are_checked_too(copy: Path) -> None:
    _flip(copy / "reconcile" / "kin.npz")
    _flip(copy / "weights" / "mentions" / "mentions.onnx")
    program = (
        "from onrecord.errors import ModelError\n"
        "from onrecord.reconcile.kinship import vector\n"
        "from onrecord.reconcile.mention_network import network\n"
        "for load in (lambda: vector(('war',)), network):\n"
        "    try:\n        load()\n"
        "    except ModelError as error:\n        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(copy.parent)},
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == 2, done.stderr
    assert "kin.npz: is not the file" in lines[0]
    assert "mentions.onnx: is not the file" in lines[1]


def test_a_model_of_another_folder_is_its_owners(tmp_path: Path) -> None:
    shutil.copy(shipped.folder("mentions") / "tokenizer.json", tmp_path)
    assert checked(tmp_path / "tokenizer.json") == tmp_path / "tokenizer.json"


def test_a_package_of_a_model_is_what_its_wheel_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "some_model" / "weights.bin"
    model.parent.mkdir()
    model.write_bytes(b"weights")
    stated = base64.urlsafe_b64encode(hashlib.sha256(b"weights").digest()).rstrip(b"=").decode()
    metadata = tmp_path / "some_model-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: some-model\nVersion: 1.0\n")
    (metadata / "RECORD").write_text(f"some_model/weights.bin,sha256={stated},7\nsome_model-1.0.dist-info/RECORD,,\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    check_distribution("some-model")
    model.write_bytes(b"weightz")
    with pytest.raises(ModelError, match=r"weights\.bin: is not the file .*install some-model again"):
        check_distribution("some-model")
    model.unlink()
    with pytest.raises(ModelError, match=r"weights\.bin: cannot be read"):
        check_distribution("some-model")
    check_distribution("a-model-that-is-no-package")
