"""The readings as they are: JSON Lines of schema onrecord/1."""

from __future__ import annotations

from typing import IO

from onrecord.export.exporters import Exporter, Readings
from onrecord.wire import encode

__all__ = ["EXPORTER"]


def _write(readings: Readings, out: IO[bytes]) -> None:
    for reading in readings:
        out.write(encode(reading.annotated) + b"\n")


EXPORTER = Exporter("jsonl", ".jsonl", "One annotated report per line, schema onrecord/1.", _write)
