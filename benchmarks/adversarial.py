"""How the time of `annotate` grows with the length of texts that are made to be hard to read.

python -m benchmarks.adversarial --work FOLDER [--shape NAME ...] [--every-shape] [--largest 1000000] [--steps 4]
    [--no-models] [--plot FILE]

Each shape is one attack: what a regular expression, a parser or a list of candidates would stumble over. Measured are
processor seconds, which other programs on the machine lengthen little; reading the text and annotating it count,
loading the models does not. Each shape has a process of its own, so that its largest memory is its own.

The exponent is that of the growth over the lengths measured (least squares on their logarithms): 1 is linear, 2 is
quadratic. Results are kept in the work folder, one line a text; a run that was broken off goes on from there.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: threads that wait use the processor too

import argparse
import gc
import math
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from benchmarks.adversarial_shapes import MEASURED, SHAPES
from benchmarks.plot import Curve, plot
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.model import Annotated
from onrecord.read.text import report

__all__ = ["Measured", "exponent", "read", "seconds"]

_RESULTS = "adversarial.jsonl"


class Measured(msgspec.Struct, frozen=True):
    """One text: its shape and length, processor seconds, the process's largest memory so far, what is left unread."""

    shape: str
    characters: int
    models: bool
    seconds: float
    peak_mb: float
    unread: tuple[str, ...]


def read(text: str, settings: Settings) -> Annotated:
    """The reading of a text, as of an English one whatever it looks like."""
    return annotated(msgspec.structs.replace(report(text), language="en"), settings)


def seconds(text: str, settings: Settings) -> tuple[float, Annotated]:
    """Processor seconds to read a text, and the reading."""
    gc.collect()
    start = time.process_time()
    found = read(text, settings)
    return time.process_time() - start, found


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The power of the length with which the time grows, by least squares on the logarithms of both.

    Example:
        >>> round(exponent([(1_000, 0.5), (2_000, 1.0), (4_000, 2.0)]), 2), round(exponent([(1, 1.0), (2, 4.0)]), 2)
        (1.0, 2.0)
    """
    logs = [(math.log(size), math.log(max(spent, 1e-6))) for size, spent in points]
    across, up = (math.fsum(one) / len(logs) for one in zip(*logs, strict=True))
    return math.fsum((x - across) * (y - up) for x, y in logs) / math.fsum((x - across) ** 2 for x, _ in logs)


def measure(shape: str, sizes: Sequence[int], *, models: bool) -> Iterator[Measured]:
    """The texts of a shape, the shortest first, read in this process."""
    settings = Settings(models=models)
    read("The minister said on Monday that 12 men were killed in Kassala. “No,” he said.", settings)
    read(SHAPES[shape](2_000), settings)  # what is loaded when first needed is
    for size in sizes:
        spent, found = seconds(SHAPES[shape](size), settings)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        why = tuple(part.why for part in found.report.unread)
        yield Measured(shape, size, models, round(spent, 3), round(peak), why)


def main() -> None:
    """Measure what is not measured yet, print the table, and draw the curves."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adversarial", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of the results")
    parser.add_argument("--shape", nargs="+", choices=list(SHAPES), help=f"not {len(MEASURED)} of the shapes")
    parser.add_argument("--every-shape", action="store_true", help=f"all {len(SHAPES)} shapes")
    parser.add_argument("--largest", type=int, default=1_000_000, help="characters of the longest texts")
    parser.add_argument("--steps", type=int, default=4, help="lengths, each twice the one before")
    parser.add_argument("--plot", type=Path, help="where the curves are drawn (SVG)")
    parser.add_argument("--no-models", action="store_true")
    parser.add_argument("--here", action="store_true", help="in this process: print a line of JSON for each text")
    args = parser.parse_args()
    shapes = args.shape or (list(SHAPES) if args.every_shape else list(MEASURED))
    sizes = [args.largest >> step for step in reversed(range(args.steps))]
    if args.here:
        for shape in shapes:
            for one in measure(shape, sizes, models=not args.no_models):
                print(msgspec.json.encode(one).decode(), flush=True)
        return
    args.work.mkdir(parents=True, exist_ok=True)
    rows = _all(args.work / _RESULTS, shapes, sizes, models=not args.no_models)
    print(_table(rows, sizes))
    if args.plot:
        curves = [
            Curve(f"{shape}: seconds", [(0.0, 0.0), *((float(row.characters), row.seconds) for row in group)])
            for shape, group in groupby(rows, key=lambda row: row.shape)
        ]
        args.plot.write_text(plot(curves, across="characters", columns=4), encoding="utf-8")


def _all(path: Path, shapes: Sequence[str], sizes: Sequence[int], *, models: bool) -> list[Measured]:
    """The results in the order of shapes and sizes; those that the file lacks are measured and added to it."""
    found: list[Measured] = []
    for shape in shapes:
        kept = {(row.shape, row.characters): row for row in _kept(path) if row.models == models}
        missing = [size for size in sizes if (shape, size) not in kept]
        if missing:
            steps = len(sizes) - sizes.index(missing[0])
            command = [sys.executable, "-m", "benchmarks.adversarial", "--here", "--work", str(path.parent)]
            command += ["--shape", shape, "--largest", str(sizes[-1]), "--steps", str(steps)]
            with (
                path.open("ab", buffering=0) as results,
                subprocess.Popen(command + ["--no-models"] * (not models), stdout=subprocess.PIPE) as child,
            ):
                for line in child.stdout or ():
                    results.write(line)
                    row = msgspec.json.decode(line, type=Measured)
                    kept[row.shape, row.characters] = row
            if child.returncode:
                raise SystemExit(f"{shape}: the process that measures it ended with {child.returncode}")
        found.extend(kept[shape, size] for size in sizes)
    return found


def _kept(path: Path) -> list[Measured]:
    """The results of earlier runs; a line that was cut off is left out."""
    if not path.exists():
        return []
    lines = path.read_bytes().splitlines(keepends=True)
    return [msgspec.json.decode(line, type=Measured) for line in lines if line.endswith(b"\n")]


def _table(rows: Sequence[Measured], sizes: Sequence[int]) -> str:
    head = ["shape", *(f"ms per 1,000 characters at {size:,}" for size in sizes), "seconds", "exponent", "peak MB"]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for shape, group in groupby(rows, key=lambda row: row.shape):
        one = list(group)
        paces = [f"{row.seconds * 1e6 / row.characters:.1f}" for row in one]
        power = exponent([(row.characters, row.seconds) for row in one])
        last = [f"{one[-1].seconds:.1f}", f"{power:.2f}", f"{one[-1].peak_mb:,.0f}"]
        lines.append("| " + " | ".join([shape, *paces, *last]) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
