"""The links among the pairs of a bucket, by the rules of `onrecord.reconciling`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.bulk.links.carrying import some_of
from onrecord.bulk.links.shuffle import of_bucket
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.bulk.links.tracing import parted
from onrecord.reconcile.linkers import LINKERS
from onrecord.reconcile.linking import Linked
from onrecord.reconciling import compares_reports, judged, near

__all__ = ["joined"]

#: How many pairs are judged in a go, and how many links are gathered before they are written.
PAIRS, GATHERED = 100, 20_000
#: How many carried nodes are looked at in a go.
AT_ONCE = 200

Row = dict[str, Any]


def joined(task: Task, job: Job, out: Out) -> None:
    """The links of the pairs whose second node is of a bucket, by their kind."""
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    nodes = _Nodes(job, task.number)
    for rule, first, pairs in _pieces(job, task.number):
        kind = LINKERS[rule].kind
        found[kind] += _links(rule, pairs, first | nodes.rows(b for _, b in pairs))
        if len(found[kind]) >= GATHERED:
            out.add_rows("links", found.pop(kind), under=f"kind={kind}")
    for rest, links in sorted(found.items()):
        out.add_rows("links", links, under=f"kind={rest}")


class _Nodes:
    """The nodes of a bucket that something is to be compared with, by their names."""

    def __init__(self, job: Job, bucket: int) -> None:
        carried = of_bucket(job.files("carried"), bucket, ["others"])
        others = [part for table in carried for part in pc.list_flatten(table["others"]).chunks]
        self._table = some_of(job, bucket, pc.unique(pa.chunked_array(others, pa.string())))
        self._place = {name: n for n, name in enumerate(self._table["node"].to_pylist())}

    def rows(self, names: Iterable[str]) -> dict[str, Row]:
        """Some of them."""
        places = sorted({self._place[name] for name in names})
        return {row["node"]: row for row in self._table.take(pa.array(places, pa.int64())).to_pylist()}


def _pieces(job: Job, bucket: int) -> Iterator[tuple[str, dict[str, Row], list[tuple[str, str]]]]:
    """Some pairs of one rule, with the first nodes of them by their names."""
    for table in of_bucket(job.files("carried"), bucket):
        for batch in table.to_batches(max_chunksize=AT_ONCE):
            rows: dict[str, dict[str, Row]] = defaultdict(dict)
            pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for row in batch.to_pylist():
                rule = job.rules[parted(row["node"])[0]]
                rows[rule][row["node"]] = row
                pairs[rule] += [(row["node"], other) for other in row.pop("others")]
            for rule, several in pairs.items():
                yield from ((rule, rows[rule], several[i : i + PAIRS]) for i in range(0, len(several), PAIRS))


def _links(rule: str, pairs: list[tuple[str, str]], rows: dict[str, Row]) -> Iterator[tuple[Any, ...]]:
    """The pairs that a rule joins, by what is kept of them or by their reports, as rows of links."""
    texts = {name: rows[name]["kept"] for pair in pairs for name in pair}
    if compares_reports(rule):
        pairs = list(near(rule, pairs, texts))
        texts = {name: rows[name]["report"] for pair in pairs for name in pair}
    for a, b, link in judged(rule, pairs, texts):
        yield _row(rule, (a, rows[a]["reading_id"]), (b, rows[b]["reading_id"]), link)


def _row(rule: str, one: tuple[str, str], other: tuple[str, str], link: Linked) -> tuple[Any, ...]:
    """A link with the lesser of its ends, each (report, entry), first."""
    ends = sorted((*parted(node)[1:], reading) for node, reading in (one, other))
    (a, a_entry, a_reading), (b, b_entry, b_reading) = ends
    return (rule, a_reading, a, a_entry, b_reading, b, b_entry, link.score, link.reason, link.detail)
