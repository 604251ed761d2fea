"""Which reports may come into one group, so that each bucket can be grouped without the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.bulk.links.components import Components, Numbers, Weighed, unite_joinable
from onrecord.bulk.links.shuffle import number_of
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.reconcile.linkers import COPIES, LINKERS, STORIES
from onrecord.reconcile.stories import JOINED, MOST

__all__ = ["gathered"]


def gathered(task: Task, job: Job, out: Out) -> None:
    """All reports, and the links by which they are grouped, by what may come into one group.

    One worker does this, and holds some 40 bytes for each report. Two names may have one number, once in many million
    reports: they are then looked at together, with no other effect.
    """
    del task
    sets = Components(_numbers(table["report"] for table in _members(job)))
    for table in _links(job, COPIES):
        sets.unite(*_ends(table))

    def told() -> Iterator[Weighed]:
        for table in _links(job, STORIES):
            yield *_ends(table), table["score"].to_numpy()

    unite_joinable(sets, told, least=JOINED, compared=MOST)
    for table in _members(job):
        out.add("loose", _columns(table), buckets=sets.of(_numbers([table["report"]])) % job.buckets)
    for rule in (COPIES, STORIES):
        for table in _links(job, rule):
            one, other = (sets.of(numbers) for numbers in _ends(table))
            out.add("ties", _columns(table.filter(pa.array(one == other))), buckets=one[one == other] % job.buckets)


def _members(job: Job) -> Iterator[pa.Table]:
    for path in job.files("members"):
        with pq.ParquetFile(path) as file:
            yield file.read()


def _links(job: Job, rule: str) -> Iterator[pa.Table]:
    for path in job.files("links", f"kind={LINKERS[rule].kind}"):
        with pq.ParquetFile(path) as file:
            table = file.read(columns=["rule", "a", "b", "score", "detail"])
        yield table.filter(pc.equal(table["rule"], rule))


def _ends(table: pa.Table) -> tuple[Numbers, Numbers]:
    return _numbers([table["a"]]), _numbers([table["b"]])


def _numbers(columns: Iterable[Any]) -> Numbers:
    return np.array([number_of(name) for column in columns for name in column.to_pylist()], dtype=np.uint64)


def _columns(table: pa.Table) -> dict[str, Any]:
    return {name: table[name] for name in table.column_names}
