"""What each stage of `annotate` costs a word, and what its multiplications alone would cost on this machine.

python -m benchmarks.stages --data CORPORA --score SCORERS --work FOLDER [--reports 40]

The limit is that of the arithmetic: the multiply-adds that the weights of a stage ask for a word, by the rate at which
this machine multiplies large matrices of 32-bit numbers on one core (measured in the same run). The encoder runs in
8 bits, so that it can be below it. Stages without a limit have no weights. Reports are of the dev part of PolNeAR.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import spacy

from benchmarks.corpora import Corpora
from onrecord.annotators import reading
from onrecord.annotators.encoder import links
from onrecord.annotators.parse import PIPELINES, pipeline
from onrecord.annotators.reading import annotated
from onrecord.model import Report

__all__ = ["stages"]

#: Each run is made so often, and the quickest counts.
TURNS = 3
#: Layers, width and width of the inner layer of the encoder.
LAYERS, WIDTH, INNER = 6, 384, 1536


class _Clock:
    """Processor seconds and calls of some functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.amounts: dict[str, float] = {}

    @contextmanager
    def around(self, holder: Any, name: str, stage: str, amount: Callable[..., float] | None = None) -> Iterator[None]:
        """Time a function that `holder` has, and add up what `amount` makes of its arguments."""
        own = getattr(holder, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return own(*args, **kwargs)
            finally:
                self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - start
                if amount:
                    self.amounts[stage] = self.amounts.get(stage, 0.0) + amount(*args)

        setattr(holder, name, timed)
        try:
            yield
        finally:
            setattr(holder, name, own)


def rate() -> float:
    """Multiply-adds a second of one core, of large matrices of 32-bit numbers."""
    a, b = np.ones((2_000, 512), np.float32), np.ones((512, 512), np.float32)
    best = min(_seconds(lambda: a @ b) for _ in range(20))
    return 2_000 * 512 * 512 / best


def stages(reports: list[Report]) -> list[tuple[str, float, float]]:
    """Stage, microseconds a word, and millions of multiply-adds a word (0: none)."""
    words = sum(len(report.text.split()) for report in reports)
    rows = _grammar([report.text for report in reports], words)
    clock = _timed(reports)
    parse, encoder, linked = (clock.seconds[name] for name in ("parse", "encoder", "links"))
    pieces = clock.amounts["encoder"]
    per = 1e6 / words
    named = ("times", "scene", "names", "attributions", "events", "figures")
    rules = {name: clock.seconds[name] for name in named}
    rules["attributions"] -= encoder + linked
    rest = clock.seconds["all"] - parse - encoder - linked - sum(rules.values())
    grammar = sum(cost for _, cost, _ in rows)
    return [
        *rows,
        ("the parts of a report put together", max(0.0, parse * per - grammar), 0.0),
        ("encoder", encoder * per, pieces / words),
        ("links of each cue", linked * per, clock.amounts["links"] / words),
        *((f"rules: {name}", seconds * per, 0.0) for name, seconds in rules.items()),
        ("anchors checked, the rest", rest * per, 0.0),
    ]


def _timed(reports: list[Report]) -> _Clock:
    annotated(reports[0])
    clocks = []
    for _ in range(TURNS):
        clock = _Clock()
        network = links.OnnxNetwork
        named = ("times", "scene", "names", "attributions", "events", "figures")
        with (
            clock.around(reading, "parse", "parse"),
            clock.around(network, "encode", "encoder", lambda _, ids, __: _encoder_million(len(ids))),
            clock.around(network, "link", "links", lambda _, hidden, __, cues: _links_million(len(hidden), len(cues))),
            _all(clock.around(reading, name, name) for name in named),
        ):
            clock.seconds["all"] = _seconds(lambda: [annotated(report) for report in reports])
        clocks.append(clock)
    return min(clocks, key=lambda clock: clock.seconds["all"])


@contextmanager
def _all(contexts: Iterator[Any]) -> Iterator[None]:
    from contextlib import ExitStack

    with ExitStack() as stack:
        for context in contexts:
            stack.enter_context(context)
        yield


def _encoder_million(pieces: int) -> float:
    layer = 4 * WIDTH * WIDTH + 2 * WIDTH * INNER + 2 * pieces * WIDTH
    return LAYERS * layer * pieces / 1e6


def _links_million(pieces: int, cues: int) -> float:
    size, reach = 128, 2 * links.REACH + 1
    return (pieces * WIDTH * size + cues * (2 * WIDTH * size + reach * 2 * (2 * size * 2 * size + 9 * size))) / 1e6


def _grammar(texts: list[str], words: int) -> list[tuple[str, float, float]]:
    """The stages of spaCy's pipeline as onrecord runs it, a text at a time."""
    nlp = pipeline()
    paragraphs = [[part for part in text.split("\n") if part.strip()] for text in texts]
    nets = {"tok2vec": (384 * 288 + 4 * 288 * 288) / 1e6, "tagger": 96 * 50 / 1e6, "parser": 8 * 96 * 64 * 2 / 1e6,
            "ner": (384 * 288 + 4 * 288 * 288 + 96 * 64 + 64 * 128) / 1e6}  # fmt: skip
    docs = [[nlp.make_doc(part) for part in parts] for parts in paragraphs]
    for parts in paragraphs:  # so that what the rules and the lemmatizer remember is remembered
        list(nlp.pipe(parts))
    tokens = sum(len(doc) for parts in docs for doc in parts)
    rows = [("tokens", _seconds(lambda: [nlp.make_doc(part) for parts in paragraphs for part in parts]), 0.0)]
    pipes: Any = nlp.pipeline
    for name, pipe in pipes:
        start = time.process_time()
        for given in docs:
            list(pipe.pipe(given, batch_size=64))
        seconds = time.process_time() - start
        rows.append((f"spaCy: {name}", seconds, nets.get(name, 0.0) * tokens / words))
    return [(name, seconds * 1e6 / words, million) for name, seconds, million in rows]


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made")
    parser.add_argument("--reports", type=int, default=40)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    reports = [item.report for item in Corpora(args.data, args.score, args.work).reports("polnear")[: args.reports]]
    machine = rate()
    rows = stages(reports)
    total = sum(cost for _, cost, _ in rows)
    print(f"{machine / 1e9:.0f} thousand million multiply-adds a second of one core, in 32 bits\n")
    print(
        "| stage | microseconds a word | share | million multiply-adds a word | limit, microseconds |\n|" + " --- |" * 5
    )
    for name, cost, million in [*rows, ("all", total, sum(million for _, _, million in rows))]:
        limit = f"{million * 1e12 / machine:.1f}" if million else ""
        print(f"| {name} | {cost:.1f} | {cost / total:.0%} | {f'{million:.2f}' if million else ''} | {limit} |")
    plain = spacy.load(next(name for name in PIPELINES if importlib.util.find_spec(name)))
    words = sum(len(report.text.split()) for report in reports)
    theirs = min(_seconds(lambda: list(plain.pipe([r.text for r in reports]))) for _ in range(TURNS)) * 1e6 / words
    print(f"\nspaCy's small pipeline as it comes: {theirs:.1f} microseconds a word")


if __name__ == "__main__":
    main()
