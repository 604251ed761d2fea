from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.record.provenance import Run, run
from onrecord.record.store import Record

MOMENT = datetime(1974, 8, 16, 9, 30, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    del engine  # says where
    with Record.open(tmp_path / "war.db", clock=lambda: MOMENT) as opened:
        yield opened


@pytest.fixture
def first_run() -> Run:
    return run(software="onrecord 0.1.0", models=["small:1"], started=MOMENT)


@pytest.fixture
def second_run() -> Run:
    return run(software="onrecord 0.2.0", models=["small:1"], started=datetime(1974, 8, 17, tzinfo=UTC))
