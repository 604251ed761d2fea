"""Draw links at random and print a sheet to judge them by: both entries, who, when, and why they were linked.

python -m benchmarks.link_sheet statements --data CORPORA --score SCORERS [--count 100] [--seed 1] [--reports 300]
python -m benchmarks.link_sheet statements --annotated READ.jsonl...    of reports that were read before

Tab-separated, one link a line; the reader fills in the last column: 1 where the two belong together, 0 where not.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpora import Corpora
from onrecord import wire
from onrecord.annotators.reading import annotated
from onrecord.model import Annotated, Attribution, Event, Figure, Span
from onrecord.reconcile.events import SameEvents
from onrecord.reconcile.linking import Link, Linker, links
from onrecord.reconcile.position_links import PositionLinker
from onrecord.reconcile.same_figure import SameFigure
from onrecord.reconcile.statements import SameStatement, SameWords

__all__ = ["COLUMNS", "KINDS", "sheet"]

#: The kinds of links, by the name that the command line takes.
KINDS: Mapping[str, Callable[[], Linker[Any]]] = {
    "statements": SameStatement, "same-words": SameWords, "figures": SameFigure, "positions": PositionLinker,
    "events": SameEvents,
}  # fmt: skip

#: The corpora that reports are read from.
DRAWN = ("polnear", "gva_incidents", "re3d")

COLUMNS = ("no", "corpus", "report a", "date a", "who a", "words a", "report b", "date b", "who b", "words b", "score",
           "reason", "right")  # fmt: skip
#: The most code points of an entry's words that are shown.
SHOWN = 600


def main() -> None:
    """Print the sheet that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.link_sheet", description=__doc__)
    parser.add_argument("kind", choices=sorted(KINDS), help="the kind of links")
    parser.add_argument("--data", type=Path, help="folder of the corpora, one folder each")
    parser.add_argument("--score", type=Path, help="folder of the scorers")
    parser.add_argument("--annotated", type=Path, nargs="*", default=[], help="reports that were read before, as JSONL")
    parser.add_argument("--count", type=int, default=100, help="how many links (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other links (default: 1)")
    parser.add_argument("--reports", type=int, default=300, help="most reports read of each corpus (default: 300)")
    args = parser.parse_args()
    if args.annotated:
        read = {path.stem: [wire.decode(line) for line in path.read_bytes().splitlines()] for path in args.annotated}
    elif args.data and args.score:
        read = _read(args.data, args.score, args.reports)
    else:
        parser.error("give --data and --score, or --annotated")
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sheet(KINDS[args.kind](), read, count=args.count, seed=args.seed))


def sheet(
    linker: Linker[Any], read: Mapping[str, Iterable[Annotated]], *, count: int, seed: int
) -> Iterator[tuple[str, ...]]:
    """The lines of the sheet: links drawn from all corpora alike; the same seed draws the same.

    Of two reports one link at most is drawn, so that one pair of copies does not fill the sheet.
    """
    chance = random.Random(f"{seed} {linker.kind}")  # noqa: S311 - for a sample, not for a secret
    drawn: list[tuple[str, Mapping[str, Annotated], Link]] = []
    for corpus, reports in sorted(read.items()):
        by_id = {one.report.id: one for one in reports}
        found = list(links(linker, by_id.values()))
        chance.shuffle(found)
        pairs = {(link.a[0], link.b[0]): link for link in found}
        drawn += [(corpus, by_id, link) for _, link in sorted(pairs.items())]
    for number, (corpus, held, link) in enumerate(chance.sample(drawn, min(count, len(drawn))), 1):
        sides = [part for entry in (link.a, link.b) for part in _side(held[entry[0]], entry[1])]
        yield str(number), corpus, *sides, f"{link.score:.3f}", link.reason, ""


def _read(data: Path, score: Path, most: int) -> dict[str, list[Annotated]]:
    """The first reports of each corpus by date, read: reports of the same days stand together."""
    with tempfile.TemporaryDirectory() as work:
        corpora = Corpora(data=data, score=score, work=Path(work))
        ordered = {
            name: sorted(corpora.reports(name), key=lambda one: (one.report.published or "", one.report.id))[:most]
            for name in DRAWN
        }
        return {name: [annotated(one.report) for one in arrivals] for name, arrivals in ordered.items()}


def _side(read: Annotated, entry: str) -> tuple[str, str, str, str]:
    """Report, date, who, and words of an entry."""
    who, words = _told(read, entry)
    return read.report.id, (read.report.published or "")[:10], who, words[:SHOWN]


def _told(read: Annotated, entry: str) -> tuple[str, str]:
    items: Iterable[Attribution | Figure | Event] = (*read.attributions, *read.figures, *read.events)
    found = next((item for item in items if item.id == entry), None)
    if isinstance(found, Attribution):
        name = next((e.name for e in read.entities if e.id == found.source.entity), None)
        who = _words(read, found.source.spans)
        return f"{who} [{name}]" if name else who, f"({found.act}) {_words(read, found.content.spans)}"
    if isinstance(found, Figure):
        name = next((e.name for e in read.entities if e.id == found.claimant), "")
        around = (max(found.span[0] - 150, 0), found.span[1] + 150)
        return name, f"({found.unit}) {found.text} :: {_words(read, [around])}"
    if isinstance(found, Event):
        who = "; ".join(one.text for one in found.actors)
        around = (max(found.trigger[0] - 150, 0), found.trigger[1] + 150)
        return who, f"({found.type}) {_words(read, [found.trigger])} :: {_words(read, [around])}"
    return "", read.report.title or read.report.text


def _words(read: Annotated, spans: Iterable[Span]) -> str:
    return " ... ".join(" ".join(read.report.text[start:end].split()) for start, end in spans)


if __name__ == "__main__":
    main()
