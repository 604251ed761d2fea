"""The package's data tables, as rows."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator

from onrecord.errors import ModelError

__all__ = ["rows"]


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of a table under `onrecord/data`: tab-separated, as many fields as the heading; `#` starts a comment.

    Raises:
        ModelError: a row has another number of fields than the heading.

    Example:
        >>> next(row[3] for row in rows("countries.tsv") if row[0] == "SD")
        'Sudan'
    """
    text = importlib.resources.files("onrecord").joinpath("data", name).read_text(encoding="utf-8")
    heading: int | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        fields = tuple(line.split("\t"))
        if heading is None:
            heading = len(fields)
        elif len(fields) != heading:
            raise ModelError(f"line {number} has {len(fields)} fields, not {heading}", "install onrecord again",
                             subject=name)  # fmt: skip
        else:
            yield fields
