"""The endpoints of the JSON API on how many, where and when."""

from __future__ import annotations

import re

from onrecord.errors import InputError
from onrecord.model import EVENT_TYPES, UNITS
from onrecord.record.store import Record
from onrecord.view.around import Around, around
from onrecord.view.calendar import Calendar, calendar
from onrecord.view.counted import Counted, counted
from onrecord.view.moments import Moments, moments
from onrecord.view.of_actor import Page
from onrecord.view.times_asked import Asked
from onrecord.view.whereabouts import Box, Whereabouts, happened_at, whereabouts
from onrecord.web.api import DAY, DAYS, LIMIT, PAGE, REPORT, Endpoint, Given, Parameter

__all__ = ["COUNTED"]

_WHO = Parameter("who", "Beginnings of words in the names of actors or recipients.")
_EVENT = Parameter("event", "The type of an event.", among=EVENT_TYPES)
_BOX = r"^(-?[0-9]{1,3}(\.[0-9]{1,9})?(,-?[0-9]{1,3}(\.[0-9]{1,9})?){3})?$"
_PLACE = Parameter("place", "Words of the place's name.")


def _counted(record: Record, given: Given) -> Counted:
    return counted(
        record, unit=given.text("unit"), whom=given.text("whom"), place=given.text("place"),
        claimant=given.text("claimant"), since=given.text("since"), until=given.text("until"),
        by_reports=given.text("sort") == "reports", page=given.number("page"), on_a_page=given.number("limit"),
    )  # fmt: skip


def _series(record: Record, given: Given) -> Around:
    return around(record, str(given.text("id")), str(given.text("figure")))


def _places(record: Record, given: Given) -> Whereabouts:
    return whereabouts(
        record, event_type=given.text("event"), who=given.text("who"), place=given.text("place"),
        since=given.text("since"), until=given.text("until"), box=_box(given.text("box")),
    )  # fmt: skip


def _box(given: str | None) -> Box | None:
    if given is None:
        return None
    if re.fullmatch(_BOX, given, re.ASCII) is None:
        raise InputError("the box is none", "give WEST,SOUTH,EAST,NORTH in degrees")
    return Box(*(float(part) for part in given.split(",")))


def _happened(record: Record, given: Given) -> Page:
    geonames = given.number("geonames") or None
    return Page(*happened_at(
        record, str(given.text("key")), geonames=geonames, event_type=given.text("event"), who=given.text("who"),
        since=given.text("since"), until=given.text("until"), page=given.number("page"),
        on_a_page=given.number("limit"),
    ))  # fmt: skip


def _asked(given: Given) -> Asked:
    since, until = given.text("from"), given.text("to")
    return Asked(since or until, until or since, given.text("who"), given.text("place"), given.text("event"),
                 statements=given.text("only") != "events")  # fmt: skip


def _calendar(record: Record, given: Given) -> Calendar:
    return calendar(record, _asked(given))


def _moments(record: Record, given: Given) -> Moments:
    return moments(record, _asked(given), value=given.text("time"), page=given.number("page"),
                   on_a_page=given.number("limit"))  # fmt: skip


_TIMES = (
    Parameter("from", "First stated time: YYYY, YYYY-MM or YYYY-MM-DD; with no other, that time alone.", pattern=DAY),
    Parameter("to", "Last stated time.", pattern=DAY),
    Parameter("who", "Beginnings of words in the names of actors, recipients or speakers."),
    Parameter("place", "Beginnings of words in the event's place; leaves statements out, and so does `event`."),
    _EVENT,
    Parameter("only", "Events alone, or statements too, where reports state when they were made.", among=("events",)),
)

#: The endpoints, in the order in which they are listed.
COUNTED: tuple[Endpoint, ...] = (
    Endpoint("/api/figures", "figures", "The newest figures by whose count they are, what counts the same together.", (
        Parameter("unit", "The unit of a figure.", among=UNITS),
        Parameter("whom", "Beginnings of words in what is counted."),
        Parameter("place", "Words of the figure's place."),
        Parameter("claimant", "Beginnings of words in whose count it is, or in whose voice."),
        *DAYS,
        Parameter("sort", "The newest first, or what most reports count.", among=("newest", "reports"),
                  default="newest"),
        LIMIT, PAGE,
    ), Counted, _counted),
    Endpoint("/api/reports/{id:path}/figures/{figure}/series", "series",
             "The series that a figure belongs to: each claimant's numbers over time.",
             (REPORT, Parameter("figure", "The figure's id in its report, such as f2.")), Around, _series),
    Endpoint("/api/places", "places", "Where events of the newest reports happened, and how many at each place.",
             (_EVENT, _WHO, _PLACE, *DAYS,
              Parameter("box", "Only places in it: WEST,SOUTH,EAST,NORTH in degrees.", pattern=_BOX)),
             Whereabouts, _places, kept=True),
    Endpoint("/api/places/{key:path}/events", "events_at", "What happened at a place, the newest first.", (
        Parameter("key", "The place's key, as the list of places gives it."),
        Parameter("geonames", "Its id in GeoNames, if the list gives one.", "integer", least=1, most=999_999_999),
        _EVENT, _WHO, *DAYS, LIMIT, PAGE,
    ), Page, _happened),
    Endpoint("/api/calendar", "calendar", "How many moments the reports place in each year, month or day.", _TIMES,
             Calendar, _calendar, kept=True),
    Endpoint("/api/moments", "moments", "What happened and was said, in the order of the stated times.", (
        *_TIMES, Parameter("time", "Only what has just this stated time, as TIMEX3."), LIMIT, PAGE,
    ), Moments, _moments),
)  # fmt: skip
