"""Tables for people as CSV, one file for each kind of entry, in a zip archive."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
from contextlib import ExitStack
from typing import IO, cast

from onrecord.export.cells import Cell, defused
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.packed import archive
from onrecord.export.tabled import TABLES, table_rows

__all__ = ["EXPORTER"]


def _write(readings: Readings, out: IO[bytes]) -> None:
    # All tables grow at once, and an archive takes one file after another: they wait in memory, compressed.
    held = {name: io.BytesIO() for name in TABLES}
    with ExitStack() as files:
        tables = {name: csv.writer(files.enter_context(_packed(held[name]))) for name in TABLES}
        for name, columns in TABLES.items():
            tables[name].writerow(columns)
        for reading in readings:
            for name, row in table_rows(reading):
                tables[name].writerow([defused(cast(Cell, cell)) for cell in row])
    with archive(out) as made:
        for name, packed in held.items():
            packed.seek(0)
            with made.file(f"{name}.csv") as file, gzip.open(packed) as table:
                shutil.copyfileobj(table, file)


def _packed(held: io.BytesIO) -> io.TextIOWrapper:
    """A text file that is compressed in memory; the mark at its beginning tells spreadsheets that it is UTF-8."""
    packed = cast(IO[bytes], gzip.GzipFile(fileobj=held, mode="wb", compresslevel=1, mtime=0))
    return io.TextIOWrapper(packed, encoding="utf-8-sig", newline="")


EXPORTER = Exporter("csv", ".zip", "Tables for people: a CSV file for each kind of entry, in a zip archive.", _write,
                    is_binary=True)  # fmt: skip
