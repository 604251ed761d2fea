"""A head for event types on the shared encoder: what it reaches alone, and beside the rules. It ships nothing.

    python training/events/train.py encode CORPORA states.npz      # a few minutes on one core
    python training/events/train.py fit    CORPORA states.npz      # about a minute

CORPORA holds `ngec_synthetic` (train), `plover_gsr` and `petrarch_cameo` (dev), as JSON lines. `encode` runs the
encoder in `src/onrecord/weights/attributions` over the first sentences of each story and over each dev sentence, and
keeps the mean and the maximum of their hidden states; and, for each event that the rules find there, the state of its
trigger's first piece beside the mean. `fit` trains a linear head and one with a hidden layer on the stories' types, and
prints F1 of types by the definition of the project's scorer: the head alone, the rules alone, and the rules with the
head as veto or as a second voice where they are silent. A last head says from the trigger's state whether a rule's
event is of its story's type, as another veto. The thresholds are swept on the dev parts, so that what is printed for
them is the most that they could gain. Seeds are fixed; numpy is all that it needs beside the package.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

Row = dict[str, Any]

TYPES = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
         "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")  # fmt: skip
OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT", "YIELD": "CONCEDE"}
PARTS = (("ngec_synthetic", "train"), ("plover_gsr", "dev"), ("petrarch_cameo", "dev"))
_LEAD = re.compile(r"\A\s*(?:[^.!?\n]+[.!?\n]+\s*){1,2}")


def main() -> None:
    """Run one of the two steps."""
    step, corpora, states = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    (encode if step == "encode" else fit)(corpora, states)


def rows(corpora: Path, name: str, split: str) -> list[Row]:
    """The records of a corpus part."""
    lines = (corpora / name / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def encode(corpora: Path, states: Path) -> None:
    """Write the pooled hidden states [records, 2 * width] of each corpus part."""
    from importlib import resources

    from tokenizers import Tokenizer

    from onrecord.annotators.encoder.links import OnnxNetwork
    from onrecord.annotators.encoder.pieces import read_pieces

    folder = Path(str(resources.files("onrecord"))) / "weights" / "attributions"
    network, tokenizer = OnnxNetwork(folder), Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def hidden_of(text: str) -> tuple[np.ndarray, np.ndarray]:
        pieces = read_pieces(text, tokenizer)
        ids = np.concatenate([[101], pieces.ids[:250], [102]])
        hidden, _ = network.encode(ids, np.pad(pieces.features[:250], ((1, 1), (0, 0))))
        return (hidden[1:-1], pieces.starts[:250]) if len(hidden) > 2 else (hidden[:1], np.zeros(1))

    found: dict[str, Any] = {}
    for name, split in PARTS:
        pooled, triggers, owners, kinds = [], [], [], []
        for at, record in enumerate(rows(corpora, name, split)):
            text = (lead(record["text"]) if name == "ngec_synthetic" else record["text"]) or "."
            hidden, starts = hidden_of(text)
            pooled.append(np.concatenate([hidden.mean(0), hidden.max(0)]))
            for kind, start in _by_rules(text):
                piece = max(0, int(np.searchsorted(starts, start, "right")) - 1)
                triggers.append(np.concatenate([hidden[piece], hidden.mean(0)]))
                owners.append(at)
                kinds.append(TYPES.index(kind))
        found[name] = np.stack(pooled).astype(np.float32)
        found[f"{name}.triggers"] = np.stack(triggers).astype(np.float32)
        found[f"{name}.owners"], found[f"{name}.kinds"] = np.array(owners), np.array(kinds)
    np.savez_compressed(states, **found)


def lead(text: str) -> str:
    """The first two sentences of a story, or its first 400 characters."""
    match = _LEAD.match(text)
    return (match.group() if match else text)[:400]


def fit(corpora: Path, states: Path) -> None:
    """Train both heads and print what they reach."""
    found = np.load(states, allow_pickle=False)
    kinds = [OLD.get(r["event"], r["event"]) for r in rows(corpora, "ngec_synthetic", "train")]
    kept = np.array([i for i, k in enumerate(kinds) if k in TYPES])
    labels = np.array([TYPES.index(kinds[i]) for i in kept])
    train = found["ngec_synthetic"][kept]
    centre, scale = train.mean(0), train.std(0) + 1e-6
    for title, hidden in (("linear", 0), ("hidden layer of 128", 128)):
        predict = _head((train - centre) / scale, labels, hidden, len(TYPES))
        for name in ("plover_gsr", "petrarch_cameo"):
            _report(title, name, corpora, predict((found[name] - centre) / scale), found)
        _keepers(title, hidden, corpora, found, kinds)


def _keepers(title: str, hidden: int, corpora: Path, found: Any, stories: list[str]) -> None:
    """A head that keeps or drops each event of the rules, by its trigger's state and its type."""
    states = _with_kind(found, "ngec_synthetic")
    owners, kinds = found["ngec_synthetic.owners"], found["ngec_synthetic.kinds"]
    labels = np.array([int(stories[o] == TYPES[k]) for o, k in zip(owners, kinds, strict=True)])
    centre, scale = states.mean(0), states.std(0) + 1e-6
    predict = _head((states - centre) / scale, labels, hidden, 2)
    for name in ("plover_gsr", "petrarch_cameo"):
        records = rows(corpora, name, "dev")
        keep = predict((_with_kind(found, name) - centre) / scale)[:, 1]
        print(
            f"{name}, keeping by trigger, {title}, learnt from {len(labels)} events of which {labels.mean():.0%} right"
        )
        for floor in (0.0, 0.02, 0.05, 0.1, 0.2, 0.3):
            given: list[Counter[str]] = [Counter() for _ in records]
            for owner, kind, sure in zip(found[f"{name}.owners"], found[f"{name}.kinds"], keep, strict=True):
                given[owner].update([TYPES[kind]] if sure >= floor else [])
            print(f"  keep >= {floor:<5}", _score(records, given))


