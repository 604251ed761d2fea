"""The manifest of an output folder: which parts are done, what they hold, and by what they were read.

JSON lines that are only appended to, each by one write, by one program at a time. The first says by which software,
models and settings the folder was filled; then one for each part that is done, and one for each that is withdrawn again
because its inputs changed. A line that was cut off (the machine stopped) is no line: what it told of is done again.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from onrecord.bulk.pieces import Piece
from onrecord.errors import RecordError

__all__ = ["MANIFEST", "Entered", "Header", "Manifest", "WrittenFile", "header_of"]

#: The file's name in the output folder.
MANIFEST = "manifest.jsonl"


class Header(msgspec.Struct, frozen=True):
    """By what all readings of a folder were made.

    Attributes:
        schema: name and version of the Parquet tables.
        software: name and version, such as "onrecord 0.1.0".
        models: names, versions and digests of the models.
        settings: JSON object of the settings that change what is read.
        digest: of software, models and settings.
        published: the publication date given for reports that carry none.
        publisher: the publisher given for reports that name none.
    """

    schema: str
    software: str
    models: tuple[str, ...]
    settings: str
    digest: str
    published: str | None
    publisher: str | None


class WrittenFile(msgspec.Struct, frozen=True):
    """A Parquet file: its path in the folder, and how many bytes and rows it has."""

    path: str
    bytes: int
    rows: int


class Entered(msgspec.Struct, frozen=True):
    """A part that is done.

    Attributes:
        part: its id.
        pieces: what was read.
        files: what was written.
        reports: how many reports were read.
        undated: how many of them have no publication date.
        errors: how many reports could not be read.
        at: when it was entered, in UTC.
    """

    part: str
    pieces: tuple[Piece, ...]
    files: tuple[WrittenFile, ...]
    reports: int
    undated: int
    errors: int
    at: str


def header_of(folder: Path) -> Header:
    """By what an output folder was filled.

    Raises:
        RecordError: it is no such folder, or its manifest cannot be read.
    """
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            return msgspec.convert(json.loads(file.readline()), Header)
    except FileNotFoundError as error:
        raise RecordError("the folder has no manifest", "give a folder that onrecord bulk has filled",
                          subject=str(folder)) from error  # fmt: skip
    except OSError as error:
        raise RecordError(f"the manifest cannot be read ({error.strerror})", "check the path and its permissions",
                          subject=str(path)) from error  # fmt: skip
    except (ValueError, msgspec.ValidationError) as error:
        raise RecordError(f"the manifest is damaged ({error})", "restore it from a copy", subject=str(path)) from error


class Manifest:
    """An output folder's manifest, open for one program; use it with `with`.

    Args:
        folder: the output folder; made if it does not exist.
        header: by what the folder is filled.

    Raises:
        RecordError: another program fills the folder; it was filled by other software or settings; it holds other
            files; it cannot be written.
    """

    def __init__(self, folder: Path, header: Header) -> None:
        self.path = folder / MANIFEST
        self.header = header
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not self.path.exists() and any(folder.iterdir()):
                raise RecordError("the folder is not empty and has no manifest", "give a new or empty folder",
                                  subject=str(folder))  # fmt: skip
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
        except OSError as error:
            raise RecordError(f"the folder cannot be written ({error.strerror})", "check the path and its permissions",
                              subject=str(folder)) from error  # fmt: skip
        with ExitStack() as undone:
            undone.callback(os.close, self._file)
            self._lock()
            self._parts = self._loaded()
            undone.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let other programs fill the folder."""
        os.close(self._file)

    @property
    def parts(self) -> dict[str, Entered]:
        """The parts that are done and not withdrawn, by id."""
        return dict(self._parts)

    def enter(self, entered: Entered) -> None:
        """Put down that a part is done."""
        self._append(entered)
        self._parts[entered.part] = entered

    def withdraw(self, part: str) -> None:
        """Put down that a part does not count any more."""
        self._append({"withdrawn": part})
        del self._parts[part]

    def _append(self, entry: object) -> None:
        # Not msgspec's encoder: a path may hold bytes that are no text, which `json` escapes and reads back.
        line = json.dumps(msgspec.to_builtins(entry), separators=(",", ":")).encode() + b"\n"
        try:
            written = os.write(self._file, line)
            os.fsync(self._file)
        except OSError as error:
            raise RecordError(f"the manifest cannot be written ({error.strerror})", "make room on the disk",
                              subject=str(self.path)) from error  # fmt: skip
        if written != len(line):  # a line that is cut off counts for nothing, and is cleared away when it is opened
            raise RecordError("the manifest could not be written to the end", "make room on the disk",
                              subject=str(self.path))  # fmt: skip

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RecordError("another program fills this folder", "wait until it has ended, or give another folder",
                              subject=str(self.path.parent)) from error  # fmt: skip

    def _loaded(self) -> dict[str, Entered]:
        data = self.path.read_bytes()
        whole, _, cut_off = data.rpartition(b"\n")
        if cut_off:
            os.ftruncate(self._file, len(data) - len(cut_off))
        lines = whole.splitlines()
        if not lines:
            self._append(self.header)
            return {}
        parts: dict[str, Entered] = {}
        try:
            self._compare(msgspec.convert(json.loads(lines[0]), Header))
            for line in lines[1:]:
                entry: dict[str, Any] = json.loads(line)
                if "withdrawn" in entry:
                    del parts[entry["withdrawn"]]
                else:
                    parts[entry["part"]] = msgspec.convert(entry, Entered)
        except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
            raise RecordError(f"the manifest is damaged ({error})", "restore it from a copy, or give another folder",
                              subject=str(self.path)) from error  # fmt: skip
        return parts

    def _compare(self, there: Header) -> None:
        """Refuse a folder that was filled otherwise: its readings would not be of one kind."""
        for name in Header.__struct_fields__:
            old, new = getattr(there, name), getattr(self.header, name)
            if old != new and name != "digest":
                raise RecordError(f"the folder was filled with {name} {old}, this would be {new}",
                                  "give another folder, or the same options and software",
                                  subject=str(self.path.parent))  # fmt: skip
