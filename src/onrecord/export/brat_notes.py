"""Values in a note of brat, for people and programs: `id=n2; name=Orla Venn; country=NVL; (asked by telephone)`.

A note is pieces between semicolons. `key=value` is a value; a key that stands several times has several values, in
their order. A value that has a semicolon, a quotation mark at its start, or blanks that a reader would not see is a
JSON string. Any other piece is a remark of people.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from onrecord.errors import InputError

__all__ = ["note", "values"]

_PIECE = re.compile(r'\s*(?:(?P<key>[a-z]+)\s*=\s*(?P<value>"(?:[^"\\]|\\.)*"(?=\s*(?:;|$))|[^;]*)|[^;]*)\s*(?:;|$)')


def note(pairs: Iterable[tuple[str, str | float | None]]) -> str:
    """The note that says these values, on one line; those that are None are left out.

    Example:
        >>> note([("id", "f1"), ("low", 12.0), ("high", None), ("name", "Venn; Orla")])
        'id=f1; low=12; name="Venn; Orla"'
    """
    return "; ".join(f"{key}={_said(value)}" for key, value in pairs if value is not None)


def values(words: str) -> Iterator[tuple[str, str]]:
    """The keys and values of a note, in their order.

    Raises:
        InputError: a value that begins with a quotation mark is no JSON string.

    Example:
        >>> list(values('id=f1; low = 12; ask her again; name="Venn; Orla"'))
        [('id', 'f1'), ('low', '12'), ('name', 'Venn; Orla')]
    """
    at = 0
    while at < len(words):
        found = _PIECE.match(words, at)
        assert found is not None  # noqa: S101  any words are a piece
        at = found.end()
        if found["key"] is not None:
            yield found["key"], _read(found["key"], found["value"].rstrip())


def _said(value: str | float) -> str:
    if not isinstance(value, str):
        return repr(value).removesuffix(".0")
    if value and value[0] != '"' and ";" not in value and value.isprintable() and value == " ".join(value.split()):
        return value
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in json.dumps(value, ensure_ascii=False))


def _read(key: str, value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        said = json.loads(value)
    except ValueError:
        said = None
    if not isinstance(said, str):
        raise InputError(f"the value of {key} begins with a quotation mark and is no JSON string",
                         "close the quotation, or leave the marks out")  # fmt: skip
    return said
