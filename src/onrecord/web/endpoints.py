"""The endpoints of the JSON API: the same questions as the pages ask, with the same answers.

To add one, write an `Endpoint` and put it into `ENDPOINTS`, or into a list of its subject: what several reports tell
(`onrecord.web.endpoints_told`), numbers, places and times (`onrecord.web.endpoints_counted`). Its answer is a typed
function of `onrecord.view`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import msgspec

from onrecord.anchors import Anchor, anchor
from onrecord.errors import RecordError
from onrecord.model import EVENT_TYPES, UNITS, Attribution, Event, Figure, Place, Time
from onrecord.record.store import Record
from onrecord.view.asked import FINDABLE, Asked
from onrecord.view.called import Bearer, called
from onrecord.view.finds import Finds, finds
from onrecord.view.names import Names, names
from onrecord.view.of_actor import Page, Part, events_of, positions_held, said_about, said_by
from onrecord.view.positions import Topic
from onrecord.view.show import Shown, show
from onrecord.view.who import Held, MayBe
from onrecord.web.api import DAYS, LIMIT, REPORT, SKIP, Endpoint, Given, Parameter
from onrecord.web.citing import citation
from onrecord.web.endpoints_counted import COUNTED
from onrecord.web.endpoints_told import TOLD
from onrecord.web.notes import Note, notes

__all__ = ["ENDPOINTS", "Called", "EntryFound", "Events", "NameBearer", "PositionsFound"]

_TYPES = ("person", "organisation", "government", "armed-force", "group", "place")
_NAME = Parameter("name", "A name, in any spelling that the reports have.")
_ACTOR = Parameter("actor", "Which bearer of the name: one of its entries, REPORT:ID; the one in the most reports, "
                            "unless given.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryFound:
    """One entry of a report.

    Attributes:
        note: what was read, in words; `entry` the same as JSON of schema onrecord/1.
        anchor: its first words, on the version of the report.
        citation: one line that names the outlet, the date, the words and where they stand.
    """

    report_id: str
    version: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    sha256: str
    note: Note
    anchor: Anchor | None
    citation: str
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NameBearer:
    """One bearer of a name; see `onrecord.view.called.Bearer`."""

    entry: str
    name: str
    spellings: tuple[str, ...]
    type: str
    countries: tuple[str, ...]
    reports: int
    held: tuple[Held, ...]
    may_be: tuple[MayBe, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """Those who bear a name; `part` says that there are more entities of it than were looked at."""

    asked: str
    bearers: tuple[NameBearer, ...]
    part: bool
    tables: tuple[str, ...]
    longer: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Events:
    """Events in which somebody takes part, and whether there are more."""

    parts: tuple[Part, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class PositionsFound:
    """Somebody's positions by issue, and whether there are more."""

    topics: tuple[Topic, ...]
    more: bool


def _entry(record: Record, given: Given) -> EntryFound:
    found = show(record, str(given.text("id")))
    wanted, read = str(given.text("entry")), found.annotated
    note = next((one for one in notes(read, everything=True) if one.id == wanted), None)
    if note is None:
        raise RecordError(f"the report has no entry {wanted!r}", "ask for the report to see which it has")
    every: tuple[Attribution | Event | Figure | Time | Place, ...] = (
        *read.attributions, *read.events, *read.figures, *read.times, *read.places
    )  # fmt: skip
    one = next(item for item in every if item.id == wanted)
    report = read.report
    words = anchor(report, note.span) if note.span[0] < note.span[1] else None
    return EntryFound(
        found.report_id, report.version, report.title, report.publisher, report.published, report.url, report.sha256,
        note, words, citation(found, note.quote, note.span), cast("dict[str, Any]", msgspec.to_builtins(one)),
    )  # fmt: skip


def _search(record: Record, given: Given) -> Finds:
    kind, sort, event = given.text("kind"), given.text("sort"), given.text("event")
    asked = Asked(
        words=given.text("q") or "", kind=next((k for k in FINDABLE if k == kind), "statement"),
        who=given.text("speaker"), publisher=given.text("publisher"), since=given.text("since"),
        until=given.text("until"), place=given.text("place"), event_type=event, unit=given.text("unit"),
        sort="newest" if sort == "newest" else "best" if sort == "best" else None,
    )  # fmt: skip
    return finds(record, asked, limit=given.number("limit"), skip=given.number("skip"))


