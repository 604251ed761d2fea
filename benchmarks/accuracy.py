"""How right the readings are, by each scorer on its corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import SCORED, Corpora, Scored
from onrecord.annotators.settings import DEFAULTS, Settings
from onrecord.batch import readings
from onrecord.errors import OnrecordError
from onrecord.wire import encode

__all__ = ["accuracy", "predictions"]


def accuracy(
    corpora: Corpora, settings: Settings = DEFAULTS, chosen: Sequence[Scored] = SCORED
) -> Iterator[tuple[str, ...]]:
    """Rows of corpus, split, figure, precision, recall, F1 and rate, in percent; blank where there is none."""
    predicted: dict[tuple[str, str], Path] = {}
    for scored in chosen:
        if not corpora.gold(scored.name, scored.split).exists():
            continue
        key = (scored.name, scored.split)
        if key not in predicted:
            predicted[key] = predictions(corpora, scored, settings)
        values = corpora.scores(scored, predicted[key])
        for name in scored.figures:
            parts = (values.get(f"{name}.{part}") for part in ("p", "r", "f1", "rate"))
            yield (scored.name, scored.split, name, *("" if v is None else _shown(name, v) for v in parts))


def _shown(name: str, value: float) -> str:
    return f"{value:.2f}" if name == "per_sentence" else f"{100 * value:.1f}"


def predictions(corpora: Corpora, scored: Scored, settings: Settings = DEFAULTS) -> Path:
    """The file of annotated reports of a corpus part, made anew."""
    path = corpora.work / f"{scored.name}-{scored.split}-predicted.jsonl"
    with path.open("wb") as lines:
        for result in readings(corpora.reports(scored.name, scored.split), settings):
            if isinstance(result, OnrecordError):
                raise SystemExit(f"{scored.name}: {result}")
            lines.write(encode(result) + b"\n")
    return path
