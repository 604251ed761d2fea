"""A run: parts handed to workers, only so many at a time, and entered as they are done."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from distributed import Client, Future, KilledWorker

from onrecord.annotators.settings import Settings
from onrecord.bulk.cluster import connected
from onrecord.bulk.folder import Folder
from onrecord.bulk.handing import Waiting, handed, outcome
from onrecord.bulk.manifest import Entered, Header
from onrecord.bulk.pieces import Part
from onrecord.bulk.planning import found, halves, size_for, undone, withdraw_changed
from onrecord.bulk.schema import SCHEMA, schemas
from onrecord.bulk.work import Job, Made, given_up, made
from onrecord.codebook.model import NONE, Codebook
from onrecord.errors import InputError, OnrecordError
from onrecord.read.dates import published_at
from onrecord.read.targets import shown
from onrecord.record.provenance import current_run

__all__ = ["PART_REPORTS", "Begun", "Done", "Left", "bulk"]

log = logging.getLogger(__name__)

#: How many reports a part has at most, unless said otherwise.
PART_REPORTS = 500


@dataclass(frozen=True, slots=True)
class Begun:
    """A run begins: bytes of all files, what of them is done already, parts withdrawn, and targets that are nothing."""

    bytes: int
    done_bytes: int
    done_reports: int
    withdrawn: int
    errors: tuple[InputError, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A part is entered; `errors` are the first of those of its reports that could not be read."""

    entered: Entered
    bytes: int
    errors: tuple[OnrecordError, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A part is not done and stays for the next run."""

    part: Part
    error: OnrecordError


def bulk(
    targets: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    published: str | None = None,
    publisher: str | None = None,
    models: bool = True,
    codebook: Codebook = NONE,
    workers: int | None = None,
    scheduler: str | None = None,
    part_reports: int = PART_REPORTS,
) -> Iterator[Begun | Done | Left]:
    """Read reports, annotate them and write them as Parquet; what happens, as it happens.

    Each part is entered whole or not at all, so that the work can be stopped at any moment and started again: what is
    done is not done again.

    Args:
        targets: files, folders and patterns, as for `onrecord.read.received`.
        out: the output folder; made if it does not exist.
        published: the publication date of reports that carry none.
        publisher: the publisher of reports that name none.
        models: whether trained models are used; else the rules alone.
        codebook: a team's own words, besides the package's tables.
        workers: how many processes of this machine; one a core, if none.
        scheduler: the address of a dask scheduler, whose workers are taken instead.
        part_reports: how many reports a part has at most.

    Raises:
        InputError: `published` is not a date.
        RecordError: the folder cannot be used or written.
        ClusterError: no scheduler answers, or workers have other software.
    """
    folder = Path(os.path.abspath(out))
    run = current_run(Settings(models=models, codebook=codebook))
    header = Header(SCHEMA, run.software, run.models, run.settings, run.digest,
                    None if published is None else published_at(published), publisher)  # fmt: skip
    job = Job(str(folder), header, models, codebook)
    there = found(targets, folder)
    with Folder(folder, header, schemas()) as output:
        withdrawn = withdraw_changed(output, there.files)
        given = set(there.files)
        done = [entered for entered in output.parts.values() if any(p.path in given for p in entered.pieces)]
        yield Begun(there.bytes, sum(piece.bytes for entered in done for piece in entered.pieces),
                    sum(entered.reports + entered.errors for entered in done), withdrawn, there.errors)  # fmt: skip
        if next(undone(output, there.files, size_for(0, 1, 1)), None) is None:
            return
        try:
            with connected(scheduler, workers) as client:
                size = size_for(there.bytes, sum(client.nthreads().values()), part_reports)
                yield from _taken(client, Waiting(undone(output, there.files, size)), job, output)
        finally:
            output.sweep()


def _taken(client: Client, waiting: Waiting[Part], job: Job, output: Folder) -> Iterator[Done | Left]:
    """Parts as they are entered or left."""

    def submit(part: Part) -> Future[Made]:
        return client.submit(made, part, job, key=f"onrecord-{part.id}-{os.urandom(4).hex()}", pure=False)

    for part, future in handed(client, waiting, submit):
        result = _outcome(future, part)
        if isinstance(result, Made):
            yield Done(output.take(part, result), part.bytes, result.told)
        elif isinstance(result, OnrecordError):
            yield Left(part, result)
        elif part.reports > 1:
            log.info("workers ended while they read some %d reports; trying them in smaller parts", part.reports)
            waiting.back(halves(part))
        else:
            lost = given_up(part, job, _deadly(part))
            yield Done(output.take(part, lost), part.bytes, lost.told)


def _deadly(part: Part) -> InputError:
    return InputError("every worker that read it ended, perhaps for want of memory", "read it alone, with more memory",
                      subject=shown(part.pieces[0].path))  # fmt: skip


def _outcome(future: Future[Made], part: Part) -> Made | OnrecordError | None:
    """What became of a part; None if the workers that took it were killed.

    Raises:
        OnrecordError: what would befall every other part too.
    """
    result = outcome(future)
    if isinstance(result, KilledWorker):
        return None
    if isinstance(result, Made | InputError):
        return result
    if isinstance(result, OnrecordError):
        raise result
    return InputError(f"a part could not be read ({type(result).__name__}: {result})", "report this as a defect",
                      subject=shown(part.pieces[0].path))  # fmt: skip
