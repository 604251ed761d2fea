"""Which mentions of two reports speak of one event, by reading the reports together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from onrecord.reconcile.kinship import vector
from onrecord.reconcile.mention_network import MentionNetwork, network
from onrecord.reconcile.mention_pairs import KIN, Floats, Reading, Reports, likenesses, log_odds, reports
from onrecord.reconcile.passages import Passage, passages, together

__all__ = ["SIGNS", "likelihoods", "read_together", "signs", "worth_reading"]

#: Two reports are read together where a pair of their mentions is at least this likely by likeness alone, or the
#: reports are at least so alike.
LIKELY, ALIKE = 0.05, 0.1
#: How many numbers `signs` gives for a pair.
SIGNS = 18

Pair = tuple[int, int]


def likelihoods(readings: Sequence[Reading], likely: Mapping[Pair, float]) -> dict[Pair, float]:
    """How likely pairs of mentions are of one event, by the network that ships in the package.

    Args:
        readings: the mentions, those of one report one after another.
        likely: how likely pairs of mentions are of one event by likeness alone; it says which reports are read.
    """
    return {pair: 1 / (1 + math.exp(-odds)) for pair, odds in read_together(readings, likely, network())}


def read_together(
    readings: Sequence[Reading], likely: Mapping[Pair, float], reader: MentionNetwork
) -> Iterator[tuple[Pair, float]]:
    """Pairs of mentions and the log odds that they are of one event, in reports that may tell of the same.

    Each pair of reports is read by itself; what else is given does not matter to it.

    Args:
        readings: the mentions, those of one report one after another.
        likely: how likely pairs of mentions are of one event by likeness alone.
        reader: what reads.
    """
    about = reports(readings)
    held = _passages(readings, reader)
    for one, other in worth_reading(readings, likely, about):
        for n, a in enumerate(held[one]):
            for b in held[other] if one != other else [None, *held[other][n + 1 :]]:
                yield from _read(readings, about, a, b, reader)


def worth_reading(readings: Sequence[Reading], likely: Mapping[Pair, float], about: Reports) -> list[tuple[str, str]]:
    """Pairs of reports that may tell of the same, by these two alone; each report with itself too. Sorted."""
    found = {(report, report) for report in about.ids}
    for (i, j), p in likely.items():
        if p >= LIKELY:
            found.add((readings[i].mention.report, readings[j].mention.report))
    found |= {(about.ids[x], about.ids[y]) for x, y in zip(*np.nonzero(about.alike >= ALIKE), strict=True)}
    return sorted({(min(pair), max(pair)) for pair in found})


def signs(readings: Sequence[Reading], about: Reports, pairs: Sequence[Pair]) -> Floats:
    """What likeness alone says of pairs of mentions, [pairs, `SIGNS`]: the features, whether compared, the log odds."""
    kin = [round(float(vector((readings[i].head,)) @ vector((readings[j].head,))), 6) for i, j in pairs]
    table = likenesses(readings, about, [(i, j, k) for (i, j), k in zip(pairs, kin, strict=True)])
    compared = [float(k > KIN or readings[i].root == readings[j].root) for (i, j), k in zip(pairs, kin, strict=True)]
    return np.column_stack([table, compared, log_odds(table)])


def _passages(readings: Sequence[Reading], reader: MentionNetwork) -> dict[str, list[Passage]]:
    held: dict[str, dict[int, Reading]] = {}
    for number, reading in enumerate(readings):
        held.setdefault(reading.mention.report, {})[number] = reading
    return {
        report: passages({number: reading.mention for number, reading in own.items()}, reader.vocabulary)
        for report, own in held.items()
    }


def _read(
    readings: Sequence[Reading], about: Reports, a: Passage, b: Passage | None, reader: MentionNetwork
) -> Iterator[tuple[Pair, float]]:
    size = len(a.places)
    if b is None:
        rows, columns = np.triu_indices(size, 1)
        places = a.places
    else:
        rows, columns = (axis.ravel() for axis in np.indices((size, len(b.places))))
        columns, places = columns + size, (*a.places, *b.places)
    if not len(rows):
        return
    pairs = [(places[x].mention, places[y].mention) for x, y in zip(rows, columns, strict=True)]
    features = signs(readings, about, pairs).astype(np.float32)
    odds = reader.log_odds(together(a, b, reader.vocabulary), np.column_stack([rows, columns]), features)
    for (i, j), value in zip(pairs, odds.tolist(), strict=True):
        yield (min(i, j), max(i, j)), value
