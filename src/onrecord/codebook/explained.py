"""What is wrong with an entry of a project file, in the words of the file: table, number of the entry, key."""

from __future__ import annotations

import itertools
import re
import typing
from typing import Any, Literal, get_args, get_origin

import msgspec

from onrecord.codebook import model

__all__ = ["explained", "where"]

_PATH = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_TABLES: dict[str, type[msgspec.Struct]] = {
    "cues": model.Cue, "events": model.EventWords, "units": model.UnitWords, "actors": model.Actor,
    "roles": model.OwnRole, "places": model.OwnPlace, "outlets": model.Outlet,
}  # fmt: skip

_WORDS = (
    (r"Object contains unknown field `(.*)`", r"there is no key '\1'"),
    (r"Object missing required field `(.*)`", r"the key '\1' is missing"),
    (r"Invalid RFC3339 encoded date|Expected `date`, got `.*`", "it is no date"),
    (r"`array`", "a list"), (r"`object`", "a table"), (r"`str`", "text"), (r"`(?:int|float)`", "a number"),
    (r"`bool`", "true or false"), (r"of length >= 1", "that is not empty"), (r"Invalid enum value", "invalid value"),
)  # fmt: skip
_REMEDIES = (
    ("RFC3339", "write it as 2021-03-09"), ("`date`", "write it as 2021-03-09"), ("Expected `array`", "put it in [ ]"),
    ("Expected `str`", 'put it in " "'), ("Expected `float`", "give degrees"),
)  # fmt: skip


def where(table: str, number: int, name: object = None, key: str = "") -> str:
    """An entry as a person finds it in the file; `number` counts from 1.

    Example:
        >>> where("actors", 2, "Amina Idris", "country")
        '[[actors]] 2 (Amina Idris), country'
    """
    named = f" ({name})" if isinstance(name, str) and name else ""
    return f"[[{table}]] {number}{named}" + (f", {key}" if key else "")


def explained(message: str, tables: dict[str, Any]) -> tuple[str, str]:
    """Cause and remedy of what msgspec says about the tables of a file.

    Example:
        >>> explained("Invalid enum value 'x' - at `$.units[0].unit`", {"units": [{"unit": "x"}]})[0]
        "[[units]] 1, unit: invalid value 'x'"
    """
    said, _, path = message.partition(" - at `$")
    steps = [key or int(number) for key, number in _PATH.findall(path.rstrip("`")) if number != "..."]
    table, key, place = _located(steps, tables)
    kind = _TABLES.get(table, model.Codebook)
    cause = f"{place}: {_plain(said)}" if place else _plain(said)
    if "unknown field" in said:
        return cause, f"the keys are {', '.join(kind.__struct_fields__)}"
    if "missing required" in said:
        return cause, "add it"
    choices = _choices(kind, key)
    if choices:
        return cause, f"give one of {', '.join(choices)}"
    return cause, next((remedy for sign, remedy in _REMEDIES if sign in said), "see the keys in the documentation")


def _plain(said: str) -> str:
    """What msgspec says, in the words of TOML."""
    for theirs, ours in _WORDS:
        said = re.sub(theirs, ours, said)
    return said[0].lower() + said[1:]


def _located(steps: list[str | int], tables: dict[str, Any]) -> tuple[str, str, str]:
    """The innermost table that the steps lead into, the key in it, and both as a person finds them in the file."""
    table, key, places = "", "", list[str]()
    value: Any = tables
    for step, after in itertools.zip_longest(steps, steps[1:]):
        if isinstance(step, int):
            continue
        if step in _TABLES and isinstance(after, int):
            value = value[step][after]
            table, key = step, ""
            places.append(where(step, after + 1, value.get("name") if isinstance(value, dict) else None))
        else:
            key = str(step)
    return table, key, ", ".join([*places, key] if key else places)


def _choices(kind: type[msgspec.Struct], key: str) -> tuple[str, ...]:
    """The closed list that a key's value, or each of its values, is of."""
    found = typing.get_type_hints(kind, include_extras=True).get(key)
    while found is not None and get_origin(found) is not Literal:
        inner = [each for each in get_args(found) if get_args(each)]
        found = inner[0] if inner else None
    return tuple(str(each) for each in get_args(found)) if found is not None else ()
