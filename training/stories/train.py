"""Learn how telling each likeness of two reports is: `python train.py --data CORPORA --read FOLDER --out TSV`.

FOLDER holds gva_incidents.jsonl, muc4.jsonl and ecbplus.jsonl: what `onrecord annotate --no-models --format jsonl`
makes of the reports of their train parts. A logistic regression over the pairs that the keys find, in which a likeness
can only speak for one story and a difference only against it; so it learns how much, never the opposite of what the
feature means. No random numbers are used.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from onrecord.model import Annotated
from onrecord.reconcile.likeness import FEATURES, likeness
from onrecord.reconcile.profiles import Profile, profile
from onrecord.reconcile.stories import keys, pairs

#: Features that can only speak for one story, and only against it; the others are free.
FOR = {"names", "places", "title", "lead", "rarest", "people", "same_day", "ages", "tolls"}
AGAINST = {"published_gap", "day_gap", "ages_apart"}
#: What a pair of reports without these would have: the weight of such copies, and the strength of the regularisation.
MISSING_WEIGHT, RIDGE = 0.1, 0.0005
#: Copies of the pairs in which something is missing: the fields that are emptied.
MISSING = (("published", "days"), ("places",), ("title",))
EMPTY: dict[str, Any] = {"published": None, "days": {}, "places": {}, "title": {}}

Floats = NDArray[np.float64]
Record = dict[str, Any]


#: How much the pairs of each corpus count. MUC-4's stories are derived from its templates.
CORPORA = {"gva_incidents": 1.0, "muc4": 2.0, "ecbplus": 0.1}
#: Most of its pairs that the keys find are of one story, unlike in a record: its intercept is learnt apart.
OWN_PRIOR = "ecbplus"


def main() -> None:
    """Train, and write and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--read", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    parts = []
    for name, share in CORPORA.items():
        records = [json.loads(line) for line in (args.data / name / "train.jsonl").read_bytes().rstrip().split(b"\n")]
        x, y, weight = examples(profiles(args.read / f"{name}.jsonl"), TRUTHS[name](records))
        own = np.full((len(y), 1), float(name == OWN_PRIOR))
        parts.append((np.hstack([x, own]), y, weight * share))
        print(name, len(y), "examples,", int(y.sum()), "of one story")
    coefficients = fitted(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    table = zip(("intercept", *FEATURES), coefficients[:-1], strict=True)
    lines = [f"{name}\t{value:.4f}" for name, value in table]
    args.out.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    print("\n".join(lines))


HEAD = """\
# How telling each likeness of two reports is: logistic regression, natural units of the features (likeness.py).
# Made by training/stories/train.py."""


#: Whether two reports tell of one story; None where the corpus does not say.
Truth = Callable[[str, str], bool | None]


def profiles(path: Path) -> dict[str, Profile]:
    """The profile of each report of a file of annotated reports."""
    decoder = msgspec.json.Decoder(Annotated)
    found = (decoder.decode(line) for line in path.read_bytes().rstrip().split(b"\n"))
    return {one.report.id: profile(one) for one in found}


def one_incident(records: list[Record]) -> Truth:
    """Gun Violence Archive: a story is an incident."""
    story = {part["id"]: record["id"] for record in records for part in record["articles"]}
    return lambda a, b: story[a] == story[b]


def one_subtopic(records: list[Record]) -> Truth:
    """ECB+: a story is a subtopic."""
    story = {record["id"]: record["subtopic"] for record in records}
    return lambda a, b: story[a] == story[b]


def one_template(records: list[Record]) -> Truth:
    """MUC-4: one story if a template has the same type, date and place; two if no date of an incident is the same.

    What has a date in common but no place is not said. Reports without an incident are judged by none.
    """
    incidents = {
        record["id"]: {
            (str(template["type"]), str(template["date"]), str(template["location"]))
            for template in record["templates"]
            if template["date"]
        }
        for record in records
    }

    def same(a: str, b: str) -> bool | None:
        one, other = incidents[a], incidents[b]
        if not one or not other:
            return None
        if one & other:
            return True
        return False if not {day for _, day, _ in one} & {day for _, day, _ in other} else None

    return same


TRUTHS = {"gva_incidents": one_incident, "muc4": one_template, "ecbplus": one_subtopic}


def examples(reports: dict[str, Profile], truth: Truth) -> tuple[Floats, Floats, Floats]:
    """Features, whether it is one story, and weight, of each pair that the keys find, whole and with parts missing."""
    candidates = pairs({report: keys(one) for report, one in reports.items()})
    judged = [(a, b, same) for a, b in candidates if (same := truth(a, b)) is not None]
    parts = [np.array([likeness(reports[a], reports[b]) for a, b, _ in judged])]
    for fields in MISSING:
        less = {
            report: msgspec.structs.replace(one, **{field: EMPTY[field] for field in fields})
            for report, one in reports.items()
        }
        parts.append(np.array([likeness(less[a], less[b]) for a, b, _ in judged]))
    weight = np.repeat([1.0] + [MISSING_WEIGHT] * len(MISSING), len(judged))
    return np.concatenate(parts), np.tile([float(same) for *_, same in judged], len(parts)), weight


def fitted(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Intercept and coefficients with the least weighted log loss, by L-BFGS-B with the signs as bounds."""
    spread = x.std(0) + 1e-9
    scaled, signs = x / spread, 2 * y - 1

    def loss(b: Floats) -> tuple[float, Floats]:
        logit = scaled @ b[1:] + b[0]
        error = (1 / (1 + np.exp(-logit)) - y) * weight
        value = (np.logaddexp(0, -logit * signs) * weight).sum() / weight.sum() + RIDGE * (b[1:] ** 2).sum()
        gradient = np.concatenate([[error.sum()], scaled.T @ error]) / weight.sum()
        return value, gradient + 2 * RIDGE * np.concatenate([[0.0], b[1:]])

    bounds: list[tuple[int | None, int | None]] = [(None, None)]
    bounds += [(0, None) if name in FOR else (None, 0) if name in AGAINST else (None, None) for name in FEATURES]
    bounds.append((None, None))
    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.concatenate([found[:1], found[1:] / spread])


if __name__ == "__main__":
    main()
