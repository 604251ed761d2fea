"""A report: its text with what was read from it marked, and the entries beside it; the page of one entry."""

from __future__ import annotations

from bisect import bisect_right

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import RecordError
from onrecord.model import Span
from onrecord.view.decisions import Made, made_about
from onrecord.view.show import Shown, show
from onrecord.web.citing import citation
from onrecord.web.marks import marks, pieces
from onrecord.web.notes import Note, notes
from onrecord.web.room import page, room

__all__ = ["ROUTES"]

#: How many code points of a text stand on one page: longer ones are cut at the end of a line.
ON_A_PAGE = 40_000
#: How many code points of the text are shown around an entry on its own page.
AROUND = 500


def report(request: Request) -> Response:
    """The text as published with its marks, the notes in the margin, where it came from."""
    found = _shown(request)
    text = found.annotated.report.text
    parts = _parts(text)
    number = min(max(_number(request.query_params.get("part"), 1), 1), len(parts))
    within = parts[number - 1]
    everything = "all" in request.query_params
    noted = [n for n in notes(found.annotated, everything=everything) if within[0] <= n.span[0] < max(within[1], 1)]
    made = _standing(request, found)
    return page(request, "report", {
        "decided": {note.id: [one for one in made if one.entry == note.id] for note in noted},
        "rejected": [one for one in made if one.act == "reject"],
        "found": found, "report": found.annotated.report, "notes": noted,
        "pieces": pieces(text, marks(found.annotated, everything=everything), within=within),
        "noted": {note.id for note in noted},
        "part": number, "parts": len(parts), "everything": everything,
    })  # fmt: skip


def entry(request: Request) -> Response:
    """One entry: its words in their surroundings, what was read and why, and how to cite it."""
    found = _shown(request)
    wanted = request.path_params["entry"]
    note = _noted(found, wanted)
    text = found.annotated.report.text
    own = [mark for mark in marks(found.annotated, everything=True) if mark.entry == wanted]
    within = max(0, note.span[0] - AROUND), min(len(text), note.span[1] + AROUND)
    return page(request, "entry", {
        "found": found, "report": found.annotated.report, "note": note, "within": within,
        "pieces": pieces(text, own, within=within), "whole": len(text),
        "citation": citation(found, note.quote, note.span),
        "decided": [one for one in _standing(request, found) if one.entry == wanted],
    })  # fmt: skip


def _shown(request: Request) -> Shown:
    version = request.query_params.get("version")
    chosen = int(version) if version is not None and version.isdecimal() and len(version) < 10 else version
    return show(room(request).record, request.path_params["report"], version=chosen)


def _standing(request: Request, found: Shown) -> list[Made]:
    """What people decided about the report, and did not undo; nothing of it is in a version before the latest."""
    if found.shown.number != max(version.number for version in found.versions):
        return []
    return [one for one in made_about(room(request).record, found.report_id) if one.counts and one.act != "undo"]


def _noted(found: Shown, wanted: str) -> Note:
    note = next((note for note in notes(found.annotated, everything=True) if note.id == wanted), None)
    if note is None:
        raise RecordError(f"the report has no entry {wanted!r}", "go to the report to see which it has")
    return note


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and value.isdecimal() and len(value) < 10 else otherwise


def _parts(text: str) -> list[Span]:
    """The text in stretches that a page can hold, cut at ends of lines where there are any."""
    ends = [n + 1 for n, character in enumerate(text) if character == "\n"]
    made: list[Span] = []
    start = 0
    while len(text) - start > ON_A_PAGE:
        last = bisect_right(ends, start + ON_A_PAGE)
        cut = ends[last - 1] if last and ends[last - 1] > start else start + ON_A_PAGE
        made.append((start, cut))
        start = cut
    return [*made, (start, len(text))]


ROUTES = (Route("/report/{report}", report), Route("/report/{report}/{entry}", entry))
