"""The output folder: finished files are moved to their places and entered; what was not entered is removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from onrecord.bulk.manifest import Entered, Header, Manifest, WrittenFile
from onrecord.bulk.pieces import Piece
from onrecord.bulk.work import UNFINISHED, Made
from onrecord.bulk.writing import write_empty
from onrecord.errors import ClusterError, RecordError
from onrecord.record.provenance import Clock, stamp, utc_now

__all__ = ["Folder", "Known"]


class Known(Protocol):
    """What is entered: it has an id, and was made from pieces of files."""

    @property
    def id(self) -> str:
        """What it is known by."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Of what it was made; nothing, where it was made from other files of the folder."""


class Folder(Manifest):
    """An output folder with its manifest, open for one program; use it with `with`.

    What a program that was killed left behind is removed when the folder is opened, and parts of which files are gone
    are taken as not done.

    Args:
        path: the folder; made if it does not exist.
        header: by what it is filled.
        tables: the schema of each table, which is a folder in it.
        asked: whether people ask the tables: each of them has a file then, if only without rows.
        clock: what time it is.

    Raises:
        RecordError: see `Manifest`.
    """

    def __init__(
        self, path: Path, header: Header, tables: Mapping[str, pa.Schema], *, asked: bool = True, clock: Clock = utc_now
    ) -> None:
        super().__init__(path, header)
        self.folder = path
        self._tables = tuple(tables)
        self._clock = clock
        try:
            for part in [entered.part for entered in self.parts.values() if not self._is_whole(entered.files)]:
                self.withdraw(part)
            self.sweep()
            if asked:
                write_empty(path, tables)
        except OSError as error:
            self.close()
            raise self._unwritable(error) from error

    def take(self, part: Known, made: Made) -> Entered:
        """Move the files of a part to their places and enter it.

        Raises:
            ClusterError: the worker wrote where this program does not see it.
            RecordError: the folder cannot be written.
        """
        there = self.folder / UNFINISHED / made.folder
        if made.files and not there.is_dir():
            raise ClusterError(f"a worker wrote to {there}, and nothing is there",
                               "give a folder that this machine and every worker see", subject=part.id)  # fmt: skip
        try:
            folders = {(self.folder / file.path).parent for file in made.files}
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            for file in made.files:
                os.replace(there / file.path, self.folder / file.path)
            for folder in folders:
                _kept(folder)
        except OSError as error:
            raise self._unwritable(error) from error
        entered = Entered(part.id, part.pieces, made.files, made.reports, made.undated, made.errors,
                          stamp(self._clock()))  # fmt: skip
        self.enter(entered)
        shutil.rmtree(there, ignore_errors=True)
        return entered

    def sweep(self) -> None:
        """Remove the Parquet files that no entered part has."""
        shutil.rmtree(self.folder / UNFINISHED, ignore_errors=True)
        known = {self.folder / file.path for entered in self.parts.values() for file in entered.files}
        for table in self._tables:
            for path in (self.folder / table).rglob("part-*.parquet"):
                if path not in known:
                    path.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> RecordError:
        return RecordError(f"files cannot be written ({error.strerror})", "make room, and run the same command again",
                           subject=str(self.folder))  # fmt: skip

    def _is_whole(self, files: Iterable[WrittenFile]) -> bool:
        """Whether all files of a part are there."""
        try:
            return all((self.folder / file.path).stat().st_size == file.bytes for file in files)
        except OSError:
            return False


def _kept(folder: Path) -> None:
    """See to it that the names in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
