"""Several people at once at one record: does anything fail, is anything lost, and how long does it take?

python -m benchmarks.shared --record ADDRESS [--writers 8] [--readers 20] [--seconds 60]

The record must be an empty one. Each writer adds reports of its own, new versions of one report that all of them add
to, and corrections of one report that all of them correct; one writer links the reports too. Each reader asks for what
pages ask for, and looks whether a question that is asked twice of one moment gives the same, and whether anything that
was there is gone. At the end everything that a writer was told is stored must be there, with numbers without a gap.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import func, select

import onrecord
from onrecord.model import Annotated
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record import tables as t
from onrecord.record.provenance import Run, run
from onrecord.record.store import Record
from onrecord.view.asked import Asked
from onrecord.view.finds import finds
from onrecord.view.lately import lately, newest
from onrecord.view.timeline import timeline

__all__ = ["Load", "faults", "stressed"]

TOGETHER = "/together"
CORRECTED = "/corrected"
RUN = run(software="onrecord 0.1.0", settings={"models": False})
#: Reading is done by one thread at a time; what is measured is the record.
_ONE_READS = threading.Lock()
_TEXT = "Police in Port Kesra said on Monday that {n} people died when the {what} burned. The mayor denied it."


@dataclass
class Load:
    """What was done; `written` and `asked` in seconds each, `errors` in words, `stored` the addresses of reports."""

    written: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    together: list[str] = field(default_factory=list)
    corrections: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        def told(name: str, times: list[float]) -> str:
            if len(times) < 2:
                return f"{name}: {len(times)}"
            middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            return f"{name}: {len(times)}, median {1000 * middle:.0f} ms, 95 % within {1000 * slow:.0f} ms"

        return "\n".join([told("written", self.written), told("asked", self.asked), f"errors: {len(self.errors)}"])


def stressed(address: str, *, seconds: float, writers: int = 8, readers: int = 20, least: int = 4) -> Load:
    """What came of so many writers and readers at one record for some seconds; see `faults` for what was lost.

    Args:
        least: how often each does something, however slow the machine.
    """
    load, ends = Load(), [0.0]
    with Record.open(address, wait=60) as record:
        made = _reading("one", CORRECTED)
        record.add(*made)
        entry = f"{record.annotated(CORRECTED).report.id}:{made[1].figures[0].id}"
    gate = threading.Barrier(writers + readers, lambda: ends.append(time.monotonic() + seconds))

    def work(name: int, act: Callable[[Record, int, random.Random], None], times: list[float]) -> None:
        chance = random.Random(name)  # noqa: S311
        with Record.open(address, wait=60) as own:
            gate.wait()
            n = 0
            while n < least or time.monotonic() < ends[-1]:
                started = time.monotonic()
                try:
                    act(own, n, chance)
                except Exception as error:  # noqa: BLE001  # whatever goes wrong is what is looked for
                    load.errors.append(f"{type(error).__name__}: {error}")
                times.append(time.monotonic() - started)
                n += 1

    def write(name: int) -> Callable[[Record, int, random.Random], None]:
        def act(record: Record, n: int, _: random.Random) -> None:
            if n % 4 == 1:
                added = record.add(*_reading(f"{name}.{n}", TOGETHER))
                load.together.append(added.version)
            elif n % 4 == 2:
                done = record.correct("edit", entry, field="qualifier", value="about" if n % 8 == 2 else "exactly",
                                      author=f"writer {name}", reason=f"number {n}")  # fmt: skip
                load.corrections.append(done.correction.number)
            elif n % 4 == 3 and name == 0:
                list(reconcile(record))
            else:
                record.add(*_reading(f"{name}.{n}", f"/{name}/{n}"))
                load.stored.append(f"/{name}/{n}")

        return act

    def read() -> Callable[[Record, int, random.Random], None]:
        seen: list[int] = [0]

        def act(record: Record, _: int, chance: random.Random) -> None:
            with record.reading() as connection:
                count = select(func.count()).select_from(t.readings)
                before = connection.execute(count).scalar_one()
                lately(connection, newest(since=None, until=None, most=50), most=50)
                after = connection.execute(count).scalar_one()
            if before != after or after < seen[0]:
                load.errors.append(f"a reader saw {seen[0]} readings, then {before}, then {after}")
            seen[0] = after
            match chance.randrange(4):
                case 0:
                    finds(record, Asked(words="people burned", kind=chance.choice(["statement", "report"])))
                case 1:
                    record.search("port kesra", limit=5)
                case 2:
                    record.annotated(CORRECTED)
                case _:
                    timeline(record, since="1958", until="1958-03")

        return act

    acts = [(n, write(n), load.written) for n in range(writers)]
    acts += [(writers + n, read(), load.asked) for n in range(readers)]
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(work, *act) for act in acts]:
            done.result()
    return load


def faults(address: str, load: Load) -> list[str]:
    """What was told to be stored and is not there, or not as it was told."""
    found = [*load.errors]
    with Record.open(address, create=False) as record:
        found += [f"verify: {fault.report_id}: {fault.what}" for fault in record.verify()]
        v, k = t.versions.c, t.corrections.c
        with record.reading() as connection:
            addresses = set(connection.execute(select(t.reports.c.address)).scalars())
            numbers = list(connection.execute(select(k.id).order_by(k.id)).scalars())
            versions = connection.execute(
                select(v.version, v.number).join(t.reports).where(t.reports.c.address == TOGETHER).order_by(v.number)
            ).all()
            last = connection.execute(select(func.max(t.corrected.c.last_correction))).scalar()
        found += [f"report {name} is lost" for name in load.stored if name not in addresses]
        if sorted(load.corrections) != numbers or (numbers and last != numbers[-1]):
            found.append(f"{len(numbers)} corrections are there, {len(load.corrections)} were made; the last is {last}")
        if [row.number for row in versions] != list(range(1, len(versions) + 1)):
            found.append("the versions of a report are not numbered one after the other")
        if {row.version for row in versions} != set(load.together):
            found.append(f"{len(versions)} versions are there, {len(set(load.together))} were made")
    return found


def _reading(name: str, address: str) -> tuple[Received, Annotated, Run]:
    number = int(sha256(name.encode()).hexdigest()[:4], 16)
    text = _TEXT.format(n=number + 3, what=f"depot {name}")
    given = report(text, published=f"1958-03-{number % 28 + 1:02}", publisher="Courier")
    with _ONE_READS:
        annotated = onrecord.annotate(text, published=given.published, publisher="Courier", models=False)
    original = Original(address, "text/plain", "utf-8", text.encode(), ((0, 0, len(text)),))
    return Received(given, original), annotated, RUN


def main() -> None:
    """Run the measurement that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shared", description=__doc__)
    parser.add_argument("--record", required=True, help="the address of an empty database")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    load = stressed(args.record, seconds=args.seconds, writers=args.writers, readers=args.readers)
    print(load)
    for fault in faults(args.record, load):
        print(fault)


if __name__ == "__main__":
    main()
