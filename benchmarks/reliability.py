"""Attributions by kind, and whether their confidence is the chance that the content is right."""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.corpora import Corpora

__all__ = ["by_kind", "reliability"]

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


def by_kind(corpora: Corpora, predicted: Path, *, name: str = "polnear") -> Iterator[tuple[str, ...]]:
    """Rows of kind, precision, recall and F1 of the content, and the same of content and source, in per cent.

    Quoted is a content with quotation marks, as the scorer of the corpus sees them; indirect one without any.
    """
    counts: Counter[tuple[str, bool, str]] = Counter()
    for scorer, record, gold, mine in _read(corpora, predicted, name):
        text, outer = record["text"], [item for item, _ in mine]
        kinds = [
            ["quoted" if _has_marks(scorer, text, item) else "indirect" for item in side]
            for side in (record["attributions"], outer)
        ]
        for side, of in zip(("gold", "mine"), kinds, strict=True):
            counts.update((kind, with_source, side) for kind in of for with_source in (False, True))
        for with_source in (False, True):
            for g, p in scorer.matches(gold, [words for _, words in mine], with_source):
                counts[kinds[0][g], with_source, "found"] += 1
                counts[kinds[1][p], with_source, "right"] += 1
    for kind in ("quoted", "indirect"):
        cells = [kind]
        for with_source in (False, True):
            n = {part: counts[kind, with_source, part] for part in ("gold", "mine", "found", "right")}
            precision, recall = n["right"] / max(n["mine"], 1), n["found"] / max(n["gold"], 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            cells += [f"{100 * value:.1f}" for value in (precision, recall, f1)]
        yield tuple(cells)


def _has_marks(scorer: Any, text: str, attribution: Any) -> bool:
    return any(scorer.QUOTE.search(text[start:end]) for start, end in scorer.spans_of(attribution["content"]))


def _judged(corpora: Corpora, predicted: Path, name: str) -> Iterator[tuple[float, bool, bool]]:
    for scorer, _, gold, mine in _read(corpora, predicted, name):
        sets = [words for _, words in mine]
        content, both = ({p for _, p in scorer.matches(gold, sets, with_source)} for with_source in (False, True))
        for number, (attribution, _) in enumerate(mine):
            yield attribution["confidence"], number in content, number in both


def _read(corpora: Corpora, predicted: Path, name: str) -> Iterator[tuple[Any, Any, list[Any], list[tuple[Any, Any]]]]:
    """The scorer, the gold report, its attributions as words, and ours with their words, report by report."""
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
        yield scorer, record, gold, list(zip(outer, mine, strict=True))
