"""Pairs of nodes that have a key in common: found bucket by bucket of the keys."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.bulk.links.shuffle import Buckets, bucket_of, of_bucket
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.bulk.links.tracing import parted

__all__ = ["paired"]

#: How many pairs are held at a time.
PAIRS = 4_000_000


def paired(task: Task, job: Job, out: Out) -> None:
    """The pairs of nodes of different reports that have keys of a bucket in common, with how many of them.

    A pair may come several times, from several buckets and parts of one: `carried` adds them up.
    """
    tables = list(of_bucket(job.files("keys"), task.number))
    if not tables:
        return
    rows = pa.concat_tables(tables).combine_chunks()
    names, codes = _ordered(rows["node"])
    keys = rows["key"].to_numpy()
    of = [parted(name)[1] for name in names.to_pylist()]
    home = np.array([bucket_of(report, job.buckets) for report in of], dtype=np.int64)
    numbers: dict[str, int] = {}
    report = np.array([numbers.setdefault(name, len(numbers)) for name in of], dtype=np.int64)
    for a, b in _meetings(keys, codes):
        apart = report[a] != report[b]
        met, common = np.unique(a[apart] * len(of) + b[apart], return_counts=True)
        first, second = np.divmod(met, len(of))
        values = {"a": names.take(pa.array(first)), "b": names.take(pa.array(second)), "common": pa.array(common)}
        out.add("pairs", values, buckets=home[first])


def _ordered(nodes: pa.ChunkedArray) -> tuple[pa.Array, Buckets]:
    """The names in their order, and for each row the place of its own."""
    encoded = nodes.combine_chunks().dictionary_encode()
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return encoded.dictionary.take(pa.array(order)), place[encoded.indices.to_numpy()]


def _meetings(keys: Buckets, codes: Buckets) -> Iterator[tuple[Buckets, Buckets]]:
    """Pairs of codes (the lesser, the greater) that have a key in common, some at a time."""
    order = np.lexsort((codes, keys))
    keys, codes = keys[order], codes[order]
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    before = np.arange(len(keys)) - np.repeat(begins, np.diff([*begins.tolist(), len(keys)]))
    sums = np.cumsum(before)
    first = 0
    while first < len(keys):
        done = sums[first - 1] if first else 0
        stop = max(first + 1, int(np.searchsorted(sums, done + PAIRS, side="right")))
        counts = before[first:stop]
        later = np.repeat(np.arange(first, stop), counts)
        steps = np.arange(len(later)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
        if len(later):
            yield codes[later - steps], codes[later]
        first = stop
