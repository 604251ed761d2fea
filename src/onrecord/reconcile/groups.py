"""Disjoint sets: who belongs together, by who is linked with whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

__all__ = ["Groups"]


class _Ordered(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Name = TypeVar("Name", bound=_Ordered)


class Groups(Generic[Name]):
    """Disjoint sets of names, each known by its least name, whatever the order in which they were united.

    Example:
        >>> groups = Groups(["a", "b", "c"])
        >>> groups.unite("c", "b")
        >>> groups.of("c"), groups.of("a")
        ('b', 'a')
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._parent = {name: name for name in names}

    def of(self, name: Name) -> Name:
        """The name that the set of this one is known by."""
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def unite(self, one: Name, other: Name) -> None:
        """Make one set of the sets of two names."""
        one, other = self.of(one), self.of(other)
        if other < one:
            one, other = other, one
        self._parent[other] = one
