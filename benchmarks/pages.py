"""How long the reading room's pages take on a large record, asked by several readers at once.

python -m benchmarks.pages --record FILE [--readers 10] [--seconds 60] [--pause 1]

The record is one that `benchmarks.scale` left. Its reports are in no table of single annotations, which reconciling
does not read; so these are filled first, once. Then the real server is started, and each reader asks for pages drawn at
random, one after the other, looking at each for a pause (with none the server is never idle). What is told is the time
to the last byte, by kind of page, as the readers wait for it; and the size of a page as it is sent.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from sqlalchemy import func, insert, select

from onrecord.record import tables as t
from onrecord.record.rows import rows
from onrecord.record.store import Record
from onrecord.wire import decode

__all__ = ["PORT", "Asked", "completed", "drawn", "wait"]

PORT = 8490
SEED = 1962
#: How many of each thing are drawn, for addresses to be made of.
SAMPLE = 300
#: How many readings get their rows in one transaction.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One page asked for: its kind, the seconds to its last byte, its size as sent, and whether it came."""

    kind: str
    seconds: float
    size: int
    came: bool


def completed(record: Record) -> int:
    """Fill the tables of single annotations for the readings that are not in them; how many these were."""
    tables = list(t.ANNOTATIONS)
    with record.reading() as connection:
        last = connection.execute(select(func.max(t.entities.c.reading_id))).scalar() or 0
        waiting = list(connection.execute(
            select(t.readings.c.id).where(t.readings.c.id > last).order_by(t.readings.c.id)
        ).scalars())  # fmt: skip
    for first in range(0, len(waiting), AT_ONCE):
        with record.writing() as connection:
            some = waiting[first : first + AT_ONCE]
            found: dict[str, list[Mapping[str, object]]] = defaultdict(list)
            for row in connection.execute(select(t.readings.c.id, t.readings.c.annotated)
                                          .where(t.readings.c.id.between(some[0], some[-1]))):  # fmt: skip
                for name, made in rows(decode(row.annotated)).items():
                    found[name] += [{"reading_id": row.id, **each} for each in made]
            for table in tables:
                if found[table.name]:
                    connection.execute(insert(table), found[table.name])
    return len(waiting)


def drawn(record: Record, rng: random.Random) -> dict[str, Callable[[], str]]:
    """For each kind of page a function that gives the address of one, drawn at random from the record."""
    with record.reading() as connection:
        reports = list(connection.execute(select(t.reports.c.id)).scalars())
        some = rng.sample(reports, min(SAMPLE, len(reports)))
        v, r = t.versions.c, t.readings.c
        query = select(v.report_id, r.id).join_from(t.versions, t.readings, r.version_id == v.id)
        reading = {row.report_id: row.id for row in connection.execute(query.where(v.report_id.in_(some)))}
        entries: dict[str, list[tuple[str, str]]] = {}
        for table in (t.attributions, t.events, t.figures):
            of = {number: name for name, number in reading.items()}
            asked = select(table.c.reading_id, table.c.id).where(table.c.reading_id.in_(list(of)))
            entries[table.name] = [(of[row.reading_id], row.id) for row in connection.execute(asked)]
        names = list(connection.execute(
            select(t.entities.c.name).where(t.entities.c.reading_id.in_(list(reading.values())),
                                            t.entities.c.type != "place")
        ).scalars())  # fmt: skip
        places = list(connection.execute(
            select(t.places.c.name).where(t.places.c.reading_id.in_(list(reading.values())))
        ).scalars())  # fmt: skip
        days = sorted(day[:10] for day in connection.execute(select(v.published).where(v.report_id.in_(some)))
                      .scalars() if day)  # fmt: skip

    def path(prefix: str, family: str) -> Callable[[], str]:
        def made() -> str:
            report, entry = rng.choice(entries[family])
            return f"{prefix}/{quote(report, safe='')}/{quote(entry, safe='')}"

        return made

    def one(of: Sequence[str], before: str) -> Callable[[], str]:
        return lambda: before + quote(rng.choice(of), safe="")

    return {
        "today": lambda: "/",
        "today, another day": lambda: "/?since={0}&until={0}".format(rng.choice(days)),
        "report": one(some, "/report/"),
        "entry: statement": path("/report", "attributions"),
        "entry: event": path("/report", "events"),
        "search, a name": one(names, "/search?q="),
        "search, a place": one(places, "/search?place="),
        "search, a speaker": one(names, "/search?speaker="),
        "who": lambda: "/who",
        "who, one": one(names, "/who/"),
        "accounts": lambda: "/accounts",
        "accounts of an event": path("/accounts", "events"),
        "accounts of a statement": path("/accounts", "attributions"),
        "how many": lambda: "/how-many",
        "how many, one figure": path("/how-many", "figures"),
        "where": lambda: "/where",
        "when": lambda: "/when",
        "when, from a day": one(days, "/when?from="),
        "review": lambda: "/review",
    }


def _reader(kinds: Mapping[str, Callable[[], str]], until: float, pause: float, rng: random.Random) -> Iterator[Asked]:
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
        while time.perf_counter() < until:
            kind = rng.choice(sorted(kinds))
            began = time.perf_counter()
            with client.stream("GET", kinds[kind]()) as answer:
                size = sum(len(part) for part in answer.iter_raw())
            yield Asked(kind, time.perf_counter() - began, size, answer.status_code == 200)
            time.sleep(pause * rng.uniform(0.5, 1.5))


def _row(kind: str, asked: Sequence[Asked]) -> str:
    times = sorted(one.seconds for one in asked)
    late = times[min(len(times) - 1, int(0.95 * len(times)))]
    failed = sum(not one.came for one in asked)
    largest = max(one.size for one in asked) / 1024
    middle = statistics.median(times)
    return f"| {kind} | {len(asked)} | {1000 * middle:.0f} | {1000 * late:.0f} | {largest:.0f} | {failed} |"


def main() -> None:
    """Fill, serve, ask, print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--record", type=Path, required=True, help="a record that benchmarks.scale left")
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a reader looks at a page, on average")
    args = parser.parse_args()
    rng = random.Random(SEED)  # noqa: S311 - no secrets
    with Record.open(args.record) as record:
        print(f"{completed(record):,} readings filled in", file=sys.stderr)
        kinds = drawn(record, rng)
    command = [sys.executable, "-m", "onrecord", "--record", str(args.record), "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait()
        until = time.perf_counter() + args.seconds
        with ThreadPoolExecutor(args.readers) as pool:
            asked = [one for found in pool.map(lambda n: list(_reader(kinds, until, args.pause, random.Random(n))),  # noqa: S311
                                               range(args.readers)) for one in found]  # fmt: skip
    finally:
        server.terminate()
        server.wait()
    print("| page | asked | median, ms | 95 of 100, ms | largest, kB | failed |\n| --- | --- | --- | --- | --- | --- |")
    of: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        of[one.kind].append(one)
    for kind in kinds:
        if of[kind]:
            print(_row(kind, of[kind]))
    print(_row("all", asked))


def wait() -> None:
    """Wait until the server answers."""
    for _ in range(300):
        try:
            httpx.get(f"http://127.0.0.1:{PORT}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
