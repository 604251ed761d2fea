"""Search over statements, reports, events and figures, with what narrows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.model import EVENT_TYPES, UNITS
from onrecord.view.asked import FINDABLE, MOST, Asked, Findable
from onrecord.view.finds import FacetName, Find, Finds, finds
from onrecord.web.exporting import anchored, export_paths, rows_as
from onrecord.web.room import page, room
from onrecord.web.words import month

__all__ = ["ROUTES"]

#: How many hits stand on a page.
HITS = 30
#: Longer values narrow nothing: they are a reader's slip, or a hostile report's.
LONGEST = 120
#: The names of the kinds on the page.
KINDS: Mapping[Findable, str] = {
    "statement": "Statements", "report": "Reports", "event": "Events", "figure": "Figures",
}  # fmt: skip
#: What narrows a search: the facet, its name on the page by kind ("" for all), and the fields of the address.
_FIELDS: Mapping[FacetName, tuple[str, ...]] = {
    "who": ("speaker",), "publisher": ("publisher",), "month": ("since", "until"), "event_type": ("event",),
    "unit": ("unit",), "place": ("place",),
}  # fmt: skip
_NAMES: Mapping[FacetName, str] = {
    "who": "Who speaks", "publisher": "Outlets", "month": "Months", "event_type": "What happened", "unit": "Units",
    "place": "Places",
}  # fmt: skip
_WHO: Mapping[Findable, str] = {"event": "Who acts", "figure": "By whose count"}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A link that narrows the search, or undoes a narrowing: its words, its address, and how many hits it leaves."""

    words: str
    href: str
    count: int | None = None


def search(request: Request) -> Response:
    """The form, and what was found, page by page."""
    given = {name: value.strip() for name, value in request.query_params.items()}
    asked = _asked(given)
    number = _page(given.get("page"))
    if (file := rows_as(request, _rows(request, asked))) is not None:
        return file
    found = finds(room(request).record, asked, limit=HITS, skip=HITS * (number - 1))
    pages = max(1, -(-found.found // HITS))
    return page(request, "search", {
        "asked": asked, "found": found, "event_types": EVENT_TYPES, "units": UNITS, "most": MOST,
        "kinds": [(kind, name, _href(given, kind=kind)) for kind, name in KINDS.items()],
        "sorts": [(sort, _href(given, sort=sort)) for sort in ("best", "newest")] if asked.terms.wanted else [],
        "facets": list(_facets(given, asked.kind, found)), "narrowed": list(_narrowed(given)),
        "number": number, "pages": pages, "exports": export_paths(request),
        "earlier": _href(given, page=str(number - 1)), "later": _href(given, page=str(number + 1)),
    })  # fmt: skip


def _asked(given: Mapping[str, str]) -> Asked:
    kind = given.get("kind")
    sort = given.get("sort")
    event = given.get("event", "").upper()
    return Asked(
        words=given.get("q", ""), kind=kind if kind in FINDABLE else "statement",
        who=given.get("speaker") or None, publisher=given.get("publisher") or None, since=given.get("since") or None,
        until=given.get("until") or None, place=given.get("place") or None, event_type=event or None,
        unit=given.get("unit") or None, sort="newest" if sort == "newest" else "best" if sort == "best" else None,
    )  # fmt: skip


def _page(value: str | None) -> int:
    last = -(-MOST // HITS)
    return min(max(int(value), 1), last) if value and value.isdecimal() and len(value) < 6 else 1


def _href(given: Mapping[str, str], **changed: str | None) -> str:
    """The address of this search with something changed; it begins with the first page again."""
    kept = {key: value for key, value in given.items() if value and key not in ("page", "format")}
    kept |= {key: value for key, value in changed.items() if value}
    left = {key: value for key, value in kept.items() if changed.get(key, "") is not None}
    return f"/search?{urlencode(left)}"


def _facets(given: Mapping[str, str], kind: Findable, found: Finds) -> Iterator[tuple[str, list[Narrowing]]]:
    for facet in found.facets:
        fields = _FIELDS[facet.name]
        links = [
            Narrowing(_worded(facet.name, one.value), _href(given, **dict.fromkeys(fields, one.value)), one.count)
            for one in facet.values
            if given.get(fields[0]) != one.value and len(one.value) <= LONGEST
        ]
        if links:
            yield _WHO.get(kind, _NAMES[facet.name]) if facet.name == "who" else _NAMES[facet.name], links


def _worded(name: FacetName, value: str) -> str:
    return month(value) if name == "month" else value.lower() if name == "event_type" else value


def _narrowed(given: Mapping[str, str]) -> Iterator[Narrowing]:
    """What narrows the search now, each with the address of the search without it."""
    labels = {"speaker": "who", "publisher": "outlet", "since": "from", "until": "to", "event": "what happened",
              "unit": "unit", "place": "place"}  # fmt: skip
    for field, label in labels.items():
        if given.get(field):
            yield Narrowing(f"{label}: {given[field]}", _href(given, **{field: None}))


def _rows(request: Request, asked: Asked) -> Iterator[dict[str, Any]]:
    for hit in finds(room(request).record, asked, limit=MOST).hits:
        yield _row(hit)


def _row(hit: Find) -> dict[str, Any]:
    traced = anchored(hit.report_id, hit.entry, hit.anchor, publisher=hit.publisher, published=hit.published,
                      sha256=hit.sha256)  # fmt: skip
    return {**traced, "kind": hit.kind, "who": hit.who, "what": hit.what, "cue": hit.cue, "words": hit.words,
            "title": hit.title, "url": hit.url}  # fmt: skip


ROUTES = (Route("/search", search),)
