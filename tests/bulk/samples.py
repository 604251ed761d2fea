"""Reports of a dam, in several kinds of files, some of which cannot be read; and what is read from Parquet."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pyarrow.dataset as ds
from click.testing import CliRunner
from distributed import Client

from onrecord.cli import main

__all__ = ["annotated_lines", "errors", "in_this_process", "line", "parquet_lines", "table", "wire", "workers"]


def line(number: int) -> str:
    """One report of many, as a JSON line."""
    day = f"2031-{1 + number % 3:02}-{1 + number % 28:02}"
    text = (
        f"Police said on Monday that {number + 3} people died when the Orsk dam broke. "
        f'"We had warned of it," said Vera Lund, an engineer in camp {number}. The governor denied that. '
        "Soldiers shelled Kharkiv on Sunday."
    )
    return json.dumps({"id": f"d{number}", "text": text, "date": day, "publisher": "Harbour Post"})


def wire(path: Path, numbers: range) -> Path:
    """A file of such lines."""
    path.write_text("".join(line(n) + "\n" for n in numbers), encoding="utf-8")
    return path


def annotated_lines(*targets: Path, options: tuple[str, ...] = ()) -> Counter[str]:
    """The lines that `onrecord annotate` prints, each with how often."""
    result = CliRunner().invoke(main, ["annotate", "--format", "jsonl", "--quiet", *options, *map(str, targets)])
    return Counter(result.stdout.splitlines())


@contextmanager
def in_this_process(scheduler: str | None, workers: int | None) -> Iterator[Client]:
    """A client of a cluster of one thread of this process, which starts at once."""
    with Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address="127.0.0.1:0") as client:
        yield client


def table(out: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, as any program that knows Parquet in folders reads them."""
    rows: list[dict[str, Any]] = ds.dataset(out / name, partitioning="hive").to_table().to_pylist()
    return rows


def parquet_lines(out: Path) -> Counter[str]:
    """The lines of JSON in the table of readings, each with how often."""
    return Counter(row["annotated"] for row in table(out, "readings"))


def errors(out: Path) -> set[tuple[str, str]]:
    """What could not be read, and why."""
    return {(Path(row["subject"]).name, row["cause"]) for row in table(out, "errors")}


def workers() -> list[psutil.Process]:
    """The worker processes of this one that are alive."""
    found = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # one that has just ended has no command line
            if "spawn_main" in " ".join(process.cmdline()):
                found.append(process)
    return found
