"""The network: one encoder pass, a cue tagger, and links from each cue to its content and source."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from onrecord.annotators.encoder.links import REACH
from onrecord.annotators.encoder.pieces import N_BREAK, N_CASE, N_QUOTE


class Encoder(nn.Module):
    """MiniLM, or its lowest layers, with three features (quotation, case, paragraph start) added to the embeddings."""

    def __init__(self, base: Path, attention: str = "sdpa", layers: int | None = None) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(
            base,
            attn_implementation=attention,
            attention_probs_dropout_prob=0.0,
            add_pooling_layer=False,
            dtype=torch.float32,
        )
        self.bert.encoder.layer = self.bert.encoder.layer[:layers]
        self.width: int = self.bert.config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(n, self.width) for n in (N_QUOTE, N_CASE, N_BREAK))
        for table in self.features:
            nn.init.zeros_(table.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """Hidden states [windows, pieces, width]."""
        embedded = self.bert.embeddings.word_embeddings(ids)
        for i, table in enumerate(self.features):
            embedded = embedded + table(features[..., i])
        out: Tensor = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return out


class Mix(nn.Module):
    """A convolution block over the pieces around a cue: each piece sees its neighbours, then a two-layer map."""

    def __init__(self, width: int, reach: int = 4) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.near = nn.Conv1d(width, width, 2 * reach + 1, padding=reach, groups=width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x [cues, pieces, width]; mask [cues, pieces, 1] is 0 outside the window."""
        near = self.near((self.norm(x) * mask).transpose(1, 2)).transpose(1, 2)
        return x + self.down(nn.functional.gelu(self.up(near)))


class Links(nn.Module):
    """For each cue: a label for every piece within REACH, validity, and where source and content begin and end."""

    def __init__(self, width: int, size: int = 128, layers: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.token, self.cue = nn.Linear(width, size), nn.Linear(width, size)
        self.gate = nn.Linear(width, size)
        self.near = nn.Embedding(2 * REACH + 1, size)
        self.line = nn.Embedding(5, size)
        self.layers = nn.ModuleList(Mix(size) for _ in range(layers))
        self.norm = nn.LayerNorm(size)
        self.labels, self.ends, self.whole = nn.Linear(size, 4), nn.Linear(size, 2), nn.Linear(2 * size, 2)
        self.bounds = nn.Linear(size, 2)
        self.drop = nn.Dropout(dropout)
        for table in (self.near, self.line):
            nn.init.normal_(table.weight, std=1 / math.sqrt(size))

    def forward(
        self, hidden: Tensor, paragraph: Tensor, cues: Tensor, of: Tensor, length: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """hidden [b, t, w], paragraph [b, t], cues [n, 2], of [n] (window of each cue), length [b].

        Logits: labels [n, 2 REACH + 1, 4], source start and end [n, 2 REACH + 2] (last: none), valid [n],
        content start and end [n, 2 REACH + 1].
        """
        start, end = cues[:, :1], cues[:, 1:]
        offsets = torch.arange(-REACH, REACH + 1, device=hidden.device)[None]
        at = start + offsets
        mask = (at >= 0) & (at < length[of][:, None])
        at = at.clamp(min=0).minimum(length[of][:, None] - 1)
        inside = (at >= start) & (at < end) & mask
        distance = torch.where(at < start, at - start, torch.where(at >= end, at - end + 1, torch.zeros_like(at)))
        lines = paragraph[of[:, None], at] - paragraph[of[:, None], start]
        weight = inside.to(hidden.dtype)
        summed = nn.functional.pad(hidden.float().cumsum(1), (0, 0, 1, 0))
        cue = ((summed[of, cues[:, 1]] - summed[of, cues[:, 0]]) / (end - start)).to(hidden.dtype)
        x = self.token(self.drop(hidden))[of[:, None], at]
        x = x + self.cue(cue)[:, None] + x * self.gate(cue)[:, None]
        x = x + self.near(distance.clamp(-REACH, REACH) + REACH) + self.line(lines.clamp(-2, 2) + 2)
        seen = mask[..., None].to(x.dtype)
        for layer in self.layers:
            x = layer(x, seen)
        x = self.norm(x)
        pooled = (weight[..., None] * x).sum(1) / weight.sum(1, keepdim=True).clamp(min=1)
        whole = self.whole(torch.cat([pooled, self.cue(cue)], 1))
        ends = self.ends(x).float().masked_fill(~mask[..., None], -1e4)
        bounds = self.bounds(x).float().masked_fill(~mask[..., None], -1e4)
        none = whole[:, :1].float()
        return (
            self.labels(x).float(),
            torch.cat([ends[..., 0], none], 1),
            torch.cat([ends[..., 1], none], 1),
            whole[:, 1].float(),
            bounds[..., 0],
            bounds[..., 1],
        )


class AttributionModel(nn.Module):
    """Encoder, tagger (BIO for cue, source, content; only the cue's is used when reading) and links."""

    def __init__(self, base: Path, attention: str = "sdpa", layers: int | None = None) -> None:
        super().__init__()
        self.encoder = Encoder(base, attention, layers)
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(self.encoder.width, 9)
        self.links = Links(self.encoder.width)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden states and tag logits [windows, pieces, 9]."""
        hidden = self.encoder(ids, features, mask)
        return hidden, self.tags(self.drop(hidden)).float()
