"""Search over statements and reports, with what narrows it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EVENT_TYPES
from onrecord.record.search import Kind
from onrecord.web.room import page, room

__all__ = ["ROUTES"]

#: How many hits of each kind stand on a page.
HITS = 30


def search(request: Request) -> Response:
    """The form, and what was found."""
    asked = {name: request.query_params.get(name, "").strip() for name in
             ("q", "speaker", "publisher", "since", "until", "place", "event")}  # fmt: skip
    chosen = request.query_params.get("kind")
    kind: Kind | None = "statement" if chosen == "statement" else "report" if chosen == "report" else None
    hits = room(request).record.search(
        asked["q"], kind=kind, speaker=asked["speaker"] or None, publisher=asked["publisher"] or None,
        since=asked["since"] or None, until=asked["until"] or None, place=asked["place"] or None,
        event_type=asked["event"] or None, limit=HITS,
    ) if any(asked.values()) else ()  # fmt: skip
    return page(request, "search", {
        "asked": asked, "kind": kind or "", "hits": hits, "event_types": EVENT_TYPES, "is_asked": any(asked.values()),
    })  # fmt: skip


ROUTES = (Route("/search", search),)
