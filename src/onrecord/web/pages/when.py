"""When: how many events the reports place in each year, month or day, and which."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EVENT_TYPES
from onrecord.reconcile.days import stretch
from onrecord.view.calendar import calendar
from onrecord.view.moments import moments
from onrecord.view.times_asked import Asked
from onrecord.web.addresses import choice
from onrecord.web.exporting import AT_MOST, export_paths, rows_as
from onrecord.web.histogram import histogram, zoomed_out
from onrecord.web.room import page, room
from onrecord.web.rows import moment_rows

__all__ = ["ROUTES"]


def when(request: Request) -> Response:
    """The bars, and the moments in the order of their stated times."""
    asked = choice(request, "from", "to", "who", "place", "event", "only", "time")
    since, until = asked.get("from") or asked.get("to"), asked.get("to") or asked.get("from")
    wanted = Asked(since, until, asked.get("who"), asked.get("place"), asked.get("event"),
                   statements=asked["only"] != "events")  # fmt: skip
    record = room(request).record
    value = asked.get("time")
    if request.query_params.get("format"):
        found = moments(record, wanted, value=value, on_a_page=AT_MOST + 1).found
        return rows_as(request, moment_rows(record, found)) or Response(status_code=404)
    counted = room(request).answer(("calendar", wanted), lambda: calendar(record, wanted))
    return page(request, "when", {
        "asked": asked, "calendar": counted, "drawing": histogram(counted, asked), "outwards": zoomed_out(asked),
        "found": moments(record, wanted, value=value, page=asked.page), "event_types": EVENT_TYPES,
        "exports": export_paths(request), "at_most": AT_MOST, "value": stretch(value), "days": wanted.days,
    })  # fmt: skip


ROUTES = (Route("/when", when),)
