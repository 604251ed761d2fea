"""Whether an attribution's confidence is the chance that its content is right."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.corpora import Corpora

__all__ = ["reliability"]

#: Limits of the rows, as confidences.
LIMITS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def reliability(corpora: Corpora, predicted: Path, *, name: str = "polnear") -> Iterator[tuple[str, ...]]:
    """Rows: confidence, attributions, their mean confidence, the share with the content right, and with the source too.

    Right is what the scorer of the corpus matches. Attributions inside others are left out, as the scorer leaves them
    out. The last row is the mean distance of confidence and share (expected calibration error), in per cent.
    """
    rows = sorted(_judged(corpora, predicted, name))
    apart = 0.0
    for low, high in pairwise(LIMITS):
        here = [row for row in rows if low <= row[0] < high]
        if not here:
            continue
        sure, right, both = (sum(row[i] for row in here) / len(here) for i in range(3))
        apart += len(here) * abs(sure - right)
        yield (f"{low:.1f}-{min(high, 1):.1f}", str(len(here)), *(f"{100 * x:.1f}" for x in (sure, right, both)))
    yield "mean distance", str(len(rows)), "", f"{100 * apart / max(len(rows), 1):.1f}", ""


def _judged(corpora: Corpora, predicted: Path, name: str) -> Iterator[tuple[float, bool, bool]]:
    sys.path.insert(0, str(corpora.score))
    try:
        scorer, spans = importlib.import_module("attributions"), importlib.import_module("spans")
    finally:
        sys.path.pop(0)
    golds, found = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in (corpora.gold(name), predicted)
    )
    for record, prediction in spans.paired(golds, found):
        words, outer = spans.Words(record["text"]), scorer.outer(prediction)
        gold, mine = scorer.token_sets(record["attributions"], words), scorer.token_sets(outer, words)
        content, both = ({p for _, p in scorer.matches(gold, mine, with_source)} for with_source in (False, True))
        for number, attribution in enumerate(outer):
            yield attribution["confidence"], number in content, number in both
