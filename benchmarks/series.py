"""How right series of figures are: whether numbers of one subject are of one incident, and the other way round.

python -m benchmarks.series --data CORPORA --score SCORERS
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sized
from itertools import combinations
from pathlib import Path

from benchmarks.accuracy import predictions
from benchmarks.corpora import Corpora
from benchmarks.stories import GVA, RULES
from onrecord import wire
from onrecord.reconcile.same_figure import comparable, counted_alike
from onrecord.reconcile.series import Subject, series
from onrecord.reconcile.tallies import Tally, tallies

__all__ = ["same_figure"]

Row = tuple[str, ...]
Entry = tuple[str, str]
#: Incidents with more reports than this are left out: their pairs would outweigh all others'.
MOST = 12


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.series", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora, one folder each")
    parser.add_argument("--score", type=Path, required=True, help="folder of the scorers")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        for row in same_figure(Corpora(data=args.data, score=args.score, work=Path(work))):
            print("\t".join(row))


def same_figure(corpora: Corpora) -> Iterator[Row]:
    """Rows of corpus, split, figure, precision, recall and how many pairs of different reports each is of, in percent.

    Precision: of pairs in one subject, those of one incident. Recall: of pairs of one incident that count alike (unit
    and whom), those in one subject; a bound from below, since the two may count at other moments. A number that a
    report gives again counts once. Flags: of pairs that are flagged, those of one incident.
    """
    home = _incidents(corpora)
    read = [wire.decode(line) for line in predictions(corpora, GVA, RULES).read_bytes().splitlines()]
    kept: dict[tuple[object, ...], Tally] = {}
    for tally in (t for one in read for t in tallies(one) if comparable(t) and t.report in home):
        kept.setdefault((tally.report, tally.unit, tally.whom.head, tally.low, tally.high), tally)
    found = series(read)
    subject_of = {(p.report, p.entry): n for n, s in enumerate(found) for one in s.series for p in one.points}
    together = {pair for subject in found for pair in _pairs(subject) if pair[0][0] in home and pair[1][0] in home}
    right = [pair for pair in together if home[pair[0][0]] == home[pair[1][0]]]
    wanted = list(_alike(kept.values(), home))
    reached = [(a, b) for a, b in wanted if a in subject_of and subject_of[a] == subject_of.get(b)]
    counted = f"{len(together)}, {len(wanted)}"
    yield GVA.name, GVA.split, "same figure", _share(right, together), _share(reached, wanted), counted
    flags = [(flag.a[0], flag.b[0]) for subject in found for flag in subject.flags if flag.a[0] != flag.b[0]]
    good = [pair for pair in flags if home.get(pair[0]) == home.get(pair[1])]
    yield GVA.name, GVA.split, "flags", _share(good, flags), "", str(len(flags))


def _incidents(corpora: Corpora) -> dict[str, str]:
    """The incident of each report."""
    found: dict[str, str] = {}
    for line in corpora.gold(GVA.name, GVA.split).read_bytes().splitlines():
        incident = json.loads(line)
        found |= {article["id"]: incident["id"] for article in incident["articles"]}
    return found


def _pairs(subject: Subject) -> Iterator[tuple[Entry, Entry]]:
    names = sorted((point.report, point.entry) for one in subject.series for point in one.points)
    yield from ((a, b) for a, b in combinations(names, 2) if a[0] != b[0])


def _alike(kept: Iterable[Tally], home: dict[str, str]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs of different reports of one incident that count the same unit of the same people."""
    by_incident: dict[str, list[Tally]] = defaultdict(list)
    for tally in kept:
        by_incident[home[tally.report]].append(tally)
    for told in by_incident.values():
        if len({tally.report for tally in told}) <= MOST:
            for a, b in combinations(told, 2):
                if a.report != b.report and counted_alike(a, b):
                    yield (a.report, a.entry), (b.report, b.entry)


def _share(part: Sized, whole: Sized) -> str:
    return f"{100 * len(part) / len(whole):.1f}" if len(whole) else ""


if __name__ == "__main__":
    main()
