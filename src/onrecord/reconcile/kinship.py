"""Words for the same kind of happening: one root for the forms of a word, and how near two words are in meaning."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.digests import checked

__all__ = ["DIMENSIONS", "head", "root", "vector"]

#: Numbers that stand for the meaning of a word.
DIMENSIONS = 64

_ENDINGS = (
    ("ations", ""), ("ation", ""), ("itions", ""), ("ition", ""), ("ements", "e"), ("ement", "e"), ("ments", ""),
    ("ment", ""), ("ings", ""), ("ing", ""), ("ions", ""), ("ion", ""), ("ies", "y"), ("ied", "y"), ("ed", ""),
    ("es", ""), ("ers", ""), ("er", ""), ("s", ""), ("al", ""), ("e", ""),
)  # fmt: skip
_AFTER_VERBS = frozenset(
    {"a", "an", "the", "to", "in", "into", "on", "onto", "off", "of", "out", "up", "down", "over", "for", "from",
     "with", "by", "at", "as", "his", "her", "its", "their", "about", "away", "back", "against", "him", "them", "it",
     "through", "under"}
)  # fmt: skip


def root(word: str) -> str:
    """One form for all forms of a word, nouns made of verbs with their verbs; not always itself a word.

    Example:
        >>> root("killings") == root("killed"), root("announcement") == root("announces"), root("shot")
        (True, True, 'shoot')
    """
    word = _irregular().get(word, word)
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.rstrip("e")


def head(words: tuple[str, ...]) -> str:
    """The word of a trigger that names the happening: the first of a verb phrase, the last of a noun phrase.

    Example:
        >>> head(("casting", "a", "shadow")), head(("peace", "talks"))
        ('casting', 'talks')
    """
    return words[0] if len(words) > 1 and words[1] in _AFTER_VERBS else words[-1]


@lru_cache(maxsize=20_000)
def vector(words: tuple[str, ...]) -> NDArray[np.float32]:
    """The meaning of the words together, of length 1; zeros where none is known. Not to be written to.

    From the input embeddings of all-MiniLM-L6-v2 (Apache-2.0), reduced to `DIMENSIONS` by `training/stories/kin.py`.
    """
    known, vectors = _table()
    rows = [known[word] for word in words if word in known]
    if not rows:
        return _fixed(np.zeros(DIMENSIONS, np.float32))
    mean = vectors[rows].astype(np.float32).mean(0)
    return _fixed(np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-6), np.float32))


def _fixed(array: NDArray[np.float32]) -> NDArray[np.float32]:
    array.setflags(write=False)
    return array


@cache
def _irregular() -> dict[str, str]:
    text = resources.files("onrecord.reconcile").joinpath("irregular.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {form: forms[0] for forms in lines for form in forms}


@cache
def _table() -> tuple[dict[str, int], NDArray[np.int8]]:
    path = checked(Path(str(resources.files("onrecord"))) / "reconcile" / "kin.npz")
    with np.load(path, allow_pickle=False) as stored:
        words = str(stored["words"]).split()
        return {word: number for number, word in enumerate(words)}, stored["vectors"]
