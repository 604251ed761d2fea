"""Packed files: gzip, and zip archives of pages, texts and other files, never unpacked onto the disk."""

from __future__ import annotations

import io
import logging
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from onrecord.errors import InputError
from onrecord.read.found import Found
from onrecord.read.kinds import NAMED_SUFFIXES, reports_in, suffixes
from onrecord.read.original import Result
from onrecord.read.unpacking import Gunzipped, Tally, as_file, some

__all__ = ["gzip_reports", "zip_reports"]

log = logging.getLogger(__name__)

#: Most members of a zip archive: their list is held in memory.
MEMBERS = 500_000

_ENCRYPTED = 0x1


def gzip_reports(found: Found) -> Iterator[Result]:
    """The reports in a gzip file, by the suffix before ".gz" or by its content; read as a stream."""
    inner = os.path.splitext(found.place.removesuffix(found.suffix))[1].lower() if found.suffix == ".gz" else ""
    if inner in {".gz", ".zip"} or (found.suffix != ".gz" and found.tally):
        raise InputError("there is an archive inside the archive", "unpack it, and give what is in it")
    outermost = found.tally is None
    tally = found.tally or Tally()
    unpacked = io.BufferedReader(Gunzipped(found.file, tally, outermost=outermost))
    yield from reports_in(replace(found, file=unpacked, suffix=inner, tally=tally))


def zip_reports(found: Found) -> Iterator[Result]:
    """The reports in a zip archive's members, in the order of their names.

    Members are taken by the suffixes that are taken from a folder. One that cannot be read is one error; nothing is
    ever written to the disk. A member's address is the archive's with its name, as if the archive were a folder.
    """
    if found.tally is not None:
        raise InputError("there is an archive inside the archive", "unpack it, and give what is in it")
    file = as_file(found.file)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise InputError(f"the zip archive cannot be opened ({error})", "get it again, or unpack it") from error
    with archive:
        members = archive.infolist()
        if any(m.filename == "[Content_Types].xml" for m in members):
            raise InputError("this is an office document, not an archive of reports", "save it as text or PDF")
        if len(members) > MEMBERS:
            raise InputError(f"the archive has {len(members):,} members, more than {MEMBERS:,}", "split it")
        yield from _members(archive, members, found, _size(file))


def _members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], found: Found, size: int) -> Iterator[Result]:
    tally = Tally(taken=size)
    shown = [m for m in members if m.filename and not m.filename.endswith("/") and not _hidden(m.filename)]
    known = suffixes()
    taken = sorted((m for m in shown if m.filename.lower().endswith(known)), key=lambda m: m.filename.split("/"))
    if len(shown) > len(taken):
        log.info("%s: %d members are left out because of their suffix", found.subject, len(shown) - len(taken))
    if not taken:
        raise InputError(f"the archive holds no file with a suffix of {NAMED_SUFFIXES}", "unpack and convert them")
    for member in taken:
        name = member.filename
        subject = f"{found.subject}/{name}"
        try:
            if os.path.isabs(name) or ".." in name.split("/"):
                raise InputError("the member's name leads out of the archive", "unpack it by itself, if you trust it")  # noqa: TRY301
            yield from _member(archive, member, replace(found, subject=subject, place=f"{found.place}/{name}"), tally)
        except InputError as error:
            if tally.harmful:
                raise  # the archive as a whole is given up
            yield InputError(error.cause, error.remedy, subject=error.subject or subject)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            yield InputError(f"the member cannot be unpacked ({error})", "get the archive again", subject=subject)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, found: Found, tally: Tally) -> Iterator[Result]:
    if member.flag_bits & _ENCRYPTED:
        raise InputError("the member is encrypted", "unpack it with its password")
    with archive.open(member) as file:
        counted = io.BufferedReader(_Counted(file, tally))
        suffix = os.path.splitext(member.filename)[1].lower()
        yield from reports_in(replace(found, file=counted, suffix=suffix, tally=tally))


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in {".", ".."} for part in name.split("/")) or name.startswith(
        "__MACOSX/"
    )


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


class _Counted(io.RawIOBase):
    """A member's bytes, counted as they come."""

    def __init__(self, file: Any, tally: Tally) -> None:
        self._file = file
        self._tally = tally

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        piece = some(self._file, len(buffer))
        self._tally.count(made=len(piece))
        buffer[: len(piece)] = piece
        return len(piece)
