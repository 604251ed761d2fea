"""Draw pairs of positions that are linked as one actor's on one issue, for a reader to judge.

python -m benchmarks.position_sheet --data CORPORA --score SCORERS [--count 100] [--seed 1] [--changes]
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import Corpora
from onrecord.annotators.reading import annotated
from onrecord.model import Annotated, Span
from onrecord.reconcile.linking import pairs
from onrecord.reconcile.position_links import Held, PositionLinker, Relation, relation
from onrecord.reconcile.positions import Position, positions

__all__ = ["PositionRow", "Told", "drawn", "position_rows"]

Name = tuple[str, str]
Row = tuple[Name, Name, str, Relation]

#: The corpora that pairs are drawn from, and the part of each.
DRAWN = (("polnear", "dev"), ("re3d", "dev"))

#: How many code points around a position are shown on each side.
AROUND = 120


@dataclass(frozen=True, slots=True)
class Told:
    """A position as the reader sees it: by whom, its stance, its words and those around them."""

    report: str
    day: str | None
    holder: str
    stance: str
    words: str
    around: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A pair to judge: is it one actor on one issue; if a change, is it an opposition that a reader would want?"""

    number: int
    same: str
    kind: str
    reason: str
    old: Told
    new: Told


def main() -> None:
    """Print the rows that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.position_sheet", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora, one folder each")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    parser.add_argument("--count", type=int, default=100, help="how many pairs (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other pairs (default: 1)")
    parser.add_argument("--changes", action="store_true", help="only candidates for changes")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        corpora = Corpora(data=args.data, score=args.score, work=Path(work))
        for row in position_rows(corpora, count=args.count, seed=args.seed, changes=args.changes):
            print(f"{row.number}. {row.same}\n   {row.kind}: {row.reason}")
            for told in (row.old, row.new):
                print(f"   {told.day} {told.holder}: {told.stance}: {told.words}\n      ... {told.around} ...")
            print("   right: \n")


def position_rows(
    corpora: Corpora, count: int, seed: int, *, changes: bool = False, parts: Iterable[tuple[str, str]] = DRAWN
) -> list[PositionRow]:
    """Pairs of linked positions of different reports, drawn at random; the same seed draws the same pairs.

    Args:
        changes: only candidates for changes.
        parts: the corpora and their parts, whose reports are read together.
    """
    read = [annotated(arrival.report) for name, split in parts for arrival in corpora.reports(name, split)]
    return drawn(read, count, seed, changes=changes)


def drawn(read: Iterable[Annotated], count: int, seed: int, *, changes: bool = False) -> list[PositionRow]:
    """The same from reports that are read already; no position is in two pairs, nor are the words of one."""
    reports = {one.report.id: one for one in read}
    found = {(name, p.id): p for name, one in reports.items() for p in positions(one)}
    rows = sorted(_linked(reports.values()), key=lambda row: row[:2])
    random.Random(seed).shuffle(rows)  # noqa: S311 - for a sample, not for a secret
    picked: list[Row] = []
    seen: set[str] = set()
    for a, b, same, how in rows:
        told = {_words(reports[name[0]], found[name].span) for name in (a, b)}
        if len(told) == 2 and not told & seen and (how.kind == "change" or not changes) and len(picked) < count:
            picked.append((a, b, same, how))
            seen |= told
    return [
        PositionRow(
            number,
            same,
            how.kind,
            how.reason,
            *(_told(reports[name[0]], found[name]) for name in _ordered(a, b, found)),
        )
        for number, (a, b, same, how) in enumerate(picked, 1)
    ]


def _ordered(a: Name, b: Name, found: dict[Name, Position]) -> tuple[Name, Name]:
    return (a, b) if (found[a].day or "9999") <= (found[b].day or "9999") else (b, a)


def _linked(read: Iterable[Annotated]) -> Iterator[Row]:
    linker = PositionLinker()
    for a, b in pairs(trace for one in read for trace in linker.traces(one)):
        kept_a: Held = a.kept
        link = linker.linked(kept_a, b.kept)
        if link is not None:
            yield (a.report, a.entry), (b.report, b.entry), link.reason, relation(kept_a, b.kept)


def _told(one: Annotated, position: Position) -> Told:
    start, end = position.span
    text = one.report.text
    around = f"{text[max(0, start - AROUND) : start]} [[{text[start:end]}]] {text[end : end + AROUND]}"
    stance = (
        f"{position.stance}{'' if position.favours else ' (against)'}{' on a condition' * bool(position.conditions)}"
    )
    return Told(one.report.id, position.day, position.holder.name, stance, _words(one, position.span),
                " ".join(around.split()))  # fmt: skip


def _words(one: Annotated, span: Span) -> str:
    return " ".join(one.report.text[slice(*span)].split())


if __name__ == "__main__":
    main()
