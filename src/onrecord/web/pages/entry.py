"""One entry of a report: its words, through whom they came, what other reports tell, and what people decided."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import RecordError
from onrecord.model import Span
from onrecord.view.corrections import decisions_on
from onrecord.view.linked_accounts import LinkedAccounts, linked_accounts
from onrecord.view.show import Shown
from onrecord.web.citing import citation
from onrecord.web.marks import marks, pieces
from onrecord.web.notes import Note, notes
from onrecord.web.pages.asked import shown
from onrecord.web.parts import part_at, parts
from onrecord.web.pinned import pinned
from onrecord.web.room import page, room

__all__ = ["ROUTES"]

#: How many code points of the text are shown around an entry.
AROUND = 500


def entry(request: Request) -> Response:
    """The entry's page. Other reports and people's decisions are shown with the latest version, which they are of."""
    found = shown(request)
    record = room(request).record
    wanted = request.path_params["entry"]
    note = _noted(found, wanted)
    text = found.annotated.report.text
    own = [mark for mark in marks(found.annotated, everything=True) if mark.entry == wanted]
    within = _around(text, note.span)
    latest = found.versions[-1].number
    current = found.shown.number == latest
    return page(request, "entry", {
        "found": found, "report": found.annotated.report, "note": note, "within": within, "at": pinned(found),
        "latest": latest, "pieces": pieces(text, own, within=within), "whole": len(text),
        "part": part_at(parts(text), note.span[0]), "citation": citation(found, note.quote, note.span),
        "linked": linked_accounts(record, found.report_id, wanted) if current else LinkedAccounts((), 0),
        "decisions": decisions_on(record, found.report_id, wanted) if current else (),
    })  # fmt: skip


def _around(text: str, span: Span) -> Span:
    """The span with what stands around it, cut between words where there is room to."""
    low, high = max(0, span[0] - AROUND), min(len(text), span[1] + AROUND)
    after = re.compile(r"\s").search(text, low, span[0]) if low else None
    before = max(text.rfind(" ", span[1], high), text.rfind("\n", span[1], high)) if high < len(text) else high
    return after.end() if after else low, before if before > 0 else high


def _noted(found: Shown, wanted: str) -> Note:
    note = next((note for note in notes(found.annotated, everything=True) if note.id == wanted), None)
    if note is None:
        raise RecordError(f"the report has no entry {wanted!r}", "go to the report to see which it has")
    return note


ROUTES = (Route("/report/{report}/{entry}", entry),)
