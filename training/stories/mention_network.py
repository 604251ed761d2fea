"""How likely mentions of two reports speak of one event, by a small network that reads both reports together.

How it was trained and measured: `training/stories` in the repository and the model card beside the weights.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from passages import Ints, Together, Vocabulary
from tokenizers import Tokenizer

from onrecord.errors import ModelError

__all__ = ["Floats", "MentionNetwork", "digest", "network"]

Floats = NDArray[np.float32]


class MentionNetwork:
    """The network of a folder, on one thread; two passages are read at a time, so that nothing else matters to them.

    Attributes:
        vocabulary: the words as it sees them.
    """

    def __init__(self, folder: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = ort.InferenceSession(
                str(folder / "mentions.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # tokenizers and onnxruntime raise bare exceptions of their own
            raise ModelError(f"the network of same events cannot be loaded ({error})", "install onrecord again",
                             subject=str(folder)) from error  # fmt: skip
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self.vocabulary = Vocabulary(tokenizer)

    def log_odds(self, read: Together, pairs: Ints, features: Floats) -> Floats:
        """The log odds that the mentions of each pair speak of one event.

        Args:
            read: two passages, or one.
            pairs: [pairs, 2]: rows of `read.spans`.
            features: [pairs, features]: `mention_pairs.signs` of each pair.
        """
        given = {"pieces": read.pieces, "spans": read.spans, "pairs": pairs, "features": features}
        odds: Floats = self._session.run(["odds"], given)[0]
        return odds


@cache
def network() -> MentionNetwork:
    """The network with the weights that ship in the package."""
    return MentionNetwork(_folder())


@cache
def digest() -> str:
    """Name and SHA-256 (16 digits) of the weights, for the record of a run."""
    digest = hashlib.sha256()
    for path in sorted(_folder().iterdir()):
        if path.suffix != ".md":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"mentions:{digest.hexdigest()[:16]}"


def _folder() -> Path:
    return Path(str(resources.files("onrecord"))) / "weights" / "mentions"
