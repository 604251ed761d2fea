"""The words around what a search found, and where in a text it stands."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Span

__all__ = ["AROUND", "CLOSE", "OPEN", "marked", "snippet"]

#: How many code points a snippet shows on each side of the first words found.
AROUND = 80
#: What the full-text index puts around words found: noncharacters (Unicode 23.7), which texts do not hold; a text that
#: does is shown without the places found.
OPEN, CLOSE = "\ufdd0", "\ufdd1"


def marked(marked: str | None, words: str | None) -> Iterator[Span]:
    r"""Where the marked words stand in the same text without marks; nothing if it is not the same.

    Example:
        >>> list(marked("a \ufdd0word\ufdd1", "a word"))
        [(2, 6)]
    """
    if marked is None or words is None or marked.replace(OPEN, "").replace(CLOSE, "") != words:
        return
    before, *parts = marked.split(OPEN)
    at = len(before)
    for part in parts:
        yield at, at + part.index(CLOSE)
        at += len(part) - 1


def snippet(words: str, span: Span) -> str:
    """The words around a span, cut at spaces where there are any, with an ellipsis where cut.

    Example:
        >>> snippet("The talks have failed.", (4, 9))
        'The talks have failed.'
    """
    start, stop = max(0, span[0] - AROUND), min(len(words), span[1] + AROUND)
    if start:
        start = words.find(" ", start, span[0]) + 1 or start
    if stop < len(words):
        cut = words.rfind(" ", span[1], stop)
        stop = cut if cut >= 0 else stop
    return ("…" if start else "") + words[start:stop] + ("…" if stop < len(words) else "")
