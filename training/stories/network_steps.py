"""What the network learns from in an epoch: pairs of passages, made over, in steps of like length."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from network_data import Corpus, Report, Varied, entity_spans, pairs_of, same
from torch import Tensor

from onrecord.reconcile.passages import Vocabulary, together

__all__ = ["SCALE", "Example", "Examples", "batch"]

ROOM = 2_000  # pieces a step, padding with them
CAP, CAP_ELSEWHERE = 120, 600  # pairs an epoch of one story, of two stories of one topic; of all other pairs
HIDDEN, MENTIONS_HIDDEN = 0.05, 0.12  # shares of the pieces and of the mentions that are masked
SCALE = 8.0  # pairs of mentions that count as much as one pair of reports
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
        for start, end in read.spans.tolist():
            if self.rng.random() < MENTIONS_HIDDEN:
                hidden[start:end] = True
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
