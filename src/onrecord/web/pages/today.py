"""The front page: what is new in the reports of some days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.view.days import days_later
from onrecord.view.fresh_stories import FreshStory
from onrecord.view.today import MOST, Edition, NoReports, edition, lines, spread, standfirst
from onrecord.view.told_in import ITEM_KINDS
from onrecord.web.exporting import rows_as, said_to_be
from onrecord.web.room import page, room
from onrecord.web.rows_told import edition_rows

__all__ = ["ROUTES"]

#: How many lines of each kind stand on the front page, stories in full, and lines on a page of one kind.
LINES, LEADING, STORIES, ON_A_PAGE = 6, 5, 20, 40
NAMES = {"event": "What happened, as told", "statement": "Who said what", "figure": "How many, by whose count",
         "story": "Stories", "change": "Positions that may have changed",
         "notice": "Corrections, retractions, updates"}  # fmt: skip


def today(request: Request) -> Response:
    """The stories and what is new in them, or all that is new of one kind."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("since", "until")}
    here, days = room(request), (asked["since"] or None, asked["until"] or None)
    found = here.editions.answer(here.record, days, lambda: edition(here.record, *days))
    if isinstance(found, NoReports):
        return page(request, "no_reports")
    show = request.query_params.get("show", "")
    one_kind = show if show in NAMES else None
    if (file := rows_as(request, edition_rows(here.record, found, one_kind))) is not None:
        return file
    given = {
        "edition": found, "asked": asked, "most": MOST, "names": NAMES, "show": show,
        "is_one_day": found.since == found.until,
        "days": _days(found), "address": lambda **more: _address(found, **more), "exported": _exported(found, one_kind),
        "exports": {form: _address(found, **({"show": show} if one_kind else {}), format=form)
                    for form in ("csv", "jsonl")},
    }  # fmt: skip
    if show in NAMES:
        return _one_kind(request, found, show, given)
    leading, rest = found.stories[:LEADING], found.stories[LEADING : LEADING + STORIES]
    with room(request).record.reading() as connection:
        chosen = {kind: lines(connection, found, spread(found.fresh[kind], found.stories, most=LINES))
                  for kind in ITEM_KINDS}  # fmt: skip
        first_words = standfirst(connection, leading)
    return page(request, "today", {
        **given, "leading": leading, "rest": rest, "lines": chosen, "standfirst": first_words,
        "brings": {story.lead.report_id: _brings(found, story) for story in leading},
    })  # fmt: skip


def _one_kind(request: Request, found: Edition, show: str, given: dict[str, object]) -> Response:
    wanted = request.query_params.get("page", "1")
    number = max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 6 else 1
    first = (number - 1) * ON_A_PAGE
    whole: dict[str, Sequence[object]] = {
        "story": found.stories, "change": found.changes, "notice": found.notices,
        **{kind: found.fresh[kind] for kind in ITEM_KINDS},
    }  # fmt: skip
    every = whole[show]
    shown: Sequence[object] = every[first : first + ON_A_PAGE]
    if (kind := next((kind for kind in ITEM_KINDS if kind == show), None)) is not None:
        with room(request).record.reading() as connection:
            shown = lines(connection, found, found.fresh[kind][first : first + ON_A_PAGE])
    return page(request, "today_all", {
        **given, "page_address": lambda **more: _address(found, show=show, **more),
        "shown": shown, "of": len(every), "page": number, "pages": max(1, -(-len(every) // ON_A_PAGE)),
    })  # fmt: skip


def _exported(found: Edition, kind: str | None) -> str:
    """What a file of this page holds."""
    numbers: dict[str, int] = {each: len(found.fresh[each]) for each in ITEM_KINDS}
    numbers |= {"story": len(found.stories), "change": len(found.changes), "notice": len(found.notices)}
    return said_to_be(sum(numbers.values()) if kind is None else numbers[kind], "row")


def _brings(found: Edition, story: FreshStory) -> Counter[str]:
    """How many new entries of each kind the reports of a story bring."""
    names = set(story.names)
    return Counter(kind for kind in ITEM_KINDS for one in found.fresh[kind] if names.intersection(one.reports))


def _days(found: Edition) -> list[tuple[str, str, str]]:
    """The neighbouring days and the week: a word for each, its address, and its day."""
    made = []
    if found.before:
        made.append(("Earlier", _address(found, since=found.before, until=found.before), found.before))
    if found.after:
        made.append(("Later", _address(found, since=found.after, until=found.after), found.after))
    made.append(("The week to", _address(found, since=days_later(found.until, -6), until=found.until), found.until))
    return made


def _address(found: Edition, **more: object) -> str:
    """The permanent address of this edition, or of one with other days or one kind alone."""
    return "/?" + urlencode({"since": found.since, "until": found.until, **more})


ROUTES = (Route("/", today),)
