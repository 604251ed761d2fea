"""Draw figures at random and print a sheet to judge them by: the words, what stands around them, every field.

python -m benchmarks.figure_sheet --data CORPORA --score SCORERS [--count 100] [--seed 1] [--reports 60]
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import Corpora
from onrecord.annotators.reading import annotated
from onrecord.model import Annotated, Figure, Span

__all__ = ["sheet"]

#: The corpora that figures are drawn from, an equal share from each.
DRAWN = ("re3d", "gva_incidents", "polnear")

#: How many code points around a figure are shown on each side.
AROUND = 200


def main() -> None:
    """Print the sheet that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figure_sheet", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora, one folder each")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--count", type=int, default=100, help="how many figures (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other figures (default: 1)")
    parser.add_argument("--reports", type=int, default=60, help="most reports read of each corpus (default: 60)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        corpora = Corpora(data=args.data, score=args.score, work=Path(work))
        for block in sheet(corpora, count=args.count, seed=args.seed, reports=args.reports):
            print(block, end="\n\n")


def sheet(corpora: Corpora, *, count: int, seed: int, reports: int) -> Iterator[str]:
    """The blocks of the sheet: one for each figure drawn, numbered from 1; the same seed draws the same figures."""
    number = 0
    for place, name in enumerate(DRAWN):
        chance = random.Random(f"{seed} {name}")  # noqa: S311 - for a sample, not for a secret
        arrivals = corpora.reports(name)
        chosen = chance.sample(arrivals, min(reports, len(arrivals)))
        found = [(read, figure) for a in chosen for read in [annotated(a.report)] for figure in read.figures]
        share = count // len(DRAWN) + (place < count % len(DRAWN))
        for read, figure in chance.sample(found, min(share, len(found))):
            number += 1
            yield _block(number, name, read, figure)


def _block(number: int, corpus: str, read: Annotated, figure: Figure) -> str:
    text, (start, end) = read.report.text, figure.span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    around = " ".join(f"{before} [[{text[start:end]}]] {after}".split())
    fields = "\n".join(f"    {name}: {value}" for name, value in _fields(read, figure))
    return f"{number}. {corpus}, report {read.report.id}, {start}-{end}\n    ... {around} ...\n{fields}\n    right: "


def _fields(read: Annotated, figure: Figure) -> Iterator[tuple[str, str]]:
    times = {t.id: f"{_words(read, t.span)} ({t.value})" for t in read.times}
    places = {p.id: f"{_words(read, p.span)} ({p.name})" for p in read.places}
    yield "words", figure.text
    yield "low, high, qualifier", f"{_bound(figure.low)}, {_bound(figure.high)}, {figure.qualifier}"
    yield "unit, of", f"{figure.unit}, {figure.of.text or '-'}"
    yield "scope", figure.scope
    yield "part of", next((f.text for f in read.figures if f.id == figure.part_of), "-")
    yield "place", places.get(figure.place or "", "-")
    yield "time, period", f"{times.get(figure.time or '', '-')}, {times.get(figure.period or '', '-')}"
    voice = _voice(read, figure)
    nameless = "-" if voice in {"narrator", "unsourced"} else "- (the source is no entity of the record)"
    yield "claimant", next((e.name for e in read.entities if e.id == figure.claimant), nameless)
    yield "voice", voice


def _voice(read: Annotated, figure: Figure) -> str:
    said = next((a for a in read.attributions if a.id == figure.voice), None)
    if said is None:
        return figure.voice
    return " ... ".join(_words(read, s) for s in said.source.spans) or "an attribution without a source"


def _words(read: Annotated, span: Span) -> str:
    return " ".join(read.report.text[slice(*span)].split())


def _bound(value: float | None) -> str:
    return "-" if value is None else f"{value:g}" if value < 1e6 else f"{value:,.0f}"


if __name__ == "__main__":
    main()
