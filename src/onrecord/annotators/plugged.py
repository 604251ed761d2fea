"""Entries that plugins add to a reading, verified like onrecord's own; what does not verify is left out, and said.

An entry point of the group `onrecord.annotators` leads to a function from an `Annotated` report to more entries of the
kinds that there are. Each entry's id begins with the name of its plugin: "ships-1".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import msgspec

from onrecord.anchors import faults
from onrecord.errors import InputError, ModelError
from onrecord.model import Annotated, Attribution, Entity, Event, Figure, Place, Time, Unread
from onrecord.plugins import ANNOTATORS, Plugin, failure, plugins
from onrecord.wire import decode, encode

__all__ = ["with_plugged"]

Entry: TypeAlias = Attribution | Entity | Event | Figure | Place | Time

#: In which list of a reading a kind of entry stands.
_LISTS: dict[type, str] = {
    Entity: "entities", Attribution: "attributions", Event: "events", Figure: "figures", Time: "times",
    Place: "places",
}  # fmt: skip


def with_plugged(read: Annotated) -> Annotated:
    """The reading with what plugins add to it; each sees onrecord's own entries, and none sees another's.

    A plugin that fails, or whose entries do not verify, costs its own entries; `report.unread` says so.

    Raises:
        ModelError: a plugin says that its model is missing; no other report could be read either.

    Example:
        >>> from onrecord.model import SCHEMA
        >>> from onrecord.read.text import report
        >>> bare = Annotated(SCHEMA, report("Talks failed."), (), (), (), (), (), ())
        >>> with_plugged(bare) == bare
        True
    """
    made = read
    for plugin in plugins(ANNOTATORS):
        try:
            made = _with(made, _added(plugin, read))
        except InputError as error:
            made = _without(made, error)
    return made


def _added(plugin: Plugin, read: Annotated) -> Sequence[Entry]:
    """A plugin's entries, of which onrecord's own reading with them verifies."""
    annotate = plugin.loaded()
    try:
        entries = list(annotate(read))
    except ModelError:
        raise
    except Exception as error:
        raise failure(plugin, error) from error
    _named(plugin, entries)
    try:
        found = faults(decode(encode(_with(read, entries))))
    except (InputError, TypeError) as error:
        raise failure(plugin, error) from error
    if found:
        raise failure(plugin, ValueError(f"{len(found)} anchors do not verify, the first: {found[0]}"))
    return entries


def _named(plugin: Plugin, entries: Iterable[object]) -> None:
    """Refuse what is no entry, or does not say by its id where it comes from."""
    if not re.fullmatch(r"\w{1,40}", plugin.name, re.ASCII):
        raise failure(plugin, ValueError("its name is not of letters and digits alone"))
    name = re.compile(rf"{re.escape(plugin.name)}-\w{{1,40}}", re.ASCII)
    for one in entries:
        if type(one) not in _LISTS:
            raise failure(plugin, TypeError(f"it gave a {type(one).__name__}, not an entry"))
        if not name.fullmatch(str(getattr(one, "id", ""))):
            raise failure(plugin, ValueError(f"the id {getattr(one, 'id', '')!r} is not {plugin.name}-1 or the like"))


def _with(read: Annotated, entries: Iterable[Entry]) -> Annotated:
    lists: dict[str, tuple[Entry, ...]] = {}
    for one in entries:
        name = _LISTS[type(one)]
        lists[name] = (*lists.get(name, getattr(read, name)), one)
    return msgspec.structs.replace(read, **lists)


def _without(read: Annotated, error: InputError) -> Annotated:
    whole = Unread(span=(0, len(read.report.text)), why=error.cause)
    report = msgspec.structs.replace(read.report, unread=(*read.report.unread, whole))
    return msgspec.structs.replace(read, report=report)
