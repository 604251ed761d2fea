"""Draw pairs of figures that onrecord puts in one subject, with their flags, as a sheet for an independent reader.

python -m benchmarks.series_sheet --data CORPORA --score SCORERS [--count 100] [--seed 1] [--no-models]
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.corpora import Corpora
from onrecord.annotators.settings import DEFAULTS, Settings
from onrecord.batch import readings
from onrecord.errors import OnrecordError
from onrecord.model import Annotated, Figure
from onrecord.reconcile.series import Subject, series

__all__ = ["COLUMNS", "figure_rows"]

#: The corpora that pairs are drawn from.
DRAWN = ("gva_incidents", "isaf_press_releases", "muc4")
#: What the sheet's columns hold; the reader fills in the last.
COLUMNS = ("number", "corpus", "kind", "reason", "unit", "a", "a_claimant", "b", "b_claimant", "right")
#: How many code points around a figure are shown on each side.
AROUND = 160

Entry = tuple[str, str]
Pair = tuple[str, str, Entry, Entry]


def main() -> None:
    """Print the sheet that the command line asks for, as tab-separated values."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.series_sheet", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora, one folder each")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--count", type=int, default=100, help="how many pairs (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other pairs (default: 1)")
    parser.add_argument("--no-models", action="store_true", help="read by the rules alone")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        corpora = Corpora(data=args.data, score=args.score, work=Path(work))
        out = csv.writer(sys.stdout, delimiter="\t")
        out.writerow(COLUMNS)
        out.writerows(figure_rows(corpora, args.count, args.seed, settings=Settings(models=not args.no_models)))


def figure_rows(
    corpora: Corpora, count: int, seed: int, *, settings: Settings = DEFAULTS, corpus_names: Sequence[str] = DRAWN
) -> Iterator[tuple[str, ...]]:
    """Rows of `COLUMNS` for pairs drawn at random; the same seed draws the same pairs.

    Half of them are flags, as far as there are so many; the others are two numbers of one subject, of different
    reports, each subject drawn once. A pair is right if both figures count the same thing, and the flag, if it is
    one, holds.
    """
    read: dict[str, tuple[str, Annotated]] = {}
    flagged: list[Pair] = []
    linked: list[list[Pair]] = []
    for name in corpus_names:
        held = list(_read(corpora, name, settings))
        read |= {one.report.id: (name, one) for one in held}
        for subject in series(held):
            flagged += [(flag.kind, flag.reason, flag.a, flag.b) for flag in subject.flags]
            if pairs := _pairs(subject):
                linked.append(pairs)
    chance = random.Random(seed)  # noqa: S311 - for a sample, not for a secret
    chosen = chance.sample(flagged, min(count // 2, len(flagged)))
    chosen += [chance.choice(pairs) for pairs in chance.sample(linked, min(count - len(chosen), len(linked)))]
    for number, (kind, reason, a, b) in enumerate(chosen, start=1):
        yield str(number), *_row(kind, reason, read[a[0]], a[1], read[b[0]], b[1])


def _read(corpora: Corpora, name: str, settings: Settings) -> Iterator[Annotated]:
    for result in readings(corpora.reports(name), settings):
        if isinstance(result, OnrecordError):
            print(f"left out: {result}", file=sys.stderr)
        else:
            yield result


def _pairs(subject: Subject) -> list[Pair]:
    points = [point for one in subject.series for point in one.points]
    both = combinations([(point.report, point.entry) for point in points], 2)
    return [("same thing", "", a, b) for a, b in both if a[0] != b[0]]


def _row(
    kind: str, reason: str, one: tuple[str, Annotated], a: str, other: tuple[str, Annotated], b: str
) -> tuple[str, ...]:
    (corpus, first), (_, second) = one, other
    figure, figure_b = _figure(first.figures, a), _figure(second.figures, b)
    shown = (_shown(first, figure), _claimant(first, figure), _shown(second, figure_b), _claimant(second, figure_b))
    return corpus, kind, reason, figure.unit, *shown, ""


def _figure(figures: Iterable[Figure], entry: str) -> Figure:
    return next(figure for figure in figures if figure.id == entry)


def _shown(read: Annotated, figure: Figure) -> str:
    text, (start, end) = read.report.text, figure.span
    around = f"{text[max(0, start - AROUND) : start]} [[{text[start:end]}]] {text[end : end + AROUND]}"
    return f"{read.report.published or 'undated'} {read.report.id[:12]}: {' '.join(around.split())}"


def _claimant(read: Annotated, figure: Figure) -> str:
    named = next((entity.name for entity in read.entities if entity.id == figure.claimant), None)
    said = next((a for a in read.attributions if a.id == figure.voice), None)
    if named is None and said is not None and said.source.spans:
        return " ".join(read.report.text[slice(*said.source.spans[0])].split())
    return named or figure.voice


if __name__ == "__main__":
    main()
