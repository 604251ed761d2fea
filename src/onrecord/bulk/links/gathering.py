"""What hangs together by links, so that each can be grouped without the others: connected components of reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.bulk.links.shuffle import Buckets, number_of
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.reconcile.linkers import COPIES, LINKERS, STORIES

__all__ = ["Components", "gathered"]

#: The rules by whose links reports are grouped.
GROUPING = (COPIES, STORIES)

Numbers = npt.NDArray[np.uint64]


class Components:
    """Disjoint sets of numbers, united many at a time; 16 bytes for each number.

    Example:
        >>> sets = Components(np.array([10, 20, 30], dtype=np.uint64))
        >>> sets.unite(np.array([30], dtype=np.uint64), np.array([20], dtype=np.uint64))
        >>> sets.of(np.array([10, 20, 30], dtype=np.uint64)).tolist()
        [0, 1, 1]
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = np.unique(numbers)
        self._parent: Buckets = np.arange(len(self._numbers), dtype=np.int64)

    def unite(self, a: Numbers, b: Numbers) -> None:
        """Make one set of those of each number of the first and the number beside it in the second."""
        one, other = (np.searchsorted(self._numbers, given) for given in (a, b))
        while True:
            one, other = self._roots(one), self._roots(other)
            apart = one != other
            if not apart.any():
                return
            one, other = one[apart], other[apart]
            np.minimum.at(self._parent, np.maximum(one, other), np.minimum(one, other))

    def of(self, numbers: Numbers) -> Buckets:
        """The set of each number: the place, among all numbers, of its least."""
        return self._roots(np.searchsorted(self._numbers, numbers))

    def _roots(self, places: Buckets) -> Buckets:
        found = self._parent[places]
        while True:
            above = self._parent[found]
            if (above == found).all():
                self._parent[places] = found
                return found
            found = above


def gathered(task: Task, job: Job, out: Out) -> None:
    """All reports, and the links by which they are grouped, by what hangs together.

    One worker does this, and holds 16 bytes for each report. Two names may have one number, once in many million
    reports: they are then grouped together with no other effect.
    """
    del task
    members = _numbers(table["report"] for table in _members(job))
    sets = Components(members)
    for table in _links(job):
        sets.unite(*(_numbers([table[side]]) for side in "ab"))
    for table in _members(job):
        out.add("loose", _columns(table), buckets=sets.of(_numbers([table["report"]])) % job.buckets)
    for table in _links(job):
        out.add("ties", _columns(table), buckets=sets.of(_numbers([table["a"]])) % job.buckets)


def _members(job: Job) -> Iterator[pa.Table]:
    for path in job.files("members"):
        with pq.ParquetFile(path) as file:
            yield file.read()


def _links(job: Job) -> Iterator[pa.Table]:
    for rule in GROUPING:
        for path in job.files("links", f"kind={LINKERS[rule].kind}"):
            with pq.ParquetFile(path) as file:
                table = file.read(columns=["rule", "a", "b", "score", "detail"])
            yield table.filter(pc.equal(table["rule"], rule))


def _numbers(columns: Any) -> Numbers:
    return np.array([number_of(name) for column in columns for name in column.to_pylist()], dtype=np.uint64)


def _columns(table: pa.Table) -> dict[str, Any]:
    return {name: table[name] for name in table.column_names}
