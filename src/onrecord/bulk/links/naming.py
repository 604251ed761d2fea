"""Which reading of a report is the current one, and a name for each report that no other has.

The same as in a record to which the files were added in the order of their paths: a report is what stands at one
address; of its versions the one that came last counts; its name is the id that came with it, or one made from the
address where none came or an earlier report has it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.bulk.links.shuffle import bucket_of, of_bucket
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.record.adding import first_name, second_name

__all__ = ["claims", "named", "sightings"]

_SEEN = ("address", "path", "number", "report_id", "version", "reading_id")


def sightings(task: Task, job: Job, out: Out) -> None:
    """Every report of a group of parts with its address, by address."""
    for name in task.files:
        with pq.ParquetFile(Path(job.folder, name)) as file:
            rows = file.read(columns=list(_SEEN))
        values: dict[str, Any] = {column: rows[column] for column in _SEEN}
        values["part_group"] = pa.array([task.number] * rows.num_rows, pa.int64())
        out.add("sightings", values, buckets=[bucket_of(a, job.buckets) for a in rows["address"].to_pylist()])


def claims(task: Task, job: Job, out: Out) -> None:
    """The current reading of each address of a bucket, with the name that its report would have."""
    seen: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for table in of_bucket(job.files("sightings"), task.number):
        for row in table.to_pylist():
            seen[row["address"]].append(row)
    rows, buckets = [], []
    for address, versions in sorted(seen.items()):
        versions.sort(key=_place)
        first = versions[0]
        distinct = {row["version"]: row for row in reversed(versions)}  # of equal versions the first counts
        current = max(distinct.values(), key=_place)
        name = first_name(first["report_id"], first["version"], address)
        rows.append((name, address, first["path"], first["number"], current["reading_id"], current["part_group"]))
        buckets.append(bucket_of(name, job.buckets))
    out.add_rows("claims", rows, buckets=buckets)


def named(task: Task, job: Job, out: Out) -> None:
    """The names of current readings, by group of parts; the report that came first has the name that several claim."""
    claimed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for table in of_bucket(job.files("claims"), task.number):
        for row in table.to_pylist():
            claimed[row["name"]].append(row)
    rows, groups = [], []
    for name, several in sorted(claimed.items()):
        for n, row in enumerate(sorted(several, key=_place)):
            rows.append((row["reading_id"], second_name(name, row["address"]) if n else name))
            groups.append(row["part_group"])
    out.add_rows("names", rows, buckets=groups)


def _place(row: dict[str, Any]) -> tuple[list[str], int, str]:
    """Where a report stands in the input: files in the order of their paths, reports in that of the file."""
    return row["path"].split("/"), row["number"], row["address"]
