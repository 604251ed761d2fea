"""What the drawings have in common: words that SVG can hold, and round numbers for an axis."""

from __future__ import annotations

import math
import unicodedata

__all__ = ["plain", "ticks"]


def plain(words: str, most: int = 120) -> str:
    r"""Words of a report for a drawing: on one line, without characters that cannot be seen, cut where too long.

    Example:
        >>> plain("at least\n40\u202e")
        'at least 40'
    """
    seen = "".join(" " if c.isspace() else c for c in words if c.isspace() or unicodedata.category(c)[0] != "C")
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def ticks(most: float, *, log: bool = False) -> tuple[float, ...]:
    """Round numbers from zero to a number; powers of ten from one, if the axis is logarithmic.

    Example:
        >>> ticks(37), ticks(1.5), ticks(3200, log=True)
        ((0, 10, 20, 30, 40), (0, 1, 2), (1, 10, 100, 1000, 10000))
    """
    if log:
        return tuple(10**n for n in range(max(1, math.ceil(math.log10(max(most, 1)))) + 1))
    power = 10 ** math.floor(math.log10(most / 4)) if most > 4 else 1
    steps = (power * part for part in (1, 2, 2.5, 5, 10, 20))
    step = int(next(step for step in steps if step * 5 >= most and step == int(step)))
    return tuple(range(0, step * max(1, math.ceil(most / step)) + 1, step))
