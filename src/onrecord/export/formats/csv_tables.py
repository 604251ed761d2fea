"""Tables for people as CSV, one file for each kind of entry, in a zip archive."""

from __future__ import annotations

import csv
import io
from typing import IO, cast

from onrecord.export.cells import Cell, defused
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.packed import archive
from onrecord.export.tabled import TABLES, table_rows

__all__ = ["EXPORTER"]


def _write(readings: Readings, out: IO[bytes]) -> None:
    with archive(out) as made:
        for name, columns in TABLES.items():
            # The mark at the beginning tells spreadsheets that what follows is UTF-8.
            with made.file(f"{name}.csv") as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
                table = csv.writer(text)
                table.writerow(columns)
                table.writerows([defused(cast(Cell, cell)) for cell in row] for row in table_rows(readings, name))


EXPORTER = Exporter("csv", ".zip", "Tables for people: a CSV file for each kind of entry, in a zip archive.", _write,
                    is_binary=True)  # fmt: skip
