"""Tables for people as one Excel workbook, a sheet for each kind of entry.

No cell is a formula. What Excel cannot hold is said: a cell takes 32,767 characters, a sheet 1,048,576 rows; control
characters, which its files cannot have, are shown as the replacement character.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import BinaryIO

from onrecord.errors import InputError, ModelError
from onrecord.export.cells import defused
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.packed import archive
from onrecord.export.tabled import TABLES, table_rows

__all__ = ["EXPORTER", "MOST_CHARACTERS", "MOST_ROWS"]

#: Limits of Excel (Microsoft, "Excel specifications and limits").
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576

_CUT = " […cut: {} characters in all]"

#: What XML 1.0 cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: When the workbook was made, which openpyxl writes into it: an export of the same readings is the same bytes.
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def _write(readings: Readings, out: BinaryIO) -> None:
    try:
        import openpyxl
        from openpyxl.styles import Font
    except ImportError as error:
        raise ModelError("the package openpyxl is not installed", 'pip install "onrecord[excel]"') from error
    for name in TABLES:
        if sum(1 for _ in table_rows(readings, name)) >= MOST_ROWS:
            raise InputError(f"there are more {name} than an Excel sheet has rows", "choose fewer reports, or use csv",
                             subject="excel")  # fmt: skip
    workbook = openpyxl.Workbook(write_only=True)
    for name, columns in TABLES.items():
        sheet = workbook.create_sheet(name)
        sheet.freeze_panes = "A2"
        heads = [openpyxl.cell.WriteOnlyCell(sheet, column) for column in columns]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        for row in table_rows(readings, name):
            sheet.append([_cell(cell) if isinstance(cell, str) else cell for cell in row])
    made = io.BytesIO()
    workbook.save(made)
    _copied(made, out)


def _cell(words: str) -> str:
    shown = str(defused(_CONTROL.sub("\ufffd", words)))
    if len(shown) <= MOST_CHARACTERS:
        return shown
    told = _CUT.format(len(words))
    return shown[: MOST_CHARACTERS - len(told)] + told


def _copied(made: io.BytesIO, out: BinaryIO) -> None:
    """Copy a workbook without the times of its making."""
    with zipfile.ZipFile(made) as zipped, archive(out) as copy:
        for name in zipped.namelist():
            part = zipped.read(name)
            if name == "docProps/core.xml":
                part = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            with copy.file(name) as file:
                file.write(part)


EXPORTER = Exporter("excel", ".xlsx", "Tables for people: an Excel workbook, a sheet for each kind of entry.", _write,
                    is_binary=True)  # fmt: skip
