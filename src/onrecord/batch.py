"""Many reports, one after the other: the stages composed so that one failure stays local."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.annotators.settings import Settings
from onrecord.errors import AnchorError, InputError, ModelError, OnrecordError
from onrecord.model import Annotated
from onrecord.read.original import Received
from onrecord.read.outlets import received_by_outlet
from onrecord.record.adding import Outcome
from onrecord.record.provenance import current_run
from onrecord.record.store import Record

__all__ = ["Addition", "additions", "readings"]


def readings(
    arrivals: Iterable[Received | OnrecordError], settings: Settings | None = None
) -> Iterator[Annotated | OnrecordError]:
    """Each report annotated by itself, in the order of arrival; what fails comes as its error, in its place.

    Raises:
        ModelError: a model is missing or is not the one that ships.

    Example:
        >>> from onrecord.errors import InputError
        >>> [str(e) for e in readings([InputError("the file is empty", "give a file with text")])]
        ['the file is empty; give a file with text']
    """
    from onrecord.annotators.reading import annotated
    from onrecord.annotators.settings import DEFAULTS  # loads the language models

    chosen = settings or DEFAULTS
    for arrival in arrivals:
        if isinstance(arrival, OnrecordError):
            yield arrival
            continue
        try:
            yield annotated(received_by_outlet(arrival, chosen.in_force.codebook).report, chosen)
        except ModelError:
            raise
        except OnrecordError as error:
            yield error


@dataclass(frozen=True, slots=True)
class Addition:
    """A report that was received, and what adding it did."""

    received: Received
    outcome: Outcome


def additions(
    record: Record, arrivals: Iterable[Received | OnrecordError], settings: Settings | None = None
) -> Iterator[Addition | OnrecordError]:
    """Each report annotated and added, in the order of arrival; what fails comes as its error, in its place.

    What the record already holds by the same software, models and settings is not read again. Each report is added
    whole or not at all, so that the work can be stopped at any moment and started again.

    Raises:
        ModelError: a model is missing or is not the one that ships.
        RecordError: the record itself can take no more (full, locked, damaged).
    """
    from onrecord.annotators.reading import annotated
    from onrecord.annotators.settings import DEFAULTS  # loads the language models

    chosen = settings or DEFAULTS
    this_run = current_run(chosen)
    for result in arrivals:
        if isinstance(result, OnrecordError):
            yield result
            continue
        arrival = received_by_outlet(result, chosen.in_force.codebook)
        try:
            if not record.needs_reading(arrival, this_run):
                yield Addition(arrival, "unchanged")
            else:
                yield Addition(arrival, record.add(arrival, annotated(arrival.report, chosen), this_run).outcome)
        except (AnchorError, InputError) as error:
            yield error
