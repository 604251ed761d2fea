"""What failed, kept as a table: CSV or JSON lines, one error a row."""

from __future__ import annotations

import csv
import json
import os
from datetime import UTC, datetime

from onrecord.errors import InputError, OnrecordError
from onrecord.export.cells import defused

__all__ = ["COLUMNS", "written"]

COLUMNS = ("at", "subject", "kind", "cause", "remedy")


def written(error: OnrecordError, path: str) -> None:
    """Add the error as a row to the table, which is made if there is none; JSON lines unless it is named .csv.

    The words may be those of a hostile file, such as its name: in a CSV no cell is a formula.

    Raises:
        InputError: the table cannot be written.
    """
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    row = dict(zip(COLUMNS, (moment, error.subject, error.kind, error.cause, error.remedy), strict=True))
    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="") as file:
            if path.lower().endswith(".csv"):
                table = csv.DictWriter(file, COLUMNS)
                if os.fstat(file.fileno()).st_size == 0:
                    table.writeheader()
                table.writerow({name: defused(words) for name, words in row.items()})
            else:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as failed:
        raise InputError(
            f"the table of errors cannot be written ({failed.strerror})", "check the path of --errors", subject=path
        ) from failed
