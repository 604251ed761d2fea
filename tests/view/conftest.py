from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.record.provenance import run
from onrecord.record.store import Record

from .reports import border_report, capital_report, later_border_report, unread_report
from .reports import received as received_at

MOMENT = datetime(1958, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    """Four reports; the first has two versions."""
    first = run(software="onrecord 0.1.0", models=["small:1"], settings={"language": "en"}, started=MOMENT)
    with Record.open(tmp_path / "war.db", clock=lambda: MOMENT) as opened:
        for address, each in (
            ("/border", border_report()),
            ("/capital", capital_report()),
            ("/border", later_border_report()),
            ("/unread", unread_report()),
        ):
            opened.add(received_at(each, address), each, first)
        yield opened
