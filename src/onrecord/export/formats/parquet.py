"""The tables that `onrecord bulk` writes, as Parquet files of the same columns, in a zip archive.

The columns, types and metadata are those of schema `onrecord-parquet/2`; `reports` has those of them that a reading
holds, and `reading_id` is the report's id with its version.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import IO

from onrecord.errors import ModelError
from onrecord.export.exporters import Exporter, Readings
from onrecord.export.packed import archive
from onrecord.export.readings import Reading
from onrecord.model import sha256
from onrecord.record.names import key
from onrecord.record.rows import Row, rows
from onrecord.wire import encode

__all__ = ["EXPORTER"]

#: How many readings go into one group of rows.
_GROUP = 500

#: What a reading does not know of a report: how it came into the record.
_NOT_READ = ("address", "path", "number", "media_type", "encoding", "original_sha256")


def _write(readings: Readings, out: IO[bytes]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise ModelError("the package pyarrow is not installed", 'pip install "onrecord[bulk]"') from error
    from onrecord.bulk.schema import schemas

    with archive(out) as made:
        for table, schema in schemas().items():
            if table == "errors":
                continue
            if table == "reports":
                schema = pa.schema([field for field in schema if field.name not in _NOT_READ], schema.metadata)
            written = io.BytesIO()
            with pq.ParquetWriter(written, schema, compression="zstd") as writer:
                for group in _groups(readings, table):
                    writer.write_table(pa.Table.from_pylist(group, schema=schema))
            with made.file(f"{table}.parquet", packed=False) as file:
                file.write(written.getbuffer())


def _groups(readings: Readings, table: str) -> Iterator[list[Row]]:
    every = iter(readings)
    while some := list(islice(every, _GROUP)):
        yield [row for reading in some for row in _rows(reading, table)]


def _rows(reading: Reading, table: str) -> Iterator[Row]:
    report = reading.annotated.report
    of_report: Row = {"reading_id": f"{report.id}:{report.version}", "report_id": report.id,
                      "published": report.published, "publisher": report.publisher}  # fmt: skip
    if table == "reports":
        credit = report.credit
        yield {**of_report, "publisher_key": key(report.publisher), "title": report.title, "url": report.url,
               "version": report.version, "text": report.text, "sha256": report.sha256, "language": report.language,
               "credit": credit.text if credit else None, "agency": credit.agency if credit else None,
               "filed_from": credit.place if credit else None}  # fmt: skip
    elif table == "readings":
        line = encode(reading.annotated).decode()
        yield {**of_report, "annotated": line, "sha256": sha256(line)}
    else:
        for row in rows(reading.annotated)[table]:
            yield {**of_report, **row}


EXPORTER = Exporter("parquet", ".zip", "The tables of onrecord bulk as Parquet files, in a zip archive.", _write,
                    is_binary=True)  # fmt: skip
