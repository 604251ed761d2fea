"""A program that adds, corrects, reconciles or migrates is ended anywhere, and power is cut: nothing is lost.

`python -m benchmarks.faults` tries thousands.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from benchmarks.faults.traced import Write, can_follow, lose

ROOT = Path(__file__).parents[2]
ENV = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "tests", ROOT, ROOT / "src")))}

#: In a program of its own, since children are made by fork, which threads of other tests would not outlive.
KILLS = """
    import json, sys, tempfile
    from contextlib import suppress
    from dataclasses import replace
    from pathlib import Path
    import msgspec
    from sqlalchemy import Engine, event
    from benchmarks.faults.__main__ import killed, lost, wrong
    from benchmarks.faults.cases import BEFORE, REPORTS, RUNS, case_of, cases, opened
    from benchmarks.faults.killed import KINDS, outcome, size_of
    from benchmarks.faults.traced import can_follow
    from onrecord.errors import ExpungedError
    from record.builder import dispatch, received
    folder, what, points = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    given = [(received(dispatch(n), f"/{n}"), dispatch(n)) for n in range(REPORTS)]
    changed = dispatch(20)
    made = cases(folder, given, (received(changed, "/0"), changed))
    if what == "any":
        found = list(killed(made, folder, folder / "kept.jsonl", points, 1974))
    else:
        (case,) = made["add"]
        if what == "unsynced":
            event.listen(Engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
        if what == "half":
            def by_halves(path, first, told):
                with opened(path) as record:
                    for n in (BEFORE, BEFORE + 1):
                        record.add(*given[n], RUNS[0])
                    told()
            case = replace(case, done=by_halves, states=(case.states[0], "after"))
        if what == "expunge":
            def expunged(path, first, told):
                with opened(path) as record, suppress(ExpungedError):
                    record.expunge("/2", author="A. B.", reason="by order of a court")
                told()
            case = case_of("expunge", case.before, expunged, goes_on=True)
        desk = folder / "desk"
        desk.mkdir()
        size, found = size_of(case, desk), []
        kinds = {"unsynced": ("power",), "half": ("statement",), "expunge": KINDS[:4] if can_follow() else KINDS[2:4]}
        for n in range(points):
            found.append(outcome(case, kinds[what][n % len(kinds[what])], n, size, desk))
            left = b"".join(path.read_bytes() for path in desk.iterdir() if path.name != "war.db.look")
            assert what != "expunge" or b"brigade 2.0 had left" not in left
    print(json.dumps([{**msgspec.to_builtins(one), "wrong": wrong(one), "lost": lost(one),
                       "half_done": one.half_done} for one in found]))
"""


def kills(folder: Path, what: str, points: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-c", textwrap.dedent(KILLS), str(folder), what, str(points)]
    done = subprocess.run(command, env=ENV, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_whatever_is_killed_wherever_nothing_told_is_lost_and_the_same_command_goes_on(tmp_path: Path) -> None:
    found = kills(tmp_path, "any", 40)
    assert [one for one in found if one["wrong"]] == []
    assert set(Counter(one["operation"] for one in found).values()) == {10}
    assert {one["where"] for one in found} >= {"inside", "after"}
    if can_follow():
        assert len({one["kind"] for one in found}) == 5


def test_what_is_expunged_is_there_or_gone_and_the_same_command_leaves_no_word_of_it(tmp_path: Path) -> None:
    found = kills(tmp_path, "expunge", 8)
    assert [one for one in found if one["wrong"]] == []
    assert {one["kept"] for one in found} == {0, 1}


@pytest.mark.skipif(not can_follow(), reason="system calls are followed on Linux on x86-64 alone")
def test_a_power_cut_that_takes_what_was_told_is_seen(tmp_path: Path) -> None:
    assert any(one["lost"] or one["half_done"] for one in kills(tmp_path, "unsynced", 5))


def test_a_state_between_two_steps_is_seen(tmp_path: Path) -> None:
    assert any(one["half_done"] and one["wrong"] for one in kills(tmp_path, "half", 5))


def test_a_power_cut_takes_what_was_not_on_the_disk_and_no_more(tmp_path: Path) -> None:
    path, old = tmp_path / "war.db-wal", b"a" * 1024
    writes = [Write(path, 512, 1024, old[512:], 1024), Write(path, 1536, 512, b"", 1536)]
    left = set()
    for seed in range(40):
        path.write_bytes(old[:512] + b"b" * 1024 + b"c" * 512)
        lose(writes, random.Random(seed))
        left.add(path.read_bytes())
    assert old in left
    assert len(left) > 8
    assert all(one.startswith(old[:512]) for one in left)
