"""Weights of the signs by which an event's place is chosen: `src/onrecord/data/event_sites.tsv`.

    python training/events/places.py read  CORPUS/train.jsonl train.signs.jsonl
    python training/events/places.py read  CORPUS/dev.jsonl dev.signs.jsonl
    python training/events/places.py fit   train.signs.jsonl dev.signs.jsonl src/onrecord/data/event_sites.tsv

CORPUS is Halterman's event-location corpus as JSON lines with `id`, `source`, `text`, `verb` (spans) and `locations`
(spans). `read` writes the signs of each place of each sentence (about 25 ms a sentence); `fit` chooses weights by
logistic choice among the places and "none" (penalty L2), prints what the rules and the weights reach on both files at
several bounds, and writes the table. numpy is all that it needs beside the package; it draws no random numbers.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]

#: Labels of this source leave out most places.
LEFT_OUT = {"Masdar_RA"}
PENALTY = 5.0
SEEN = 8
BOUNDS = (-1.0, -0.6, -0.4, -0.2, 0.0, 0.3)


def main() -> None:
    """Run one of the two steps."""
    step, *paths = sys.argv[1:]
    if step == "read":
        read(Path(paths[0]), Path(paths[1]))
    else:
        fit(*(Path(p) for p in paths))


def read(source: Path, target: Path) -> None:
    """Write the signs of each record's places, with which of them are gold."""
    with target.open("w", encoding="utf-8") as out:
        for line in source.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["verb"] and record["source"] not in LEFT_OUT and (row := signs_of(record)) is not None:
                out.write(json.dumps(row) + "\n")


def signs_of(record: Row) -> Row | None:
    """One record: whether an event is read at its verb, and each place near it with its signs."""
    from onrecord.annotators.event_places import links
    from onrecord.annotators.event_senses import named
    from onrecord.annotators.event_sites import Sites, signs
    from onrecord.annotators.events import GOALS
    from onrecord.annotators.names import names
    from onrecord.annotators.parse import parse
    from onrecord.read.text import report

    parsed = parse(report(record["text"], id=record["id"]))
    verb = record["verb"][0]
    anchor = next((t for t in parsed.doc if t.idx < verb["end"] and t.idx + len(t) > verb["start"]), None)
    if anchor is None:
        return None
    trigger = named(anchor)
    goal = trigger is not None and trigger.rule.type in GOALS
    places = names(parsed).places
    linked = links(parsed.doc, places, ())
    near = Sites(linked, places).near(anchor)
    rule = linked.place(anchor, goal=goal)
    gold = [(g["start"], g["end"], g["text"].lower().strip()) for g in record["locations"]]
    rows = [
        {
            "signs": sorted(signs(c, anchor, near, linked, goal=goal)),
            "gold": any(
                (c.place.span[0] < e and s < c.place.span[1]) or record["text"][slice(*c.place.span)].lower() == words
                for s, e, words in gold
            ),
            "rule": c.place.id == rule,
        }
        for c in near
    ]
    return {"event": trigger is not None, "located": bool(gold), "places": rows}


def fit(train: Path, dev: Path, target: Path) -> None:
    """Fit the weights, say what they reach, and write them."""
    rows, held = _rows(train), _rows(dev)
    kept = [r for r in rows if r["event"] and r["places"]]
    counts = Counter(s for r in kept for p in r["places"] for s in p["signs"])
    names = sorted(s for s, n in counts.items() if n >= SEEN)
    weights = _fitted(kept, names)
    table = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}
    for title, data in (("train", rows), ("dev", held)):
        print(title, "by rules", _shown(_counts(data, None, 0.0)))
        for bound in BOUNDS:
            print(title, bound, _shown(_counts(data, table, bound)))
    lines = [f"{name}\t{weight:g}" for name, weight in table.items() if abs(weight) >= 0.02]
    head = (
        "# Signs by which an event's place is chosen, and their weights: see annotators/event_sites.py.\n"
        "# Made by training/events/places.py; not to be edited by hand.\n"
    )
    target.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _fitted(rows: list[Row], names: list[str]) -> np.ndarray:
    """Weights that make the gold place, or none, the likeliest choice; Nesterov's method from zero."""
    index = {name: i for i, name in enumerate(names)}
    places = [(n, p) for n, r in enumerate(rows) for p in r["places"]]
    signs = np.zeros((len(places), len(names)))
    for at, (_, p) in enumerate(places):
        signs[at, [index[s] for s in p["signs"] if s in index]] = 1.0
    group = np.array([n for n, _ in places])
    gold = np.array([float(p["gold"]) for _, p in places])
    has = np.bincount(group, gold, len(rows)) > 0
    weights = ahead = np.zeros(len(names))
    rate = 1.0 / (0.25 * float(np.linalg.norm(signs, 2)) ** 2 + PENALTY)
    for step in range(3000):
        odds = np.exp(np.clip(signs @ ahead, -30, 30))
        share = odds / (1 + np.bincount(group, odds, len(rows)))[group]
        right = np.bincount(group, odds * gold, len(rows))
        wanted = np.where(has[group], odds * gold / np.maximum(right, 1e-12)[group], 0.0)
        following = ahead - rate * (signs.T @ (share - wanted) + PENALTY * ahead)
        ahead = following + (step / (step + 3)) * (following - weights)
        weights = following
    return weights


def _counts(rows: list[Row], table: dict[str, float] | None, bound: float) -> tuple[float, float, float]:
    """Percent of located and of unlocated records that are right, and of given places that are."""
    located, unlocated, given = [0, 0], [0, 0], [0, 0]
    for row in rows:
        chosen = _chosen(row, table, bound)
        right = chosen is not None and chosen["gold"]
        tally = located if row["located"] else unlocated
        tally[0] += right if row["located"] else row["event"] and chosen is None
        tally[1] += 1
        if chosen is not None:
            given[0] += right
            given[1] += 1
    a, b, c = (100 * n / max(of, 1) for n, of in (located, unlocated, given))
    return a, b, c


def _chosen(row: Row, table: dict[str, float] | None, bound: float) -> Row | None:
    if not row["event"] or not row["places"]:
        return None
    if table is None:
        return next((p for p in row["places"] if p["rule"]), None)
    score, _, best = max((sum(table.get(s, 0.0) for s in p["signs"]), -n, p) for n, p in enumerate(row["places"]))
    return best if score > bound else None


def _shown(counts: tuple[float, float, float]) -> str:
    return "located {:.1f}, unlocated {:.1f}, given {:.1f}".format(*counts)


if __name__ == "__main__":
    main()