def _names(record: Record, given: Given) -> Names:
    kind = next((kind for kind in _TYPES if kind == given.text("type")), None)
    return names(record, begins=given.text("q"), of=cast(Any, kind), limit=given.number("limit"),
                 skip=given.number("skip"))  # fmt: skip


def _called(record: Record, given: Given) -> Called:
    found = called(record, str(given.text("name")))
    bearers = tuple(
        NameBearer(b.entry, b.name, b.spellings, b.type, b.countries, b.reports, b.held, b.may_be)
        for b in found.bearers
    )
    return Called(found.asked, bearers, found.part, found.tables, found.longer)


def _bearer(record: Record, given: Given) -> Bearer:
    name, wanted = str(given.text("name")), given.text("actor")
    bearers = called(record, name).bearers
    found = next((one for one in bearers if wanted in (None, one.entry)), None)
    if found is None:
        cause = f"the bearers of {name!r} have no entry {wanted!r}" if bearers else f"nobody is called {name!r}"
        raise RecordError(cause, "look for the name with /api/who?q=")
    return found


def _said(record: Record, given: Given) -> Page:
    return said_by(record, _bearer(record, given), limit=given.number("limit"), skip=given.number("skip"))


def _about(record: Record, given: Given) -> Page:
    return said_about(record, _bearer(record, given), limit=given.number("limit"), skip=given.number("skip"))


def _events(record: Record, given: Given) -> Events:
    return Events(*events_of(record, _bearer(record, given), limit=given.number("limit"), skip=given.number("skip")))


def _positions(record: Record, given: Given) -> PositionsFound:
    return PositionsFound(*positions_held(record, _bearer(record, given)))


_OF_ACTOR = (_NAME, _ACTOR, LIMIT, SKIP)

#: All endpoints; where two paths may match, the longer one first.
ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/api/search", "search", "Statements, reports, events or figures, with what narrows them.", (
        Parameter("q", 'Words that must stand there; "a phrase", -word and beginn* count as such.'),
        Parameter("kind", "What is looked for.", among=FINDABLE, default="statement"),
        Parameter("speaker", "Words of the name of the speaker, of an actor, or of whose figure it is."),
        Parameter("publisher", "The outlet, whatever the case."),
        *DAYS,
        Parameter("place", "Words of a place's name."),
        Parameter("event", "The type of an event.", among=EVENT_TYPES),
        Parameter("unit", "The unit of a figure.", among=UNITS),
        Parameter("sort", "The best first, or the newest.", among=("best", "newest")),
        LIMIT, SKIP,
    ), Finds, _search),
    *COUNTED, *TOLD,
    Endpoint("/api/reports/{id:path}/entries/{entry}", "entry", "One entry of a report, with its words.", (
        REPORT, Parameter("entry", "The entry's id in its report, such as a3.")), EntryFound, _entry),
    Endpoint("/api/reports/{id:path}", "report", "A report with its versions, and all that was read from the latest.",
             (REPORT,), Shown, lambda record, given: show(record, str(given.text("id")))),
    Endpoint("/api/who", "names", "Names in the most reports.", (
        Parameter("q", "How the name begins."), Parameter("type", "Of what.", among=_TYPES), LIMIT, SKIP,
    ), Names, _names),
    Endpoint("/api/who/{name:path}/statements", "statements_by", "What a bearer of the name said, newest first.",
             _OF_ACTOR, Page, _said),
    Endpoint("/api/who/{name:path}/about", "statements_about", "What others said that names it, newest first.",
             _OF_ACTOR, Page, _about),
    Endpoint("/api/who/{name:path}/events", "events_of", "Events in which it acts or is acted on, newest first.",
             _OF_ACTOR, Events, _events),
    Endpoint("/api/who/{name:path}/positions", "positions_of", "Its positions by issue, with candidates for changes.",
             (_NAME, _ACTOR), PositionsFound, _positions),
    Endpoint("/api/who/{name:path}", "called", "Who bears a name: roles with dates, other names, namesakes apart.",
             (_NAME,), Called, _called),
)  # fmt: skip
