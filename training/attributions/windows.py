"""PolNeAR as the model learns from it: reports in pieces with what people marked, cut into windows and batches."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.annotators.encoder.pieces import WINDOW, Pieces, read_pieces
from onrecord.model import Span

__all__ = ["HELD_OUT", "Batch", "Gold", "Report", "batch_of", "epoch_of", "load", "load_tokenizer"]

HELD_OUT = 20  # one report in this many is held out of train


@dataclass(frozen=True, slots=True)
class Gold:
    """An attribution in pieces: source (or None), cue, content runs."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the corpus with its pieces and gold."""

    record: dict[str, Any]
    pieces: Pieces
    gold: tuple[Gold, ...]


def load_tokenizer(base: Path) -> Tokenizer:
    """The base model's tokenizer, neither cutting nor padding."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def run_of(span: list[int], pieces: Pieces) -> Span | None:
    """A character span as a run of pieces."""
    s, e = int(np.searchsorted(pieces.ends, span[0], "right")), int(np.searchsorted(pieces.starts, span[1]))
    return (s, e) if s < e else None


def load(path: Path, tokenizer: Tokenizer) -> list[Report]:
    """The reports of a file with their pieces and gold."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        pieces = read_pieces(record["text"], tokenizer)

        gold = []
        for a in record["attributions"]:
            cue = next((r for s in a["cue"] if (r := run_of(s, pieces))), None)
            content = tuple(r for s in a["content"] if (r := run_of(s, pieces)))
            if cue and content:
                gold.append(Gold(next((r for s in a["source"] if (r := run_of(s, pieces))), None), cue, content))
        out.append(Report(record, pieces, tuple(gold)))
    return out


def cut(report: Report, rng: random.Random) -> list[tuple[int, int]]:
    """Training windows: whole paragraphs, with a first window of random length so that cuts differ each epoch."""
    size, n = WINDOW - 2, len(report.pieces.ids)
    heads = [*(np.flatnonzero(np.diff(report.pieces.paragraph)) + 1).tolist(), n]
    out, start, budget = [], 0, int(size * rng.uniform(0.3, 1.0))
    while start < n:
        end = max((h for h in heads if start < h <= start + budget), default=min(start + size, n))
        out.append((start, end))
        start, budget = end, size
    return out


def epoch_of(reports: list[Report], size: int, rng: random.Random) -> list[list[tuple[Report, int, int]]]:
    """All reports in windows, in batches of windows of like length."""
    items = [(r, s, e) for r in reports for s, e in cut(r, rng)]
    rng.shuffle(items)
    pool, batches = 16 * size, []
    for i in range(0, len(items), pool):
        near = sorted(items[i : i + pool], key=lambda x: x[2] - x[1])
        batches += [near[k : k + size] for k in range(0, len(near), size)]
    rng.shuffle(batches)
    return batches


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of reports as padded tensors [windows, pieces]."""

    ids: Tensor
    features: Tensor
    paragraph: Tensor
    length: Tensor
    tags: Tensor  # [b, t, 3] BIO of cue, source, content; -100 outside
    gold: list[list[tuple[Gold, int]]]  # attributions of each window and the window's shift

    @property
    def mask(self) -> Tensor:
        """1 at pieces, 0 at padding [windows, pieces]."""
        at = torch.arange(self.ids.shape[1], device=self.ids.device)[None]
        return (at < self.length[:, None]).long()


def batch_of(items: list[tuple[Report, int, int]], device: torch.device) -> Batch:
    """A batch of windows: (report, first piece, end)."""
    width = max(e - s for _, s, e in items) + 2
    ids, features = np.zeros((len(items), width), np.int64), np.zeros((len(items), width, 3), np.int64)
    paragraph, tags = np.zeros((len(items), width), np.int64), np.full((len(items), width, 3), -100, np.int64)
    gold: list[list[tuple[Gold, int]]] = []
    for i, (report, s, e) in enumerate(items):
        n, p = e - s, report.pieces
        ids[i, 0], ids[i, 1 : n + 1], ids[i, n + 1] = 101, p.ids[s:e], 102
        features[i, 1 : n + 1] = p.features[s:e]
        paragraph[i, 1 : n + 1] = p.paragraph[s:e]
        paragraph[i, 0], paragraph[i, n + 1 :] = p.paragraph[s], p.paragraph[e - 1]
        tags[i, 1 : n + 1] = 0
        here = [g for g in report.gold if s <= g.cue[0] and g.cue[1] <= e]
        for g in report.gold:
            for role, runs in enumerate(((g.cue,), (g.source,) if g.source else (), g.content)):
                for a, b in runs:
                    a2, b2 = max(a, s) - s + 1, min(b, e) - s + 1
                    if a2 < b2:
                        tags[i, a2:b2, role] = 2
                        tags[i, a2, role] = 1 if a >= s else 2
        gold.append([(g, 1 - s) for g in here])
    length = np.array([e - s + 2 for _, s, e in items])
    tensors = (torch.from_numpy(x).to(device) for x in (ids, features, paragraph, length, tags))
    return Batch(*tensors, gold)
