"""What is given to a worker: one bucket of one stage, or one group of parts; and what it reads and writes there."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.bulk.links.shuffle import Buckets, shuffled
from onrecord.bulk.links.tables import schemas
from onrecord.bulk.manifest import WrittenFile
from onrecord.bulk.pieces import Piece
from onrecord.errors import ClusterError

__all__ = ["GATHERED", "Job", "Out", "Task", "Values"]

#: How many characters are gathered, roughly, before they are written.
GATHERED = 64_000_000

Values = Mapping[str, Sequence[Any] | pa.Array | pa.ChunkedArray]


class Task(msgspec.Struct, frozen=True):
    """One piece of one stage.

    Attributes:
        stage: its name.
        number: of the bucket or group, from 0.
        files: the Parquet files of a group of parts, relative to the bulk folder; none for a bucket.
    """

    stage: str
    number: int
    files: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What it is known by; it is in the names of its files."""
        return f"{self.stage}-{self.number:05d}"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Of what it was made, for the manifest: nothing but other files of the folder."""
        return ()


class Job(msgspec.Struct, frozen=True):
    """What is the same for all tasks of a stage.

    Attributes:
        folder: the absolute path of the bulk folder; `work` of the folder where stages hand over.
        software: name and version of what makes the links; `rules` those by which they are made.
        buckets: how many buckets; `groups` how many groups of parts.
        expected: how many files each table of the work folder has.
    """

    folder: str
    work: str
    software: str
    rules: tuple[str, ...]
    buckets: int
    groups: int
    expected: dict[str, int]

    def files(self, table: str, under: str = "") -> list[Path]:
        """The files of a table that earlier stages wrote, in the order of their names.

        Raises:
            ClusterError: some are not seen from here.
        """
        found = sorted(Path(self.work, table).rglob("part-*.parquet"))
        if len(found) != self.expected.get(table, 0):
            raise ClusterError(f"{len(found)} of {self.expected.get(table, 0)} files of {table} are seen from here",
                               "give a folder that this machine and every worker see, and run the same command again",
                               subject=platform.node())  # fmt: skip
        return [path for path in found if not under or path.parent.name == under]


class Out:
    """What a task writes: files that wait in a folder of its own until the command moves them to their places."""

    def __init__(self, folder: Path, task: Task, job: Job) -> None:
        self._folder = folder
        self._id = task.id
        self._schemas = schemas(job.software, job.rules)
        self._count = Counter[Path]()
        self.files: list[WrittenFile] = []

    def add(
        self, table: str, values: Values, *, buckets: Sequence[int] | Buckets | None = None, under: str = ""
    ) -> None:
        """Write rows, if there are any.

        Args:
            table: its name.
            values: the columns, each with as many values.
            buckets: the bucket of each row, for what another stage reads bucket by bucket.
            under: a folder of the table.

        Raises:
            OSError: they cannot be written.
        """
        schema = self._schemas[table]
        rows = pa.Table.from_pydict(dict(values), schema=schema)
        if not rows.num_rows:
            return
        place = Path(table, under)
        path = place / f"part-{self._id}-{self._count[place]}.parquet"
        self._count[place] += 1
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            if buckets is None:
                pq.write_table(rows, file, compression="zstd")
            else:
                shuffled(rows, buckets, file)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        self.files.append(WrittenFile(path.as_posix(), size, rows.num_rows))

    def add_rows(
        self, table: str, rows: Iterable[Sequence[Any]], *, buckets: Sequence[int] | None = None, under: str = ""
    ) -> None:
        """The same, from rows whose values are in the order of the columns."""
        names = self._schemas[table].names
        given = list(rows)
        columns = zip(*given, strict=True) if given else [()] * len(names)
        self.add(table, dict(zip(names, map(list, columns), strict=True)), buckets=buckets, under=under)
