"""The layers of spaCy's word vectors that cost more than their multiplications, done with fewer passes over memory.

A word that stands several times in what is read at once is looked up once. What comes out is the same but for the last
bits of each number. Only reading is changed; training is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

__all__ = ["highest", "with_quick_layers"]

Floats = NDArray[np.float32]
Forward = Callable[[Any, Any, bool], tuple[Any, Callable[..., Any]]]

#: The layers that give each word its vector, before its neighbours are looked at.
_LOOK_UP = ["extract_features", "list2ragged", "with_array", "with_array", "ragged2list"]

#: What thinc adds to a variance before it divides by its root.
_LEAST = 1e-8


def with_quick_layers(nlp: Language) -> Language:
    """The pipeline with such layers done in this way, where they are computed by NumPy."""
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            parts = [part.name.partition("(")[0] for part in layer.layers]
            make = _looked_up if parts == _LOOK_UP else _MADE.get(layer.name)
            if make is not None and isinstance(layer.ops, NumpyOps):
                layer._func = _unless_trained(make(layer), layer._func)  # no public way changes what a layer does
    return nlp


def highest(pieces: Floats) -> Floats:
    """The highest of the few numbers along the last axis; NumPy's own `max` takes several times as long there.

    >>> highest(np.array([[1.0, 3.0], [5.0, 2.0]], np.float32)).tolist()
    [3.0, 5.0]
    """
    found = pieces[..., 0]
    for number in range(1, pieces.shape[-1]):
        found = np.maximum(found, pieces[..., number])
    return found


def _unless_trained(quick: Callable[[Any], Any], own: Forward) -> Forward:
    def forward(layer: Any, given: Any, is_train: bool) -> tuple[Any, Callable[..., Any]]:
        return own(layer, given, is_train) if is_train else (quick(given), _nothing_learnt)

    return forward


def _nothing_learnt(*_: object) -> None:
    raise RuntimeError("a layer that was only read with cannot learn")


def _looked_up(layer: Any) -> Callable[[Sequence[Doc]], list[Floats]]:
    """Words are one where all that is looked at of them is: form, prefix, suffix, shape."""
    seen, _, tables, mixed, _ = layer.layers

    def quick(docs: Sequence[Doc]) -> list[Floats]:
        rows = [np.ascontiguousarray(columns) for columns in seen.predict(docs)]
        words = np.concatenate(rows)
        if not len(words):
            return [np.zeros((0, layer.get_dim("nO")), np.float32) for _ in docs]
        whole = words.view(np.dtype((np.void, words.itemsize * words.shape[1]))).reshape(-1)
        _, first, of = np.unique(whole, return_index=True, return_inverse=True)
        vectors = mixed.predict(tables.predict(words[first]))[of]
        return np.split(vectors, np.cumsum([len(columns) for columns in rows])[:-1])

    return quick


def _maxout(layer: Any) -> Callable[[Floats], Floats]:
    """The weights of all first pieces, then those of all second ones, so that what is compared lies in long rows."""
    weights, bias = layer.get_param("W"), layer.get_param("b")
    width, pieces, wide = weights.shape
    across = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * width, wide).T)
    added = np.ascontiguousarray(bias.T).reshape(-1)

    def quick(given: Floats) -> Floats:
        summed = given @ across
        summed += added
        found: Floats = summed[:, :width]
        for number in range(1, pieces):
            found = np.maximum(found, summed[:, number * width : (number + 1) * width])
        return np.ascontiguousarray(found)

    return quick


def _normalised(layer: Any) -> Callable[[Floats], Floats]:
    scale, shift = layer.get_param("G"), layer.get_param("b")
    share = np.full(len(scale), 1 / len(scale), np.float32)

    def quick(given: Floats) -> Floats:
        found: Floats = given - (given @ share)[:, None]
        spread = np.einsum("ij,ij->i", found, found) / np.float32(len(share)) + np.float32(_LEAST)
        found *= (1 / np.sqrt(spread))[:, None]
        found *= scale
        found += shift
        return found

    return quick


_MADE: dict[str, Callable[[Any], Callable[[Any], Any]]] = {"maxout": _maxout, "layernorm": _normalised}
