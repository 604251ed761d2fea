"""A long text in stretches that a page can hold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.model import Span

__all__ = ["ON_A_PAGE", "part_at", "parts"]

#: How many code points of a text stand on one page at most.
ON_A_PAGE = 40_000


def parts(text: str, *, most: int = ON_A_PAGE) -> tuple[Span, ...]:
    r"""The text in stretches, together the whole, cut at the end of a line, else after a space, else anywhere.

    Example:
        >>> parts("One line.\nAnother line, a long one.", most=20)
        ((0, 10), (10, 26), (26, 35))
    """
    made: list[Span] = []
    start = 0
    while len(text) - start > most:
        cut = _after("\n", text, start, start + most) or _after(" ", text, start, start + most) or start + most
        made.append((start, cut))
        start = cut
    return (*made, (start, len(text)))


def part_at(stretches: Sequence[Span], at: int) -> int:
    """The number, from 1, of the stretch that holds a place of the text.

    Example:
        >>> part_at(((0, 10), (10, 26)), 10)
        2
    """
    return max(bisect_right([start for start, _ in stretches], at), 1)


def _after(character: str, text: str, start: int, stop: int) -> int | None:
    """The place after the last such character, if it leaves a stretch of a fair length."""
    cut = text.rfind(character, start, stop) + 1
    return cut if cut > start + (stop - start) // 3 else None
