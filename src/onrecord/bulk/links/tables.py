"""The tables of links: those that stay in the folder, and those that are removed when all is linked."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa

from onrecord.bulk.schema import OF_REPORT

__all__ = ["LINKS", "LINKS_SCHEMA", "MADE", "ORIGINS", "STORIES", "WORKING", "schemas"]

#: Name and version of the tables that stay; it is in the metadata of every file, under the key `onrecord`.
LINKS_SCHEMA = "onrecord-parquet-links/1"

_text, _whole = pa.string(), pa.int64()
Column = tuple[str, pa.DataType, bool]

#: Name, type and whether it may be null, of the columns of `links`.
LINKS: tuple[Column, ...] = (
    ("rule", _text, False),
    ("a_reading_id", _text, False),
    ("a", _text, False),
    ("a_entry", _text, False),
    ("b_reading_id", _text, False),
    ("b", _text, False),
    ("b_entry", _text, False),
    ("score", pa.float64(), False),
    ("reason", _text, False),
    ("detail", _text, True),
)

#: Of the columns of `stories`.
STORIES: tuple[Column, ...] = (
    *OF_REPORT,
    ("report", _text, False),
    ("story", _text, False),
    ("reports", _whole, False),
    ("origins", _whole, False),
)

#: Of the columns of `origins`.
ORIGINS: tuple[Column, ...] = (
    *OF_REPORT,
    ("report", _text, False),
    ("origin", _text, False),
    ("reports", _whole, False),
    ("holds", _whole, False),
)

#: What stays.
MADE: Mapping[str, tuple[Column, ...]] = {"links": LINKS, "stories": STORIES, "origins": ORIGINS}

_KEPT: tuple[Column, ...] = (
    ("node", _text, False),
    ("reading_id", _text, False),
    ("kept", _text, False),
    ("report", _text, True),
)

#: What is removed when all is linked: what one stage hands to the next, in the order of the stages.
WORKING: Mapping[str, tuple[Column, ...]] = {
    "sightings": (
        ("address", _text, False),
        ("path", _text, False),
        ("number", _whole, False),
        ("report_id", _text, False),
        ("version", _text, False),
        ("reading_id", _text, False),
        ("part_group", _whole, False),
    ),
    "claims": (
        ("name", _text, False),
        ("address", _text, False),
        ("path", _text, False),
        ("number", _whole, False),
        ("reading_id", _text, False),
        ("part_group", _whole, False),
    ),
    "names": (("reading_id", _text, False), ("report", _text, False)),
    "members": (*OF_REPORT, ("report", _text, False)),
    "nodes": _KEPT,
    "keys": (("key", _whole, False), ("node", _text, False)),
    "pairs": (("a", _text, False), ("b", _text, False), ("common", _whole, False)),
    "carried": (*_KEPT, ("others", pa.list_(_text), False)),
    "ties": (
        ("rule", _text, False),
        ("a", _text, False),
        ("b", _text, False),
        ("score", pa.float64(), False),
        ("detail", _text, True),
    ),
    "loose": (*OF_REPORT, ("report", _text, False)),
}


def schemas(software: str, rules: tuple[str, ...]) -> Mapping[str, pa.Schema]:
    """The schema of each table, by its name; those that stay say by what they were made.

    Example:
        >>> schemas("onrecord 0.1.0", ())["stories"].names[-2:]
        ['reports', 'origins']
    """
    about = {"schema": LINKS_SCHEMA, "software": software, "rules": ", ".join(rules)}
    metadata = {"onrecord": json.dumps(about, ensure_ascii=False)}
    return {
        name: pa.schema(
            [pa.field(column, kind, nullable=null) for column, kind, null in columns],
            metadata if name in MADE else None,
        )
        for name, columns in {**WORKING, **MADE}.items()
    }
