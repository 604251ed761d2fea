"""How the time of `annotate` grows with the length of texts that are made to be hard to read.

python -m benchmarks.adversarial [--largest 1000000] [--plot FILE] [--shape NAME ...] [--no-models]

Each shape is one attack: what a regular expression, a parser or a list of candidates would stumble over. The exponent
is that of the growth from the first length to the last: 1 is linear, 2 is quadratic.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

import msgspec

from benchmarks.plot import Curve, plot
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import Settings
from onrecord.read.text import report

__all__ = ["SHAPES", "seconds"]

_NAMES = ("Anna", "Berg", "Union", "of", "the", "Northern", "Ports", "Omar", "Council")
_SENTENCE = "The minister said on Monday that 12 men were killed in Kassala, according to police. "


def _repeated(part: str) -> Callable[[int], str]:
    return lambda size: (part * (size // len(part) + 1))[:size]


def _words(size: int) -> str:
    chance = random.Random(1)  # noqa: S311 - no secrets
    made: list[str] = []
    while size > 0:
        word = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randrange(2, 9)))
        made.append(word)
        size -= len(word) + 1
    return " ".join(made)


def _distinct_names(size: int) -> str:
    chance = random.Random(2)  # noqa: S311 - no secrets
    return " ".join(
        f"{chance.choice(_NAMES[:2])} {''.join(chance.choices('aeioulmnrst', k=6)).title()} said that "
        f"{''.join(chance.choices('aeioulmnrst', k=6)).title()} had gone."
        for _ in range(size // 38)
    )


#: Each shape's name and a text of it with so many characters.
SHAPES: dict[str, Callable[[int], str]] = {
    "one word without end": _repeated("a"),
    "one word of digits": _repeated("7"),
    "numbers and commas": _repeated("1,000, 2,000 and "),
    "opening quotation marks": _repeated('He said "no. '),
    "marks alone": _repeated("\"'“”‘’"),
    "brackets in brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "spaces": lambda size: "The end." + " " * size + "He said so.",
    "line ends": lambda size: "The end." + "\n" * size + "He said so.",
    "one name without end": lambda size: " ".join(islice(cycle(_NAMES), size // 6)),
    "said that said that": _repeated("said that he said that she said that "),
    "dates": _repeated("from Monday, 3 May 2024 to 4 May 2024, "),
    "hyphens and dashes": _repeated("cease-fire--talk - talk — 12-year-old-"),
    "combining marks": _repeated("e\u0301\u0323\u0308"),
    "turned and hidden signs": _repeated("a\u202eb\u200bc\u2066d\u00ad "),
    "words of no language": _words,
    "names and more names": _distinct_names,
    "one sentence again and again": _repeated(_SENTENCE),
    "one sentence a line": _repeated(_SENTENCE + "\n\n"),
}


def seconds(shape: str, size: int, settings: Settings) -> float:
    """Processor seconds for a text of a shape."""
    text = SHAPES[shape](size)
    start = time.process_time()
    annotated(msgspec.structs.replace(report(text), language="en"), settings)
    return time.process_time() - start


def main() -> None:
    """Measure, print a table, and draw the curves."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.adversarial", description=__doc__)
    parser.add_argument("--largest", type=int, default=1_000_000, help="characters of the longest texts")
    parser.add_argument("--steps", type=int, default=4, help="lengths, each twice the one before")
    parser.add_argument("--shape", nargs="+", choices=list(SHAPES), default=list(SHAPES))
    parser.add_argument("--plot", type=Path, help="where the curves are drawn (SVG)")
    parser.add_argument("--no-models", action="store_true")
    args = parser.parse_args()
    settings = Settings(models=not args.no_models)
    seconds("spaces", 100, settings)
    sizes = [args.largest >> step for step in reversed(range(args.steps))]
    print("| shape | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent |\n|" + " --- |" * (len(sizes) + 2))
    curves = []
    for shape in args.shape:
        times = [seconds(shape, size, settings) for size in sizes]
        growth = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0])
        print(f"| {shape} | " + " | ".join(f"{spent:.2f}" for spent in times) + f" | {growth:.2f} |", flush=True)
        curves.append(Curve(shape, [(float(size), spent) for size, spent in zip(sizes, times, strict=True)]))
    if args.plot:
        args.plot.write_text(plot(curves, across="characters"), encoding="utf-8")


if __name__ == "__main__":
    main()
