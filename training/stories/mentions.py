"""Learn which mentions speak of one event: `python mentions.py --data CORPORA --out mention_weights.tsv`; needs scipy.

From the gold mentions of ECB+ train, over all pairs that are compared: a logistic regression, without random numbers.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from onrecord.reconcile.mention_pairs import FEATURES, Mention, features, read

HEAD = """\
# How telling each likeness of two mentions is: logistic regression, natural units of the features (mention_pairs.py).
# Made by training/stories/mentions.py."""
RIDGE = 0.00005


def main() -> None:
    """Train, and write and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    mentions, events = [], []
    for line in (args.data / "ecbplus" / "train.jsonl").read_bytes().rstrip().split(b"\n"):
        record = json.loads(line)
        for event in record["events"]:
            start, end = next(span for span in record["sentences"] if span[0] <= event["start"] < span[1])
            place = (event["start"] - start, min(event["end"], end) - start)
            mentions.append(Mention(record["id"], record["text"][start:end], place))
            events.append(event["cluster"])
    compared, x = features([read(mention) for mention in mentions])
    same = np.array([float(events[i] == events[j]) for i, j in compared])
    spread = x.std(0) + 1e-9
    scaled, signs = x / spread, 2 * same - 1

    def loss(b):  # type: ignore[no-untyped-def]
        logit = scaled @ b[1:] + b[0]
        error = 1 / (1 + np.exp(-logit)) - same
        gradient = np.concatenate([[error.mean()], scaled.T @ error / len(error)])
        value = np.logaddexp(0, -logit * signs).mean() + RIDGE * (b[1:] ** 2).sum()
        return value, gradient + 2 * RIDGE * np.concatenate([[0.0], b[1:]])

    found = minimize(loss, np.zeros(len(FEATURES) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    table = zip(("intercept", *FEATURES), np.concatenate([found[:1], found[1:] / spread]), strict=True)
    lines = [f"{name}\t{value:.4f}" for name, value in table]
    args.out.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    print(len(same), "pairs,", int(same.sum()), "of one event")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
