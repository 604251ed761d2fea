"""Where the package that reads a kind of file is not installed, each such file says so, and the others are read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.read import received
from onrecord.read.original import Received


@pytest.mark.parametrize(
    ("target", "package", "extra"),
    [
        ("a.warc", "fastwarc", "archives"),
        ("a.parquet", "pyarrow", "archives"),
        ("a.pdf", "pypdfium2", "pdf"),
        ("a.rss", "feedparser", "feeds"),
        ("https://harbour.example/a", "httpx", "feeds"),
    ],
)
def test_a_missing_package_is_one_line(
    target: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in sys.modules if n.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.chdir(tmp_path)
    Path("a").with_suffix(Path(target).suffix).write_bytes(b"<rss/>")
    Path("good.txt").write_bytes(b"Talks failed.")
    first, second = received([target, "good.txt"])
    assert isinstance(first, InputError)
    assert package in first.cause
    assert first.remedy == f"install onrecord[{extra}]"
    assert first.subject == target
    assert isinstance(second, Received)
