"""Where: a map of the places of events, and what happened at one of them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EVENT_TYPES
from onrecord.view.whereabouts import ON_A_PAGE, Spot, happened_at, whereabouts
from onrecord.web.addresses import choice
from onrecord.web.exporting import AT_MOST, export_paths, rows_as
from onrecord.web.map import drawn_map, spot_address
from onrecord.web.outlines import WORLD, countries, frame
from onrecord.web.room import page, room
from onrecord.web.rows import moment_rows, place_rows

__all__ = ["ROUTES"]

#: How many places stand in the table until all are asked for.
ROWS = 40


def where(request: Request) -> Response:
    """The map, its places as a table, and the events at the place that was chosen."""
    asked = choice(request, "event", "who", "place", "since", "until", "bbox", "country", "at", "geonames", "all")
    shown = frame(asked.get("bbox"), asked.get("country"))
    record, is_file = room(request).record, bool(request.query_params.get("format"))
    event, who, since, until = (asked.get(name) for name in ("event", "who", "since", "until"))
    place, box = asked.get("place"), None if shown.box == WORLD else shown.box
    found = room(request).answer(
        ("whereabouts", event, who, since, until, place, box),
        lambda: whereabouts(record, event_type=event, who=who, since=since, until=until, place=place, box=box),
    )
    geonames = int(asked["geonames"]) if asked["geonames"].isdecimal() and len(asked["geonames"]) < 12 else None
    here, more = happened_at(
        record, asked["at"], geonames=geonames, event_type=event, who=who, since=since, until=until, page=asked.page,
        on_a_page=AT_MOST + 1 if is_file else ON_A_PAGE,
    ) if asked["at"] else ((), False)  # fmt: skip
    rows = moment_rows(record, here) if asked["at"] else place_rows(found.spots)
    if (file := rows_as(request, rows)) is not None:
        return file
    named = [spot for spot in found.spots if (spot.key, spot.geonames) == (asked["at"], geonames)]
    return page(request, "where", {
        "asked": asked, "found": found, "frame": shown, "is_world": shown.box == WORLD, "event_types": EVENT_TYPES,
        "map": drawn_map(found.spots, shown, asked), "spot_address": spot_address, "here": here, "more": more,
        "name": named[0].name if named else asked["at"].title(), "nearer": _nearer(named[0]) if named else None,
        "rows": found.spots if asked["all"] else found.spots[:ROWS],
        "exports": export_paths(request), "countries": [(one.iso, one.name) for one in countries() if one.iso],
    })  # fmt: skip


def _nearer(spot: Spot) -> str | None:
    """The part of the map around a place; None if its point is not known."""
    if spot.lat is None or spot.lon is None:
        return None
    reach = 3 if spot.precision in {"address", "settlement", "district"} else 12
    return f"{spot.lon - reach:.1f},{spot.lat - reach / 2:.1f},{spot.lon + reach:.1f},{spot.lat + reach / 2:.1f}"


ROUTES = (Route("/where", where),)
