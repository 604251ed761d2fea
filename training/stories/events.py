"""Learn when two accounts are of one event: `python events.py --data CORPORA --read FOLDER --out TSV`; needs scipy.

FOLDER holds ecbplus.jsonl and gva_incidents.jsonl: what `onrecord annotate --no-models --format jsonl` makes of reports
of their train parts. ECB+ says which mentions are one event; where several words tell of one attack it has several,
which PLOVER's terms do not, so such pairs are left out. In gva_incidents two assaults of one incident, or two events of
one word, are taken to be one, and those of two incidents are not; what else one incident's reports tell is left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from onrecord.model import Annotated
from onrecord.reconcile.event_likeness import FEATURES, conflict, likeness
from onrecord.reconcile.event_traces import EventTrace, event_traces
from onrecord.reconcile.linking import Trace, pairs

#: Features that can only speak against one event, and those that are free; all others can only speak for it.
AGAINST = {"kind_apart", "actors_apart", "recipients_apart", "unreal", "published_gap"}
FREE = {"undated"}
RIDGE = 0.002
#: How much the pairs of each corpus count.
SHARES = {"ecbplus": 1.0, "gva_incidents": 0.1}
HEAD = """\
# How telling each likeness of two accounts of events is: logistic regression, natural units (event_likeness.py).
# Made by training/stories/events.py."""

Floats = NDArray[np.float64]
Record = dict[str, Any]


def main() -> None:
    """Train, and write and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--read", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    parts = []
    for name, examples in (("ecbplus", one_cluster), ("gva_incidents", one_incident)):
        lines = (args.data / name / "train.jsonl").read_bytes().rstrip().split(b"\n")
        found = examples([json.loads(line) for line in lines], read(args.read / f"{name}.jsonl"))
        x, y = np.array([row for row, _ in found]), np.array([float(same) for _, same in found])
        parts.append((x, y, np.full(len(y), SHARES[name])))
        print(name, len(y), "pairs,", int(y.sum()), "of one event")
    found = fitted(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    lines = [f"{name}\t{value:.4f}" for name, value in zip(("intercept", *FEATURES), found, strict=True)]
    args.out.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    print("\n".join(lines))


def read(path: Path) -> list[Annotated]:
    """Annotated reports."""
    decoder = msgspec.json.Decoder(Annotated)
    return [decoder.decode(line) for line in path.read_bytes().rstrip().split(b"\n")]


def one_cluster(records: list[Record], reports: list[Annotated]) -> list[tuple[tuple[float, ...], bool]]:
    """Pairs of events that stand on gold mentions: one if their mentions are."""
    by_id = {record["id"]: record for record in records}
    known: list[tuple[Trace[EventTrace], str, str]] = []
    for annotated in reports:
        record, triggers = by_id[annotated.report.id], {e.id: e.trigger for e in annotated.events}
        for trace in event_traces(annotated):
            start, end = triggers[trace.entry]
            mentions = (m for m in record["events"] if any(s < end and start < e for s, e in m["spans"]))
            if (mention := next(mentions, None)) is not None:
                known.append((trace, mention["cluster"], record["subtopic"]))
    found = []
    for i, (a, event, subtopic) in enumerate(known):
        for b, other, elsewhere in known[:i]:
            one_attack = a.kept.type == b.kept.type == "ASSAULT" and subtopic == elsewhere and event != other
            if a.report != b.report and not one_attack and not conflict(a.kept, b.kept):
                found.append((likeness(a.kept, b.kept), event == other))
    return found


def one_incident(records: list[Record], reports: list[Annotated]) -> list[tuple[tuple[float, ...], bool]]:
    """Pairs that the keys find: one if of one incident and of one kind."""
    home = {part["id"]: record["id"] for record in records for part in record["articles"]}
    found = []
    for a, b in pairs(trace for annotated in reports for trace in event_traces(annotated)):
        same = home[a.report] == home[b.report]
        alike = a.kept.root == b.kept.root or a.kept.type == b.kept.type == "ASSAULT"
        if (alike or not same) and not conflict(a.kept, b.kept):
            found.append((likeness(a.kept, b.kept), same))
    return found


def fitted(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Intercept and coefficients with the least weighted log loss, by L-BFGS-B with the signs as bounds."""
    spread = np.where(x.std(0) < 1e-6, 1.0, x.std(0))  # a feature that never varies
    scaled, signs = x / spread, 2 * y - 1

    def loss(b: Floats) -> tuple[float, Floats]:
        logit = scaled @ b[1:] + b[0]
        error = (1 / (1 + np.exp(-logit)) - y) * weight
        value = (np.logaddexp(0, -logit * signs) * weight).sum() / weight.sum() + RIDGE * (b[1:] ** 2).sum()
        gradient = np.concatenate([[error.sum()], scaled.T @ error]) / weight.sum()
        return value, gradient + 2 * RIDGE * np.concatenate([[0.0], b[1:]])

    bounds: list[tuple[int | None, int | None]] = [(None, None)]
    bounds += [(None, None) if n in FREE else (None, 0) if n in AGAINST else (0, None) for n in FEATURES]
    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.concatenate([found[:1], found[1:] / spread])


if __name__ == "__main__":
    main()
