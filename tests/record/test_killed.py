"""A program that adds reports is killed at any moment: what it had added is whole, and adding goes on."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from onrecord.record.provenance import Run
from onrecord.record.store import Record

from .builder import dispatch, received

REPORTS = 100

ADDING = """
    import sys
    from datetime import UTC, datetime
    from onrecord.record.provenance import run
    from onrecord.record.store import Record
    from record.builder import dispatch, received
    print("ready", flush=True)
    with Record.open(sys.argv[1]) as record:
        for n in range(int(sys.argv[2])):
            given = dispatch(n, sentences=3)
            this = run(software="onrecord 0.1.0", models=["small:1"], started=datetime(1974, 8, 16, 9, 30, tzinfo=UTC))
            if record.needs_reading(received(given, f"/{n}"), this):
                record.add(received(given, f"/{n}"), given, this)
"""


def test_a_killed_program_leaves_a_whole_record_and_adding_goes_on(tmp_path: Path, first_run: Run) -> None:
    path = tmp_path / "war.db"
    chance = random.Random(1974)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    counts = [0]
    for _ in range(4):
        command = [sys.executable, "-c", textwrap.dedent(ADDING), str(path), str(REPORTS)]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.5))
            child.kill()
        with Record.open(path) as record:
            assert record.verify() == []
            with record.reading() as connection:
                counts.append(connection.exec_driver_sql("SELECT count(*) FROM readings").scalar_one())
    assert counts == sorted(counts)
    assert counts[-1] > 0
    with Record.open(path) as record:
        for n in range(REPORTS):
            given = dispatch(n, sentences=3)
            record.add(received(given, f"/{n}"), given, first_run)
        assert record.verify() == []
        with record.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM current_readings").scalar_one() == REPORTS
            assert connection.exec_driver_sql("SELECT count(*) FROM readings").scalar_one() == REPORTS
            assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar_one() == 1
