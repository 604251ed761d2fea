"""Places, actors and outlets that plugins bring, beneath a team's own codebook.

An entry point of the group `onrecord.gazetteers` leads to a function without arguments that returns a `Codebook`. It is
asked once in a process.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from onrecord.annotators.forms import acronym_key, key
from onrecord.codebook.files import checked
from onrecord.codebook.model import NONE, Actor, Codebook, Outlet, OwnPlace
from onrecord.errors import InputError
from onrecord.plugins import GAZETTEERS, Plugin, failure, plugins

__all__ = ["InForce", "gazetteer", "in_force"]


@dataclass(frozen=True, slots=True)
class InForce:
    """The names by which reports are read besides the package's own.

    Attributes:
        codebook: a team's own, with what plugins bring after it.
        digest: hex SHA-256 of what they bring to it; None if that is nothing.
        failed: a line for each plugin that failed, and brings nothing.
    """

    codebook: Codebook
    digest: str | None
    failed: tuple[str, ...]


def in_force(own: Codebook) -> InForce:
    """A team's own codebook with what plugins bring beneath it.

    A name means what the first says who has it: the team, then the plugins by the names of their entry points, then of
    their packages. An entry whose `name` is taken is left out whole; of other names and domains, those that are taken.

    Example:
        >>> in_force(NONE).codebook == NONE
        True
    """
    return _in_force(own, plugins(GAZETTEERS), tuple(sys.path))


def gazetteer(plugin: Plugin) -> Codebook:
    """What a plugin brings, checked as a project file is.

    Raises:
        InputError: it cannot be imported, gives no codebook, or one with other tables or entries that cannot be used.
    """
    make = plugin.loaded()
    try:
        made = make()
        if not isinstance(made, Codebook):
            raise TypeError(f"it gave a {type(made).__name__}, not a Codebook")  # noqa: TRY301 - as if it had raised it
        found = checked(msgspec.to_builtins(made))
        if found.cues or found.events or found.units:
            raise ValueError("it has cues, events or units, which are for a team to choose")  # noqa: TRY301
    except Exception as error:
        raise failure(plugin, error) from error
    return found


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def _in_force(own: Codebook, found: tuple[Plugin, ...], path: tuple[str, ...]) -> InForce:
    brought, failed = _brought(found, path)
    names = {_form(name) for entry in _entries(own) for name in _names(entry)}
    domains = {domain for outlet in own.outlets for domain in outlet.domains}
    kept: list[_Named] = []
    for book in brought:
        new = [left for entry in _entries(book) if (left := _beneath(entry, names, domains)) is not None]
        # What one plugin brings is one codebook: an outlet may bear the name of an actor in it.
        names |= {_form(name) for entry in new for name in _names(entry)}
        domains |= {domain for entry in new if isinstance(entry, Outlet) for domain in entry.domains}
        kept += new
    added = Codebook(
        actors=tuple(entry for entry in kept if isinstance(entry, Actor)),
        places=tuple(entry for entry in kept if isinstance(entry, OwnPlace)),
        outlets=tuple(entry for entry in kept if isinstance(entry, Outlet)),
    )
    if added == NONE:
        return InForce(own, None, failed)
    whole = msgspec.structs.replace(
        own,
        actors=(*own.actors, *added.actors),
        places=(*own.places, *added.places),
        outlets=(*own.outlets, *added.outlets),
    )
    return InForce(whole, added.digest, failed)


@lru_cache(maxsize=4)
def _brought(found: tuple[Plugin, ...], path: tuple[str, ...]) -> tuple[tuple[Codebook, ...], tuple[str, ...]]:
    """What each plugin brings, and a line for each that failed; each is asked once."""
    del path  # the answer depends on it: it is where the plugins are
    brought: list[Codebook] = []
    failed: list[str] = []
    for plugin in found:
        try:
            brought.append(gazetteer(plugin))
        except InputError as error:
            failed.append(error.cause)
    return tuple(brought), tuple(failed)


_Named = Actor | OwnPlace | Outlet


def _entries(book: Codebook) -> Iterator[_Named]:
    yield from book.actors
    yield from book.places
    yield from book.outlets


def _names(entry: _Named) -> tuple[str, ...]:
    return (entry.name, *entry.other_names)


def _form(name: str) -> str:
    return acronym_key(name) or key(name)


def _beneath(entry: _Named, names: set[str], domains: set[str]) -> _Named | None:
    """The entry without the names and domains that are taken; None if its first name is."""
    if _form(entry.name) in names:
        return None
    others = tuple(name for name in entry.other_names if _form(name) not in names)
    if len(others) < len(entry.other_names):
        entry = msgspec.structs.replace(entry, other_names=others)
    if isinstance(entry, Outlet) and not domains.isdisjoint(entry.domains):
        entry = msgspec.structs.replace(entry, domains=tuple(one for one in entry.domains if one not in domains))
    return entry
