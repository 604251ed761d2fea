"""What several reports tell: a list, one entry with all its accounts side by side, the story of a report."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EVENT_TYPES, Annotated
from onrecord.reconcile.utterances import Version
from onrecord.view.beside import Beside, beside
from onrecord.view.most_told import A_PAGE, MOST, most_told, told_by_several, told_stories, worded
from onrecord.view.story import story_around
from onrecord.view.told_in import ITEM_KINDS, sentence_at
from onrecord.web.exporting import AT_MOST, export_paths, rows_as, said_to_be
from onrecord.web.marks import marks, pieces
from onrecord.web.notes import Note, notes
from onrecord.web.pages.asked import asked
from onrecord.web.room import page, room
from onrecord.web.rows_told import account_rows, several_rows, story_rows, told_rows

__all__ = ["ROUTES"]

#: How many reports of a story stand on a page, and the longest part of a report around an entry, in code points.
REPORTS, AROUND = 100, 1_500
#: How many events, statements and figures of a story are shown.
SHARED = 6
NAMES = {"story": "Stories", "event": "Events", "statement": "Statements", "figure": "Figures"}


def accounts(request: Request) -> Response:
    """What most reports of some days tell, of one kind."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("since", "until", "type", "place")}
    kind = request.query_params.get("kind", "")
    kind = kind if kind in NAMES else "event" if asked["type"] or asked["place"] else "story"
    number = _number(request)
    here, days = room(request), (asked["since"] or None, asked["until"] or None)
    given = {"asked": asked, "kind": kind, "names": NAMES, "event_types": EVENT_TYPES, "most": MOST, "page": number,
             "address": lambda **more: "/accounts?" + urlencode({**asked, "kind": kind, **more}),
             "exports": export_paths(request)}  # fmt: skip
    if kind == "story":
        told = here.answer(("stories", *days), lambda: told_stories(here.record, since=days[0], until=days[1]))
        if (file := rows_as(request, told_rows(here.record, told.found))) is not None:
            return file
        shown = told.found[(number - 1) * A_PAGE : number * A_PAGE]
        return page(request, "accounts", {**given, "told": told, "of": len(told.found), "shown": shown,
                                          "exported": said_to_be(len(told.found), "story", "stories"),
                                          "pages": max(1, -(-len(told.found) // A_PAGE))})  # fmt: skip
    is_file = bool(request.query_params.get("format"))
    several = most_told(
        here.record, next(k for k in ITEM_KINDS if k == kind), since=days[0], until=days[1],
        event_type=asked["type"] or None, place=asked["place"] or None, page=1 if is_file else number,
        on_a_page=AT_MOST + 1 if is_file else A_PAGE,
    )  # fmt: skip
    if (file := rows_as(request, several_rows(here.record, several.found))) is not None:
        return file
    return page(request, "accounts", {**given, "told": several, "of": several.several, "shown": several.found,
                                      "exported": said_to_be(several.several, kind),
                                      "pages": max(1, -(-several.several // A_PAGE))})  # fmt: skip


def entry(request: Request) -> Response:
    """One event, statement or figure: every outlet's version."""
    found = beside(room(request).record, asked(request), request.path_params["entry"])
    if (file := rows_as(request, account_rows(found))) is not None:
        return file
    told = {name: {note.id: note for note in notes(read, everything=True)} for name, read in found.read.items()}
    cards = [_card(found, told, names) for names in found.origins]
    own = told[found.asked[0]][found.asked[1]]
    return page(request, "accounts_entry", {
        "beside": found, "own": own, "cards": cards,
        "outlets": {name: one.publisher or "Publisher unknown" for name, one in found.reports.items()},
        "aspects": [("They differ", found.differ), ("They agree", found.agree), ("Only one says", found.alone)],
        "places": {name: f"version-{n}" for n, name in enumerate(sorted(found.reports), 1)},
        "versions": len({name for name, _ in found.accounts}), "exports": export_paths(request),
        "exported": said_to_be(len(found.accounts), "account"),
    })  # fmt: skip


def _card(found: Beside, told: dict[str, dict[str, Note]], names: tuple[str, ...]) -> list[dict[str, object]]:
    """The reports of one origin, each with its entries in their sentences."""
    versions = {v.report: v for v in found.utterance.versions} if found.utterance else {}
    return [
        {
            "report": found.reports[name],
            "entries": [_told(found.read[name], told[name][e]) for r, e in found.accounts if r == name],
            **_left(found, versions.get(name)),
        }
        for name in names
    ]


def _told(read: Annotated, note: Note) -> dict[str, object]:
    """An entry in its sentence."""
    own = [mark for mark in marks(read, everything=True) if mark.entry == note.id]
    first, last = min(mark.span[0] for mark in own), max(mark.span[1] for mark in own)
    text = read.report.text
    start, end = sentence_at(text, (first, max(last, first + 1)))
    within = max(start, first - AROUND), min(end, first + AROUND)
    return {"note": note, "pieces": pieces(text, own, within=within), "is_cut": (within[0] > start, within[1] < end)}


def _left(found: Beside, version: Version | None) -> dict[str, object]:
    """Which part of the fullest version of a statement a report has, and what it leaves out."""
    if version is None or found.utterance is None:
        return {"fullest": False, "share": None, "left_out": ()}
    return {"fullest": version.report == found.utterance.fullest, "share": version.share,
            "left_out": tuple(one.words for one in version.left_out)}  # fmt: skip


def story(request: Request) -> Response:
    """The story that a report belongs to."""
    found = story_around(room(request).record, asked(request))
    if (file := rows_as(request, story_rows(room(request).record, found))) is not None:
        return file
    number = _number(request)
    shown = found.reports[(number - 1) * REPORTS : number * REPORTS]
    dates = [one.report for one in shown]
    record = room(request).record
    shared = {kind: worded(record, told_by_several(record, kind, dates)[:SHARED]) for kind in ITEM_KINDS}
    return page(request, "accounts_story", {
        "story": found, "address": lambda **more: "?" + urlencode(more), "exports": export_paths(request),
        "exported": said_to_be(len(found.reports), "report"),
        "shown": shown, "shared": shared, "page": number,
        "pages": max(1, -(-len(found.reports) // REPORTS)),
        "outlets": len({one.report.publisher for one in found.reports if one.report.publisher}),
        "named": {one.report.report_id: one.report for one in found.reports},
    })  # fmt: skip


def _number(request: Request) -> int:
    wanted = request.query_params.get("page", "1")
    return max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 6 else 1


ROUTES = (
    Route("/accounts", accounts), Route("/accounts/{report}", story), Route("/accounts/{report}/{entry}", entry),
)  # fmt: skip
