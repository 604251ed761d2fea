"""Kinds of files that plugins read: found by suffix or media type, kept from doing harm to the other files.

An entry point of the group `onrecord.readers` is named for the suffix that it reads, without the dot ("docx"), or for a
media type ("application/x-log"). It leads to a `Reader`: a function from an open file (`onrecord.read.found.Found`) to
`Received` reports. A kind that onrecord reads itself is not taken over.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import InputError, OnrecordError
from onrecord.model import sha256
from onrecord.plugins import READERS, Plugin, failure, plugins
from onrecord.read.found import Found
from onrecord.read.original import Received, Result

__all__ = ["plugged", "plugged_reports", "plugged_suffixes"]


def plugged(kind: str) -> Plugin | None:
    """The plugin that reads a suffix (with its dot) or a media type; None if there is none.

    Example:
        >>> plugged(".no-such-suffix") is None
        True
    """
    name = kind.removeprefix(".")
    return next((one for one in plugins(READERS) if one.name.lower() == name), None) if name else None


def plugged_suffixes() -> tuple[str, ...]:
    """The suffixes that plugins read, with their dot."""
    return tuple(f".{one.name.lower()}" for one in plugins(READERS) if "/" not in one.name)


def plugged_reports(plugin: Plugin, found: Found) -> Iterator[Result]:
    """What a plugin reads in a file; where it fails, one error that names it, after what it read before.

    Raises:
        InputError: as the plugin raises it, without a subject, or in the place of what it raised.
    """
    read = plugin.loaded()
    try:
        for result in read(found):
            yield _checked(plugin, result)
    except OnrecordError:
        raise
    except Exception as error:
        raise failure(plugin, error) from error


def _checked(plugin: Plugin, result: object) -> Result:
    if isinstance(result, InputError):
        return result
    if not isinstance(result, Received):
        raise failure(plugin, TypeError(f"it gave a {type(result).__name__}, not a Received"))
    if result.report.sha256 != sha256(result.report.text):
        raise failure(
            plugin, ValueError("the report's text does not have its SHA-256; make it by onrecord.read.report")
        )
    return result
