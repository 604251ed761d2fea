"""The words that a worker's language pipeline has met: it keeps each for as long as it lives, so it must not live long.

SpaCy's own memory zones free such words, too, but whatever still points to one of them would then read freed memory. A
pipeline that is loaded anew costs half a second, and a few more until it has met the common words again, but nothing
can go wrong with it.
"""

from __future__ import annotations

import gc
from weakref import WeakKeyDictionary

from spacy.language import Language

from onrecord.annotators.parse import pipeline

__all__ = ["MOST_WORDS", "forget_words"]

#: How many words a pipeline may meet, besides those it was loaded with; each takes some 550 bytes.
MOST_WORDS = 20_000

_loaded_with: WeakKeyDictionary[Language, int] = WeakKeyDictionary()


def forget_words(most: int = MOST_WORDS) -> None:
    """Load the pipeline anew if it has met too many words since it was loaded.

    No reading may be under way in this process.

    Raises:
        ModelError: the pipeline is not installed, or a file is not that of its wheel.
    """
    if _met() > most:
        pipeline.cache_clear()
        gc.collect()  # a pipeline and its parts point to each other
        _met()


def _met() -> int:
    """How many words the pipeline has met since this was first asked of it."""
    nlp = pipeline()
    words = len(nlp.vocab.strings)
    return words - _loaded_with.setdefault(nlp, words)
