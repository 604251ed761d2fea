"""The first node of each pair brought to the second: each pair once, whatever number of keys it shares."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.bulk.links.shuffle import bucket_of, of_bucket
from onrecord.bulk.links.tables import schemas
from onrecord.bulk.links.tasks import GATHERED, Job, Out, Task
from onrecord.bulk.links.tracing import parted, prefix
from onrecord.reconcile.linkers import COMMON

__all__ = ["carried", "some_of"]

#: How many pairs are looked at in a go.
AT_ONCE = 100_000


def carried(task: Task, job: Job, out: Out) -> None:
    """The first nodes of a bucket with what is kept of them, by the bucket of those that they are compared with."""
    tables = list(of_bucket(job.files("pairs"), task.number))
    if not tables:
        return
    pairs = pa.concat_tables(tables).group_by(["a", "b"]).aggregate([("common", "sum")])
    del tables
    enough = _enough(pairs, job)
    pairs = pairs.filter(enough).select(["a", "b"]).sort_by([("a", "ascending"), ("b", "ascending")])
    nodes = some_of(job, task.number, pc.unique(pairs["a"]))
    place = {name: n for n, name in enumerate(nodes["node"].to_pylist())}
    size = pc.add(pc.binary_length(nodes["kept"]), pc.coalesce(pc.binary_length(nodes["report"]), 0)).to_pylist()
    rows: list[tuple[int, list[str], int]] = []
    held = 0
    for batch in pairs.to_batches(max_chunksize=AT_ONCE):
        both = zip(batch["a"].to_pylist(), batch["b"].to_pylist(), strict=True)
        for a, several in groupby(both, key=lambda pair: pair[0]):
            by_bucket: dict[int, list[str]] = defaultdict(list)
            for _, b in several:
                by_bucket[bucket_of(parted(b)[1], job.buckets)].append(b)
            for bucket, others in by_bucket.items():
                rows.append((place[a], others, bucket))
                held += size[place[a]] + 30 * len(others)
            if held > GATHERED:
                _write(rows, nodes, out)
                rows, held = [], 0
    _write(rows, nodes, out)


def some_of(job: Job, bucket: int, names: pa.Array) -> pa.Table:
    """The nodes of a bucket that have these names, with what is kept of them."""
    found = [table.filter(pc.is_in(table["node"], names)) for table in of_bucket(job.files("nodes"), bucket)]
    return pa.concat_tables([schemas("", ())["nodes"].empty_table(), *found]).combine_chunks()


def _enough(pairs: pa.Table, job: Job) -> pa.ChunkedArray:
    """Which pairs have as many keys in common as their rule asks for."""
    needed = pa.scalar(1, pa.int64())
    for number, rule in enumerate(job.rules):
        if (common := COMMON.get(rule, 1)) > 1:
            needed = pc.if_else(pc.starts_with(pairs["a"], prefix(number)), common, needed)
    return pc.greater_equal(pairs["common_sum"], needed)


def _write(rows: list[tuple[int, list[str], int]], nodes: pa.Table, out: Out) -> None:
    if rows:
        values = dict(nodes.take(pa.array([place for place, _, _ in rows])).to_pydict())
        values["others"] = [others for _, others, _ in rows]
        out.add("carried", values, buckets=[bucket for _, _, bucket in rows])
