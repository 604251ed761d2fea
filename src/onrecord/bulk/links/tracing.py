"""What each rule keeps of the reports of a group of parts, and the keys by which it is found."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.bulk.links.shuffle import bucket_of, of_bucket
from onrecord.bulk.links.tasks import GATHERED, Job, Out, Task
from onrecord.bulk.schema import OF_REPORT
from onrecord.model import Annotated
from onrecord.reconcile.linkers import COMMON
from onrecord.reconciling import Read, compares_reports, traces
from onrecord.record.linking import Kept, key_number, node_digest
from onrecord.wire import decode

__all__ = ["node_name", "parted", "prefix", "traced"]

#: How many readings are decoded at a time.
AT_ONCE = 64
_SEPARATOR = "\x1f"
_OF_REPORT = tuple(name for name, _, _ in OF_REPORT)


def node_name(rule: int, report: str, entry: str) -> str:
    """By what the trace of an entry is known: the number of its rule, its report, and its id there.

    Example:
        >>> parted(node_name(2, "wire-7", "ev3"))
        (2, 'wire-7', 'ev3')
    """
    return f"{prefix(rule)}{report}{_SEPARATOR}{entry}"


def prefix(rule: int) -> str:
    """How the names of all nodes of a rule begin."""
    return f"{rule}{_SEPARATOR}"


def parted(node: str) -> tuple[int, str, str]:
    """The number of the rule, the report and the entry of a node."""
    rule, _, rest = node.partition(_SEPARATOR)
    report, _, entry = rest.rpartition(_SEPARATOR)
    return int(rule), report, entry


def traced(task: Task, job: Job, out: Out) -> None:
    """The nodes and keys of the current readings of a group of parts, and its reports under their names."""
    names = {
        row["reading_id"]: row["report"]
        for table in of_bucket(job.files("names"), task.number)
        for row in table.to_pylist()
    }
    gathered = _Gathered(job, out)
    for file in task.files:
        for row in _rows(Path(job.folder, file)):
            name = names.get(row["reading_id"] or "")
            if name is not None:
                gathered.add(row, name)
    gathered.write()


def _rows(path: Path) -> Iterator[dict[str, str | None]]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=AT_ONCE, columns=[*_OF_REPORT, "annotated"]):
            yield from batch.to_pylist()


class _Gathered:
    """Nodes and keys that are gathered and written, some at a time."""

    def __init__(self, job: Job, out: Out) -> None:
        self._job, self._out = job, out
        self._empty()

    def _empty(self) -> None:
        self._members: list[tuple[str | None, ...]] = []
        self._nodes: list[tuple[str, str, str, str | None]] = []
        self._homes: list[int] = []
        self._keys, self._owners = array("q"), array("q")
        self._characters = 0

    def add(self, row: dict[str, str | None], name: str) -> None:
        """Gather what all rules keep of a reading."""
        read = decode(row["annotated"] or "")
        annotated = msgspec.structs.replace(read, report=msgspec.structs.replace(read.report, id=name))
        self._members.append((*(row[column] for column in _OF_REPORT), name))
        home = bucket_of(name, self._job.buckets)
        for number, rule in enumerate(self._job.rules):
            report = _report(annotated) if compares_reports(rule) else None
            for kept in traces(rule, annotated):
                self._nodes.append((node_name(number, name, kept.entry), row["reading_id"] or "", kept.kept, report))
                self._homes.append(home)
                keys = _keys(rule, kept)
                self._keys.extend(keys)
                self._owners.extend([len(self._nodes) - 1] * len(keys))
                self._characters += len(kept.kept) + len(report or "") + 100 * len(keys)
        if self._characters > GATHERED:
            self.write()

    def write(self) -> None:
        """Write what was gathered."""
        self._out.add_rows("members", self._members)
        self._out.add_rows("nodes", self._nodes, buckets=self._homes)
        keys = np.frombuffer(self._keys, dtype=np.int64) if self._keys else np.empty(0, np.int64)
        nodes = pa.array([node[0] for node in self._nodes], pa.string()).take(pa.array(self._owners, pa.int64()))
        self._out.add("keys", {"key": pa.array(keys), "node": nodes}, buckets=keys % self._job.buckets)
        self._empty()


def _report(annotated: Annotated) -> str:
    return msgspec.json.encode(Read(annotated.report)).decode()


def _keys(rule: str, kept: Kept) -> tuple[int, ...]:
    """The keys of an entry; where they are too few to meet any other by, those of the entries that are just alike.

    In a record entries of which a rule keeps the same are one node, whatever its keys are.
    """
    common = COMMON.get(rule, 1)
    if len(kept.keys) >= common:
        return kept.keys
    digest = node_digest(kept.kept)
    return (*kept.keys, *(key_number(rule, f"alike {n} {digest}") for n in range(common)))
