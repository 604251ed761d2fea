"""What a worker does: read a part, annotate its reports one by one, and write them where they are not seen yet."""

from __future__ import annotations

import platform
import threading
import uuid
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from onrecord.annotators.settings import Settings
from onrecord.bulk.cut import Numbered
from onrecord.bulk.cutting import CUTS
from onrecord.bulk.manifest import Header, WrittenFile
from onrecord.bulk.pieces import Part, Piece
from onrecord.bulk.schema import schemas
from onrecord.bulk.writing import Rows, error_row
from onrecord.codebook.model import NONE, Codebook
from onrecord.errors import ClusterError, InputError, ModelError, OnrecordError, RecordError
from onrecord.read.given import Given
from onrecord.read.outlets import received_by_outlet
from onrecord.read.targets import shown

__all__ = ["SHOWN_ERRORS", "UNFINISHED", "Job", "Made", "given_up", "made"]

#: The folder in the output folder where workers write.
UNFINISHED = ".unfinished"

#: How many errors of a part come back to be shown; all of them are in the table of errors.
SHOWN_ERRORS = 20

#: The pipeline is not made for several threads; a worker may have them all the same.
_one_report_at_a_time = threading.Lock()


class Job(msgspec.Struct, frozen=True):
    """What is the same for all parts: the absolute output folder, by what is read, and what a person knows besides."""

    folder: str
    header: Header
    models: bool
    codebook: Codebook = NONE


class Made(msgspec.Struct, frozen=True):
    """What a worker wrote.

    Attributes:
        folder: the name of its folder in the folder `UNFINISHED`.
        files: with the paths that they are to have in the output folder.
        reports: how many reports were read; `undated` of them have no publication date.
        errors: how many could not be read.
        told: the first of those errors.
    """

    folder: str
    files: tuple[WrittenFile, ...]
    reports: int
    undated: int
    errors: int
    told: tuple[OnrecordError, ...]


def made(part: Part, job: Job) -> Made:
    """The readings of a part, as files that wait to be moved to their places.

    Raises:
        ClusterError: this worker has other software or models than the command.
        InputError: a piece is not what it was when it was listed.
        ModelError: a model of this worker is missing or is not the one that ships.
        RecordError: files cannot be written.
    """
    from onrecord.bulk.vocabulary import forget_words  # loads spaCy, which the command itself does without

    settings = _settings(job.models, job.codebook)
    _same_software(job.header, settings)
    counts = {"reports": 0, "undated": 0, "errors": 0}
    told: list[OnrecordError] = []
    folder = f"{part.id}-{uuid.uuid4().hex}"
    rows = Rows(Path(job.folder, UNFINISHED, folder), part.id, schemas(job.header))
    given = Given(job.header.published, job.header.publisher)
    try:
        with _one_report_at_a_time:
            forget_words()
            for piece in part.pieces:
                for number, result in _read(piece, given, settings, rows, counts):
                    counts["errors"] += 1
                    told += [result][: SHOWN_ERRORS - len(told)]
                    rows.refuse(error_row(result, piece, number))
        rows.write()
    except OSError as error:
        raise _unwritable(error, job) from error
    return Made(folder, tuple(rows.files), told=tuple(told), **counts)


def given_up(part: Part, job: Job, error: OnrecordError) -> Made:
    """A part of one report that no worker survived: a row in the table of errors.

    Raises:
        RecordError: it cannot be written.
    """
    folder = f"{part.id}-{uuid.uuid4().hex}"
    rows = Rows(Path(job.folder, UNFINISHED, folder), part.id, schemas(job.header))
    for piece in part.pieces:
        rows.refuse(error_row(error, piece, piece.first))
    try:
        rows.write()
    except OSError as failed:
        raise _unwritable(failed, job) from failed
    return Made(folder, tuple(rows.files), 0, 0, len(part.pieces), (error,))


def _read(
    piece: Piece, given: Given, settings: Settings, rows: Rows, counts: dict[str, int]
) -> Iterator[tuple[int | None, OnrecordError]]:
    """Gather the rows of a piece; the errors of what could not be read."""
    from onrecord.annotators.reading import annotated  # loads the language models

    for number, result in _numbered(piece, given):
        if isinstance(result, OnrecordError):
            yield number, result
            continue
        try:
            named = received_by_outlet(result, settings.in_force.codebook)
            reading = annotated(named.report, settings)
        except ModelError:
            raise
        except OnrecordError as error:
            yield number, error
        except Exception as error:  # noqa: BLE001 - one report's defect must not cost the others
            yield number, _defect(error, f"{shown(piece.path)}:{number}")
        else:
            rows.add(reading, result.original, piece, number)
            counts["reports"] += 1
            counts["undated"] += reading.report.published is None


def _numbered(piece: Piece, given: Given) -> Iterator[Numbered]:
    """The reports of a piece; a defect in reading costs what stands after it in the piece, and is said."""
    number = piece.first
    try:
        for number, result in CUTS[piece.cut].results(piece, given):
            yield number, result
    except OnrecordError:
        raise
    except Exception as error:  # noqa: BLE001 - one file's defect must not cost the others
        yield number, _defect(error, f"{shown(piece.path)}, after report {number}")


def _defect(error: Exception, subject: str) -> InputError:
    return InputError(
        f"it could not be read ({type(error).__name__}: {error})", "report this text as a defect", subject=subject
    )


def _unwritable(error: OSError, job: Job) -> RecordError:
    return RecordError(f"on {platform.node()} files cannot be written ({error.strerror or error})",
                       "make room, and give a folder that every worker can write", subject=job.folder)  # fmt: skip


def _same_software(header: Header, settings: Settings) -> None:
    if _digest(settings) != header.digest:
        raise ClusterError("this worker has other software or models than the command", "install the same on all",
                           subject=platform.node())  # fmt: skip


@lru_cache(maxsize=2)
def _settings(models: bool, codebook: Codebook) -> Settings:
    """The same object for each part, so that what is made of a large codebook is found without comparing it."""
    return Settings(models=models, codebook=codebook)


@lru_cache(maxsize=2)
def _digest(settings: Settings) -> str:
    """By what this process reads."""
    from onrecord.record.provenance import current_run

    return current_run(settings).digest
