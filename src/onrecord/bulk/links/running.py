"""A run: stage after stage, each of its tasks handed to a worker and entered as it is done."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from distributed import Client, Future, KilledWorker

from onrecord.bulk.cluster import connected
from onrecord.bulk.handing import Waiting, handed, outcome
from onrecord.bulk.links.keeping import WORK, Reconciled, WorkFolder, put_in_place, reconciled
from onrecord.bulk.links.shape import Shape, digest_of, shape
from onrecord.bulk.links.stages import RULES, STAGES, made, software, tasks
from onrecord.bulk.links.tables import LINKS_SCHEMA, schemas
from onrecord.bulk.links.tasks import Job, Task
from onrecord.bulk.manifest import Header, Manifest, header_of
from onrecord.bulk.schema import SCHEMA
from onrecord.bulk.work import Made
from onrecord.errors import ClusterError, OnrecordError, RecordError

__all__ = ["BUCKET_REPORTS", "Begun", "Done", "reconcile"]

#: How many reports a bucket has on average at most, unless said otherwise.
BUCKET_REPORTS = 10_000


@dataclass(frozen=True, slots=True)
class Begun:
    """A run begins: how many reports, how many pieces of work, and how many of those are done already."""

    reports: int
    tasks: int
    done: int


@dataclass(frozen=True, slots=True)
class Done:
    """A piece of work is entered: of what stage, in words, and how many pieces are done now."""

    told: str
    done: int


def reconcile(
    folder: str | os.PathLike[str],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    bucket_reports: int = BUCKET_REPORTS,
) -> Iterator[Begun | Done | Reconciled]:
    """Link the reports that `onrecord bulk` wrote into a folder; what happens, as it happens, at last what was found.

    The links, stories and origins are those of a record to which the same files were added in the order of their
    paths. Each piece of work is entered whole or not at all, so that the work can be stopped at any moment and
    started again: what is done is not done again. Once reports are added to the folder, all are linked anew.

    Args:
        folder: the folder.
        workers: how many processes of this machine; one a core, if none.
        scheduler: the address of a dask scheduler, whose workers are taken instead.
        bucket_reports: how many reports a bucket has on average at most: what bounds a worker's memory.

    Raises:
        RecordError: it is no such folder; another program is at work in it; it cannot be written.
        ClusterError: no scheduler answers, or workers have other software, or too little memory.
    """
    place = Path(os.path.abspath(folder))
    header = header_of(place)
    if header.schema != SCHEMA:
        raise RecordError(f"the folder was filled in schema {header.schema}, this is {SCHEMA}",
                          "read the reports again into another folder", subject=str(place))  # fmt: skip
    with Manifest(place, header) as there:
        cut = shape(there.parts.values(), bucket_reports)
        digest = digest_of(software(), RULES, cut.parts)
        if (found := reconciled(place, digest)) is not None:
            yield found
            return
        try:
            yield from _linked(place, cut, digest, workers, scheduler)
        except OSError as error:
            raise RecordError(f"files cannot be read or written ({error.strerror or error})",
                              "make room, and run the same command again", subject=str(place)) from error  # fmt: skip


def _linked(
    place: Path, cut: Shape, digest: str, workers: int | None, scheduler: str | None
) -> Iterator[Begun | Done | Reconciled]:
    own = digest_of(digest, (), cut.buckets, len(cut.groups))
    _only(place / WORK, own)
    made_by = schemas(software(), RULES)
    header = Header(LINKS_SCHEMA, software(), RULES, "{}", own, None, None)
    every = [list(tasks(stage, cut.groups, cut.buckets)) for stage in STAGES]
    with WorkFolder(place / WORK / own, header, made_by) as work:
        done = len(work.parts)
        yield Begun(cut.reports, sum(map(len, every)), done)
        if done < sum(map(len, every)):
            with connected(scheduler, workers) as client:
                yield from _stages(client, place, cut, every, work)
        about = {"schema": LINKS_SCHEMA, "software": software(), "rules": RULES, "digest": digest}
        found = put_in_place(work, place, about, made_by)
    shutil.rmtree(place / WORK, ignore_errors=True)
    yield found


def _only(folder: Path, own: str) -> None:
    """Remove what is left of work on other reports, or that was cut in another way."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name != own:
                shutil.rmtree(path, ignore_errors=True)
    folder.mkdir(exist_ok=True)


def _stages(client: Client, place: Path, cut: Shape, every: list[list[Task]], work: WorkFolder) -> Iterator[Done]:
    """The stages one after the other, without what is done."""
    done = len(work.parts)
    for stage, some in zip(STAGES, every, strict=True):
        there = work.parts
        undone = iter([task for task in some if task.id not in there])
        job = Job(str(place), str(work.folder), software(), RULES, cut.buckets, len(cut.groups), work.files_of())
        try:
            for task, result in _made(client, Waiting(undone), job):
                work.take(task, result)
                done += 1
                yield Done(stage.told, done)
        finally:
            work.sweep()
        for table in stage.spent:
            work.clear(table)


def _made(client: Client, waiting: Waiting[Task], job: Job) -> Iterator[tuple[Task, Made]]:
    def submit(task: Task) -> Future[Made]:
        return client.submit(made, task, job, key=f"onrecord-{task.id}-{os.urandom(4).hex()}", pure=False)

    for task, future in handed(client, waiting, submit):
        yield task, _outcome(future, task)


def _outcome(future: Future[Made], task: Task) -> Made:
    """What a worker wrote.

    Raises:
        OnrecordError: what would befall the next run too, or the scheduler is gone.
    """
    result = outcome(future)
    if isinstance(result, Made):
        return result
    if isinstance(result, KilledWorker):
        raise ClusterError("every worker that had a piece of the work ended, perhaps for want of memory",
                           "run it again with fewer --jobs, or from the start with a smaller --part",
                           subject=task.id)  # fmt: skip
    if isinstance(result, OnrecordError):
        raise result
    raise RecordError(f"a piece of the work failed ({type(result).__name__}: {result})", "report this as a defect",
                      subject=task.id) from result  # fmt: skip
