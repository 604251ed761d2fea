"""Measure onrecord on annotated corpora and print the tables of docs/evaluation.md.

python -m benchmarks --data CORPORA --score SCORERS [--only PART] [--write docs/evaluation.md]
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: threads that wait use the processor too

import argparse
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.accuracy import accuracy, predictions
from benchmarks.copies import copies_rows
from benchmarks.corpora import SCORED, Corpora
from benchmarks.entities import same_entity
from benchmarks.reliability import by_kind, reliability
from benchmarks.soundness import soundness
from benchmarks.speed import peak_memory, speed
from benchmarks.stories import same_event, stories
from onrecord.annotators.settings import Settings

#: What is measured, in the order of the page.
PARTS = ("accuracy", "reliability", "copies", "stories", "entities", "speed", "soundness")
#: Without trained models.
RULES = Settings(models=False)


def main() -> None:
    """Run the measurements that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora, one folder each")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--only", choices=PARTS, help="one measurement instead of all")
    parser.add_argument("--write", type=Path, help="a page whose text between the table markers is replaced")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        corpora = Corpora(data=args.data, score=args.score, work=Path(work))
        parts = [text for name, text in _tables(corpora, args.only)]
    print("\n\n".join(parts))
    if args.write:
        page = args.write.read_text(encoding="utf-8")
        marked = re.compile(r"(<!-- table:start -->\n).*?(<!-- table:end -->)", re.DOTALL)
        args.write.write_text(marked.sub(lambda m: m[1] + "\n\n".join(parts) + "\n" + m[2], page), encoding="utf-8")


def _tables(corpora: Corpora, only: str | None) -> Iterable[tuple[str, str]]:
    if only in (None, "accuracy"):
        heads = ("corpus", "split", "figure", "P", "R", "F1", "rate")
        yield "accuracy", _table(heads, accuracy(corpora))
        said = [scored for scored in SCORED if scored.scorer == "attributions"]
        yield "rules", "By the rules alone (`--no-models`):\n\n" + _table(heads, accuracy(corpora, RULES, said))
    if only in (None, "reliability"):
        columns = ("confidence", "attributions", "mean confidence", "content right", "content and source right")
        polnear = next(scored for scored in SCORED if scored.name == "polnear")
        read = predictions(corpora, polnear)
        kinds = ("polnear dev", "P", "R", "F1", "P with source", "R with source", "F1 with source")
        yield "kinds", _table(kinds, by_kind(corpora, read))
        yield "reliability", _table(columns, reliability(corpora, read))
    if only in (None, "copies"):
        made = ("planted copies", "planted", "found", "right", "recall", "precision")
        yield "copies", _table(made, copies_rows(corpora.data))
    if only in (None, "stories"):
        grouped = ("corpus", "split", "figure", "P", "R", "F1")
        yield "stories", _table(grouped, [*stories(corpora), *same_event(corpora)])
    if only in (None, "entities"):
        yield "entities", _table(("corpus", "split", "figure", "P", "R", "F1"), same_entity(corpora))
    if only in (None, "speed"):
        found, ruled, memory = speed(corpora), speed(corpora, RULES), peak_memory(corpora)
        speeds = ("", "words a second, one core", "share of spaCy's small pipeline", "peak memory")
        ours = ("onrecord annotate", f"{found.words:,.0f}", f"{found.share:.2f}", f"{memory:,.0f} MB")
        alone = ("onrecord annotate --no-models", f"{ruled.words:,.0f}", f"{ruled.share:.2f}", "")
        theirs = ("spaCy's small pipeline", f"{found.spacy_words:,.0f}", "1.00", "")
        yield "speed", _table(speeds, [ours, alone, theirs])
    if only in (None, "soundness"):
        yield "soundness", _table(("corpus (dev)", "reports read", "problems"), soundness(corpora))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    main()
