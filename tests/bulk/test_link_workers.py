"""What a worker does of the linking of a bulk folder, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.bulk.links import tracing
from onrecord.bulk.links.running import reconcile
from onrecord.bulk.links.stages import made
from onrecord.bulk.links.tasks import Job, Task
from onrecord.bulk.running import bulk
from onrecord.errors import ClusterError
from onrecord.model import Annotated
from onrecord.reconcile.linkers import COMMON
from onrecord.reconciling import traces
from onrecord.record.linking import Kept

from .linked import in_bulk
from .samples import in_this_process, line


def test_entries_that_are_just_alike_meet_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a record, in which they are one node."""

    def keyless(rule: str, annotated: Annotated) -> Iterator[Kept]:
        return (Kept(one.entry, one.kept, one.keys[: COMMON.get(rule, 1) - 1]) for one in traces(rule, annotated))

    lines = [{**json.loads(line(number)), "id": f"{number} in {name}"} for number in (1, 2) for name in "ab"]
    path, out = tmp_path / "wire.jsonl", tmp_path / "out"
    path.write_text("".join(json.dumps(one) + "\n" for one in lines))
    monkeypatch.setattr(tracing, "traces", keyless)
    monkeypatch.setattr("onrecord.bulk.links.running.connected", in_this_process)
    list(bulk([path], out, models=False, workers=1))
    list(reconcile(out))
    found = in_bulk(out)
    for rule in ("same-story/1", "same-event/1"):
        assert {(a, b) for a, _, b, _ in found[rule]} == {("1 in a", "1 in b"), ("2 in a", "2 in b")}, rule


def test_a_worker_with_other_software_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="other software"):
        made(Task("gathered", 0), Job(str(tmp_path), str(tmp_path), "onrecord 9", (), 1, 1, {}))


def test_a_worker_that_does_not_see_all_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="0 of 3 files of keys are seen"):
        Job(str(tmp_path), str(tmp_path), "", (), 1, 1, {"keys": 3}).files("keys")
