"""The network that reads two reports together and says which of their mentions are of one event."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from onrecord.reconcile.passages import CASES, MATCHES
from onrecord.reconcile.read_together import SIGNS


class Encoder(nn.Module):
    """MiniLM with three features (mention, match, case) added to the word embeddings, which are left as they are."""

    def __init__(self, base: Path, attention: str) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(
            base, attn_implementation=attention, add_pooling_layer=False, dtype=torch.float32
        )
        self.width: int = self.bert.config.hidden_size
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        self.features = nn.ModuleList(nn.Embedding(n, self.width) for n in (2, MATCHES, CASES))
        for table in self.features:
            nn.init.normal_(table.weight, std=0.005)

    def forward(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """Hidden states [pairs, pieces, width] of pieces [pairs, 5, pieces] (see `passages.Together`)."""
        embedded = self.bert.embeddings.word_embeddings(pieces[:, 0])
        for table, row in zip(self.features, (2, 3, 4), strict=True):
            embedded = embedded + table(pieces[:, row])
        out: Tensor = self.bert(
            inputs_embeds=embedded, token_type_ids=pieces[:, 1], attention_mask=mask
        ).last_hidden_state
        return out


class Compared(nn.Module):
    """Two runs of pieces, each as its mean and its first, compared: the same whichever comes first."""

    def __init__(self, width: int, beside: int, hidden: int, size: int = 256) -> None:
        super().__init__()
        self.run = nn.Linear(2 * width, size)
        self.layers = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(3 * size + beside, hidden), nn.GELU(), nn.Dropout(0.1), nn.Linear(hidden, 1)
        )

    def forward(self, hidden: Tensor, spans: Tensor, of: Tensor, pairs: Tensor, beside: Tensor | None = None) -> Tensor:
        """Log odds [n] of pairs [n, 2] of rows of spans [m, 2], which stand in the texts `of` [m]."""
        summed = nn.functional.pad(hidden.cumsum(1), (0, 0, 1, 0))
        start, end = spans[:, 0], spans[:, 1]
        mean = (summed[of, end] - summed[of, start]) / (end - start)[:, None]
        runs = self.run(torch.cat([mean, hidden[of, start]], 1))
        a, b = runs[pairs[:, 0]], runs[pairs[:, 1]]
        parts = [a * b, (a - b).abs(), a + b]
        odds: Tensor = self.layers(torch.cat(parts if beside is None else [*parts, beside], 1))[:, 0]
        return odds


class Network(nn.Module):
    """Mentions of one event; in training also whether the reports are of one story, and which words name one thing."""

    def __init__(self, base: Path, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = Encoder(base, attention)
        width = self.encoder.width
        self.events = Compared(width, width + SIGNS, 256)
        self.entities = Compared(width, 0, 128)
        self.likeness, self.story = nn.Linear(SIGNS, 1), nn.Linear(width, 1)
        nn.init.zeros_(self.events.layers[-1].weight)
        nn.init.constant_(self.entities.layers[-1].bias, -3.0)
        with torch.no_grad():  # begins as the logistic regression says; words that it does not compare are unlikely
            self.likeness.weight.zero_()
            self.likeness.weight[0, -2:] = torch.tensor([2.5, 1.0])
            self.likeness.bias.fill_(-2.5)

    def odds(self, hidden: Tensor, spans: Tensor, of: Tensor, pairs: Tensor, signs: Tensor) -> Tensor:
        """Log odds that the mentions of each pair are of one event; signs as `read_together.signs` gives them."""
        text = hidden[of[pairs[:, 0]], 0]
        events: Tensor = self.events(hidden, spans, of, pairs, torch.cat([text, signs / 3], 1))
        likeness: Tensor = self.likeness(signs)[:, 0]
        return events + likeness


def averaged(runs: Sequence[Path], base: Path) -> Network:
    """The network with the mean of the weights of some runs, for use."""
    network = Network(base, "eager")
    states = [torch.load(run, map_location="cpu", weights_only=True) for run in runs]
    network.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    return network.eval()
