"""Tables for people as one Excel workbook, a sheet for each kind of entry.

It is made in memory: no copy of what may be confidential is left in a temporary file. No cell is a formula or a link.
What Excel cannot hold is said: a cell takes 32,767 characters, a sheet 1,048,576 rows.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import IO

from onrecord.errors import InputError, ModelError
from onrecord.export.cells import defused
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.tabled import TABLES, table_rows

__all__ = ["EXPORTER", "MOST_CHARACTERS", "MOST_ROWS"]

#: Limits of Excel (Microsoft, "Excel specifications and limits").
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576

_CUT = " […cut: {} characters in all]"

#: What XML 1.0 cannot hold and the workbook's own escapes do not cover.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")

#: The workbook has no time of its own: an export of the same readings is the same bytes.
_NO_TIME = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def _write(readings: Readings, out: IO[bytes]) -> None:
    try:
        import xlsxwriter
    except ImportError as error:
        raise ModelError("the package xlsxwriter is not installed", 'pip install "onrecord[excel]"') from error
    made = io.BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    workbook.set_properties({"title": _cell(readings.title)[:255], "created": _NO_TIME})
    bold = workbook.add_format({"bold": True})
    sheets = {name: workbook.add_worksheet(name) for name in TABLES}
    lines = dict.fromkeys(TABLES, 0)
    for name, columns in TABLES.items():
        sheets[name].freeze_panes(1, 0)
        sheets[name].write_row(0, 0, columns, bold)
    for reading in readings:
        for name, row in table_rows(reading):
            lines[name] += 1
            if lines[name] >= MOST_ROWS:
                raise InputError(f"there are more {name} than an Excel sheet has rows",
                                 "choose fewer reports, or use csv", subject="excel")  # fmt: skip
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheets[name].write_string(lines[name], column, _cell(value))
                elif isinstance(value, int | float):
                    sheets[name].write_number(lines[name], column, value)
    workbook.close()
    out.write(made.getbuffer())


def _cell(words: str) -> str:
    shown = str(defused(_NO_CHARACTER.sub("\ufffd", words)))
    if len(shown) <= MOST_CHARACTERS:
        return shown
    told = _CUT.format(len(words))
    return shown[: MOST_CHARACTERS - len(told)] + told


EXPORTER = Exporter("excel", ".xlsx", "Tables for people: an Excel workbook, a sheet for each kind of entry.", _write,
                    is_binary=True)  # fmt: skip
