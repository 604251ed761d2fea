"""The Parquet tables that `onrecord bulk` writes: their columns, types and version.

Tables of annotations have the columns of the record's tables of the same name (`onrecord.record.tables`), with four
before them that say of which report a row is. A column may be added in a later version, never renamed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa
from sqlalchemy import Double, Integer, Table

from onrecord.bulk.manifest import Header
from onrecord.record.tables import ANNOTATIONS

__all__ = ["ERRORS", "OF_REPORT", "PARTITION", "READINGS", "REPORTS", "SCHEMA", "schemas"]

#: Name and version; it is in the metadata of every file, under the key `onrecord`.
SCHEMA = "onrecord-parquet/2"

#: The folder of rows of one month, "month=2021-03"; rows of reports without a publication date have null there.
PARTITION = "month"

_text, _whole = pa.string(), pa.int64()

#: Of which report a row is: the first columns of every table of annotations.
OF_REPORT: tuple[tuple[str, pa.DataType, bool], ...] = (
    ("reading_id", _text, False),
    ("report_id", _text, False),
    ("published", _text, True),
    ("publisher", _text, True),
)

#: Name, type and whether it may be null, of the columns of `reports`.
REPORTS: tuple[tuple[str, pa.DataType, bool], ...] = (
    *OF_REPORT,
    ("publisher_key", _text, True),
    ("title", _text, True),
    ("url", _text, True),
    ("address", _text, False),
    ("path", _text, False),
    ("number", _whole, False),
    ("version", _text, False),
    ("text", _text, False),
    ("sha256", _text, False),
    ("language", _text, True),
    ("credit", _text, True),
    ("agency", _text, True),
    ("filed_from", _text, True),
    ("media_type", _text, False),
    ("encoding", _text, False),
    ("original_sha256", _text, False),
)

#: Of the columns of `readings`.
READINGS: tuple[tuple[str, pa.DataType, bool], ...] = (
    *OF_REPORT,
    ("annotated", _text, False),
    ("sha256", _text, False),
)

#: Of the columns of `errors`.
ERRORS: tuple[tuple[str, pa.DataType, bool], ...] = (
    ("subject", _text, True),
    ("kind", _text, False),
    ("cause", _text, False),
    ("remedy", _text, False),
    ("path", _text, False),
    ("number", _whole, True),
)


def schemas(header: Header | None = None) -> Mapping[str, pa.Schema]:
    """The schema of each table, by its name, with what the readings were made by in the metadata.

    Example:
        >>> [field.name for field in schemas()["times"]][-3:]
        ['type', 'value', 'mod']
    """
    about = {"schema": SCHEMA}
    if header is not None:
        about |= {"software": header.software, "models": ", ".join(header.models), "settings": header.settings}
    metadata = {"onrecord": json.dumps(about, ensure_ascii=False)}
    of_annotations = {table.name: (*OF_REPORT, *_columns(table)) for table in ANNOTATIONS}
    columns = {"reports": REPORTS, "readings": READINGS, **of_annotations, "errors": ERRORS}
    return {
        name: pa.schema([pa.field(column, kind, nullable=null) for column, kind, null in found], metadata)
        for name, found in columns.items()
    }


def _columns(table: Table) -> list[tuple[str, pa.DataType, bool]]:
    """The columns of a record's table without those by which the record itself knows rows."""
    return [
        (column.name, _type(column.type), bool(column.nullable))
        for column in table.columns
        if column.name not in ("reading_id", "key")
    ]


def _type(kind: object) -> pa.DataType:
    if isinstance(kind, Integer):
        return _whole
    return pa.float64() if isinstance(kind, Double) else _text
