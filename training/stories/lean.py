"""Attention and dropout that cost one CPU core half as much as those of torch and transformers; for training alone."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.masking_utils import eager_mask

#: The name by which transformers finds `attention`.
LEAN = "lean"
POOL = 1 << 24  # kept or dropped, this many at random, made once


class Dropout(nn.Module):
    """Dropout whose masks are cut from a pool of random ones at a random place."""

    def __init__(self, p: float, pools: dict[float, Tensor]) -> None:
        super().__init__()
        self.p, self.pools = p, pools

    def forward(self, given: Tensor) -> Tensor:
        """The numbers given, some of them 0 and the others as much larger; in training alone."""
        if not self.training or self.p == 0:
            return given
        if self.p not in self.pools:
            self.pools[self.p] = (torch.rand(POOL) >= self.p).to(given.dtype) / (1 - self.p)
        at = int(torch.randint(POOL - given.numel(), ()))
        return given * self.pools[self.p][at : at + given.numel()].view(given.shape)


def attention(  # type: ignore[no-untyped-def]
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, scaling: float, **_
) -> tuple[Tensor, Tensor]:
    """As `eager_attention_forward` of transformers, with the queries scaled in place of their products."""
    weights = torch.matmul(query * scaling, key.transpose(2, 3))
    if mask is not None:
        weights = weights + mask.to(weights.dtype)
    weights = module.dropout(torch.softmax(weights, -1, dtype=weights.dtype))
    return torch.matmul(weights, value).transpose(1, 2).contiguous(), weights


def with_lean_dropout(module: nn.Module) -> None:
    """Puts `Dropout` in the place of torch's in all parts of a module."""
    pools: dict[float, Tensor] = {}
    for part in list(module.modules()):
        for name, child in part.named_children():
            if isinstance(child, nn.Dropout):
                setattr(part, name, Dropout(child.p, pools))


AttentionInterface.register(LEAN, attention)
AttentionMaskInterface.register(LEAN, eager_mask)
