"""The map of places: settlements as points, everything wider as an area, both by how many events are told of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.view.whereabouts import Spot
from onrecord.web.addresses import Choice
from onrecord.web.drawing import plain
from onrecord.web.outlines import HEIGHT, WIDTH, Frame

__all__ = ["Label", "Land", "Map", "Mark", "drawn_map", "spot_address"]

#: Precisions whose point may be drawn as one.
_POINTS = frozenset({"address", "settlement"})
#: The least and the largest radius; how many names are written.
_SMALL, _LARGE, _NAMES = 4.0, 22.0, 14
#: For so many events at least a dot has the largest radius.
_LEAST = 25
#: How wide a character of a name is, about, and how high a line.
_WIDE, _HIGH = 9.2, 17.0


@dataclass(frozen=True, slots=True)
class Land:
    """A country's outline; `mark` if events are placed in the country as a whole."""

    path: str
    name: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the sheet: a point, or an area around one; what it says, and where that can be read."""

    x: float
    y: float
    radius: float
    is_point: bool
    says: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the sheet."""

    x: float
    y: float
    name: str
    ends: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing: land, areas and points in the order of drawing, and names; `outside` is how many are elsewhere."""

    land: tuple[Land, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    outside: int


def drawn_map(spots: Sequence[Spot], frame: Frame, asked: Choice) -> Map:
    """The places in a part of the earth; those without a known point are in no drawing."""
    most = max(_LEAST, *(spot.events for spot in spots)) if spots else _LEAST
    inside = [(spot, _mark(spot, frame, most, asked)) for spot in spots if _is_inside(spot, frame)]
    whole = {spot.geonames: mark for spot, mark in inside if spot.precision == "country" and spot.geonames is not None}
    land, shaped = [], set()
    for country, path in frame.shown():
        land.append(Land(path, country.name, whole.get(country.geonames or -1)))
        shaped.add(country.geonames)
    marks = [mark for spot, mark in inside if spot.precision != "country" or spot.geonames not in shaped]
    marks.sort(key=lambda mark: (mark.is_point, -mark.radius, mark.says))
    labels = _labels(inside, {mark for _, mark in inside} - set(marks))
    return Map(tuple(land), tuple(marks), tuple(labels), len(spots) - len(inside))


def spot_address(spot: Spot, asked: Choice) -> str:
    """Where the list of what happened at a place is."""
    return asked.to(at=spot.key, geonames=spot.geonames or "") + "#here"


def _is_inside(spot: Spot, frame: Frame) -> bool:
    return spot.lat is not None and spot.lon is not None and frame.holds(spot.lon, spot.lat)


def _mark(spot: Spot, frame: Frame, most: int, asked: Choice) -> Mark:
    assert spot.lat is not None  # noqa: S101 - only those with a point are drawn
    assert spot.lon is not None  # noqa: S101 - as before
    x, y = frame.at(spot.lon, spot.lat)
    is_point = spot.precision in _POINTS
    radius = _SMALL + (_LARGE - _SMALL) * math.sqrt(spot.events / most)
    events = f"{spot.events:,} event{'s' * (spot.events != 1)} in {spot.reports:,} report{'s' * (spot.reports != 1)}"
    says = plain(f"{spot.name} ({spot.precision}): {events}")
    chosen = asked["at"] == spot.key and asked["geonames"] == str(spot.geonames or "")
    return Mark(x, y, round(radius if is_point else radius + 8, 1), is_point, says, spot_address(spot, asked), chosen)


def _labels(inside: Sequence[tuple[Spot, Mark]], shaped: Collection[Mark]) -> Iterator[Label]:
    """The names of the places with most events, as far as there is room beside them; on those that have a shape."""
    taken: list[tuple[float, float, float, float]] = []
    dots = {mark: _box(mark) for _, mark in inside if mark.is_point}
    for spot, mark in inside[: 3 * _NAMES]:
        name = plain(spot.name, 28)
        beside = mark not in shaped
        gap = mark.radius + 4 if beside else -len(name) * _WIDE / 2
        width = len(name) * _WIDE
        for ends in (False, True) if beside else (False,):
            left = mark.x - gap - width if ends else mark.x + gap
            box = left, mark.y - _HIGH / 2, left + width, mark.y + _HIGH / 2
            fits = left >= 0 and box[2] <= WIDTH and box[1] > 0 and box[3] < HEIGHT
            covered = any(_meet(box, dot) for other, dot in dots.items() if other is not mark)
            if fits and not covered and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield Label(round(mark.x - gap if ends else left, 1), round(mark.y + 5, 1), name, ends)
                break
        if len(taken) >= _NAMES:
            return


def _box(mark: Mark) -> tuple[float, float, float, float]:
    return mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
