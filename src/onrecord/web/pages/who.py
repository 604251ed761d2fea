"""Who: the names that reports speak of most, and all that is on record about those who bear one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EntityType
from onrecord.record.store import Record
from onrecord.view.called import BEARERS, Bearer, Called, called
from onrecord.view.names import ACTORS, names
from onrecord.view.of_actor import POSITIONS_AT_MOST, events_of, positions_held, said_about, said_by
from onrecord.web.exporting import AT_MOST, Cell, export_paths, rows_as
from onrecord.web.room import page, room
from onrecord.web.rows import moment_rows, position_rows
from onrecord.web.words import who_path

__all__ = ["ROUTES"]

#: How many names, and how many statements or events, stand on a page.
NAMES, MOMENTS = 100, 20
#: What can be shown of somebody, in the order of the tabs.
VIEWS: Mapping[str, str] = {
    "statements": "Statements", "positions": "Positions", "about": "What others say", "events": "Events",
}  # fmt: skip
TYPES: Mapping[EntityType, str] = {
    "person": "people", "organisation": "organisations", "government": "governments", "armed-force": "armed forces",
    "group": "groups", "place": "places",
}  # fmt: skip


def listed(request: Request) -> Response:
    """The names, those in the most reports first."""
    begins = request.query_params.get("q", "").strip()
    kind = next((kind for kind in TYPES if kind == request.query_params.get("type")), None)
    number = _number(request)
    record = room(request).record
    if (file := rows_as(request, _name_rows(record, begins, kind))) is not None:
        return file
    first = NAMES * (number - 1)
    found = room(request).answer(
        ("names", begins, kind, first), lambda: names(record, begins=begins, of=kind, limit=NAMES, skip=first)
    )
    return page(request, "who", {
        "begins": begins, "type": kind, "types": TYPES, "actors": ACTORS, "found": found, "number": number,
        "first": first, "more": found.found > NAMES * number, "exports": export_paths(request),
        "earlier": _href(request, page=str(number - 1)), "later": _href(request, page=str(number + 1)),
    })  # fmt: skip


def _name_rows(record: Record, begins: str, kind: EntityType | None) -> Iterator[dict[str, Cell]]:
    for one in names(record, begins=begins, of=kind, limit=AT_MOST + 1).names:
        yield {"name": one.name, "type": one.type, "reports": one.reports}


def actor(request: Request) -> Response:
    """One bearer of the name, with what it said and did; its namesakes beside it."""
    name = request.path_params["name"]
    record = room(request).record
    found = room(request).answer(("called", name), lambda: called(record, name))
    wanted = request.query_params.get("actor")
    shows = next((view for view in VIEWS if view == request.query_params.get("show")), "statements")
    bearer = _chosen(found, wanted)
    number = _number(request)
    if bearer is not None and (file := rows_as(request, _rows(record, bearer, shows))) is not None:
        return file
    given: dict[str, Any] = {} if bearer is None else _view(record, bearer, shows, MOMENTS * (number - 1))
    return page(request, "actor", {
        "name": name, "found": found, "bearer": bearer, "shows": shows, "number": number, "looked": BEARERS,
        "others": [(one, _href(request, actor=one.entry, show=None)) for one in found.bearers if one is not bearer],
        "views": [(view, label, _href(request, show=view)) for view, label in VIEWS.items()],
        "exports": export_paths(request), "more": False, "most_positions": POSITIONS_AT_MOST,
        "earlier": _href(request, page=str(number - 1)), "later": _href(request, page=str(number + 1)), **given,
    }, status=200 if bearer is not None else 404)  # fmt: skip


def _chosen(found: Called, wanted: str | None) -> Bearer | None:
    """The bearer that was asked for by one of its entries; the one in the most reports, unless asked."""
    entries = {one.entry: one for one in found.bearers}
    return entries.get(wanted or "") or next(iter(found.bearers), None)


def _view(record: Record, bearer: Bearer, shows: str, skip: int) -> dict[str, Any]:
    if shows == "positions":
        topics, more = positions_held(record, bearer)
        return {"topics": topics, "more_positions": more}
    if shows == "events":
        parts, more = events_of(record, bearer, limit=MOMENTS, skip=skip)
        return {"parts": parts, "more": more}
    said = (said_about if shows == "about" else said_by)(record, bearer, limit=MOMENTS, skip=skip)
    return {"moments": said.moments, "more": said.more}


def _rows(record: Record, bearer: Bearer, shows: str) -> Iterator[dict[str, Cell]]:
    if shows == "positions":
        yield from position_rows(record, positions_held(record, bearer)[0])
    elif shows == "events":
        parts = events_of(record, bearer, limit=AT_MOST + 1)[0]
        rows = moment_rows(record, (part.moment for part in parts))
        yield from ({**row, "acts": part.acts} for part, row in zip(parts, rows, strict=True))
    else:
        told = said_about if shows == "about" else said_by
        yield from moment_rows(record, told(record, bearer, limit=AT_MOST + 1).moments)


def _number(request: Request) -> int:
    value = request.query_params.get("page", "")
    return min(max(int(value), 1), 1_000) if value.isdecimal() and len(value) < 6 else 1


def _href(request: Request, **changed: str | None) -> str:
    """The address of this page with something changed; it begins with the first page again."""
    kept = {key: value for key, value in request.query_params.items() if key not in ("page", "format")}
    left = {key: value for key, value in {**kept, **changed}.items() if value}
    name = request.path_params.get("name")
    path = who_path(name) if name is not None else "/who"
    return f"{path}?{urlencode(left)}" if left else path


ROUTES = (Route("/who", listed), Route("/who/{name:path}", actor))
