"""`onrecord reconcile FOLDER` on 1 and 2 worker processes: speed, memory, disk, and links equal to those of a record.

python -m benchmarks.bulk_reconcile --data CORPORA --score SCORERS --work FOLDER [--reports 10000] [--part 2000]

The reports are those of `benchmarks.scale`: an invented archive with its annotations, which are written straight into
the files of a bulk folder and into the tables of a record, so that reading them takes no part in what is measured.
"""

from __future__ import annotations

import argparse
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.dataset as ds

from benchmarks.bulk import Watch
from benchmarks.corpora import Corpora
from benchmarks.scale import archived, filled
from onrecord.annotators.settings import Settings
from onrecord.bulk.folder import Folder
from onrecord.bulk.links.keeping import WORK, Reconciled
from onrecord.bulk.links.running import Begun, reconcile
from onrecord.bulk.manifest import MANIFEST, Header
from onrecord.bulk.pieces import Part, Piece
from onrecord.bulk.schema import SCHEMA, schemas
from onrecord.bulk.work import UNFINISHED, Made
from onrecord.bulk.writing import Rows
from onrecord.read import Original
from onrecord.reconcile.linkers import LINKERS
from onrecord.reconciling import reconcile as in_record
from onrecord.record.provenance import current_run
from onrecord.record.store import Record
from onrecord.view.linked import links
from onrecord.view.origins import origins
from onrecord.view.stories import stories
from onrecord.wire import decode

__all__ = ["Measured", "differences", "measured", "written"]

#: How many reports a part of the bulk folder has.
PART = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds by the clock, processor seconds, MB of the largest worker and of the command, MB on the disk."""

    workers: int
    pieces: int
    seconds: float
    processor: float
    worker: float
    command: float
    disk: float


def written(trees: Iterator[dict[str, Any]], out: Path) -> None:
    """Write annotated reports as `onrecord bulk` would."""
    run = current_run(Settings(models=False))
    header = Header(SCHEMA, run.software, run.models, run.settings, run.digest, None, None)
    first = 1
    with Folder(out, header, schemas()) as folder:
        while some := list(islice(trees, PART)):
            part = Part((Piece("/archive.jsonl", "lines", first, first + 1, first, len(some), len(some), ""),))
            rows = Rows(out / UNFINISHED / part.id, part.id, schemas(header))
            for number, tree in enumerate(some, start=first):
                annotated = decode(msgspec.json.encode(tree))
                original = Original(annotated.report.id, "text/plain", "utf-8", b"", ())
                rows.add(annotated, original, part.pieces[0], number)
            rows.write()
            folder.take(part, Made(part.id, tuple(rows.files), len(some), 0, 0, ()))
            first += len(some)


def measured(out: Path, workers: int, part: int) -> tuple[Measured, Reconciled]:
    """One run over a folder in which nothing is linked yet, and what it found."""
    for path in (*map(out.joinpath, ("links", "stories", "origins", WORK)),):
        shutil.rmtree(path, ignore_errors=True)
    (out / "reconciled.json").unlink(missing_ok=True)
    watch, pieces, disk, found = Watch(), 0, 0, None
    watching = threading.Thread(target=watch.look)
    watching.start()
    started = time.perf_counter()
    told: dict[str, float] = {}
    last = started
    try:
        for news in reconcile(out, workers=workers, bucket_reports=part):
            if isinstance(news, Begun):
                pieces = news.tasks
            elif isinstance(news, Reconciled):
                found = news
            else:
                now = time.perf_counter()
                told[news.told] = told.get(news.told, 0) + now - last
                last = now
                if news.done % 10 == 0:
                    disk = max(disk, _bytes(out / WORK))
    finally:
        seconds = time.perf_counter() - started
        watch.ended.set()
        watching.join()
    print("; ".join(f"{stage} {spent:.0f} s" for stage, spent in told.items()), flush=True)
    if found is None:
        raise SystemExit("nothing was found")
    return Measured(workers, pieces, seconds, sum(watch.processor.values()), max(watch.worker_mb, default=0.0),
                    max(watch.command_mb, default=0.0), disk / 2**20), found  # fmt: skip


def differences(out: Path, record: Record) -> list[str]:
    """What a bulk folder has that a record of the same reports has not, or the other way round."""
    wrong = []
    rows: dict[str, list[tuple[Any, ...]]] = {rule: [] for rule in LINKERS}
    names = ["rule", "a", "a_entry", "b", "b_entry", "score", "reason", "detail"]
    for row in ds.dataset(out / "links", partitioning="hive").to_table(names).to_pylist():
        rows[row["rule"]].append(tuple(row[name] for name in names[1:]))
    for rule in LINKERS:
        expected = [(*link.a, *link.b, link.score, link.reason, link.detail) for link in links(record, rule)]
        print(f"{rule}: {len(rows[rule]):,} links, {len(expected):,} in the record")
        wrong += [f"links of {rule}"] * (sorted(rows[rule], key=lambda r: r[:4]) != sorted(expected))
    told = {name: (one.story, len(one.reports), one.origins) for one in stories(record) for name in one.reports}
    found = ds.dataset(out / "stories").to_table().to_pylist()
    wrong += ["stories"] * ({r["report"]: (r["story"], r["reports"], r["origins"]) for r in found} != told)
    shared = {(name, one.reports[0], int(holds)) for one in origins(record).origins
              for holds, names in ((False, one.reports), (True, one.held_by)) for name in names}  # fmt: skip
    counted = [
        (row["report"], row["origin"], row["holds"]) for row in ds.dataset(out / "origins").to_table().to_pylist()
    ]
    return wrong + ["origins"] * (len(counted) != len(shared) or set(counted) != shared)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Measure, print a table, and fail where links are other than those of a record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk_reconcile", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--part", type=int, default=2_000, help="reports compared in one go")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    corpora = Corpora(args.data, args.score, args.work)
    out, path = args.work / f"bulk-{args.reports}", args.work / f"bulk-{args.reports}.db"

    def trees() -> Iterator[dict[str, Any]]:
        return archived(args.work / f"archive-{args.reports}.jsonl", corpora, args.reports)

    if not (out / MANIFEST).exists():
        written(trees(), out)
    rows = []
    for count in args.workers:
        row, found = measured(out, count, args.part)
        rows.append(row)
        print(
            f"{found.reports:,} reports, {found.links}, {found.stories:,} stories, {found.origins:,} origins",
            flush=True,
        )
    print("| workers | reports | pieces | seconds | reports a second | processor seconds | MB of a worker | MB of the "
          "command | MB on the disk |\n|" + " --- |" * 9)  # fmt: skip
    for row in rows:
        print(f"| {row.workers} | {args.reports:,} | {row.pieces} | {row.seconds:,.0f} | "
              f"{args.reports / row.seconds:.1f} | {row.processor:,.0f} | {row.worker:,.0f} | {row.command:,.0f} | "
              f"{row.disk:,.0f} |", flush=True)  # fmt: skip
    for old in args.work.glob(f"{path.name}*"):
        old.unlink()
    with Record.open(path) as record:
        made, first = trees(), 0
        while some := list(islice(made, 2_000)):
            filled(record, some, first)
            first += len(some)
        started, working = time.perf_counter(), time.process_time()
        list(in_record(record, processes=1))
        print(f"\na record on one process: {time.perf_counter() - started:,.0f} seconds, "
              f"{time.process_time() - working:,.0f} of the processor")  # fmt: skip
        wrong = differences(out, record)
    if wrong:
        raise SystemExit(f"other than in the record: {', '.join(wrong)}")
    print("links, stories and origins are those of the record")


if __name__ == "__main__":
    main()
