"""What several reports tell of one utterance: its versions, the fullest, and what each other one leaves out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from onrecord.errors import InputError, RecordError
from onrecord.model import Annotated, Report, Span
from onrecord.reconcile.copies import Copy
from onrecord.reconcile.linkers import SAME_WORDS, STATEMENTS
from onrecord.reconcile.linking import Link
from onrecord.reconcile.sayings import SAID
from onrecord.reconcile.speakers import speaker
from onrecord.reconcile.utterances import Utterance
from onrecord.reconcile.utterances import utterances as grouped
from onrecord.record import finding
from onrecord.record import tables as t
from onrecord.record.names import tokens
from onrecord.record.store import Record
from onrecord.record.views import CURRENT
from onrecord.view.linked import links
from onrecord.view.origins import copies_by_report, origins_among
from onrecord.wire import decode

__all__ = ["Given", "Told", "Utterances", "readings_of", "utterance", "utterances", "utterances_in"]

_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
#: How many reports are asked for at once: databases take no query of any length.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """An utterance that two reports or more tell of.

    Attributes:
        name: a statement of the fullest version, as REPORT:ID, to ask for it again.
        told: the utterance with its versions, the fullest first, and the links between them.
        reports, origins: how many reports tell of it, and how many of them do not copy one another.
    """

    name: str
    told: Utterance
    reports: int
    origins: int


@dataclass(frozen=True, slots=True)
class Given:
    """The same quotation in two reports that give it to two speakers: nobody is taken to be right.

    Attributes:
        entries: the two statements as REPORT:ID; `speakers`, `publishers`, `published` and `words` are theirs.
        score, because: how much of it is the same, 0 to 1, and which words.
    """

    entries: tuple[str, str]
    speakers: tuple[str, str]
    publishers: tuple[str | None, str | None]
    published: tuple[str | None, str | None]
    words: tuple[str, str]
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class Utterances:
    """Utterances that several reports tell of, and quotations that are given to two speakers."""

    told: tuple[Told, ...]
    given: tuple[Given, ...]


def utterances(
    record: Record, *, who: str | None = None, since: str | None = None, until: str | None = None
) -> Utterances:
    """What two reports or more tell of, those with most origins first, then those of most reports, then by date.

    Args:
        who: words that the speaker's name or office must hold, in one report.
        since, until: first and last publication of one of the reports: a day, month or year.

    Raises:
        InputError: a date is not one.
    """
    for day in (since, until):
        if day is not None and not _DAY.fullmatch(day):
            raise InputError(f"{day!r} is no date", "give YYYY, YYYY-MM or YYYY-MM-DD")
    found = _found(record)
    told = [one for one in found.told if any(
        _is_of(who, version.speaker) and _is_between(version.published, since, until) for version in one.told.versions
    )]  # fmt: skip
    given = [one for one in found.given if any(
        _is_of(who, name) and _is_between(day, since, until)
        for name, day in zip(one.speakers, one.published, strict=True)
    )]  # fmt: skip
    return Utterances(tuple(told), tuple(given))


def utterance(record: Record, entry: str) -> Utterances:
    """The utterance of which a statement is a version, and the quotations of it that are given to other speakers.

    Empty if no other report tells of it.

    Args:
        entry: the statement, as REPORT:ID.

    Raises:
        RecordError: there is no such report, or it has no such statement.
    """
    given_report, _, attribution = entry.rpartition(":")
    with record.reading() as connection:
        report = finding.report_id(connection, given_report or entry)
        annotated = finding.annotated(connection, report, None)
    said = [a.id for a in annotated.attributions if a.manner in SAID]
    if attribution not in said:
        known = f"give one of {', '.join(f'{report}:{name}' for name in said[:5])}" if said else "it has none"
        raise RecordError("there is no such statement", known, subject=entry)
    found = _found(record)
    held = [one for one in found.told if any(
        v.report == report and attribution in v.entries for v in one.told.versions
    )]  # fmt: skip
    names = {f"{v.report}:{name}" for one in held for v in one.told.versions for name in v.entries}
    names.add(f"{report}:{attribution}")
    return Utterances(tuple(held), tuple(one for one in found.given if names.intersection(one.entries)))


def _found(record: Record) -> Utterances:
    same, others = links(record, STATEMENTS), links(record, SAME_WORDS)
    copied = copies_by_report(record)
    with record.reading() as connection:
        reports = readings_of(connection, {entry[0] for link in (*same, *others) for entry in (link.a, link.b)})
    return utterances_in(reports, same, others, copied)


def utterances_in(
    reports: Mapping[str, Annotated], same: Sequence[Link], others: Sequence[Link],
    copied: Mapping[str, Sequence[Copy]],
) -> Utterances:  # fmt: skip
    """The utterances that some reports tell of, those of most origins first.

    Args:
        reports: by their ids.
        same, others: links between statements, and between quotations that are given to two speakers; those of other
            reports are left aside.
        copied: the copies of each report that has any.
    """
    told = sorted((_told(one, copied) for one in grouped(same, reports)), key=_by_weight)
    given = (_given(link, reports) for link in others if link.a[0] in reports and link.b[0] in reports)
    return Utterances(tuple(told), tuple(given))


def readings_of(connection: Connection, names: set[str]) -> dict[str, Annotated]:
    """The current readings of some reports, by their ids."""
    found: dict[str, Annotated] = {}
    ordered = sorted(names)
    query = select(CURRENT.c.report_id, t.readings.c.annotated).join_from(
        t.readings, CURRENT, CURRENT.c.reading_id == t.readings.c.id
    )
    for first in range(0, len(ordered), _AT_ONCE):
        some = query.where(CURRENT.c.report_id.in_(ordered[first : first + _AT_ONCE]))
        found |= {row.report_id: decode(row.annotated) for row in connection.execute(some)}
    return found


def _told(one: Utterance, copied: Mapping[str, Sequence[Copy]]) -> Told:
    names = {version.report for version in one.versions}
    first = one.versions[0]
    return Told(f"{first.report}:{first.entries[0]}", one, len(names), origins_among(names, copied))


def _by_weight(told: Told) -> tuple[int, int, str, str, Span]:
    first = min((version.published or "9999")[:10] for version in told.told.versions)
    fullest = told.told.versions[0]
    return -told.origins, -told.reports, first, fullest.report, fullest.spans[0]


def _given(link: Link, reports: Mapping[str, Annotated]) -> Given:
    (a, speaker_a, words_a), (b, speaker_b, words_b) = (
        _side(reports[report], entry) for report, entry in (link.a, link.b)
    )
    return Given(
        entries=(f"{link.a[0]}:{link.a[1]}", f"{link.b[0]}:{link.b[1]}"), speakers=(speaker_a, speaker_b),
        publishers=(a.publisher, b.publisher), published=(a.published, b.published), words=(words_a, words_b),
        score=link.score, because=link.reason,
    )  # fmt: skip


def _side(read: Annotated, entry: str) -> tuple[Report, str, str]:
    said = next(a for a in read.attributions if a.id == entry)
    words = " ... ".join(read.report.text[start:end] for start, end in said.content.spans)
    return read.report, speaker(read, said).shown, words


def _is_of(who: str | None, speaker: str) -> bool:
    return who is None or (bool(tokens(who)) and set(tokens(who)) <= set(tokens(speaker)))


def _is_between(published: str | None, since: str | None, until: str | None) -> bool:
    if published is None:
        return since is None and until is None
    return (since is None or published[: len(since)] >= since) and (until is None or published[: len(until)] <= until)