def _with_kind(found: Any, name: str) -> np.ndarray:
    return np.concatenate([found[f"{name}.triggers"], np.eye(len(TYPES))[found[f"{name}.kinds"]]], 1)


def _head(states: np.ndarray, labels: np.ndarray, hidden: int, classes: int) -> Any:
    """A classifier by Adam with weight decay; classes weigh the same. Returns states -> probabilities."""
    random = np.random.default_rng(7)
    sizes = [states.shape[1], *([hidden] if hidden else []), classes]
    layers = [[random.normal(0, a**-0.5, (a, b)) * 0.5, np.zeros(b)] for a, b in itertools.pairwise(sizes)]
    share = 1.0 / np.maximum(np.bincount(labels, minlength=classes), 1)
    weight = share[labels] * len(labels) / classes
    memory = [[(np.zeros_like(p), np.zeros_like(p)) for p in layer] for layer in layers]
    step = 0
    for _ in range(30):
        for batch in np.array_split(random.permutation(len(labels)), max(1, len(labels) // 64)):
            step += 1
            _update(layers, memory, states[batch], labels[batch], weight[batch], step)
    return lambda x: _forward(layers, x)[-1]


def _forward(layers: list[list[np.ndarray]], x: np.ndarray) -> list[np.ndarray]:
    out = [x]
    for at, (w, b) in enumerate(layers):
        x = x @ w + b
        if at + 1 < len(layers):
            x = np.maximum(x, 0)
        else:
            x = np.exp(x - x.max(1, keepdims=True))
            x /= x.sum(1, keepdims=True)
        out.append(x)
    return out


def _update(
    layers: list[list[np.ndarray]], memory: Any, x: np.ndarray, y: np.ndarray, weight: np.ndarray, step: int
) -> None:
    out = _forward(layers, x)
    slope = out[-1].copy()
    slope[np.arange(len(y)), y] -= 1
    slope *= (weight / len(y))[:, None]
    for at in range(len(layers) - 1, -1, -1):
        w, _ = layers[at]
        gradients = [out[at].T @ slope + 1e-3 * w, slope.sum(0)]
        slope = (slope @ w.T) * (out[at] > 0)
        for k, g in enumerate(gradients):
            first, second = memory[at][k]
            first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g * g
            memory[at][k] = first, second
            layers[at][k] = layers[at][k] - 1e-3 * (first / (1 - 0.9**step)) / (
                np.sqrt(second / (1 - 0.999**step)) + 1e-8
            )


def gold_of(record: Row) -> tuple[set[str], bool]:
    """The types that a record codes, and whether they are all there is."""
    if "events" in record:
        codes = [(e["plover"] or {}).get("event") for e in record["events"] if not e["noevents"]]
        whole = bool(record["events"]) and None not in codes and not any(e["error"] for e in record["events"])
        return {OLD.get(c, c) for c in codes} & set(TYPES), whole
    return {OLD.get(record["event_2021"], record["event_2021"])} & set(TYPES), True


def _report(title: str, name: str, corpora: Path, probabilities: np.ndarray, found: Any) -> None:
    records = rows(corpora, name, "dev")
    ruled: list[Counter[str]] = [Counter() for _ in records]
    for owner, kind in zip(found[f"{name}.owners"], found[f"{name}.kinds"], strict=True):
        ruled[owner].update([TYPES[kind]])
    best = [TYPES[i] for i in probabilities.argmax(1)]
    gold = [gold_of(r)[0] for r in records]
    hits = sum(b in g for b, g in zip(best, gold, strict=True) if g)
    second = sum(bool({TYPES[i] for i in p.argsort()[-2:]} & g) for p, g in zip(probabilities, gold, strict=True) if g)
    asked = sum(bool(g) for g in gold)
    print(f"{name}, {title}: first {hits / asked:.1%}, first two {second / asked:.1%} of {asked} sentences")
    print("  head alone   ", _score(records, [Counter([b]) for b in best]))
    print("  rules alone  ", _score(records, ruled))
    for floor in (0.001, 0.003, 0.01, 0.03, 0.1):
        left = [_vetoed(r, p, floor) for r, p in zip(ruled, probabilities, strict=True)]
        print(f"  veto < {floor:<6}", _score(records, left))
    for least in (0.5, 0.7, 0.9):
        added = [Counter([b] if p.max() > least else []) for p, b in zip(probabilities, best, strict=True)]
        spoken = [r or a for r, a in zip(ruled, added, strict=True)]
        print(f"  silent > {least:<4}", _score(records, spoken))


def _vetoed(ruled: Counter[str], probabilities: np.ndarray, floor: float) -> Counter[str]:
    return Counter({k: n for k, n in ruled.items() if probabilities[TYPES.index(k)] >= floor})


def _by_rules(text: str) -> list[tuple[str, int]]:
    """The types of the rules' events and where their triggers begin."""
    from onrecord.annotators.events import events
    from onrecord.annotators.parse import parse
    from onrecord.read.text import report

    return [(e.type, e.trigger[0]) for e in events(parse(report(text)), (), (), (), ())]


def _score(records: list[Row], given: list[Counter[str]]) -> str:
    """Precision, recall and F1 of types; records with the same text are one."""
    wanted: dict[str, set[str]] = {}
    whole: dict[str, bool] = {}
    said: dict[str, Counter[str]] = {}
    for record, types in zip(records, given, strict=True):
        gold, complete = gold_of(record)
        wanted.setdefault(record["text"], set()).update(gold)
        whole[record["text"]] = whole.get(record["text"], True) and complete
        said[record["text"]] = said.get(record["text"], Counter()) | types
    found = sum(len(w & said[t].keys()) for t, w in wanted.items())
    asked = sum(len(w) for w in wanted.values())
    made = sum(said[t].total() for t in wanted if whole[t])
    right = sum(n for t, w in wanted.items() if whole[t] for k, n in said[t].items() if k in w)
    p, r = right / max(made, 1), found / max(asked, 1)
    return f"P {p:.1%} R {r:.1%} F1 {2 * p * r / max(p + r, 1e-9):.1%}"


if __name__ == "__main__":
    main()
