"""How likely mentions of two reports speak of one event, by a small network that reads both reports together.

How it was trained and measured: `training/stories` in the repository and the model card beside the weights.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord import shipped
from onrecord.errors import ModelError
from onrecord.reconcile.passages import Ints, Together, Vocabulary

__all__ = ["Floats", "MentionNetwork", "network"]

Floats = NDArray[np.float32]


class MentionNetwork:
    """The network of a folder, on one thread; two passages are read at a time, so that nothing else matters to them.

    Attributes:
        vocabulary: the words as it sees them.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._session = shipped.session(folder / "mentions.onnx")
            self.vocabulary = Vocabulary(shipped.tokenizer(folder / "tokenizer.json"))
        except ModelError:
            raise
        except Exception as error:  # tokenizers and onnxruntime raise bare exceptions of their own
            raise ModelError(f"the network of same events cannot be loaded ({error})", "install onrecord again",
                             subject=str(folder)) from error  # fmt: skip

    def log_odds(self, read: Together, pairs: Ints, features: Floats) -> Floats:
        """The log odds that the mentions of each pair speak of one event.

        Args:
            read: two passages, or one.
            pairs: [pairs, 2]: rows of `read.spans`.
            features: [pairs, features]: `read_together.signs` of each pair.
        """
        given = {"pieces": read.pieces, "spans": read.spans, "pairs": pairs, "features": features}
        odds: Floats = self._session.run(["odds"], given)[0]
        return odds


@cache
def network() -> MentionNetwork:
    """The network with the weights that ship in the package."""
    return MentionNetwork(shipped.folder("mentions"))
