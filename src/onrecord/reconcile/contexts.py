"""What words mean in their sentence, as numbers: near one another where they speak of one happening.

Two layers of a transformer, small enough for a few thousand sentences a minute without any library but numpy. Made by
`training/stories/contexts.py` from all-MiniLM-L6-v2 (Apache-2.0).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Span

__all__ = ["DIMENSIONS", "contexts", "pieces"]

#: Numbers that stand for the meaning of words in their sentence.
DIMENSIONS = 96
#: Pieces of a sentence that are read; of a longer one, those around the words asked for.
_LONGEST = 118
_HEADS, _EPSILON = 12, 1e-12

Floats = NDArray[np.float32]


def contexts(sentence: str, spans: Sequence[Span]) -> Floats:
    """For each span of a sentence, a row of `DIMENSIONS` numbers of length 1, from this sentence alone.

    Example:
        >>> said = contexts("Rebels killed a guard. Later, the killing was filmed.", [(7, 13), (34, 41), (46, 52)])
        >>> bool(said[0] @ said[1] > said[0] @ said[2])
        True
    """
    found = list(pieces(sentence, _model().rows))
    rows = np.zeros((len(spans), DIMENSIONS), np.float32)
    for window, chosen in _windows(found, spans):
        states = _model().states([piece for piece, _, _ in window])
        mean = states.mean(0)
        for n in chosen:
            start, end = spans[n]
            inside = [i + 1 for i, (_, a, b) in enumerate(window) if a < end and b > start]
            own = states[inside].mean(0) if inside else states[0]
            rows[n] = _model().projected(np.concatenate([own, mean]))
    return rows


def _windows(
    found: list[tuple[str, int, int]], spans: Sequence[Span]
) -> Iterator[tuple[list[tuple[str, int, int]], list[int]]]:
    """The parts of a sentence that are read, each with the spans that it is read for: mostly the whole for all."""
    if len(found) <= _LONGEST:
        yield found, list(range(len(spans)))
        return
    for n, (start, _) in enumerate(spans):
        at = next((i for i, (_, _, b) in enumerate(found) if b > start), len(found))
        first = min(max(at - _LONGEST // 2, 0), len(found) - _LONGEST)
        yield found[first : first + _LONGEST], [n]


def pieces(text: str, known: Container[str]) -> Iterator[tuple[str, int, int]]:
    """The known pieces of words, each with its place: the longest that fit, from the left (WordPiece).

    Example:
        >>> [piece for piece, _, _ in pieces("The shelling, again.", {"the", "shell", "##ing", ",", "again", "."})]
        ['the', 'shell', '##ing', ',', 'again', '.']
    """
    for word, places in _words(text):
        start, made = 0, []
        while start < len(word):
            end = next(
                (e for e in range(len(word), start, -1) if ("##" if start else "") + word[start:e] in known), None
            )
            if end is None or len(word) > 100:  # noqa: PLR2004 - as the model's own tokenizer has it
                made = [("[UNK]", places[0], places[-1] + 1)]
                break
            made.append((("##" if start else "") + word[start:end], places[start], places[end - 1] + 1))
            start = end
        yield from made


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Words and single marks, in small letters without accents, each letter with its place in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        apart = not sign.isalnum() and unicodedata.category(sign) != "Mn"
        if apart and letters:
            yield "".join(letters), places
            letters, places = [], []
        if apart:
            if not sign.isspace() and sign.isprintable():
                yield sign, [place]
            continue
        for letter in unicodedata.normalize("NFD", sign.lower()):
            if unicodedata.category(letter) != "Mn":
                letters.append(letter)
                places.append(place)
    if letters:
        yield "".join(letters), places


@dataclass(frozen=True)
class _Model:
    """The weights, and the rows of the pieces."""

    rows: dict[str, int]
    weights: dict[str, Floats]
    layers: int

    def states(self, found: Sequence[str]) -> Floats:
        """The last layer's states, of the sentence's opening mark, its pieces, and its closing mark."""
        ids = [self.rows[piece] for piece in ("[CLS]", *found, "[SEP]")]
        x = self._linear("widen", self.weights["table"][ids]) + self.weights["places"][: len(ids)]
        x = self._normed("norm", x)
        for n in range(self.layers):
            x = self._layer(f"layers.{n}", x)
        return x

    def projected(self, row: Floats) -> Floats:
        made = self._linear("project", row)
        return np.asarray(made / max(float(np.linalg.norm(made)), 1e-9), np.float32)

    def _layer(self, name: str, x: Floats) -> Floats:
        parts = (self._linear(f"{name}.attention.self.{part}", x) for part in ("query", "key", "value"))
        query, key, value = (part.reshape(len(x), _HEADS, -1).transpose(1, 0, 2) for part in parts)
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (shares / shares.sum(-1, keepdims=True)) @ value
        x = self._normed(f"{name}.attention.output.LayerNorm",
                         x + self._linear(f"{name}.attention.output.dense", mixed.transpose(1, 0, 2).reshape(x.shape)))  # fmt: skip
        inner = self._linear(f"{name}.intermediate.dense", x)
        inner = inner * 0.5 * (1 + np.tanh(np.float32(0.7978845608) * (inner + np.float32(0.044715) * inner**3)))
        return self._normed(f"{name}.output.LayerNorm", x + self._linear(f"{name}.output.dense", inner))

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], np.float32)

    def _normed(self, name: str, x: Floats) -> Floats:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(-1, keepdims=True) + np.float32(_EPSILON))
        return np.asarray(centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], np.float32)


@cache
def _model() -> _Model:
    with resources.as_file(resources.files("onrecord.reconcile").joinpath("contexts.npz")) as path, np.load(path) as s:
        weights = {
            name: np.asarray(s[name].astype(np.float32) * (s[f"{name}.scale"] if f"{name}.scale" in s else 1), np.float32)
            for name in s.files
            if name != "pieces" and not name.endswith(".scale")
        }
        names = str(s["pieces"]).split()
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    return _Model({name: row for row, name in enumerate(names)}, weights, layers)
