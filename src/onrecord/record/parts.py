"""Values in parts, as many at once as one statement takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

__all__ = ["parts"]

Value = TypeVar("Value")


def parts(values: Sequence[Value], size: int = 500) -> Iterator[Sequence[Value]]:
    """The values in their order, so many at once: databases limit how many a statement may name.

    Example:
        >>> list(parts("abcde", 2))
        ['ab', 'cd', 'e']
    """
    return (values[start : start + size] for start in range(0, len(values), size))
