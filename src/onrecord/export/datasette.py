"""Metadata for Datasette: the record's views with what their columns hold, and questions ready to ask.

The form is that of Datasette's `metadata.json` (https://docs.datasette.io/en/stable/metadata.html).
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from onrecord.record.tables import metadata as tables
from onrecord.record.views import VIEWS

__all__ = ["SHOWN", "metadata"]

#: Tables beside the views that people look into; the others are the record's machinery, and hidden.
SHOWN = (
    "corrections",
    "entities",
    "events",
    "figures",
    "attributions",
    "places",
    "reports",
    "runs",
    "times",
    "versions",
)

#: Tables that SQLite or the migrations make by themselves.
_MADE = ("alembic_version", *(f"{words}_words{part}" for words in ("report", "statement")
                              for part in ("", "_config", "_data", "_docsize", "_idx")))  # fmt: skip


def metadata(database: str) -> dict[str, Any]:
    """What Datasette is told of a record.

    Args:
        database: the name by which Datasette knows the record: that of its file without the suffix.

    Example:
        >>> made = metadata("onrecord")["databases"]["onrecord"]
        >>> made["queries"]["how_many"]["title"], made["tables"]["statements"]["columns"]["publisher"]
        ('How many, by whose count', 'The outlet')
    """
    told = tomllib.loads(resources.files("onrecord").joinpath("data", "datasette.toml").read_text(encoding="utf-8"))
    hidden = [*sorted({*tables.tables, *_MADE} - set(SHOWN)), "statement_texts"]
    described = {name: _view(name, told) for name in VIEWS}
    return {
        "title": told["title"],
        "description": told["description"],
        "databases": {database: {
            "tables": described | {name: {"hidden": True} for name in hidden},
            "queries": {name: one | {"sql": one["sql"].strip()} for name, one in told["queries"].items()},
        }},
    }  # fmt: skip


def _view(name: str, told: dict[str, Any]) -> dict[str, Any]:
    own = told["views"][name]
    made = {key: own[key] for key in ("description", "facets", "sort_desc")}
    if words := own.get("full_text"):
        made |= {"fts_table": words["table"], "fts_pk": words["key"]}
    return made | {"size": 50, "columns": _columns(name, told["columns"], own["columns"])}


def _columns(name: str, shared: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """What each column of the view holds."""
    selected = VIEWS[name].split("FROM")[0].replace("SELECT", "").split(",")
    columns = [one.split(" AS ")[-1].split(".")[-1].strip() for one in selected]
    return {column: own.get(column) or shared[column] for column in columns}
