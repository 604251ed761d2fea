"""A report is read the same by every process, in whatever order Python's sets give their members there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[2] / "demo" / "reports"


def test_two_processes_with_other_orders_of_sets_read_the_same() -> None:
    command = [sys.executable, "-m", "onrecord", "annotate", str(DEMO), "--format", "jsonl"]
    read = [
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("0", "1")
    ]
    assert len(read[0].splitlines()) > 10
    assert read[0] == read[1]
