"""The tables that `onrecord bulk` writes, as Parquet files of the same columns, in a zip archive.

The columns, types and metadata are those of schema `onrecord-parquet/2`; `reports` has those of them that a reading
holds, and `reading_id` is the report's id with its version.
"""

from __future__ import annotations

import io
from contextlib import ExitStack
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

    chosen = {name: schema for name, schema in schemas().items() if name != "errors"}
    reports = chosen["reports"]
    chosen["reports"] = pa.schema([field for field in reports if field.name not in _NOT_READ], reports.metadata)
    held = {name: io.BytesIO() for name in chosen}
    with ExitStack() as files:
        writers = {name: files.enter_context(pq.ParquetWriter(held[name], schema, compression="zstd"))
                   for name, schema in chosen.items()}  # fmt: skip
        every = iter(readings)
        while some := list(islice(every, _GROUP)):
            tables = [_tables(reading) for reading in some]
            for name, schema in chosen.items():
                group = [row for found in tables for row in found[name]]
                writers[name].write_table(pa.Table.from_pylist(group, schema=schema))
    with archive(out) as made:
        for name, written in held.items():
            with made.file(f"{name}.parquet", packed=False) as file:
                file.write(written.getbuffer())


def _tables(reading: Reading) -> dict[str, list[Row]]:
    """The rows of a reading by their tables."""
    report, credit = reading.annotated.report, reading.annotated.report.credit
    line = encode(reading.annotated).decode()
    found = rows(reading.annotated)
    found["readings"] = [{"annotated": line, "sha256": sha256(line)}]
    found["reports"] = [
        {"publisher_key": key(report.publisher), "title": report.title, "url": report.url, "version": report.version,
         "text": report.text, "sha256": report.sha256, "language": report.language,
         "credit": credit.text if credit else None, "agency": credit.agency if credit else None,
         "filed_from": credit.place if credit else None}
    ]  # fmt: skip
    of_report: Row = {"reading_id": f"{report.id}:{report.version}", "report_id": report.id,
                      "published": report.published, "publisher": report.publisher}  # fmt: skip
    return {table: [{**of_report, **row} for row in made] for table, made in found.items()}


EXPORTER = Exporter("parquet", ".zip", "The tables of onrecord bulk as Parquet files, in a zip archive.", _write,
                    is_binary=True)  # fmt: skip
