"""Series of figures in a record: each subject's numbers by claimant over time, with what does not go together."""

from __future__ import annotations

from onrecord.errors import InputError
from onrecord.model import UNITS
from onrecord.reconcile.linkers import FIGURES
from onrecord.reconcile.series import Point, Series, Subject, subjects
from onrecord.reconcile.tallies import tallies
from onrecord.record.names import tokens
from onrecord.record.search import published_between
from onrecord.record.store import Record
from onrecord.view.linked import links, readings

__all__ = ["Point", "Series", "Subject", "series"]


def series(
    record: Record,
    *,
    unit: str | None = None,
    whom: str | None = None,
    place: str | None = None,
    claimant: str | None = None,
    since: str | None = None,
    until: str | None = None,
    alone: bool = False,
) -> tuple[Subject, ...]:
    """What the figures of a record's current readings count, with each claimant's numbers in the order of time.

    Nothing is chosen or added up; see `onrecord.view.conventions` for that.

    Args:
        unit: one of the units.
        whom: words that must stand in what is counted.
        place: words of the subject's place.
        claimant: words of a claimant's or outlet's name: subjects on which it gives a number, with all others' numbers.
        since, until: first and last publication: a day, month or year. Undated reports are left out then.
        alone: also subjects of a single number.

    Raises:
        InputError: a date or a unit is not one.
    """
    if unit is not None and unit not in UNITS:
        raise InputError(f"{unit!r} is no unit", f"give one of {', '.join(UNITS)}")
    published_between(since, until)
    with record.reading() as connection:
        held = [read for read in readings(connection) if _lies_between(read.report.published, since, until)]
    kept = [tally for read in held for tally in tallies(read) if unit in (None, tally.unit)]
    found = subjects(kept, links(record, FIGURES))
    return tuple(
        subject
        for subject in found
        if (alone or sum(len(one.points) for one in subject.series) > 1)
        and any(_holds(whom, point.of) for one in subject.series for point in one.points)
        and _holds(place, subject.place)
        and any(_holds(claimant, one.by) for one in subject.series)
    )


def _lies_between(published: str | None, since: str | None, until: str | None) -> bool:
    if published is None:
        return since is None and until is None
    day = published[:10]
    return (since is None or day[: len(since)] >= since) and (until is None or day[: len(until)] <= until)


def _holds(wanted: str | None, words: str | None) -> bool:
    return wanted is None or (bool(tokens(wanted)) and set(tokens(wanted)) <= set(tokens(words or "")))
