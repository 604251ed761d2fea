"""The thresholds of the attribution model, chosen on reports held out of its training part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings", "stored_settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds, chosen on reports held out of the training part."""

    cue: float = 0.2  # a piece is in a candidate cue above this probability
    compete: float = 0.2  # a cue takes part above this validity
    weights: tuple[float, ...] = (-1.0, 1.0, 1.0, 0.0, 0.0, 0.0)  # of the signs of confidence, see `signs_of`
    keep: float = 0.4  # an attribution is kept above this confidence
    keep_quoted: float = 0.3  # and this, where its content holds a whole quotation
    content: float = 0.5  # probability of content from which two cues or a quotation are compared
    no_source: float = 0.8  # above this probability a cue has no source
    same: float = 0.6  # two cues with more content than this in common are one attribution
    quotation: float = 0.25  # mean probability of content from which a long quotation is content whole
    bias: float = -0.3  # how sure a piece of content must be, in log odds
    edge: float = 2.0  # price of a content edge between words, in log odds
    edge_at_stop: float = 1.0  # at a full stop, comma, dash, bracket or new line
    edge_at_mark: float = 1.0  # at a quotation mark or other sign
    bound: float = 0.5  # weight of how unlikely the model finds a content to begin or end there


def stored_settings(file: Path) -> Settings:
    """The settings that were chosen for a model, from its folder."""
    values = json.loads(file.read_text(encoding="utf-8"))
    return Settings(**{**values, "weights": tuple(values["weights"])})
