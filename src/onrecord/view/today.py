"""The front page: what the reports of some days tell that no earlier one does, the stories with most origins first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.view.changed import ChangedPosition, Noticed, changed, noticed
from onrecord.view.copied import Copied, copied_among
from onrecord.view.days import Dated, day_after, day_before, full_day, last_day, reports_of
from onrecord.view.fresh import Fresh, fresh
from onrecord.view.fresh_stories import FreshStory, fresh_stories
from onrecord.view.told_in import ITEM_KINDS, Item, ItemKind, Sentence, in_sentence, texts_of, told_in

__all__ = ["MOST", "Edition", "Line", "NoReports", "edition", "lines", "spread", "standfirst"]

#: How many reports are looked at, the newest first.
MOST = 200
#: How a figure's unit ranks: what became of people first.
_PEOPLE = ("killed", "missing", "wounded", "hostages", "captured", "detained", "displaced", "evacuated", "refugees",
           "released", "returned")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Something new, as the first report has it.

    Attributes:
        item: the entry of the first report; `sentence` its words in their sentence.
        report: the report.
        reports, origins: how many of the new reports tell it, and how many independent origins these have.
        outlets: the other outlets that tell it.
        before: an earlier, different number for the same, and its entry; for figures alone.
    """

    item: Item
    sentence: Sentence
    report: Dated
    reports: int
    origins: int
    outlets: tuple[str, ...]
    before: Item | None


@dataclass(frozen=True, slots=True)
class Edition:
    """What is new in the reports of some days.

    Attributes:
        since, until: the first and the last day.
        before, after: the nearest days outside that have reports.
        reports: those looked at, the newest first; `is_cut` whether there are more.
        origins, outlets: how many independent origins and outlets these have.
        stories: those with most independent origins first.
        fresh: what is new, by kind, ranked; `lines` words them.
    """

    since: str
    until: str
    before: str | None
    after: str | None
    reports: tuple[Dated, ...]
    is_cut: bool
    origins: int
    outlets: int
    stories: tuple[FreshStory, ...]
    fresh: Mapping[ItemKind, tuple[Fresh, ...]]
    changes: tuple[ChangedPosition, ...]
    notices: tuple[Noticed, ...]
    copied: Copied


@dataclass(frozen=True, slots=True)
class NoReports:
    """There is no report in the record."""


def edition(record: Record, since: str | None = None, until: str | None = None) -> Edition | NoReports:
    """What the reports of some days tell that no report of an earlier day does.

    New is a statement or event that is linked with none of an earlier day, and a figure that is linked with none that
    gives the same number; see `onrecord.reconcile` for how they are linked. Of more than `MOST` reports the newest are
    looked at. An undated report goes by the day of its arrival.

    Args:
        since: first day, month or year; the last day that has reports, unless given.
        until: last day, month or year; no end, unless given, but that day itself if `since` is not given.

    Raises:
        InputError: a date is not one, or they are the wrong way round.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/war.db") as record:
        ...     edition(record)
        NoReports()
    """
    with record.reading() as connection:
        latest = last_day(connection)
        if latest is None:
            return NoReports()
        first = full_day(since) if since else full_day(until) if until else latest
        last = full_day(until, last=True) if until else max(latest, first) if since else latest
        if first > last:
            raise InputError(f"{last} is before {first}", "give the earlier day first")
        found = reports_of(connection, first, last, most=MOST + 1)
        items = told_in(connection, found[:MOST])
        before, after = day_before(connection, first), day_after(connection, last)
    reports = found[:MOST]
    copied = copied_among(record, (one.report_id for one in reports))
    stories = fresh_stories(record, reports, copied, first)
    rank = {name: n for n, story in enumerate(stories) for name in story.names}
    home = {one.report_id: one for one in reports}
    new = {kind: fresh(record, [i for i in items if i.kind == kind], kind, home, copied, first) for kind in ITEM_KINDS}
    return Edition(
        first, last, before, after, reports, len(found) > MOST, copied.origins({one.report_id for one in reports}),
        len({one.publisher for one in reports if one.publisher}), stories,
        {kind: _ranked(one, rank) for kind, one in new.items()},
        changed(record, home, [i for i in items if i.kind == "statement"], first), noticed(record, reports), copied,
    )  # fmt: skip


def _ranked(found: Iterable[Fresh], rank: Mapping[str, int]) -> tuple[Fresh, ...]:
    """Most origins first, then most reports, then what tells more, by the order of the stories and of their words."""

    def order(one: Fresh) -> tuple[object, ...]:
        item = one.first
        counted = item.kind == "figure"
        people = _PEOPLE.index(item.what) if item.what in _PEOPLE else len(_PEOPLE)
        size = -(item.bounds[0] or item.bounds[1] or 0) if counted else 0
        kind = people if counted else int(item.is_slight)
        where = rank.get(item.report_id, len(rank)), item.report_id, item.span
        return -one.origins, -len(one.reports), kind, size, *where

    return tuple(sorted(found, key=order))


def lines(connection: Connection, one: Edition, chosen: Sequence[Fresh]) -> tuple[Line, ...]:
    """What was chosen of an edition, in words."""
    reports = {report.report_id: report for report in one.reports}
    texts = texts_of(connection, (reports[each.first.report_id].version_id for each in chosen))
    made = []
    for each in chosen:
        report = reports[each.first.report_id]
        names = [reports[name].publisher for name in each.reports if name != report.report_id]
        others = Counter(name for name in names if name and name != report.publisher)
        sentence = in_sentence(texts[report.version_id], each.first.span)
        made.append(Line(each.first, sentence, report, len(each.reports), each.origins, tuple(others), each.before))
    return tuple(made)


def standfirst(connection: Connection, stories: Sequence[FreshStory]) -> dict[str, str]:
    """The first sentence of the leading report of some stories, by its id: the outlet's words."""
    texts = texts_of(connection, (story.lead.version_id for story in stories))
    found = {}
    for story in stories:
        text = texts[story.lead.version_id]
        start = len(text) - len(text.lstrip())
        first = in_sentence(text, (start, min(start + 1, len(text))))
        found[story.lead.report_id] = first.words + first.after
    return found


def spread(found: Sequence[Fresh], stories: Sequence[FreshStory], *, most: int, of_one: int = 3) -> tuple[Fresh, ...]:
    """The first of them, but of one story no more than some, as long as there are others."""
    home = {name: n for n, story in enumerate(stories) for name in story.names}
    counted: Counter[object] = Counter()
    kept: list[Fresh] = []
    rest: list[Fresh] = []
    for one in found:
        story = home.get(one.first.report_id, one.first.report_id)
        counted[story] += 1
        (kept if counted[story] <= of_one else rest).append(one)
        if len(kept) == most:
            break
    return tuple((*kept, *rest)[:most])
