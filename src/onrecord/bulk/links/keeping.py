"""Where stages hand over, what says that all is linked, and how the tables of links come to their places."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from onrecord.bulk.folder import Folder
from onrecord.bulk.links.tables import MADE
from onrecord.bulk.manifest import Header, WrittenFile
from onrecord.record.provenance import stamp, utc_now

__all__ = ["RECONCILED", "WORK", "Reconciled", "WorkFolder", "put_in_place", "reconciled"]

#: The file that says that the reports are linked, and the folder where stages hand over, in the bulk folder.
RECONCILED, WORK = "reconciled.json", ".reconciling"


class Reconciled(msgspec.Struct, frozen=True):
    """That all reports of a bulk folder are linked, by what, and what was found.

    Attributes:
        schema: name and version of the tables of links.
        software: name and version; `rules` those by which the links were made.
        digest: of these and of the parts whose reports are linked.
        reports: how many current reports there are.
        links: how many links of each kind.
        stories: how many stories of several reports.
        origins: how many independent origins the reports have.
        files: the files of the tables.
        at: when, in UTC.
    """

    schema: str
    software: str
    rules: tuple[str, ...]
    digest: str
    reports: int
    links: dict[str, int]
    stories: int
    origins: int
    files: tuple[WrittenFile, ...]
    at: str


class WorkFolder(Folder):
    """The folder where stages hand over: like an output folder, but that tables may be removed when they are spent."""

    def __init__(self, path: Path, header: Header, tables: Mapping[str, pa.Schema]) -> None:
        super().__init__(path, header, tables, asked=False)

    def files_of(self) -> dict[str, int]:
        """How many files each table has."""
        counts: dict[str, int] = {}
        for entered in self.parts.values():
            for file in entered.files:
                counts[_table(file)] = counts.get(_table(file), 0) + 1
        return counts

    def clear(self, table: str) -> None:
        """Remove a table that nothing reads any more; what was made from it stays done."""
        _cleared(self.folder, table).touch()
        shutil.rmtree(self.folder / table, ignore_errors=True)

    def _is_whole(self, files: Iterable[WrittenFile]) -> bool:
        return super()._is_whole(file for file in files if not _cleared(self.folder, _table(file)).exists())


def _cleared(folder: Path, table: str) -> Path:
    return folder / f"{table}.spent"


def _table(file: WrittenFile) -> str:
    return file.path.partition("/")[0]


def reconciled(folder: Path, digest: str) -> Reconciled | None:
    """What was found, if the same reports were linked by the same rules and all files are there; else nothing."""
    try:
        found = msgspec.json.decode((folder / RECONCILED).read_bytes(), type=Reconciled)
        whole = all((folder / file.path).stat().st_size == file.bytes for file in found.files)
    except (OSError, msgspec.DecodeError):
        return None
    return found if whole and found.digest == digest else None


def put_in_place(
    work: WorkFolder, folder: Path, about: Mapping[str, Any], schemas: Mapping[str, pa.Schema]
) -> Reconciled:
    """Move what is made to its place in the bulk folder, instead of what was there; what was found.

    The files are linked, not moved, so that the work folder is whole until all is done.

    Args:
        about: by what the links were made: the fields of `Reconciled` up to `digest`.

    Raises:
        OSError: files cannot be written.
    """
    made = [file for entered in work.parts.values() for file in entered.files if _table(file) in MADE]
    (folder / RECONCILED).unlink(missing_ok=True)
    for table in MADE:
        ready = work.folder / "ready" / table
        shutil.rmtree(ready, ignore_errors=True)
        ready.mkdir(parents=True)
        pq.write_table(schemas[table].empty_table(), _empty(ready, table))
        for file in made:
            if _table(file) == table:
                _linked(work.folder / file.path, work.folder / "ready" / file.path)
        shutil.rmtree(folder / table, ignore_errors=True)
        os.replace(ready, folder / table)
    found = Reconciled(**about, **_counted(folder, made), files=tuple(made), at=stamp(utc_now()))
    making = folder / f"{RECONCILED}.making"
    making.write_text(json.dumps(msgspec.to_builtins(found), indent=1), encoding="utf-8")
    os.replace(making, folder / RECONCILED)
    return found


def _empty(ready: Path, table: str) -> Path:
    """Where the file without rows stands, so that a table can be asked in which there is nothing."""
    place = ready / "kind=copy-of" if table == "links" else ready
    place.mkdir(exist_ok=True)
    return place / "schema.parquet"


def _linked(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _counted(folder: Path, made: Iterable[WrittenFile]) -> dict[str, Any]:
    links: dict[str, int] = {}
    reports = stories = origins = 0
    for file in made:
        table = _table(file)
        if table == "links":
            kind = file.path.split("/")[1].removeprefix("kind=")
            links[kind] = links.get(kind, 0) + file.rows
        elif table == "stories":
            rows = pq.read_table(folder / file.path, columns=["report", "story", "reports"])
            reports += rows.num_rows
            stories += rows.filter((pc.field("report") == pc.field("story")) & (pc.field("reports") > 1)).num_rows
        elif table == "origins":
            rows = pq.read_table(folder / file.path, columns=["report", "origin", "holds"])
            origins += rows.filter((pc.field("report") == pc.field("origin")) & (pc.field("holds") == 0)).num_rows
    return {"reports": reports, "links": dict(sorted(links.items())), "stories": stories, "origins": origins}
