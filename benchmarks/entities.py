"""How right it is which entities of different reports are one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from benchmarks.accuracy import predictions
from benchmarks.corpora import Corpora, Scored
from onrecord import wire
from onrecord.annotators.settings import Settings
from onrecord.model import Annotated
from onrecord.reconcile.actors import Mention, actors
from onrecord.reconcile.cards import cards
from onrecord.record.names import key

__all__ = ["same_entity"]

ECB = Scored("ecbplus", "same_event", ("pairwise",))
RULES = Settings(models=False)
#: Least share of characters (Jaccard) that a read mention has in common with a gold one.
MET = 0.5


class Named(NamedTuple):
    """A gold name of a person, body or place, and the read entity that has a mention there."""

    topic: str
    cluster: str
    mention: Mention
    name: str


def same_entity(corpora: Corpora) -> Iterator[tuple[str, ...]]:
    """Rows of corpus, split, figure, P, R and F1: pairs of names in two reports of one topic that are of one entity.

    Only names that are read at all count: what is measured is the bringing together. `same_name` is what equal names
    alone would give, `suggested` counts what is only suggested as found.
    """
    path = corpora.gold(ECB.name, ECB.split)
    if not path.exists():
        return
    read = {one.report.id: one for one in map(wire.decode, predictions(corpora, ECB, RULES).read_bytes().splitlines())}
    names = [name for line in path.read_bytes().splitlines() for name in _named(json.loads(line), read)]
    grouped = actors(((report, entry), card) for report, one in read.items() for entry, card in cards(one))
    at = {mention: number for number, actor in enumerate(grouped.actors) for mention in actor.mentions}
    also = {(s.a, s.b) for s in grouped.suggestions}

    def joined(a: Named, b: Named) -> bool:
        return a.mention in at and at[a.mention] == at.get(b.mention)

    def suggested(a: Named, b: Named) -> bool:
        pair = sorted((at.get(a.mention, -1), at.get(b.mention, -1)))
        return joined(a, b) or (pair[0], pair[1]) in also

    for figure, same in (
        ("same_name", lambda a, b: key(a.name) == key(b.name)),
        ("same_entity", joined),
        ("suggested", suggested),
    ):
        yield (ECB.name, ECB.split, figure, *_pairwise(names, same))


def _pairwise(names: list[Named], same: Callable[[Named, Named], bool]) -> tuple[str, str, str]:
    found = right = wanted = 0
    for a, b in combinations(names, 2):
        if a.topic == b.topic and a.mention[0] != b.mention[0]:
            told, true = same(a, b), a.cluster == b.cluster
            found, right, wanted = found + told, right + (told and true), wanted + true
    p, r = right / max(1, found), right / max(1, wanted)
    return f"{100 * p:.1f}", f"{100 * r:.1f}", f"{200 * p * r / max(1e-9, p + r):.1f}"


def _named(record: dict[str, Any], read: dict[str, Annotated]) -> Iterator[Named]:
    """The gold names of a report that are read, each entity and cluster once."""
    annotated = read[record["id"]]
    seen = set()
    for gold in record["entities"]:
        if not gold["type"].startswith(("HUM", "LOC")) or gold["text"].islower():
            continue
        met = [(_shared((gold["start"], gold["end"]), span), entity.id, entity.name)
               for entity in annotated.entities for span in entity.mentions]  # fmt: skip
        share, entry, name = max(met, default=(0.0, "", ""))
        if share >= MET and (entry, gold["cluster"]) not in seen:
            seen.add((entry, gold["cluster"]))
            yield Named(record["topic"], gold["cluster"], (record["id"], entry), name)


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0
