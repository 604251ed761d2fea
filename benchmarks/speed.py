"""How fast `annotate` is, as a share of spaCy's own small pipeline in the same run, and its peak memory.

Both read the same reports on one core, in turns, so that a busy machine slows both.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from statistics import median
from typing import NamedTuple

import spacy
from spacy.language import Language

from benchmarks.corpora import Corpora
from onrecord.annotators.parse import PIPELINES
from onrecord.annotators.reading import annotated
from onrecord.annotators.settings import DEFAULTS, Settings
from onrecord.model import Report

__all__ = ["Speed", "peak_memory", "speed"]

#: How many turns each gets.
TURNS = 5


class Speed(NamedTuple):
    """Words a second of both, and the share (1.0: as fast as spaCy): medians over the turns."""

    words: float
    spacy_words: float
    share: float


def speed(corpora: Corpora, settings: Settings = DEFAULTS, *, name: str = "polnear", reports: int = 30) -> Speed:
    """The speed of `annotate` and of spaCy's pipeline over the first reports of a corpus, in one process."""
    chosen = [item.report for item in corpora.reports(name)[:reports]]
    words = sum(len(report.text.split()) for report in chosen)
    annotated(chosen[0], settings)
    plain = spacy.load(next(name for name in PIPELINES if importlib.util.find_spec(name)))
    pairs = [(_annotate_seconds(chosen, settings), _spacy_seconds(chosen, plain)) for _ in range(TURNS)]
    return Speed(
        words=words / median(ours for ours, _ in pairs),
        spacy_words=words / median(theirs for _, theirs in pairs),
        share=median(theirs / ours for ours, theirs in pairs),
    )


def _annotate_seconds(reports: list[Report], settings: Settings) -> float:
    start = time.process_time()
    for report in reports:
        annotated(report, settings)
    return time.process_time() - start


def _spacy_seconds(reports: list[Report], nlp: Language) -> float:
    start = time.process_time()
    for _ in nlp.pipe(report.text for report in reports):
        pass
    return time.process_time() - start


def peak_memory(corpora: Corpora, *, name: str = "polnear") -> float:
    """Peak resident memory, in MB, of `onrecord annotate` over a corpus in a process of its own."""
    corpora.reports(name)
    path = corpora.work / f"{name}-dev.jsonl"
    code = (
        "import sys, resource, json; sys.stdout = open('/dev/null', 'w');"
        "from onrecord.cli import main;"
        f"main(['annotate', {str(path)!r}, '--format', 'jsonl', '--quiet'], standalone_mode=False);"
        "print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return float(json.loads(done.stderr.strip().splitlines()[-1])) / unit
