"""Exporters: what writes readings in another tool's format, onrecord's own and those that others add.

Another package adds one by an entry point of the group `onrecord.exporters`: its name is the format's, and it leads to
an `Exporter`. A name that onrecord has itself is not taken over.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import IO, Protocol

from onrecord.errors import InputError
from onrecord.export.readings import Reading

__all__ = ["GROUP", "Exporter", "Readings", "exporter", "format_names"]

#: The group of entry points by which other packages add exporters.
GROUP = "onrecord.exporters"

#: Each of onrecord's own formats with its module, imported only when it is asked for.
_OWN = {
    "jsonl": "jsonl",
    "web-annotation": "web_annotation",
    "plover": "plover",
    "acled": "acled",
    "timelinejs": "timelinejs",
    "geojson": "geojson",
    "csv": "csv_tables",
    "excel": "excel",
    "parquet": "parquet",
    "schema-org": "schema_org",
    "ftm": "ftm",
    "brat": "brat",
    "dossier": "dossier",
    "markdown": "markdown",
}


class Readings(Protocol):
    """The readings that are to be written, which can be gone through again and again.

    Attributes:
        title: what was asked for, in a few words.
    """

    @property
    def title(self) -> str:
        """What was asked for, in a few words."""
        ...

    def __iter__(self) -> Iterator[Reading]:
        """The readings, in the order of their reports' ids."""
        ...


@dataclass(frozen=True, slots=True)
class Exporter:
    """What writes readings in one format.

    Attributes:
        name: what people ask for it by, such as "geojson".
        suffix: of the files' names, such as ".geojson".
        description: one line.
        write: writes the readings to a binary file that need not be seekable; it raises `OnrecordError` where a package
            is missing. It reads nothing but the readings, asks no network, and writes the same bytes each time.
        is_binary: whether a terminal cannot show it.
    """

    name: str
    suffix: str
    description: str
    write: Callable[[Readings, IO[bytes]], None]
    is_binary: bool = False


def format_names() -> tuple[str, ...]:
    """The names of all formats: onrecord's own in their order, then those of other packages by name.

    Example:
        >>> format_names()[0]
        'jsonl'
    """
    return (*_OWN, *sorted({point.name for point in _others()} - set(_OWN)))


def exporter(name: str) -> Exporter:
    """The exporter of a format.

    Raises:
        InputError: there is none of that name, or what another package adds is none.

    Example:
        >>> exporter("jsonl").suffix
        '.jsonl'
    """
    if name in _OWN:
        own: Exporter = importlib.import_module(f"onrecord.export.formats.{_OWN[name]}").EXPORTER
        return own
    points = [point for point in _others() if point.name == name]
    if not points:
        raise InputError(f"{name!r} is no format", f"give one of {', '.join(format_names())}")
    found = points[0].load()
    if not isinstance(found, Exporter):
        raise InputError(f"the entry point {points[0].value} is no Exporter", "ask who made the package that adds it",
                         subject=name)  # fmt: skip
    return found


def _others() -> list[EntryPoint]:
    return sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
