"""`onrecord bulk` on 1 and 2 worker processes: speed, memory, output equal to `annotate`, and workers that are killed.

python -m benchmarks.bulk --data CORPORA --score SCORERS --work FOLDER [--reports 20000] [--compare 2000] [--kills 20]
    [--corpora NAME ...] [--plot FILE]

The reports are those of the dev parts of some corpora (gva_incidents and PolNeAR, unless others are named) with other
words, names and dates (`benchmarks.perturbed`), as JSON lines. On a machine that others use too, the processor's time
says more than the clock: `expected` is how much faster two workers are than one if each has a core for itself.
"""

from __future__ import annotations

import argparse
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice, pairwise
from pathlib import Path
from statistics import fmean

import msgspec
import psutil
import pyarrow.dataset as ds

from benchmarks.corpora import Corpora
from benchmarks.perturbed import Base, archive
from benchmarks.plot import Curve, plot
from onrecord.annotators.settings import Settings
from onrecord.batch import readings
from onrecord.bulk.manifest import MANIFEST, Entered
from onrecord.bulk.running import Done, bulk
from onrecord.errors import OnrecordError
from onrecord.model import SCHEMA, Annotated, sha256
from onrecord.read import received
from onrecord.wire import encode

__all__ = ["Measured", "Watch", "killed", "measured"]

