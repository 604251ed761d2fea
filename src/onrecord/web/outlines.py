"""The outlines of the countries, and a part of the earth as a drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from onrecord.view.whereabouts import Box

__all__ = ["WORLD", "Country", "Frame", "countries", "frame"]

Point = tuple[float, float]

#: The part of the earth that is shown when no other is asked for: all but the Antarctic.
WORLD = Box(-180.0, -58.0, 180.0, 84.0)
#: Units of the drawing.
WIDTH, HEIGHT = 1000.0, 500.0
#: The narrowest part of the earth that is shown, in degrees: the outlines are not finer.
NARROWEST = 3.0
#: Steps of the outlines' grid in one degree.
_GRID = 50


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its GeoNames id and ISO code, if it has them, its rings as (longitude, latitude), its box."""

    geonames: int | None
    iso: str | None
    name: str
    rings: tuple[tuple[Point, ...], ...]
    box: Box


@cache
def countries() -> tuple[Country, ...]:
    """All of them, by name. The borders are Natural Earth's: those that are in force, whoever disputes them."""
    arcs: list[tuple[Point, ...]] = []
    found: list[Country] = []
    for line in resources.files("onrecord.web").joinpath("world.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("a "):
            arcs.append(tuple(_points(line.split()[1:])))
        elif line.startswith("c\t"):
            _, geonames, iso, name, told = line.split("\t")
            rings = tuple(_ring(ring, arcs) for ring in told.split())
            found.append(Country(None if geonames == "-" else int(geonames), None if iso == "-" else iso, name, rings,
                                 Box(*_corners(max(rings, key=_size)))))  # fmt: skip
    return tuple(found)


def _points(steps: Sequence[str]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + int(dx), y + int(dy)
        yield x / _GRID, y / _GRID


def _ring(told: str, arcs: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    """The points of a ring; one that crosses the meridian of 180 degrees goes on beyond it."""
    parts = (arcs[int(arc[1:])][::-1] if arc[0] == "~" else arcs[int(arc)] for arc in told.split(","))
    made: list[Point] = []
    for lon, lat in (point for part in parts for point in part):
        turns = round((made[-1][0] - lon) / 360) if made else 0
        made.append((lon + 360 * turns, lat))
    return tuple(made)


def _size(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]])))


def _corners(ring: Sequence[Point]) -> tuple[float, float, float, float]:
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    return min(lons), min(lats), max(lons), max(lats)


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the earth on the sheet: equidistant along its middle parallel, so that shapes there are true."""

    box: Box

    def at(self, lon: float, lat: float) -> Point:
        """Where a point lies on the sheet."""
        box = self.box
        return (round((lon - box.west) / (box.east - box.west) * WIDTH, 1),
                round((box.north - lat) / (box.north - box.south) * HEIGHT, 1))  # fmt: skip

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        return self.box.west <= lon <= self.box.east and self.box.south <= lat <= self.box.north

    def shown(self) -> Iterator[tuple[Country, str]]:
        """The countries that lie in it, each with its outline as a path."""
        yield from _shown(self)

    def path(self, ring: Sequence[Point], turn: float) -> str:
        """A ring, without points that fall on the one before; what is far outside is drawn in to the margin."""
        west, south, east, north = _corners(ring)
        box = self.box
        if west + turn > box.east or east + turn < box.west or south > box.north or north < box.south:
            return ""
        made: list[tuple[int, int]] = []
        for lon, lat in ring:
            x, y = self.at(lon + turn, lat)
            here = round(min(max(x, -WIDTH), 2 * WIDTH)), round(min(max(y, -HEIGHT), 2 * HEIGHT))
            if not made or here != made[-1]:
                made.append(here)
        if len(made) < 3:
            return ""
        steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(made))
        return f"M{made[0][0]} {made[0][1]}l{' '.join(steps)}z"

    def moved(self, *, east: float = 0.0, north: float = 0.0, wider: float = 1.0) -> str:
        """Another part as "west,south,east,north": shifted by shares of its size, or so many times as wide."""
        box = self.box
        lon, lat = (box.east - box.west) / 2, (box.north - box.south) / 2
        x, y = box.west + lon + east * 2 * lon, box.south + lat + north * 2 * lat
        corners = (x - lon * wider, y - lat * wider, x + lon * wider, y + lat * wider)
        return ",".join(f"{corner:.2f}" for corner in corners)


@lru_cache(maxsize=32)
def _shown(frame: Frame) -> tuple[tuple[Country, str], ...]:
    """Kept for the parts that were asked for last: the world is asked for again and again."""
    paths = (
        (one, "".join(frame.path(ring, turn) for ring in one.rings for turn in (0.0, -360.0, 360.0)))
        for one in countries()
    )
    return tuple((one, path) for one, path in paths if path)


def frame(asked: str | None, country: str | None) -> Frame:
    """The part of the earth that is asked for, filled up to the shape of the sheet; the world if it is none.

    Args:
        asked: "west,south,east,north" in degrees.
        country: an ISO code.

    Example:
        >>> frame("10,40,30,50", None).box.north > 50 or frame("10,40,30,50", None).box.west <= 10
        True
        >>> frame("here", None) == frame(None, None)
        True
    """
    box = _read(asked)
    if box is None and country:
        box = next((one.box for one in countries() if one.iso == country.upper()), None)
        if box is not None:
            dx, dy = (box.east - box.west) * 0.06 + 0.2, (box.north - box.south) * 0.06 + 0.2
            box = Box(box.west - dx, box.south - dy, box.east + dx, box.north + dy)
    return Frame(_filled(box or WORLD))


def _read(asked: str | None) -> Box | None:
    try:
        west, south, east, north = (float(part) for part in (asked or "").split(","))
    except ValueError:
        return None
    if not all(map(math.isfinite, (west, south, east, north))) or west >= east or south >= north:
        return None
    return Box(west, south, east, north)


def _filled(box: Box) -> Box:
    """A box of the sheet's shape around the middle of another, within the world."""
    lat = min(max((box.north + box.south) / 2, WORLD.south + 2), WORLD.north - 2)
    lon = min(max((box.east + box.west) / 2, WORLD.west + 2), WORLD.east - 2)
    shape = HEIGHT / WIDTH * max(math.cos(math.radians(lat)), 0.25)  # degrees of latitude for one of longitude
    wide = max(box.east - box.west, (box.north - box.south) / shape, NARROWEST)
    if wide >= WORLD.east - WORLD.west:
        return WORLD
    high = min(wide * shape, WORLD.north - WORLD.south)
    west = min(max(lon - wide / 2, WORLD.west), WORLD.east - wide)
    south = min(max(lat - high / 2, WORLD.south), WORLD.north - high)
    return Box(round(west, 2), round(south, 2), round(west + wide, 2), round(south + high, 2))
