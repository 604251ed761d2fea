"""Whether the reading room holds: many readers and a writer for minutes, no failing answer, and memory that stays.

python -m benchmarks.soak [--seconds 600] [--readers 20] [--reports 400] [--record FILE] [--work FOLDER]

The record is FILE (which is added to), or is made of invented reports: the sample reports in `demo` with other names,
words and dates (`benchmarks.perturbed`), read by the rules alone. The real server is started, with two processes. Each
reader asks for pages, answers of the API and tables drawn at random, looking at each for a pause; meanwhile the writer
adds a report, decides about one of its statements, and links what is new, again and again.

Told are the answers by status, how long the readers waited, and the server's memory (resident, of all its processes)
at the start, every minute and at the end. It fails if an answer has a status of 500 or more or doesn't come, if the
writer fails, or if the memory at the end, as the median of its last measurements, is more than `--growth` MB above
that after the warm-up.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psutil

from benchmarks.pages import PORT, drawn, wait
from benchmarks.perturbed import Base, archive
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read import received
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record.provenance import current_run
from onrecord.record.store import Record

__all__ = ["Memory", "Soaked", "soaked"]

SEED = 1962
RULES = Settings(models=False)
SAMPLES = Path(__file__).parents[1] / "demo" / "reports"
#: How many invented reports are published a day.
A_DAY = 20
#: Seconds between two measurements of memory, and how many of them make one figure.
EVERY, TOGETHER = 5.0, 6
#: The share of the time that is warm-up: caches fill, and every kind of page is asked for.
WARM = 0.3


@dataclass(slots=True)
class Memory:
    """The server's resident memory in MB, by seconds since the start."""

    measured: list[tuple[float, float]] = field(default_factory=list)

    def around(self, moment: float) -> float:
        """The median of the measurements nearest to a moment."""
        nearest = sorted(self.measured, key=lambda one: abs(one[0] - moment))[:TOGETHER]
        return statistics.median(size for _, size in nearest)


@dataclass(frozen=True, slots=True)
class Soaked:
    """What came of it: the answers by status (0 where none came), seconds waited, memory, and what was written."""

    statuses: Mapping[int, int]
    waited: Sequence[float]
    memory: Memory
    written: int
    faults: Sequence[str]


def _trees(count: int) -> Iterator[dict[str, Any]]:
    """So many invented reports."""
    bases = []
    for one in received([str(SAMPLES)], published=None, publisher=None):
        if isinstance(one, Received):
            tree = msgspec.json.decode(msgspec.json.encode(annotated(one.report, RULES)))
            bases.append(Base(tree, tree["report"]["id"]))
    return archive(bases, count, a_day=A_DAY, seed=SEED)


def _written(record: Record, tree: Mapping[str, Any]) -> str:
    """Add one report with its reading; its id in the record."""
    one = tree["report"]
    made = report(one["text"], id=one["id"], title=one["title"], publisher=one["publisher"], published=one["published"])
    size = len(made.text)
    original = Original(f"/soak/{one['id']}", "text/plain", "utf-8", made.text.encode(), ((0, 0, size),))
    return record.add(Received(made, original), annotated(made, RULES), current_run(RULES)).report_id


def _writer(path: Path, trees: Iterator[dict[str, Any]], until: float, faults: list[str]) -> int:
    """Add, decide and link until the time is up; how often."""
    done = 0
    try:
        with Record.open(path) as record:
            while time.monotonic() < until:
                name = _written(record, next(trees))
                for one in record.annotated(name).attributions[:1]:
                    record.correct("accept", f"{name}:{one.id}", author="A. Writer", reason="read it")
                if done % 5 == 0:
                    list(reconcile(record))
                done += 1
                time.sleep(0.5)
    except Exception as error:
        faults.append(f"the writer: {error!r}")
        raise
    return done


def _asked(record: Record, rng: random.Random) -> Mapping[str, Callable[[], str]]:
    """What readers ask for: every kind of page, and some answers of the API and tables."""
    kinds = dict(drawn(record, rng))
    kinds |= {
        "API: search": lambda: kinds["search, a name"]().replace("/search?", "/api/search?"),
        "API: today": lambda: "/api/today",
        "API: who": lambda: "/api/who?limit=100",
        "API: figures": lambda: "/api/figures?limit=100",
        "API: report": lambda: kinds["report"]().replace("/report/", "/api/reports/"),
        "table: search": lambda: "/search?q=said&format=csv",
        "not there": lambda: f"/report/none-{rng.random()}",
    }
    return kinds


