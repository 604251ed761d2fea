"""A full disk ends `bulk` in one line; what it had entered stays, and the same command does the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from disks import disk, filled
from onrecord.bulk import running
from onrecord.bulk.running import Done, bulk
from onrecord.errors import RecordError

from .samples import annotated_lines, in_this_process, parquet_lines, wire


def refused(path: Path, out: Path) -> str:
    with pytest.raises(RecordError) as caught:
        list(bulk([path], out, models=False, part_reports=2))
    line = str(caught.value)
    assert "\n" not in line
    assert "None" not in line
    return line


def test_what_was_entered_stays_and_the_rest_is_done_once_there_is_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "connected", in_this_process)
    path = wire(tmp_path / "wire.jsonl", range(4))
    with disk(tmp_path / "small", 4 * 2**20) as folder:
        out = folder / "out"
        with filled(folder):
            assert "; " in refused(path, out)
        assert sum(isinstance(one, Done) for one in bulk([path], out, models=False, part_reports=2)) == 2
        first = parquet_lines(out)
        assert first.total() == 4
        wire(path, range(8))
        with filled(folder):
            assert "No space left on device" in refused(path, out)
            assert parquet_lines(out) == first
        list(bulk([path], out, models=False, part_reports=2))
        assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))
        assert not list(out.rglob("*.making"))
