"""JSON that is written while it is made, for formats of one large object."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

__all__ = ["bare", "one_line", "write_listed"]


def one_line(value: Any) -> bytes:
    """A value as JSON in one line, in UTF-8.

    Example:
        >>> one_line({"a": 1.5, "b": None})
        b'{"a":1.5,"b":null}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def bare(value: Mapping[str, Any]) -> dict[str, Any]:
    """An object without the keys that say nothing: null, and what is empty.

    Example:
        >>> bare({"a": None, "b": [], "c": 0, "d": "", "e": False})
        {'c': 0, 'e': False}
    """
    return {key: held for key, held in value.items() if held is not None and held not in ("", [], (), {})}


def write_listed(out: IO[bytes], head: Mapping[str, Any], key: str, values: Iterable[Any]) -> None:
    r"""Write an object whose last key is a list, one line for each of the list's values as it comes.

    Example:
        >>> import io
        >>> out = io.BytesIO()
        >>> write_listed(out, {"type": "All"}, "items", iter([1, 2]))
        >>> out.getvalue()
        b'{"type":"All","items":[\n1,\n2\n]}\n'
    """
    opened = one_line(dict(head))[:-1]
    out.write(opened + (b"," if head else b"") + one_line(key) + b":[")
    for n, value in enumerate(values):
        out.write((b"," if n else b"") + b"\n" + one_line(value))
    out.write(b"\n]}\n")
