"""A report: its text with what was read from it marked, the entries beside it, and what belongs to it elsewhere."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.view.decisions import Made, made_about
from onrecord.view.notices import notices_concerning
from onrecord.view.republished import republished
from onrecord.view.show import Shown
from onrecord.web.exporting import export_paths, rows_as, said_to_be
from onrecord.web.marks import marks, pieces
from onrecord.web.notes import notes
from onrecord.web.pages.asked import number, shown
from onrecord.web.parts import parts
from onrecord.web.pinned import pinned
from onrecord.web.room import page, room
from onrecord.web.rows_entries import entry_rows, wanted_entries

__all__ = ["ROUTES"]


def report(request: Request) -> Response:
    """The text as published with its marks, the notes in the margin, where it came from and where else it stands."""
    found = shown(request)
    record = room(request).record
    text = found.annotated.report.text
    everything = "all" in request.query_params
    wanted = wanted_entries(found.annotated, everything=everything)
    if (file := rows_as(request, entry_rows(found.annotated, wanted, report=found.report_id))) is not None:
        return file
    stretches = parts(text)
    part = min(max(number(request.query_params.get("part"), 1), 1), len(stretches))
    within = stretches[part - 1]
    noted = notes(found.annotated, everything=everything, within=within)
    made = _standing(request, found)
    return page(request, "report", {
        "decided": {note.id: [one for one in made if one.entry == note.id] for note in noted},
        "rejected": [one for one in made if one.act == "reject"],
        "found": found, "report": found.annotated.report, "at": pinned(found, everything=everything),
        "latest": found.versions[-1].number, "notes": noted, "noted": {note.id for note in noted},
        "pieces": pieces(text, marks(found.annotated, everything=everything, within=within), within=within),
        "part": part, "parts": len(stretches), "everything": everything,
        "also": republished(record, found.report_id), "notices": notices_concerning(record, found.report_id),
        "exports": export_paths(request), "exported": said_to_be(len(wanted), "entry", "entries"),
        "numbers": {version.version: version.number for version in found.versions},
    })  # fmt: skip


def _standing(request: Request, found: Shown) -> list[Made]:
    """What people decided about the report, and did not undo; nothing of it is in a version before the latest."""
    if found.shown.number != max(version.number for version in found.versions):
        return []
    return [one for one in made_about(room(request).record, found.report_id) if one.counts and one.act != "undo"]


ROUTES = (Route("/report/{report}", report),)
