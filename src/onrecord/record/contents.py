"""What an entry of the log stands for: a row with all that was stored with it, as one SHA-256.

Rows are written as JSON with sorted keys, in ASCII, without spaces and without what is empty; so a column or table that
a later schema adds, and that is empty in old rows, changes no digest.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias

from sqlalchemy import Column, Connection, Table, select

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
#: Whole documents stand in these: so many are read at once.
_AT_ONCE = 50

Rows: TypeAlias = dict[int, dict[str, list[str]]]


def canonical(value: object) -> str:
    r"""A value as JSON, always the same for the same value.

    Example:
        >>> canonical({"b": 1, "a": "é"})
        '{"a":"\\u00e9","b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


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
    made: Rows = {}
    for row in connection.execute(select(table).where(table.c.id.in_(rows))).mappings():
        made[row["id"]] = defaultdict(list, {table.name: [_line(row)]})
    if kind == "version":
        _add_received(connection, rows, made)
    for belongs in _CHILDREN.get(kind, ()):
        child = belongs.table
        for row in connection.execute(select(child).where(belongs.in_(rows))).mappings():
            if row[belongs.name] in made:
                made[row[belongs.name]][str(child.description)].append(_line(row))
    return {row: {name: sorted(lines) for name, lines in content.items()} for row, content in made.items()}


def _add_received(connection: Connection, rows: Sequence[int], made: Rows) -> None:
    """The report of each version, and its original without the bytes, which are known by their own SHA-256."""
    v, o = t.versions.c, t.originals.c
    of_report = select(v.id.label("of"), t.reports).join_from(t.versions, t.reports).where(v.id.in_(rows))
    of_original = (
        select(v.id.label("of"), o.sha256, o.size).join_from(t.versions, t.originals).where(v.id.in_(rows))
    )  # fmt: skip
    for name, query in (("reports", of_report), ("originals", of_original)):
        for row in connection.execute(query).mappings():
            made[row["of"]][name].append(_line({key: value for key, value in row.items() if key != "of"}))


def _line(row: Mapping[Any, Any]) -> str:
    return canonical({str(name): value for name, value in row.items() if value is not None})
