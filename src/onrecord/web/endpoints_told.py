"""The endpoints of the JSON API on what several reports tell, and on what is known of one report beside its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.anchors import Anchor, anchor
from onrecord.errors import RecordError
from onrecord.model import EVENT_TYPES
from onrecord.reconcile.utterances import Utterance
from onrecord.record.correcting import Entry
from onrecord.record.store import Record
from onrecord.view.aspects import Aspect
from onrecord.view.beside import Reason, beside
from onrecord.view.changed import ChangedPosition, Noticed
from onrecord.view.days import Dated
from onrecord.view.decisions import Made, history
from onrecord.view.fresh_stories import FreshStory
from onrecord.view.most_told import Several, most_told, told_stories
from onrecord.view.notices import Announced, notices_concerning
from onrecord.view.republished import Republished, republished
from onrecord.view.story import StoryAround, story_around
from onrecord.view.today import Edition, Line, NoReports, edition, lines
from onrecord.view.told_in import ITEM_KINDS, ItemKind
from onrecord.view.utterances import Given as GivenTo
from onrecord.web.api import DAYS, LIMIT, PAGE, REPORT, SKIP, Endpoint, Given, Parameter
from onrecord.web.notes import Note, note

__all__ = ["TOLD", "Account", "Accounts", "Decided", "Fresh", "MostTold", "NoticesFound", "Today"]

_ENTRY = Parameter("entry", "The entry's id in its report, such as ev3.")
_KINDS = ("story", *ITEM_KINDS)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is new of one kind: how many there are, and a part of them, ranked."""

    total: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What is new in the reports of some days; see `onrecord.view.today.Edition`.

    Attributes:
        reports: how many were looked at; `is_cut` whether there are more.
        total_stories: how many stories there are; `stories` a part of them, and so of what else there may be many.
    """

    since: str
    until: str
    before: str | None
    after: str | None
    reports: int
    is_cut: bool
    origins: int
    outlets: int
    total_stories: int
    stories: tuple[FreshStory, ...]
    events: Fresh
    statements: Fresh
    figures: Fresh
    changes: tuple[ChangedPosition, ...]
    notices: tuple[Noticed, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One report's account: its note in words, its anchor, and the number of its independent origin, from 1."""

    report: Dated
    entry: str
    note: Note
    anchor: Anchor | None
    origin: int


