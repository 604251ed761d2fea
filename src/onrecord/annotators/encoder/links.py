"""The encoder pass over each window, and what it says of each candidate cue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from onrecord import shipped
from onrecord.annotators.encoder.pieces import Floats, Ints, Pieces, windows
from onrecord.annotators.encoder.settings import Settings
from onrecord.digests import checked
from onrecord.model import Span

__all__ = ["CONTENT", "CUE", "REACH", "SOURCE", "Linked", "Links", "Network", "OnnxNetwork", "candidates", "read_links"]

#: Pieces to either side of a cue in which its source and content are looked for.
REACH = 96
#: Labels of a piece for one cue; 0 is none.
CONTENT, SOURCE, CUE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Links:
    """What the model says about one candidate cue; arrays run over pieces `first` to `first + len(labels)`."""

    start: int
    end: int
    first: int
    valid: float
    labels: Floats  # [pieces, 4] probabilities
    source_start: Floats  # [pieces + 1] probabilities, the last one for "no source"
    source_end: Floats
    content_start: Floats  # [pieces] probabilities that a run of content begins here, shared by its runs
    content_end: Floats  # ... that one ends with this piece


#: Label, source-start, source-end, validity, content-start and content-end probabilities of cues.
Linked = tuple[Floats, Floats, Floats, Floats, Floats, Floats]


class Network(Protocol):
    """The model's two passes; `OnnxNetwork` runs them here, the training code has its own."""

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        """Hidden states [pieces, width] and cue probabilities (none, begin, inside) [pieces, 3] of one window."""

    def link(self, hidden: Floats, paragraph: Ints, cues: Ints) -> Linked:
        """For cues [n, 2]: probabilities over the pieces around each, and validity [n]."""


def candidates(probabilities: Floats, threshold: float) -> list[Span]:
    """Runs of pieces that may be cues; a run is split where a new cue begins.

    probabilities: [pieces, 3] of none, begin, inside.
    """
    inside = 1 - probabilities[:, 0] > threshold
    begins = probabilities[:, 1] > probabilities[:, 2]
    out: list[Span] = []
    start = -1
    for at in range(len(inside) + 1):
        on = at < len(inside) and bool(inside[at])
        if start >= 0 and (not on or begins[at]):
            out.append((start, at))
            start = -1
        if on and start < 0:
            start = at
    return out


def read_links(text: str, pieces: Pieces, network: Network, settings: Settings) -> list[Links]:
    """The links of every candidate cue of a text, window by window."""
    out: list[Links] = []
    for start, end, owned, limit in windows(pieces, text):
        ids = np.concatenate([[101], pieces.ids[start:end], [102]])
        features = np.pad(pieces.features[start:end], ((1, 1), (0, 0)))
        paragraph = np.pad(pieces.paragraph[start:end], (1, 1), mode="edge")
        hidden, cue = network.encode(ids, features)
        shift = start - 1
        found = [(s + 1, e + 1) for s, e in candidates(cue[1:-1], settings.cue) if owned <= s + start < limit]
        if not found:
            continue
        labels, source_start, source_end, valid, content_start, content_end = network.link(
            hidden, paragraph, np.array(found, np.int64)
        )
        for i, (s, e) in enumerate(found):
            low, high = max(s - REACH, 1), min(s + REACH + 1, len(ids) - 1)
            cut = slice(low - (s - REACH), high - (s - REACH))
            out.append(
                Links(
                    s + shift,
                    e + shift,
                    low + shift,
                    float(valid[i]),
                    labels[i][cut],
                    np.append(source_start[i][cut], source_start[i][-1]),
                    np.append(source_end[i][cut], source_end[i][-1]),
                    content_start[i][cut],
                    content_end[i][cut],
                )
            )
    return out


class OnnxNetwork:
    """The exported model: `encoder.onnx` (shared by other heads), `cues.npz` and `links.onnx`."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._encoder, self._links = (
            shipped.session(folder / name, threads=threads) for name in ("encoder.onnx", "links.onnx")
        )
        cues = np.load(checked(folder / "cues.npz"), allow_pickle=False)
        self._weight, self._bias = cues["weight"], cues["bias"]

    def encode(self, ids: Ints, features: Ints) -> tuple[Floats, Floats]:
        """See `Network.encode`."""
        hidden = self._encoder.run(["hidden"], {"ids": ids[None], "features": features[None]})[0][0]
        scores = hidden @ self._weight + self._bias
        scores = np.exp(scores - scores.max(1, keepdims=True))
        return hidden, scores / scores.sum(1, keepdims=True)

    def link(self, hidden: Floats, paragraph: Ints, cues: Ints) -> Linked:
        """See `Network.link`."""
        names = ["labels", "source_start", "source_end", "valid", "content_start", "content_end"]
        labels, start, end, valid, content_start, content_end = self._links.run(
            names, {"hidden": hidden, "paragraph": paragraph, "cues": cues}
        )
        return labels, start, end, valid, content_start, content_end