CORPORA = ("gva_incidents", "polnear")
A_DAY, SEED = 100, 1962
#: Seconds between two looks at the memory.
LOOK = 1.0
#: Points of a curve.
STRETCHES = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds by the clock, processor seconds of all its processes, MB of the largest worker and of this."""

    workers: int
    reports: int
    seconds: float
    processor: float
    worker_early: float
    worker_late: float
    command: float
    progress: tuple[tuple[int, float], ...]  # how many reports were done after so many seconds


@dataclass
class Watch:
    """Looks at this process and its workers from time to time, in a thread of its own."""

    worker_mb: list[float] = field(default_factory=list)
    command_mb: list[float] = field(default_factory=list)
    processor: dict[int, float] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        me = psutil.Process()
        before = sum(me.cpu_times()[:2])
        while not self.ended.wait(LOOK):
            sizes = [0.0]
            for child in me.children(recursive=True):
                try:
                    sizes.append(child.memory_info().rss / 2**20)
                    self.processor[child.pid] = sum(child.cpu_times()[:2])
                except psutil.NoSuchProcess:
                    continue
            self.worker_mb.append(max(sizes))
            self.command_mb.append(me.memory_info().rss / 2**20)
            self.processor[me.pid] = sum(me.cpu_times()[:2]) - before


def wire(corpora: Corpora, count: int, names: Sequence[str] = CORPORA) -> Path:
    """The file of so many reports, made once."""
    path = corpora.work / f"bulk-{'-'.join(names)}-{count}.jsonl"
    if not path.exists():
        nothing = ((), (), (), (), (), ())
        bases = [
            Base(msgspec.to_builtins(Annotated(SCHEMA, item.report, *nothing)), item.report.id)
            for name in names
            for item in corpora.reports(name)
        ]
        making = path.with_suffix(".making")
        with making.open("wb") as lines:
            for tree in archive(bases, count, a_day=A_DAY, seed=SEED):
                kept = {key: tree["report"][key] for key in ("id", "text", "title", "published", "publisher")}
                lines.write(msgspec.json.encode(kept) + b"\n")
        making.rename(path)
    return path


def measured(path: Path, out: Path, workers: int, *, models: bool) -> Measured:
    """One run over a file into an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    watch, done, progress = Watch(), 0, [(0, 0.0)]
    watching = threading.Thread(target=watch.look)
    watching.start()
    started = time.perf_counter()
    try:
        for news in bulk([path], out, workers=workers, models=models):
            if isinstance(news, Done):
                done += news.entered.reports
                progress.append((done, time.perf_counter() - started))
    finally:
        seconds = time.perf_counter() - started
        watch.ended.set()
        watching.join()
    # The first fifth is left out: models are loaded, and the first parts of a worker fill its memory.
    full = watch.worker_mb[len(watch.worker_mb) // 5 :]
    quarter = max(1, len(full) // 4)
    return Measured(
        workers, done, seconds, sum(watch.processor.values()), fmean(full[:quarter] or [0]),
        fmean(full[-quarter:] or [0]), max(watch.command_mb, default=0.0), tuple(progress),
    )  # fmt: skip


def hashes(out: Path) -> Counter[str]:
    """The SHA-256 of the readings in a folder, each with how often."""
    return Counter(ds.dataset(out / "readings", partitioning="hive").to_table(["sha256"])["sha256"].to_pylist())


def annotated(path: Path, count: int, settings: Settings) -> Counter[str]:
    """The SHA-256 of the lines that `onrecord annotate --format jsonl` prints for the first reports of a file."""
    arrivals = islice(received([path]), count)
    return Counter(
        sha256(encode(one).decode()) for one in readings(arrivals, settings) if not isinstance(one, OnrecordError)
    )


def _workers() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):  # one that has just ended has no command line
            if "spawn_main" in " ".join(process.cmdline()):
                found.append(process)
    return found


def killed(path: Path, out: Path, expected: Counter[str], chance: random.Random, *, models: bool) -> tuple[int, bool]:
    """One run in which workers are killed at random times: how many were, and whether all and nothing else is there."""
    shutil.rmtree(out, ignore_errors=True)
    kills, ended = 0, threading.Event()
    wanted = chance.randrange(1, 4)

    def kill() -> None:
        nonlocal kills
        while kills < wanted and not ended.wait(chance.uniform(0.0, 6.0)):
            alive = _workers()
            with suppress(psutil.Error):
                if alive:
                    chance.choice(alive).kill()
                    kills += 1

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        list(bulk([path], out, workers=2, models=models, part_reports=4))
    finally:
        ended.set()
        killer.join()
    entries = [msgspec.json.decode(line) for line in (out / MANIFEST).read_bytes().splitlines()[1:]]
    parts = [msgspec.convert(entry, Entered) for entry in entries]
    pieces = [(piece.path, piece.start) for part in parts for piece in part.pieces]
    whole = len(pieces) == len(set(pieces)) and not list(out.glob(".*"))
    return kills, whole and hashes(out) == expected


def main() -> None:
    """Measure, print tables, and fail where something is lost, doubled or other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulk", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made")
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--compare", type=int, default=2_000, help="how many reports are compared with annotate's")
    parser.add_argument("--kills", type=int, default=20, help="how many runs have workers killed")
    parser.add_argument("--kill-reports", type=int, default=60, help="reports in such a run")
    parser.add_argument(
        "--first", type=int, help="reports of the run with the fewest workers, if not all (its pace counts)"
    )
    parser.add_argument("--corpora", nargs="+", default=CORPORA, help="what the reports are made from")
    parser.add_argument("--plot", type=Path, help="where the curves are drawn (SVG)")
    parser.add_argument("--no-models", action="store_true")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    corpora = Corpora(args.data, args.score, args.work)
    settings = Settings(models=not args.no_models)
    wrong: list[str] = []
    if args.reports:
        path = wire(corpora, args.reports, args.corpora)
        paths = [_first(path, args.first), *[path] * (len(args.workers) - 1)]
        rows, wrong = speed(paths, args.work, args.workers, args.compare, settings)
        if args.plot:
            args.plot.write_text(plot([_pace(row) for row in rows], across="reports read"), encoding="utf-8")
    if args.kills:
        path = wire(corpora, args.kill_reports)
        expected, chance, good, times = annotated(path, args.kill_reports, settings), random.Random(SEED), 0, 0  # noqa: S311
        for _ in range(args.kills):
            count, whole = killed(path, args.work / "killed", expected, chance, models=settings.models)
            good, times = good + whole, times + count
        print(f"\n{times} workers killed in {args.kills} runs: nothing lost and nothing doubled in {good}")
        wrong += ["a killed worker lost or doubled a reading"] * (good < args.kills)
    if wrong:
        raise SystemExit("; ".join(wrong))


def _pace(row: Measured) -> Curve:
    """Reports a second in each of some stretches of a run; the first, in which models are loaded, is left out."""
    chosen = [row.progress[len(row.progress) * n // STRETCHES] for n in range(STRETCHES)] + [row.progress[-1]]
    points = [(float(b), (b - a) / (t - s)) for (a, s), (b, t) in pairwise(chosen) if t > s][1:]
    return Curve(f"reports a second, {row.workers} worker{'s' * (row.workers > 1)}", points)


def _first(path: Path, count: int | None) -> Path:
    """A file of the first lines of another; the other itself without a count."""
    if count is None:
        return path
    part = path.with_name(f"{path.stem}-first-{count}.jsonl")
    with path.open("rb") as lines:
        part.write_bytes(b"".join(islice(lines, count)))
    return part


def speed(
    paths: Sequence[Path], work: Path, workers: Sequence[int], compare: int, settings: Settings
) -> tuple[list[Measured], list[str]]:
    """Print the table of runs with so many workers each; the runs, and what is wrong with their output."""
    rows, outputs = [], []
    print("| workers | reports | seconds | reports a second | processor seconds | MB of a worker, early | late | MB of "
          "the command |\n|" + " --- |" * 8)  # fmt: skip
    for path, count in zip(paths, workers, strict=True):
        row = measured(path, work / f"bulk-out-{count}", count, models=settings.models)
        rows.append(row)
        outputs.append(hashes(work / f"bulk-out-{count}"))
        print(f"| {row.workers} | {row.reports:,} | {row.seconds:,.0f} | {row.reports / row.seconds:.2f} | "
              f"{row.processor:,.0f} | {row.worker_early:,.0f} | {row.worker_late:,.0f} | {row.command:,.0f} |",
              flush=True)  # fmt: skip
    first, last = rows[0], rows[-1]
    by_clock = last.reports / last.seconds / (first.reports / first.seconds)
    costs = [row.processor / row.reports / row.workers for row in (first, last)]
    print(
        f"\n{last.workers} workers against {first.workers}: {by_clock:.2f} times as fast by the clock, "
        f"{costs[0] / costs[1]:.2f} expected"
    )
    wrong = ["the output depends on the number of workers"] * any(outputs[0] - one for one in outputs)
    some = annotated(paths[-1], compare, settings)
    equal = sum((some & outputs[-1]).values())
    print(f"{equal} of {some.total()} readings are byte for byte those of annotate")
    return rows, wrong + ["the output is not that of annotate"] * (equal < some.total())


if __name__ == "__main__":
    main()
