"""Rows by bucket: a Parquet file of which each row group is one bucket, and the reading of one bucket of many files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["Buckets", "bucket_of", "number_of", "of_bucket", "shuffled"]

Buckets = npt.NDArray[np.int64]

#: Where a file's metadata says which bucket each of its row groups is.
_KEY = b"buckets"


def number_of(words: str) -> int:
    """An unsigned 64-bit number made from some words: the same in every process.

    Example:
        >>> number_of("a") == number_of("a"), number_of("a") == number_of("b")
        (True, False)
    """
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def bucket_of(words: str, buckets: int) -> int:
    """The bucket of some words, from 0.

    Example:
        >>> bucket_of("Reuters", 1)
        0
    """
    return number_of(words) % buckets


def shuffled(table: pa.Table, buckets: Sequence[int] | Buckets, target: Any) -> None:
    """Write a table with a row group for each bucket that has rows; their order in a bucket is kept.

    Args:
        buckets: the bucket of each row.
        target: a path or an open file.
    """
    of = np.asarray(buckets, dtype=np.int64)
    order = np.argsort(of, kind="stable")
    held, firsts = np.unique(of[order], return_index=True)
    metadata = {**(table.schema.metadata or {}), _KEY: json.dumps(held.tolist()).encode()}
    rows = table.take(pa.array(order)).replace_schema_metadata(metadata)
    stops = [*firsts[1:].tolist(), len(of)]
    with pq.ParquetWriter(target, rows.schema, compression="zstd") as writer:
        for first, stop in zip(firsts.tolist(), stops, strict=True):
            writer.write_table(rows.slice(first, stop - first), row_group_size=stop - first)


def of_bucket(files: Iterable[Path], bucket: int, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """The rows of one bucket, file by file; no more than the one file's is held."""
    for path in files:
        with pq.ParquetFile(path) as file:
            held: list[int] = json.loads(file.metadata.metadata[_KEY])
            if bucket in held:
                yield file.read_row_group(held.index(bucket), columns=columns)
