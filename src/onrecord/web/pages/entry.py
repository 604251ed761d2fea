"""One entry of a report: its words, through whom they came, what other reports tell, and what people decided."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import RecordError
from onrecord.model import Span
from onrecord.reconcile.linkers import EVENTS, FIGURES, STATEMENTS
from onrecord.view.corrections import decisions_on
from onrecord.view.linked_accounts import LinkedAccounts, linked_accounts
from onrecord.view.show import Shown
from onrecord.web.citing import citation
from onrecord.web.marks import marks, pieces
from onrecord.web.notes import MOST, Note, note
from onrecord.web.pages.asked import shown
from onrecord.web.parts import part_at, parts
from onrecord.web.pinned import pinned
from onrecord.web.room import page, room

__all__ = ["ROUTES"]

#: How many code points of the text are shown around an entry.
AROUND = 500
#: By which rule an entry of a kind is linked with those of other reports.
_RULES = {"event": EVENTS, "statement": STATEMENTS, "figure": FIGURES}


def entry(request: Request) -> Response:
    """The entry's page. Other reports and people's decisions are shown with the latest version, which they are of."""
    found = shown(request)
    record = room(request).record
    wanted = request.path_params["entry"]
    made = _noted(found, wanted)
    text = found.annotated.report.text
    within = _around(text, made.span)
    own = [mark for mark in marks(found.annotated, everything=True, within=within) if mark.entry == wanted]
    rule = _RULES.get(made.kind)
    latest = found.versions[-1].number
    current = found.shown.number == latest
    return page(request, "entry", {
        "found": found, "report": found.annotated.report, "note": made, "within": within,
        "at": pinned(found, everything=_is_aside(found, made)),
        "latest": latest, "pieces": pieces(text, own, within=within), "whole": len(text),
        "part": part_at(parts(text), made.span[0]), "citation": citation(found, made.quote, made.span),
        "linked": linked_accounts(record, found.report_id, wanted, rule) if current and rule else LinkedAccounts((), 0),
        "decisions": decisions_on(record, found.report_id, wanted) if current else (),
    })  # fmt: skip


def _is_aside(found: Shown, made: Note) -> bool:
    """Whether the report's page shows the entry only if times, places, beliefs and deeds are asked for."""
    held = any(a.id == made.id and a.manner not in {"said", "written"} for a in found.annotated.attributions)
    return held or made.kind in {"time", "place"}


def _around(text: str, span: Span) -> Span:
    """The span with what stands around it, cut between words where there is room to."""
    low, high = max(0, span[0] - AROUND), min(len(text), span[1] + AROUND, span[0] + MOST)
    after = re.compile(r"\s").search(text, low, span[0]) if low else None
    before = max(text.rfind(" ", span[1], high), text.rfind("\n", span[1], high)) if high < len(text) else high
    return after.end() if after else low, before if before > 0 else high


def _noted(found: Shown, wanted: str) -> Note:
    made = note(found.annotated, wanted)
    if made is None:
        raise RecordError(f"the report has no entry {wanted!r}", "go to the report to see which it has")
    return made


ROUTES = (Route("/report/{report}/{entry}", entry),)
