"""The Python interface: annotate a text, open a record."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from onrecord.codebook.model import NONE, Codebook
from onrecord.model import Annotated

if TYPE_CHECKING:
    from onrecord.record.store import Record

__all__ = ["annotate", "open_record"]


def annotate(
    text: str,
    *,
    published: str | None = None,
    id: str | None = None,  # noqa: A002 - the field's name in the JSON
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    models: bool = True,
    codebook: Codebook = NONE,
) -> Annotated:
    """What a report says: who said what, what happened, how many, when and where, each with its exact words.

    Args:
        text: the report, kept to the character; spans count its Unicode code points.
        published: ISO 8601 date or time of publication; without it, times that need one stay unresolved.
        id: the report's id; without one, it is derived from the content.
        title: the headline.
        publisher: the outlet.
        url: where it was published.
        models: whether trained models are used; else the rules alone.
        codebook: a team's own words besides the package's tables; see `onrecord.read_codebook`.

    Raises:
        InputError: `published` is not a date.
        ModelError: the language model is not installed.

    Example:
        >>> import onrecord
        >>> text = "Two people were killed on Friday, police said."
        >>> reading = onrecord.annotate(text, published="1962-10-29")
        >>> [text[slice(*reading.times[0].span)], reading.times[0].value]
        ['Friday', '1962-10-26']
    """
    from onrecord.annotators.reading import annotated
    from onrecord.annotators.settings import Settings  # loads the language models
    from onrecord.read.outlets import by_outlet
    from onrecord.read.text import report

    made = report(text, id=id, title=title, publisher=publisher, published=published, url=url)
    settings = Settings(models=models, codebook=codebook)
    return annotated(by_outlet(made, settings.in_force.codebook), settings)


def open_record(path: str | os.PathLike[str] = "onrecord.db") -> Record:
    """The record in a file, made if it does not exist; use it with `with`.

    Args:
        path: a file.

    Raises:
        RecordError: the file is not a record, is locked, or cannot be written.

    Example:
        >>> import onrecord, tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder, onrecord.open(f"{folder}/war.db") as record:
        ...     pathlib.Path(folder, "war.db").exists()
        True
    """
    from onrecord.record.store import Record

    return Record.open(path)
