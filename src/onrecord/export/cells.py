"""Cells of a table that spreadsheets open: nothing in them is a formula."""

from __future__ import annotations

__all__ = ["Cell", "defused"]

Cell = str | int | float | bool | None

#: What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV Injection); wide forms in some locales.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(value: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe before them.

    Example:
        >>> defused("=1+1"), defused("a-b"), defused(-3)
        ("'=1+1", 'a-b', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
