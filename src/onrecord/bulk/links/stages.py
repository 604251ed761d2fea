"""The stages of linking, in their order, and what a worker does of each."""

from __future__ import annotations

import platform
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Literal, NamedTuple

from onrecord.bulk.links.carrying import carried
from onrecord.bulk.links.gathering import gathered
from onrecord.bulk.links.grouping import grouped
from onrecord.bulk.links.judging import joined
from onrecord.bulk.links.naming import claims, named, sightings
from onrecord.bulk.links.pairing import paired
from onrecord.bulk.links.tasks import Job, Out, Task
from onrecord.bulk.links.tracing import traced
from onrecord.bulk.work import UNFINISHED, Made
from onrecord.errors import ClusterError, RecordError
from onrecord.reconcile.linkers import KEPT_ONLY, LINKERS

__all__ = ["RULES", "STAGES", "Stage", "made", "software", "tasks"]

#: The rules that link, in their order; those that only keep leave it to those who ask.
RULES = tuple(rule for rule in LINKERS if rule not in KEPT_ONLY)

#: The tasks share what `onrecord.reconciling` remembers of a process.
_one_at_a_time = threading.Lock()


class Stage(NamedTuple):
    """A stage.

    Attributes:
        name: its name, in the ids of its tasks.
        told: what it does, in words for who waits.
        over: of what it has a task each: groups of parts (which it reads the files of a table of), buckets, or nothing.
        result: what a worker does.
        table: the table of the bulk folder that it reads.
        spent: the tables of the work folder that no later stage reads.
    """

    name: str
    told: str
    over: Literal["groups", "buckets", "all"]
    result: Callable[[Task, Job, Out], None]
    table: str | None = None
    spent: tuple[str, ...] = ()


STAGES: tuple[Stage, ...] = (
    Stage("sightings", "listing reports", "groups", sightings, "reports"),
    Stage("claims", "choosing current versions", "buckets", claims, spent=("sightings",)),
    Stage("names", "naming reports", "buckets", named, spent=("claims",)),
    Stage("traced", "reading what is compared", "groups", traced, "readings", ("names",)),
    Stage("paired", "finding pairs", "buckets", paired, spent=("keys",)),
    Stage("carried", "bringing pairs together", "buckets", carried, spent=("pairs",)),
    Stage("judged", "comparing", "buckets", joined, spent=("nodes", "carried")),
    Stage("gathered", "gathering what hangs together", "all", gathered, spent=("members",)),
    Stage("grouped", "grouping", "buckets", grouped, spent=("ties", "loose")),
)
_BY_NAME = {stage.name: stage for stage in STAGES}


def tasks(stage: Stage, groups: Sequence[Mapping[str, tuple[str, ...]]], buckets: int) -> Iterator[Task]:
    """The tasks of a stage.

    Args:
        groups: of each group of parts the files of each table.
        buckets: how many buckets.
    """
    if stage.table is not None:
        for number, group in enumerate(groups):
            yield Task(stage.name, number, group.get(stage.table, ()))
    else:
        for number in range(1 if stage.over == "all" else buckets):
            yield Task(stage.name, number)


def software() -> str:
    """Name and version of what makes the links."""
    return f"onrecord {version('onrecord')}"


def made(task: Task, job: Job) -> Made:
    """What a task writes, as files that wait to be moved to their places.

    Raises:
        ClusterError: this worker has other software than the command, or does not see all files.
        RecordError: files cannot be read or written.
    """
    if (job.software, job.rules) != (software(), RULES):
        raise ClusterError("this worker has other software than the command", "install the same on all",
                           subject=platform.node())  # fmt: skip
    folder = f"{task.id}-{uuid.uuid4().hex}"
    out = Out(Path(job.work, UNFINISHED, folder), task, job)
    try:
        with _one_at_a_time:
            _BY_NAME[task.stage].result(task, job, out)
    except OSError as error:
        raise RecordError(f"on {platform.node()} files cannot be read or written ({error.strerror or error})",
                          "make room, and give a folder that every worker can write",
                          subject=job.folder) from error  # fmt: skip
    return Made(folder, tuple(out.files), 0, 0, 0, ())
