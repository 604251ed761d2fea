"""How much a word tells about which story a report belongs to.

A fixed table, so that no reading depends on what else is in the record.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

__all__ = ["RAREST", "folded", "listed", "rarity", "words"]

#: The rarity of a word that the table does not list, in -ln(share of reports).
RAREST = 8.0

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*|\d[\d,]*")
_POSSESSIVE = ("'s", "’s")


def words(text: str) -> list[tuple[str, int, bool]]:
    """The words of a text, folded, each with its offset and whether it is written with a capital.

    Example:
        >>> words("Kyiv's mayor counted 1,200 homes.")
        [('kyiv', 0, True), ('mayor', 7, False), ('counted', 13, False), ('1200', 21, False), ('homes', 27, False)]
    """
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        if word.endswith(_POSSESSIVE):
            word = word[:-2]
        found.append((folded(word), match.start(), word[:1].isupper()))
    return found


def folded(word: str) -> str:
    """A word without case, accents, apostrophes and the separators of thousands.

    Example:
        >>> folded("Erdoğan"), folded("1,200")
        ('erdogan', '1200')
    """
    lower = word.lower()
    if not lower.isascii():
        lower = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return lower.replace("'", "").replace("’", "").replace(",", "")


def rarity(word: str) -> float:
    """-ln of the share of reports that hold a folded word, where it is commonest; `RAREST` if it is not listed.

    Example:
        >>> rarity("the") < 0.2 < 3 < rarity("bridge") < rarity("zhytomyr") == RAREST
        True
    """
    return _table().get(word, RAREST)


def listed() -> tuple[str, ...]:
    """The words that the table lists, in its order."""
    return tuple(_table())


@cache
def _table() -> dict[str, float]:
    text = resources.files("onrecord.reconcile").joinpath("rarity.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: min(int(tenths) / 10, RAREST) for word, tenths in lines}
