"""Names brought to one form, so that a name is found however it is spelt."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["key", "tokens"]

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
})  # fmt: skip
_APOSTROPHES = re.compile("['’‘ʼʻ`´ʿʾ]")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 16)  # the same names are asked for again and again
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, apostrophes and punctuation.

    Example:
        >>> tokens("Józef O'Brien-Łoś")
        ('jozef', 'obrien', 'los')
    """
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(_WORD.findall(bare.translate(_LETTERS)))


def key(name: str | None) -> str | None:
    """The words of a name in one string, for comparing; None for None.

    Example:
        >>> key("John F. Kennedy")
        'john f kennedy'
    """
    return None if name is None else " ".join(tokens(name))
