"""Reports in the rows of a Parquet table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec

from onrecord.errors import InputError
from onrecord.read.found import Found, missing
from onrecord.read.jsonfiles import row_report
from onrecord.read.limits import within
from onrecord.read.original import Result
from onrecord.read.unpacking import as_file

__all__ = ["parquet_reports"]

#: Columns that are read, as the keys of JSON lines; others are left aside.
COLUMNS = ("id", "text", "title", "published", "date", "publisher", "url")

#: How many rows are in memory at once, and the most bytes in a row group, unpacked.
ROWS, GROUP_BYTES = 256, 2_000_000_000


def parquet_reports(found: Found) -> Iterator[Result]:
    """The reports in a Parquet table, a row each, with the columns that JSON lines have as keys.

    Row groups are read one after the other, some rows at a time; one that is damaged is one error. A report's
    original is the row as a JSON object. The error's subject is the path and the row's number, from 1.

    Raises:
        InputError: pyarrow is not installed; the table is damaged as a whole; it has no text.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise missing("reading Parquet tables", error, "archives") from error
    # RuntimeError: what the C++ library does not turn into an exception of its own.
    faults = (pa.ArrowException, OSError, ValueError, KeyError, NotImplementedError, RuntimeError)
    try:
        file = as_file(found.file)
        table = parquet.ParquetFile(file)
        columns = _columns(table.schema_arrow, pa)
        # Repeated values are kept once: a long text, repeated in each row, takes little room in a file.
        words = [name for name in columns if pa.types.is_string(table.schema_arrow.field(name).type)]
        table = parquet.ParquetFile(file, metadata=table.metadata, read_dictionary=words)
        groups = [table.metadata.row_group(n) for n in range(table.metadata.num_row_groups)]
    except faults as error:
        raise InputError(f"the Parquet table cannot be read ({_said(error)})", "write or get it again") from error
    first = 1
    for n, group in enumerate(groups):
        done = 0
        try:
            _bounded(group)
            for batch in table.iter_batches(ROWS, row_groups=[n], columns=columns, use_threads=False):
                for row in range(batch.num_rows):
                    number = first + done
                    done += 1
                    subject = f"{found.subject}:row {number}"
                    # One value at a time becomes one of Python's.
                    yield _row({c: batch.column(c)[row].as_py() for c in columns}, found, number, subject)
        except InputError as error:
            yield InputError(error.cause, error.remedy, subject=_rows(found, first, done, group.num_rows))
        except faults as error:
            yield InputError(f"these rows cannot be read ({_said(error)})", "write or get the table again",
                             subject=_rows(found, first, done, group.num_rows))  # fmt: skip
        first += group.num_rows
    if first == 1:
        raise InputError("the table has no rows", "give a table with reports, or leave it out")


def _columns(schema: Any, pa: Any) -> list[str]:
    """The names of the columns to be read.

    Raises:
        InputError: there is no text, or a column is of a kind that cannot be one of a report.
    """
    columns = [name for name in COLUMNS if name in schema.names]
    for name in columns:
        kind = schema.field(name).type
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not any(fits(kind) for fits in _kinds(name, pa)):
            raise InputError(f"the column {name} holds {kind}, not strings", f"write the {name} as a string")
    if "text" not in columns:
        raise InputError("the table has no column text", f"name the columns as in JSON lines: {', '.join(COLUMNS)}")
    return columns


def _kinds(name: str, pa: Any) -> list[Any]:
    kinds = [pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null]
    if name == "id":
        kinds.append(pa.types.is_integer)
    if name in {"published", "date"}:
        kinds += [pa.types.is_date, pa.types.is_timestamp]
    return kinds


def _bounded(group: Any) -> None:
    # The group as a whole: to ask for a damaged column ends the process (pyarrow 26, an exception of C++ not caught).
    size = group.total_byte_size
    if size > GROUP_BYTES:
        raise InputError(
            f"the row group has {size:,} bytes, more than {GROUP_BYTES:,}", "write the table in smaller row groups"
        )


def _row(row: dict[str, Any], found: Found, number: int, subject: str) -> Result:
    """The report that a row is as a JSON object, without what is null."""
    try:
        within(row["text"] or " -")
    except InputError as error:
        return InputError(error.cause, error.remedy, subject=subject)
    data = msgspec.json.encode({k: _moment(v) for k, v in row.items() if v is not None})
    return row_report(data, found, number, subject)


def _moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def _rows(found: Found, first: int, done: int, count: int) -> str:
    return f"{found.subject}:rows {first + done} to {first + count - 1}"


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:160]
