"""Word tables that people can read: words between spaces instead of a quoted list."""

from __future__ import annotations

__all__ = ["word_set"]


def word_set(words: str) -> frozenset[str]:
    """The words of a text, which spaces and line breaks part.

    Example:
        >>> sorted(word_set("at in on"))
        ['at', 'in', 'on']
    """
    return frozenset(words.split())