@dataclass(frozen=True, slots=True)
class Accounts:
    """What every outlet tells of one event, statement or figure; see `onrecord.view.beside.Beside`."""

    kind: ItemKind
    asked: Entry
    accounts: tuple[Account, ...]
    origins: int
    agree: tuple[Aspect, ...]
    differ: tuple[Aspect, ...]
    alone: tuple[Aspect, ...]
    reasons: tuple[Reason, ...]
    utterance: Utterance | None
    given: tuple[GivenTo, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class MostTold:
    """What several reports tell: `total` of them, and a part, either `stories` or entries.

    Attributes:
        reports: how many were looked at; `is_cut` whether there are more.
    """

    since: str
    until: str
    reports: int
    is_cut: bool
    total: int
    stories: tuple[FreshStory, ...]
    entries: tuple[Several, ...]


@dataclass(frozen=True, slots=True)
class NoticesFound:
    """Notices that a report carries, or that are about it."""

    notices: tuple[Announced, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about a report, the latest first: a part, and how many decisions there are in all."""

    decisions: tuple[Made, ...]
    total: int


def _today(record: Record, given: Given) -> Today:
    found = edition(record, given.text("since"), given.text("until"))
    if isinstance(found, NoReports):
        raise RecordError("there is no report in the record", "add reports: onrecord add FILE...")
    limit, skip = given.number("limit"), given.number("skip")
    events, statements, figures = (_fresh(record, found, kind, skip, limit) for kind in ITEM_KINDS)
    return Today(
        found.since, found.until, found.before, found.after, len(found.reports), found.is_cut, found.origins,
        found.outlets, len(found.stories), found.stories[skip : skip + limit],
        events, statements, figures, found.changes[skip : skip + limit],
        found.notices[skip : skip + limit],
    )  # fmt: skip


def _fresh(record: Record, found: Edition, kind: ItemKind, skip: int, limit: int) -> Fresh:
    with record.reading() as connection:
        return Fresh(len(found.fresh[kind]), lines(connection, found, found.fresh[kind][skip : skip + limit]))


def _accounts(record: Record, given: Given) -> Accounts:
    found = beside(record, str(given.text("id")), str(given.text("entry")))
    origin = {name: number for number, names in enumerate(found.origins, start=1) for name in names}
    accounts = []
    for name, entry in found.accounts:
        read = found.read[name]
        made = note(read, entry)
        if made is not None:
            words = anchor(read.report, made.span) if made.span[0] < made.span[1] else None
            accounts.append(Account(found.reports[name], entry, made, words, origin[name]))
    return Accounts(
        found.kind, found.asked, tuple(accounts), len(found.origins), found.agree, found.differ, found.alone,
        found.reasons, found.utterance, found.given, found.is_cut,
    )  # fmt: skip


def _story(record: Record, given: Given) -> StoryAround:
    return story_around(record, str(given.text("id")))


def _most_told(record: Record, given: Given) -> MostTold:
    since, until, limit, page = given.text("since"), given.text("until"), given.number("limit"), given.number("page")
    kind = next((kind for kind in ITEM_KINDS if kind == given.text("kind")), None)
    if kind is None:
        told = told_stories(record, since=since, until=until)
        part: Sequence[FreshStory] = told.found[(page - 1) * limit : page * limit]
        return MostTold(told.since, told.until, told.reports, told.is_cut, len(told.found), tuple(part), ())
    found = most_told(record, kind, since=since, until=until, event_type=given.text("event"),
                      place=given.text("place"), page=page, on_a_page=limit)  # fmt: skip
    return MostTold(found.since, found.until, found.reports, found.is_cut, found.several, (), found.found)


def _copies(record: Record, given: Given) -> Republished:
    return republished(record, str(given.text("id")))


def _notices(record: Record, given: Given) -> NoticesFound:
    return NoticesFound(notices_concerning(record, str(given.text("id"))))


def _decided(record: Record, given: Given) -> Decided:
    found = history(record, report=str(given.text("id")), skip=given.number("skip"), limit=given.number("limit"))
    return Decided(found.made, found.total)


#: The endpoints; those of a report come before the report itself, whose id may hold slashes.
TOLD: tuple[Endpoint, ...] = (
    Endpoint("/api/today", "today", "What the reports of some days tell that no earlier one does.", (
        Parameter("since", "First day, month or year; the last day that has reports, unless given."),
        Parameter("until", "Last day, month or year."), LIMIT, SKIP,
    ), Today, _today, kept=True),
    Endpoint("/api/accounts", "most_told", "What several reports tell, those of most independent origins first.", (
        Parameter("kind", "Of what.", among=_KINDS, default="story"), *DAYS,
        Parameter("event", "The type of an event.", among=EVENT_TYPES),
        Parameter("place", "Words of the name of an event's or a figure's place."), LIMIT, PAGE,
    ), MostTold, _most_told, kept=True),
    Endpoint("/api/reports/{id:path}/entries/{entry}/accounts", "accounts",
             "What every outlet tells of one event, statement or figure, and how the accounts differ.",
             (REPORT, _ENTRY), Accounts, _accounts),
    Endpoint("/api/reports/{id:path}/story", "story", "The story that a report belongs to, with its origins.",
             (REPORT,), StoryAround, _story),
    Endpoint("/api/reports/{id:path}/copies", "copies", "Where else a report was published: copies and rewrites.",
             (REPORT,), Republished, _copies),
    Endpoint("/api/reports/{id:path}/notices", "notices",
             "Corrections, retractions and updates that a report carries, or that are about it.",
             (REPORT,), NoticesFound, _notices),
    Endpoint("/api/reports/{id:path}/decisions", "decisions", "What people decided about a report, the latest first.",
             (REPORT, LIMIT, SKIP), Decided, _decided),
)  # fmt: skip