def _reader(kinds: Mapping[str, Callable[[], str]], until: float, pause: float, number: int) -> list[tuple[int, float]]:
    """Ask until the time is up: the status and the seconds of each answer."""
    rng, names, found = random.Random(number), sorted(kinds), []  # noqa: S311 - no secrets
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                status = client.get(kinds[rng.choice(names)]()).status_code
            except httpx.TransportError:
                status = 0
            found.append((status, time.monotonic() - began))
            time.sleep(pause * rng.uniform(0.5, 1.5))
    return found


def _resident(server: psutil.Process) -> float:
    """The resident memory of a process and its children, in MB."""
    return sum(one.memory_info().rss for one in (server, *server.children(recursive=True))) / 2**20


def _watched(server: psutil.Process, memory: Memory, began: float, stop: threading.Event) -> None:
    told = 0
    while not stop.is_set():
        now = time.monotonic() - began
        memory.measured.append((now, _resident(server)))
        if now >= told * 60:
            print(f"{told} min: {memory.measured[-1][1]:.0f} MB", file=sys.stderr, flush=True)
            told += 1
        stop.wait(EVERY)


def soaked(path: Path, trees: Iterator[dict[str, Any]], *, seconds: float, readers: int, pause: float) -> Soaked:
    """Serve a record to readers while a writer adds to it.

    Args:
        path: the record's file.
        trees: the reports that are added.
    """
    with Record.open(path) as record:
        kinds = _asked(record, random.Random(SEED))  # noqa: S311 - no secrets
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "--record",
        str(path),
        "serve",
        "--port",
        str(PORT),
        "--processes",
        "2",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    memory, stop, faults = Memory(), threading.Event(), list[str]()
    try:
        wait()
        began = time.monotonic()
        until = began + seconds
        with ThreadPoolExecutor(readers + 2) as pool:
            watching = pool.submit(_watched, psutil.Process(server.pid), memory, began, stop)
            writing = pool.submit(_writer, path, trees, until, faults)
            reading = [pool.submit(_reader, kinds, until, pause, number) for number in range(readers)]
            answers = [one for each in reading for one in each.result()]
            written = writing.result()
            stop.set()
            watching.result()
    finally:
        stop.set()
        server.terminate()
        server.wait()
    return Soaked(Counter(status for status, _ in answers), [took for _, took in answers], memory, written, faults)


def _made(path: Path, trees: Iterator[dict[str, Any]], count: int) -> None:
    with Record.open(path) as record:
        for _ in range(count):
            _written(record, next(trees))
        list(reconcile(record))


def _told(one: Soaked, seconds: float) -> None:
    waited = sorted(one.waited)
    print(f"answers: {len(waited)}; reports added meanwhile: {one.written}")
    print("by status: " + ", ".join(f"{status}: {count}" for status, count in sorted(one.statuses.items())))
    late = waited[min(len(waited) - 1, int(0.95 * len(waited)))]
    print(f"waited: median {1000 * statistics.median(waited):.0f} ms, 95 of 100 under {1000 * late:.0f} ms")
    print("\n| minute | memory, MB |\n| --- | --- |")
    for moment in range(0, int(seconds) + 1, 60):
        print(f"| {moment // 60} | {one.memory.around(moment):.0f} |")


def main() -> None:
    """Make or take a record, soak it, print what came of it, and fail if it did not hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a reader looks at a page, on average")
    parser.add_argument("--reports", type=int, default=400, help="how many reports are in the record that is made")
    parser.add_argument("--record", type=Path, help="a record to take, and to add to, instead")
    parser.add_argument("--growth", type=float, default=40, help="MB that memory may grow by after the warm-up")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trees = _trees(args.reports + int(args.seconds * 2) + 1)
        path = args.record or Path(folder) / "soak.db"
        if args.record is None:
            _made(path, trees, args.reports)
        one = soaked(path, trees, seconds=args.seconds, readers=args.readers, pause=args.pause)
    _told(one, args.seconds)
    grown = one.memory.around(args.seconds) - one.memory.around(WARM * args.seconds)
    failing = sum(count for status, count in one.statuses.items() if status >= 500 or status == 0)
    print(f"\nafter the warm-up of {WARM * args.seconds:.0f} s memory grew by {grown:.0f} MB; {failing} answers failed")
    if grown > args.growth or failing or one.faults:
        sys.exit("it did not hold: " + "; ".join([*one.faults, f"{grown:.0f} MB more", f"{failing} answers failed"]))


if __name__ == "__main__":
    main()
