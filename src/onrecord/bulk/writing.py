"""The rows of readings, and their writing as Parquet files."""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.bulk.manifest import WrittenFile
from onrecord.bulk.pieces import Piece
from onrecord.bulk.schema import PARTITION
from onrecord.errors import OnrecordError
from onrecord.model import Annotated, sha256
from onrecord.read import Original
from onrecord.read.targets import shown
from onrecord.record.names import key
from onrecord.record.rows import Row, rows
from onrecord.wire import encode

__all__ = ["NULL_MONTH", "Rows", "error_row", "reading_id", "write_empty"]

#: What stands for null in the name of a partition's folder, for Hive, Spark, DuckDB and pyarrow alike.
NULL_MONTH = "__HIVE_DEFAULT_PARTITION__"

#: How much is gathered before it is written, in reports and in characters of JSON.
GATHERED_REPORTS, GATHERED_CHARACTERS = 500, 32_000_000


class Rows:
    """Rows that are gathered and written, some at a time, into the folder of a part that is not finished yet.

    Args:
        folder: where files are written, at the paths that they are to have in the output folder.
        part: the part's id, which is in the names of the files.
        schemas: the schema of each table.
    """

    def __init__(self, folder: Path, part: str, schemas: Mapping[str, pa.Schema]) -> None:
        self._folder = folder
        self._part = part
        self._schemas = schemas
        self._gathered: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
        self._reports = self._characters = self._writes = 0
        self.files: list[WrittenFile] = []

    def add(self, annotated: Annotated, original: Original, piece: Piece, number: int) -> None:
        """Gather the rows of a reading; write what was gathered, if it is much."""
        report = annotated.report
        line = encode(annotated).decode()
        of_report: Row = {
            "reading_id": reading_id(piece.path, number, report.version),
            "report_id": report.id,
            "published": report.published,
            "publisher": report.publisher,
        }
        month = report.published[:7] if report.published else None
        credit = report.credit
        self._gathered["reports", month].append({
            **of_report,
            "publisher_key": key(report.publisher),
            "title": report.title,
            "url": report.url,
            "address": original.address,
            "path": shown(piece.path),
            "number": number,
            "version": report.version,
            "text": report.text,
            "sha256": report.sha256,
            "language": report.language,
            "credit": credit.text if credit else None,
            "agency": credit.agency if credit else None,
            "filed_from": credit.place if credit else None,
            "media_type": original.media_type,
            "encoding": original.encoding,
            "original_sha256": original.sha256,
        })  # fmt: skip
        self._gathered["readings", month].append({**of_report, "annotated": line, "sha256": sha256(line)})
        for table, found in rows(annotated).items():
            if found:
                self._gathered[table, month].extend({**of_report, **row} for row in found)
        self._reports += 1
        self._characters += len(line)
        if self._reports >= GATHERED_REPORTS or self._characters >= GATHERED_CHARACTERS:
            self.write()

    def refuse(self, error: Row) -> None:
        """Gather a row of the table of errors."""
        self._gathered["errors", None].append(error)

    def write(self) -> None:
        """Write what was gathered, a file for each table and month.

        Raises:
            OSError: it cannot be written.
        """
        for (table, month), found in sorted(self._gathered.items(), key=lambda item: (item[0][0], item[0][1] or "")):
            name = f"part-{self._part}-{self._writes}.parquet"
            partition = () if table == "errors" else (f"{PARTITION}={month or NULL_MONTH}",)
            self._write(Path(table, *partition, name), pa.Table.from_pylist(found, schema=self._schemas[table]))
        self._gathered.clear()
        self._writes += 1
        self._reports = self._characters = 0

    def _write(self, path: Path, table: pa.Table) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        self.files.append(WrittenFile(path.as_posix(), size, table.num_rows))


def write_empty(folder: Path, schemas: Mapping[str, pa.Schema]) -> None:
    """See to it that each table of an output folder has a file, if only without rows, so that it can be asked.

    Raises:
        OSError: it cannot be written.
    """
    for table, schema in schemas.items():
        path = folder / table / ("" if table == "errors" else f"{PARTITION}={NULL_MONTH}") / "schema.parquet"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            making = path.with_suffix(".making")
            pq.write_table(schema.empty_table(), making)
            making.rename(path)


def reading_id(path: str, number: int, version: str) -> str:
    """24 hex digits for the reading of a report: by its file, its number there, and its version.

    Example:
        >>> len(reading_id("/news/wire.jsonl", 12, "0123456789abcdef"))
        24
    """
    return hashlib.sha256(f"{shown(path)}\0{number}\0{version}".encode()).hexdigest()[:24]


def error_row(error: OnrecordError, piece: Piece, number: int | None) -> Row:
    """The row of a report that could not be read."""
    values: Iterator[str | None] = iter((error.subject, error.kind, error.cause, error.remedy))
    named = dict(zip(("subject", "kind", "cause", "remedy"), (_clean(value) for value in values), strict=True))
    return {**named, "path": shown(piece.path), "number": number}


def _clean(words: str | None) -> str | None:
    """The words as text that can be encoded."""
    return None if words is None else words.encode("utf-8", "backslashreplace").decode()
