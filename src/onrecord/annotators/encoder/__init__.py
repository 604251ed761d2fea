"""Attributions found by a small trained encoder, without torch: pieces, windows, links, spans.

How it was trained and measured: `training/attributions` in the repository and the model card beside the weights.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from onrecord import shipped
from onrecord.annotators.encoder.links import OnnxNetwork, read_links
from onrecord.annotators.encoder.pieces import read_pieces
from onrecord.annotators.encoder.settings import stored_settings
from onrecord.annotators.encoder.spans import attributions_of
from onrecord.annotators.found import Found
from onrecord.digests import checked
from onrecord.errors import ModelError

__all__ = ["Reader", "digest", "reader"]


class Reader:
    """Finds attributions with the model in a folder.

    Each window of a text is encoded by itself on one thread, so that a reading depends on the text alone.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._tokenizer = shipped.tokenizer(folder / "tokenizer.json")
            self._network = OnnxNetwork(folder)
            self._settings = stored_settings(checked(folder / "settings.json"))
        except ModelError:
            raise
        except Exception as error:  # tokenizers and onnxruntime raise bare exceptions of their own
            raise ModelError(f"the attribution model cannot be loaded ({error})", "install onrecord again",
                             subject=str(folder)) from error  # fmt: skip

    def found(self, text: str) -> list[Found]:
        """The attributions of a text, in the order of their contents.

        Example:
            >>> text = "The ministry said that talks would resume."
            >>> [text[s:e] for found in reader().found(text) for s, e in found.source]
            ['The ministry']
        """
        pieces = read_pieces(text, self._tokenizer)
        links = read_links(text, pieces, self._network, self._settings)
        return attributions_of(text, pieces, links, self._settings)


@cache
def reader() -> Reader:
    """The reader with the weights that ship in the package."""
    return Reader(shipped.folder("attributions"))


def digest() -> str:
    """Name and SHA-256 (16 digits) of the weights, for the record of a run."""
    return shipped.digest("attributions")
