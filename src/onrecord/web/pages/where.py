"""Where: a map of the places of events, and what happened at one of them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EVENT_TYPES
from onrecord.view.whereabouts import happened_at, whereabouts
from onrecord.web.addresses import choice
from onrecord.web.map import drawn_map, spot_address
from onrecord.web.outlines import WORLD, countries, frame
from onrecord.web.room import page, room

__all__ = ["ROUTES"]

#: How many places stand in the table until all are asked for.
ROWS = 40


def where(request: Request) -> Response:
    """The map, its places as a table, and the events at the place that was chosen."""
    asked = choice(request, "event", "who", "place", "since", "until", "bbox", "country", "at", "geonames", "all")
    shown = frame(asked.get("bbox"), asked.get("country"))
    record = room(request).record
    narrowed = {"event_type": asked.get("event"), "who": asked.get("who"), "since": asked.get("since"),
                "until": asked.get("until")}  # fmt: skip
    found = whereabouts(record, **narrowed, place=asked.get("place"), box=None if shown.box == WORLD else shown.box)
    geonames = int(asked["geonames"]) if asked["geonames"].isdecimal() and len(asked["geonames"]) < 12 else None
    here, more = happened_at(record, asked["at"], **narrowed, geonames=geonames, page=asked.page) if asked["at"] else ((), False)
    named = [spot for spot in found.spots if (spot.key, spot.geonames) == (asked["at"], geonames)]
    return page(request, "where", {
        "asked": asked, "found": found, "frame": shown, "is_world": shown.box == WORLD, "event_types": EVENT_TYPES,
        "map": drawn_map(found.spots, shown, asked), "spot_address": spot_address, "here": here, "more": more,
        "name": named[0].name if named else asked["at"].title(),
        "rows": found.spots if asked["all"] else found.spots[:ROWS],
        "countries": [(one.iso, one.name) for one in countries() if one.iso],
    })  # fmt: skip


ROUTES = (Route("/where", where),)
