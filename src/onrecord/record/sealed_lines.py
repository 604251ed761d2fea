"""The lines of a seal: what a record holds, thing by thing, each with the SHA-256 of its bytes.

A line is one that `sha256sum --check` reads: a hash, two blanks and the path of a file. The line before it starts with
a # and says what the file is. The files are not written: docs/how-to/seal-a-record.md says how SQLite's own shell takes
them out of a record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.record import tables as t

__all__ = ["Sealed", "lines_of", "sealed_things"]

#: How many rows are on the way at once.
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Sealed:
    """One thing in a record: the path of its file, the hex SHA-256 of its bytes, and what it is."""

    path: str
    sha256: str
    what: str


def sealed_things(connection: Connection) -> Iterator[Sealed]:
    """Everything in a record that a seal covers, in a fixed order; the hashes are computed anew.

    Originals by their hash; then versions (text, and what is known about it), runs, readings and corrections by their
    numbers.
    """
    yield from _originals(connection)
    yield from _versions(connection)
    yield from _runs(connection)
    yield from _readings(connection)
    yield from _corrections(connection)


def lines_of(thing: Sealed) -> str:
    """The two lines of a thing.

    Example:
        >>> lines_of(Sealed("versions/1.txt", "0f" * 32, "version 1"))[-20:]
        '0f0f  versions/1.txt'
    """
    return f"# {thing.what}\n{thing.sha256}  {thing.path}"


def _originals(connection: Connection) -> Iterator[Sealed]:
    o = t.originals.c
    for row in _rows(connection, select(o.sha256, o.size, o.data).order_by(o.sha256)):
        yield Sealed(f"originals/{_plain(row.sha256)}", _of(row.data), f"original of {row.size} bytes")


def _versions(connection: Connection) -> Iterator[Sealed]:
    v, r = t.versions.c, t.reports.c
    query = select(
        v.id, v.report_id, v.number, v.version, v.text, v.title, v.publisher, v.published, v.url, v.original_sha256,
        v.received_at, r.address,
    ).join(t.reports).order_by(v.id)  # fmt: skip
    for row in _rows(connection, query):
        name = f"report {_quoted(row.report_id)}, version {row.number} ({_plain(row.version)})"
        yield Sealed(f"versions/{row.id}.txt", _of(row.text),
                     f"text of {name}, received {_plain(row.received_at)}, read from original "
                     f"{_plain(row.original_sha256)}")  # fmt: skip
        about = [row.address, row.title, row.publisher, row.published, row.url]
        # As SQLite's json_array writes it, so that anybody can.
        written = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
        yield Sealed(f"versions/{row.id}.json", _of(written), f"address, title, publisher, date and URL of {name}")


def _runs(connection: Connection) -> Iterator[Sealed]:
    u = t.runs.c
    for row in _rows(connection, select(u.id, u.started_at, u.software, u.models, u.settings).order_by(u.id)):
        written = "\n".join((row.software, row.models, row.settings))
        yield Sealed(f"runs/{row.id}.txt", _of(written), f"run {row.id}, started {_plain(row.started_at)}")


def _readings(connection: Connection) -> Iterator[Sealed]:
    a = t.readings.c
    query = select(a.id, a.version_id, a.run_id, a.annotated, a.read_at).order_by(a.id)
    for row in _rows(connection, query):
        yield Sealed(f"readings/{row.id}.json", _of(row.annotated),
                     f"reading {row.id} of versions/{row.version_id}.txt by run {row.run_id}, read "
                     f"{_plain(row.read_at)}")  # fmt: skip


def _corrections(connection: Connection) -> Iterator[Sealed]:
    c = t.corrections.c
    query = select(c.id, c.report_id, c.draft, c.author, c.reason, c.made_at).order_by(c.id)
    for row in _rows(connection, query):
        written = "\n".join((row.draft, row.author, row.reason, row.made_at))
        yield Sealed(f"corrections/{row.id}.txt", _of(written),
                     f"correction {row.id} of report {_quoted(row.report_id)}, made {_plain(row.made_at)}")  # fmt: skip


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    with connection.execute(query.execution_options(yield_per=_AT_ONCE)) as found:
        yield from found


def _of(what: str | bytes) -> str:
    return hashlib.sha256(what.encode("utf-8", "surrogatepass") if isinstance(what, str) else what).hexdigest()


def _quoted(name: str) -> str:
    """A name from elsewhere, on one line and in ASCII."""
    return json.dumps(name, ensure_ascii=True)


def _plain(word: str) -> str:
    """A word of the record's own; quoted if somebody made it something else."""
    return word if word.isascii() and word.isprintable() and " " not in word else _quoted(word)
