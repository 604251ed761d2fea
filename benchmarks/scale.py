"""Reconciling an archive that grows: how long it takes altogether, and how long one more report takes.

python -m benchmarks.scale --data CORPORA --score SCORERS --work FOLDER [--reports 100000] [--plot FILE.svg]

The archive is made of the dev reports of gva_incidents and PolNeAR (`benchmarks.perturbed`) and written straight into
the tables of a record, without the tables of single annotations, which reconciling does not read. Then the reports are
reconciled as they come, by every rule: at each size the time so far, and what one report more takes (the processor's
time, since other work on the machine would disturb so short a time by the clock).
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import psutil
from sqlalchemy import func, insert, select

from benchmarks.accuracy import predictions
from benchmarks.corpora import Corpora, Scored
from benchmarks.perturbed import Base, archive
from benchmarks.plot import Curve, plot
from onrecord.annotators.settings import Settings
from onrecord.model import sha256
from onrecord.reconcile.linkers import LINKERS
from onrecord.reconciling import reconcile
from onrecord.record import tables as t
from onrecord.record.store import Record

__all__ = ["Measured", "archived", "bases", "filled", "measured"]

#: Sizes at which the time is taken, as far as the archive reaches them.
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
#: How many reports are reconciled one by one at each size.
SINGLE = 30
#: How many reports the archive gets a day.
A_DAY = 100
SEED = 1962


@dataclass(frozen=True, slots=True)
class Measured:
    """At one size: seconds of reconciling so far, processor seconds of one report more (median), most memory in MB."""

    reports: int
    seconds: float
    one_more: float
    memory: float


def bases(corpora: Corpora) -> list[Base]:
    """The annotated reports that the archive is made from, read by the rules alone."""
    incident_of = {}
    for line in corpora.gold("gva_incidents").read_bytes().splitlines():
        incident = json.loads(line)
        incident_of.update({article["id"]: incident["id"] for article in incident["articles"]})
    found = []
    for name, scorer in (("gva_incidents", "same_event"), ("polnear", "attributions")):
        path = corpora.work / f"{name}-dev-predicted.jsonl"
        if not path.exists():  # from an earlier measurement
            path = predictions(corpora, Scored(name, scorer, ()), Settings(models=False))
        for line in path.read_bytes().splitlines():
            tree = json.loads(line)
            found.append(Base(tree, incident_of.get(tree["report"]["id"], tree["report"]["id"])))
    return found


def filled(record: Record, trees: Sequence[dict[str, Any]], first: int) -> None:
    """Write reports with their readings into a record's tables; `first` is the number of the first."""
    with record.writing() as connection:
        if first == 0:
            connection.execute(insert(t.originals).values(sha256="0", size=0, data=b""))
            connection.execute(
                insert(t.runs).values(
                    id=1, digest="0", started_at="2031-01-01", software="", models="[]", settings="{}"
                )
            )
        reports, versions, readings = [], [], []
        for number, tree in enumerate(trees, start=first + 1):
            line, one = msgspec.json.encode(tree).decode(), tree["report"]
            reports.append({"id": one["id"], "address": one["id"], "first_seen": ""})
            versions.append({
                "id": number, "report_id": one["id"], "number": 1, "version": one["version"], "given_id": one["id"],
                "text": one["text"], "sha256": one["sha256"], "title": one["title"], "publisher": one["publisher"],
                "publisher_key": None, "published": one["published"], "url": None, "language": "en", "credit": None,
                "agency": None, "filed_from": None, "original_sha256": "0", "media_type": "text/plain",
                "encoding": "utf-8", "segments": "[]", "received_at": "",
            })  # fmt: skip
            readings.append({"id": number, "version_id": number, "run_id": 1, "annotated": line, "sha256": sha256(line),
                             "read_at": ""})  # fmt: skip
        for table, rows in ((t.reports, reports), (t.versions, versions), (t.readings, readings)):
            connection.execute(insert(table), rows)


def measured(
    record: Record, trees: Iterator[dict[str, Any]], sizes: Sequence[int], processes: int
) -> Iterator[Measured]:
    """Fill and reconcile a record to each size in turn."""
    there, spent, most = 0, 0.0, 0.0
    for size in sizes:
        while there < size - SINGLE:
            some = list(islice(trees, min(2_000, size - SINGLE - there)))
            filled(record, some, there)
            there += len(some)
        started = time.perf_counter()
        for _ in reconcile(record, processes=processes):
            most = max(most, _memory())
        spent += time.perf_counter() - started
        single = []
        for _ in range(SINGLE):
            filled(record, [next(trees)], there)
            there += 1
            began, working = time.perf_counter(), time.process_time()
            list(reconcile(record))
            single.append(time.process_time() - working)
            spent += time.perf_counter() - began
        yield Measured(there, spent, statistics.median(single), most)


def archived(path: Path, corpora: Corpora, count: int) -> Iterator[dict[str, Any]]:
    """The archive's reports, made once and kept in a file, so that making them does not mix with the measurement."""
    if not path.exists():
        making = path.with_suffix(".making")
        with making.open("wb") as lines:
            for tree in archive(bases(corpora), count, a_day=A_DAY, seed=SEED):
                lines.write(msgspec.json.encode(tree) + b"\n")
        making.rename(path)
    with path.open("rb") as lines:
        yield from map(msgspec.json.decode, lines)


def _memory() -> float:
    """What this process and its children hold at this moment, in MB."""
    me = psutil.Process()
    return float(sum(p.memory_info().rss for p in (me, *me.children(recursive=True))) / 2**20)


def main() -> None:
    """Measure, print a table, and draw the two curves if asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made; the record stays there")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--plot", type=Path, help="an SVG file to draw the curves into")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    path = args.work / "archive.db"
    for old in args.work.glob("archive.db*"):
        old.unlink()
    made = archived(args.work / "archive.jsonl", Corpora(args.data, args.score, args.work), args.reports + 1_000)
    sizes = [size for size in SIZES if size < args.reports] + [args.reports]
    rows = []
    print("| reports | seconds of reconciling | seconds for one more | memory, MB |\n| --- | --- | --- | --- |")
    with Record.open(path) as record:
        for row in measured(record, made, sizes, args.processes):
            rows.append(row)
            print(f"| {row.reports:,} | {row.seconds:,.0f} | {row.one_more:.3f} | {row.memory:,.0f} |", flush=True)
        with record.reading() as connection:
            for rule in LINKERS:
                n = t.nodes.c
                of_rule = select(n.id).where(n.rule == rule).scalar_subquery()
                counted = select(func.count()).select_from(t.links).where(t.links.c.a.in_(of_rule))
                print(f"{rule}: {connection.execute(counted).scalar_one():,} links")
    if args.plot:
        curves = [
            Curve("seconds of reconciling, altogether", [(r.reports, r.seconds) for r in rows]),
            Curve("milliseconds for one report more", [(r.reports, 1000 * r.one_more) for r in rows]),
        ]
        args.plot.write_text(plot(curves, across="reports in the record"), encoding="utf-8")


if __name__ == "__main__":
    main()
