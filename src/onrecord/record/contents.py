"""What an entry of the log stands for: a row with all that was stored with it, as one SHA-256.

Rows are written as JSON with sorted keys, in ASCII, without spaces and without what is empty; so a column or table that
a later schema adds, and that is empty in old rows, changes no digest.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeAlias

from sqlalchemy import BindParameter, Column, Connection, Select, Table, bindparam, select

from onrecord.record import tables as t
from onrecord.record.parts import parts

__all__ = ["KINDS", "TABLES", "Kind", "canonical", "digests"]

Kind = Literal["run", "version", "reading", "correction", "expunging"]

#: The table of each kind, by whose `id` its entries of the log are known, in the order in which they build on another.
TABLES: Mapping[Kind, Table] = {
    "run": t.runs, "version": t.versions, "reading": t.readings, "correction": t.corrections, "expunging": t.expungings,
}  # fmt: skip
KINDS: tuple[Kind, ...] = tuple(TABLES)

#: What is stored with a row of each kind: tables, and the column by which their rows belong to it.
_CHILDREN: Mapping[Kind, tuple[Column[Any], ...]] = {
    "reading": tuple(table.c.reading_id for table in (t.corrected, t.placements, *t.ANNOTATIONS)),
    "expunging": (t.expunged.c.expunging_id,),
}
_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=True, separators=(",", ":"))
#: Whole documents stand in these: so many are read at once.
_AT_ONCE = 50

Rows: TypeAlias = dict[int, dict[str, list[str]]]


def canonical(value: object) -> str:
    r"""A value as JSON, always the same for the same value.

    Example:
        >>> canonical({"b": 1, "a": "é"})
        '{"a":"\\u00e9","b":1}'
    """
    return _JSON.encode(value)


def digests(connection: Connection, kind: Kind, rows: Sequence[int]) -> dict[int, str]:
    """The SHA-256 of what is stored under some ids, as it stands in the database now; ids that are not there left out.

    Of a version, its report and the size and SHA-256 of its original belong to it; of a reading, its rows in all tables
    and what became of the corrections in it; of an expunging, what it expunged.
    """
    found: dict[int, str] = {}
    for some in parts(rows, _AT_ONCE):
        contents = _contents(connection, kind, some)
        found |= {row: hashlib.sha256(canonical(content).encode()).hexdigest() for row, content in contents.items()}
    return found


def _contents(connection: Connection, kind: Kind, rows: Sequence[int]) -> Rows:
    table = TABLES[kind]
    wanted = {"rows": list(rows)}
    made: Rows = {}
    for row, line in _lines(connection, _of(table.c.id), wanted):
        made[row] = defaultdict(list, {table.name: [line]})
    asked = _RECEIVED if kind == "version" else tuple((c.table.description, _of(c)) for c in _CHILDREN.get(kind, ()))
    for name, query in asked:
        for row, line in _lines(connection, query, wanted):
            if row in made:
                made[row][name].append(line)
    return {row: {name: sorted(lines) for name, lines in content.items()} for row, content in made.items()}


@cache  # the same few are asked for each report that is added
def _of(belongs: Column[Any]) -> Select[Any]:
    """The rows of a table that belong to some ids, each after its id."""
    return select(belongs.label("of"), *belongs.table.columns).where(belongs.in_(_WANTED))


def _lines(connection: Connection, query: Select[Any], wanted: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    names = [column.name for column in query.selected_columns][1:]
    for of, *values in connection.execute(query, wanted):
        yield of, canonical({name: value for name, value in zip(names, values, strict=True) if value is not None})


_WANTED: BindParameter[Any] = bindparam("rows", expanding=True)
_o, _v = t.originals.c, t.versions.c
#: The report of each version, and its original without the bytes, which are known by their own SHA-256.
_RECEIVED: tuple[tuple[str, Select[Any]], ...] = (
    ("reports", select(_v.id, *t.reports.columns).join_from(t.versions, t.reports).where(_v.id.in_(_WANTED))),
    ("originals",
     select(_v.id, _o.sha256, _o.size).join_from(t.versions, t.originals).where(_v.id.in_(_WANTED))),
)  # fmt: skip
