"""A brat project that onrecord exported, as it came back: the zip archive or brat's folder, report by report."""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import msgspec

from onrecord.errors import InputError
from onrecord.model import Report, sha256
from onrecord.read.limits import TEXT_BYTES
from onrecord.read.unpacking import Tally

__all__ = ["LISTED", "Marked", "marked"]

#: The file of an export that says of each report what brat does not know.
LISTED = "reports.jsonl"
#: Most bytes of any file: annotations and lists are no longer than the longest text, many times over.
_BYTES = 10 * TEXT_BYTES
_NAME = re.compile("[A-Za-z0-9_-]+")


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the list: the file's name without suffix, the SHA-256 of the reading, the report without its text."""

    file: str
    reading: str
    report: dict[str, object]


@dataclass(frozen=True, slots=True)
class Marked:
    """A report with the annotations that brat has of it.

    Attributes:
        subject: the .ann file, for what is wrong in it.
        reading: the SHA-256 of the reading that was exported.
        lines: what the .ann file holds.
    """

    subject: str
    reading: str
    report: Report
    lines: str


class _Project(Protocol):
    """Files by their names; `subject` is how one is called in errors."""

    def names(self) -> set[str]: ...

    def subject(self, name: str) -> str: ...

    def bytes(self, name: str) -> bytes: ...


def marked(path: str | os.PathLike[str]) -> Iterator[Marked | InputError]:
    """The reports of a project in the order of its list, the error of a report in its place.

    Raises:
        InputError: it is no project that onrecord exported.
    """
    with _opened(Path(path)) as project:
        names = project.names()
        if LISTED not in names:
            raise InputError(f"there is no {LISTED} in it", "give all files that `export --format brat` made",
                             subject=os.fspath(path))  # fmt: skip
        seen: set[str] = set()
        for number, line in enumerate(project.bytes(LISTED).split(b"\n"), start=1):
            if line.strip():
                one = _line(line, f"{project.subject(LISTED)}:{number}")
                if isinstance(one, _Line) and one.file in seen:
                    one = InputError(f"{one.file} is there twice", "leave one of the lines",
                                     subject=f"{project.subject(LISTED)}:{number}")  # fmt: skip
                yield one if isinstance(one, InputError) else _report(project, one)
                seen.add("" if isinstance(one, InputError) else one.file)
        for name in sorted(names):
            if name.endswith(".ann") and name.removesuffix(".ann") not in seen:
                yield InputError(f"{LISTED} names no report for it", "take its line over from the export",
                                 subject=project.subject(name))  # fmt: skip


def _line(line: bytes, subject: str) -> _Line | InputError:
    try:
        found = msgspec.json.decode(line, type=_Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return InputError(f"the line is not as it was exported ({error})", "take it over from the export",
                          subject=subject)  # fmt: skip
    if not _NAME.fullmatch(found.file):
        return InputError(f"{found.file!r} is no file's name", "take the line over from the export", subject=subject)
    return found


def _report(project: _Project, line: _Line) -> Marked | InputError:
    subject = project.subject(f"{line.file}.ann")
    try:
        text = _text(project, f"{line.file}.txt")
        report = msgspec.convert({**line.report, "text": text}, Report)
        if sha256(text) != report.sha256:
            return InputError(f"the text is not that of report {report.id} any more",
                              "put back the file that was exported; in brat, only annotations may change",
                              subject=project.subject(f"{line.file}.txt"))  # fmt: skip
        return Marked(subject, line.reading, report, _text(project, f"{line.file}.ann"))
    except msgspec.ValidationError as error:
        return InputError(f"its report is not as it was exported ({error})", "take the line over from the export",
                          subject=f"{project.subject(LISTED)}, {line.file}")  # fmt: skip
    except InputError as error:
        return error


def _text(project: _Project, name: str) -> str:
    try:
        return project.bytes(name).decode()
    except UnicodeDecodeError as error:
        raise InputError(f"it is not in UTF-8 (byte {error.start})", "save it as UTF-8",
                         subject=project.subject(name)) from error  # fmt: skip


@contextmanager
def _opened(path: Path) -> Iterator[_Project]:
    if path.is_dir():
        yield _Folder(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(f"it is neither a folder nor a zip archive ({error})", "give what brat has of the export",
                         subject=str(path)) from error  # fmt: skip
    except OSError as error:
        raise _unread(str(path), error) from error
    with archive:
        yield _Zipped(path, archive)


class _Folder:
    """A folder of brat's."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> set[str]:
        try:
            return {entry.name for entry in os.scandir(self._path) if entry.is_file()}
        except OSError as error:
            raise _unread(str(self._path), error) from error

    def subject(self, name: str) -> str:
        return str(self._path / name)

    def bytes(self, name: str) -> bytes:
        try:
            with (self._path / name).open("rb") as file:
                return _within(file, self.subject(name))
        except OSError as error:
            raise _unread(self.subject(name), error) from error


class _Zipped:
    """A zip archive with the files at its top, or in the one folder that was packed."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path, self._archive = path, archive
        listed = [name for name in archive.namelist() if name.split("/")[-1] == LISTED and "__MACOSX" not in name]
        self._folder = min(listed, key=len, default=LISTED).removesuffix(LISTED)
        self._tally = Tally(taken=path.stat().st_size)

    def names(self) -> set[str]:
        inside = (name.removeprefix(self._folder) for name in self._archive.namelist() if name.startswith(self._folder))
        return {name for name in inside if "/" not in name}

    def subject(self, name: str) -> str:
        return f"{self._path}/{self._folder}{name}"

    def bytes(self, name: str) -> bytes:
        try:
            with self._archive.open(f"{self._folder}{name}") as file:
                made = _within(file, self.subject(name))
        except KeyError as error:
            raise _missing(self.subject(name)) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
                NotImplementedError) as error:  # fmt: skip
            raise InputError(f"it cannot be unpacked ({error})", "pack the folder again",
                             subject=self.subject(name)) from error  # fmt: skip
        self._tally.count(made=len(made))
        return made


def _within(file: IO[bytes], subject: str) -> bytes:
    found = file.read(_BYTES + 1)
    if len(found) > _BYTES:
        raise InputError(f"it is larger than {_BYTES:,} bytes", "give the file that brat keeps", subject=subject)
    return found


def _unread(subject: str, error: OSError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return _missing(subject)
    return InputError(f"it cannot be read ({error.strerror or error})", "check the path and the rights to it",
                      subject=subject)  # fmt: skip


def _missing(subject: str) -> InputError:
    return InputError("there is no such file", "give all files of the project", subject=subject)
