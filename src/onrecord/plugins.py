"""What other installed packages add to onrecord: readers, annotators and gazetteers, found by their entry points.

A package says in its `pyproject.toml` what it adds, by name. What is installed is in force; each run keeps its name and
its package's version, so that readings made with and without it are told apart. A plugin's failure costs what it was to
read alone.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from onrecord.errors import InputError

__all__ = ["ANNOTATORS", "GAZETTEERS", "READERS", "Plugin", "failure", "in_force", "plugins"]

#: The groups of entry points.
READERS, ANNOTATORS, GAZETTEERS = "onrecord.readers", "onrecord.annotators", "onrecord.gazetteers"

_ROLES = {READERS: "reader", ANNOTATORS: "annotator", GAZETTEERS: "gazetteer"}


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something that an installed package adds.

    Attributes:
        role: "reader", "annotator" or "gazetteer".
        name: of its entry point.
        package: the distribution that brings it, with its `version`.
    """

    role: str
    name: str
    package: str
    version: str
    point: EntryPoint

    def __str__(self) -> str:
        """In a line for people, and in the record of a run.

        Example:
            >>> str(Plugin("reader", "log", "harbour-plugins", "1.2", EntryPoint("log", "a:b", READERS)))
            'reader log of harbour-plugins 1.2'
        """
        return f"{self.role} {self.name} of {self.package} {self.version}"

    def loaded(self) -> Any:
        """What the entry point leads to.

        Raises:
            InputError: it cannot be imported.
        """
        try:
            return self.point.load()
        except Exception as error:
            raise failure(self, error) from error


def failure(plugin: Plugin, error: Exception) -> InputError:
    """The error of what a plugin failed at, with its name.

    Example:
        >>> made = Plugin("reader", "log", "harbour-plugins", "1.2", EntryPoint("log", "a:b", READERS))
        >>> failure(made, ValueError("no date")).cause
        'the reader log of harbour-plugins 1.2 failed (ValueError: no date)'
    """
    why = " ".join(f"{type(error).__name__}: {error}".split())
    return InputError(f"the {plugin} failed ({why})", "ask who made that package, or uninstall it")


def plugins(group: str) -> tuple[Plugin, ...]:
    """The plugins of a group, by name, then by package.

    Example:
        >>> [one.package for one in plugins("onrecord.no-such-group")]
        []
    """
    return _installed(group, tuple(sys.path))


def in_force() -> tuple[str, ...]:
    """Every plugin in a line, for the record of a run."""
    return tuple(str(one) for group in sorted(_ROLES) for one in plugins(group))


@lru_cache(maxsize=16)
def _installed(group: str, path: tuple[str, ...]) -> tuple[Plugin, ...]:
    """The plugins that are installed on a path; what is on it is looked through once."""
    del path  # the answer depends on it: it is what the interpreter looks through
    found = [
        Plugin(_ROLES.get(group, group), point.name, point.dist.name, point.dist.version, point)
        for point in entry_points(group=group)
        if point.dist is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.package)))
