"""The seal of a record: a list of hashes that is signed, and what of a record has changed since."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC
from importlib.metadata import version
from pathlib import Path
from typing import Literal, TextIO

from sqlalchemy import Connection, select

from onrecord.errors import InputError
from onrecord.record import tables as t
from onrecord.record.beside import beside
from onrecord.record.chain import Head, hash_of, head_of
from onrecord.record.provenance import Clock, stamp, utc_now
from onrecord.record.sealed_lines import Sealed, lines_of, sealed_things
from onrecord.record.signing import signature, signer
from onrecord.record.store import Record

__all__ = ["Difference", "Seal", "differences", "seal_in", "sealed"]

#: The first line of a seal.
FORMAT = "# onrecord seal 1"
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
_HEAD = re.compile(r"# head of the log: (\d{1,18}) entries, ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal whose signature holds.

    Attributes:
        comment: what was signed with it: the time, and the name of the file.
        head: how the record's log ended then.
        things: what it covers, by path.
    """

    comment: str
    head: Head
    things: dict[str, Sealed]


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that is not as it was sealed; of what was expunged the record keeps why (`onrecord verify`)."""

    what: Literal["changed", "missing", "expunged", "added"]
    thing: Sealed


def sealed(
    record: Record, target: str | os.PathLike[str], *, key: str | os.PathLike[str], passphrase: Callable[[], str],
    replace: bool = False, clock: Clock = utc_now,
) -> int:  # fmt: skip
    """Write the seal of a record into a file, and its signature beside it (`.minisig`); both or none.

    Args:
        record: what is sealed, as it is now.
        target: the seal's file.
        key: the secret key's file.
        passphrase: asked for if the key is locked.
        replace: whether files that are there are replaced.
        clock: gives the time that is signed.

    Returns:
        How many things the seal covers.

    Raises:
        RecordError: a file is there already, or cannot be written.
        InputError: the key cannot be used.
    """
    path, moment = Path(target), clock()
    shown = re.sub(r"[^\w.-]", "_", path.name, flags=re.ASCII)
    comment = f"timestamp:{int(moment.astimezone(UTC).timestamp())}\tfile:{shown}\thashed"
    with beside(path, replace=replace, mode=None) as part:
        with part.open("w", encoding="ascii", newline="\n") as file:
            number = _written(record, file, stamp(moment))
        with part.open("rb") as data:
            signed = signature(data, key, comment=comment, passphrase=passphrase)
        with beside(Path(f"{path}.minisig"), replace=replace, mode=None) as other:
            other.write_bytes(signed)
    return number


def _written(record: Record, file: TextIO, moment: str) -> int:
    """Write the lines of a seal: all of one moment of the record."""
    number = 0
    with record.reading() as connection:
        head = head_of(connection)
        file.write(f"{FORMAT}\n# made {moment} by onrecord {version('onrecord')}\n"
                   f"# head of the log: {head.entries} entries, {head.hash}\n"
                   "# What follows: each thing's SHA-256, after a line that says what it is.\n")  # fmt: skip
        for thing in sealed_things(connection):
            file.write(f"{lines_of(thing)}\n")
            number += 1
    return number


def seal_in(path: str | os.PathLike[str], *, public: str) -> Seal:
    """The seal in a file, if its signature, beside it, holds.

    Args:
        path: the seal's file.
        public: the public key of who made it, as one word or as a file.

    Raises:
        InputError: a file cannot be read, or is no seal.
        RecordError: the signature does not hold.
    """
    data, signed = _read(Path(path)), _read(Path(f"{os.fspath(path)}.minisig"))
    comment = signer(data, signed, public)
    lines = data.decode("utf-8", "replace").split("\n")
    head = _HEAD.fullmatch(lines[2]) if len(lines) > 2 else None
    if lines[0] != FORMAT or head is None:
        raise InputError("this is no seal of onrecord", "give the file that `onrecord seal` wrote", subject=str(path))
    return Seal(comment, Head(int(head[1]), head[2]), {thing.path: thing for thing in _things(lines[4:])})


def differences(seal: Seal, record: Record) -> Iterator[Difference]:
    """What of a record is not as it was sealed: changed, missing or expunged, and what was added since.

    A record is only ever added to, so that what is changed or missing was tampered with or left out. The log must hold
    the entry with which it ended then, too: all before it follows from that entry's hash.
    """
    left = dict(seal.things)
    with record.reading() as connection:
        stored = hash_of(connection, seal.head.entries)
        if stored != seal.head.hash:
            last = Sealed(f"log/{seal.head.entries}", seal.head.hash, "entry of the log")
            yield Difference("changed" if stored else "missing", last)
        for thing in sealed_things(connection):
            then = left.pop(thing.path, None)
            if then is None:
                yield Difference("added", thing)
            elif then != thing:
                yield Difference("changed", thing)
        gone = set(_expunged(connection)) if left else set()
    for thing in left.values():
        yield Difference("expunged" if thing.path in gone else "missing", thing)


def _expunged(connection: Connection) -> Iterator[str]:
    """The paths of what was expunged."""
    x = t.expunged.c
    for kind, row, original in connection.execute(select(x.kind, x.row, x.original_sha256)):
        yield from (f"{kind}s/{row}{suffix}" for suffix in (".txt", ".json"))
        if original:
            yield f"originals/{original}"


def _things(lines: list[str]) -> Iterator[Sealed]:
    what = ""
    for line in lines:
        if match := _LINE.fullmatch(line):
            yield Sealed(match[2], match[1], what)
        what = line.removeprefix("# ")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", "give the seal, with its .minisig beside it",
                         subject=str(path)) from error  # fmt: skip
