"""The exact words at some places of some versions' texts, for entries that are known without them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from onrecord.model import Span
from onrecord.record import tables as t
from onrecord.record.parts import parts
from onrecord.record.store import Record

__all__ = ["exact_words"]

#: How many texts are held at once.
_AT_ONCE = 50


def exact_words(record: Record, wanted: Iterable[tuple[str, Span]]) -> dict[tuple[str, Span], str]:
    """The words that stand at each place, by version and place; a version that is not there is left out.

    Example:
        >>> import tempfile, onrecord
        >>> from onrecord.read.original import Original, Received
        >>> from onrecord.read.text import report
        >>> made = report("Guns fell silent on Monday.", id="a")
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     kept = Original("/a", "text/plain", "utf-8", made.text.encode(), ())
        ...     added = record.add(Received(made, kept), onrecord.annotate(made.text, id="a", models=False))
        ...     list(exact_words(record, [(made.version, (0, 4))]).values())
        ['Guns']
    """
    places: dict[str, set[Span]] = {}
    for version, span in wanted:
        places.setdefault(version, set()).add(span)
    names, v = sorted(places), t.versions.c
    found: dict[tuple[str, Span], str] = {}
    with record.reading() as connection:
        for some in parts(names, _AT_ONCE):
            for row in connection.execute(select(v.version, v.text).where(v.version.in_(some))):
                found |= {(row.version, span): row.text[slice(*span)] for span in places[row.version]}
    return found
