"""What a person types to search, as terms: words, "phrases", beginnings* and -what to leave out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Said", "Terms", "terms"]

_TERM = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-"})


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms to find, all of them, and those of which none may stand there, each as a quoted FTS5 string."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is asked of the full text of reports or of statements: terms, each as `terms` gives them.

    Attributes:
        every: all of them must stand there.
        some: at least one of them must, if there are any.
        without: none of them may.
        speaker: all of them must stand in the speaker's name.
        content: at least one of them must stand in what is said, if there are any.

    Example:
        >>> bool(Said(every=('"truce"',))), bool(Said(without=('"truce"',)))
        (True, False)
    """

    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    content: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.every or self.some or self.speaker or self.content)


def terms(typed: str) -> Terms:
    """The terms in what a person typed; anything may be typed.

    Words count as whole words without regard to case and accents, `"several words"` as a phrase, `cease*` as the
    beginning of a word, `-word` and `-"a phrase"` as what must not stand there.

    Example:
        >>> terms('cease* "prisoner exchange" -rumour')
        Terms(wanted=('"cease"*', '"prisoner exchange"'), unwanted=('"rumour"',))
        >>> terms('AND (NEAR "')
        Terms(wanted=('"AND"', '"(NEAR"'), unwanted=())
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    clean = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in typed.translate(_MARKS))
    for match in _TERM.finditer(clean):
        words = match["phrase"] if match["phrase"] is not None else match["word"]
        if not any(_is_letter(c) for c in words):
            continue
        begins = match["word"] is not None and words.endswith("*")
        term = f'"{words.rstrip("*") if begins else words}"' + ("*" if begins else "")
        (unwanted if match["minus"] else wanted).append(term)
    return Terms(tuple(wanted), tuple(unwanted))


def _is_letter(character: str) -> bool:
    """Whether the full-text index takes the character for a part of a word."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category == "Co"
