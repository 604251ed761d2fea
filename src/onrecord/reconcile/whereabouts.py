"""Whether two reports' places are the same, one inside the other, or apart."""

from __future__ import annotations

import math
from typing import Literal

import msgspec

from onrecord.model import Place
from onrecord.reconcile.rarity import folded
from onrecord.reconcile.word_sets import word_set

__all__ = ["Nearness", "Where", "nearness", "where"]

Nearness = Literal["same", "inside", "apart", "unknown"]

#: Kilometres within which two settlements are one place, and a settlement may lie in a district.
NEAR, IN_DISTRICT = 15.0, 60.0
_RADIUS = 6371.0
_POINTS = ("address", "settlement")
_PLAIN = word_set("the of city town village province region district county state port camp")


class Where(msgspec.Struct, frozen=True, array_like=True):
    """A place: its folded name's words, degrees if known, precision, and the folded names that it lies in."""

    name: tuple[str, ...]
    lat: float | None
    lon: float | None
    precision: str
    within: tuple[str, ...]


def where(place: Place) -> Where:
    """A place in a form that can be compared."""
    return Where(
        name=_words(place.name),
        lat=None if place.lat is None else round(place.lat, 2),
        lon=None if place.lon is None else round(place.lon, 2),
        precision=place.precision,
        within=tuple(" ".join(_words(name)) for name in place.admin),
    )


def nearness(a: Where | None, b: Where | None) -> Nearness:
    """How two places lie to each other; the same whichever comes first.

    Example:
        >>> dam = Where(("karst", "dam"), None, None, "address", ())
        >>> city = Where(("karst",), None, None, "settlement", ())
        >>> nearness(dam, city), nearness(city, None)
        ('inside', 'unknown')
    """
    if a is None or b is None or not a.name or not b.name:
        return "unknown"
    if a.name == b.name:
        return "same"
    if " ".join(a.name) in b.within or " ".join(b.name) in a.within:
        return "inside"
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return _unplaced(a, b)
    far = _kilometres((a.lat, a.lon), (b.lat, b.lon))
    if a.precision in _POINTS and b.precision in _POINTS:
        return "same" if far <= NEAR else "apart"
    if "district" in (a.precision, b.precision) and a.precision != b.precision:
        return "inside" if far <= IN_DISTRICT else "apart"
    return "unknown" if "area" in (a.precision, b.precision) else "apart"


def _unplaced(a: Where, b: Where) -> Nearness:
    """Of places that no gazetteer has, the names alone tell."""
    if set(a.name) <= set(b.name) or set(b.name) <= set(a.name):
        return "inside"
    return "apart" if a.precision == b.precision == "settlement" else "unknown"


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat, lon), (other_lat, other_lon) = (tuple(map(math.radians, point)) for point in (a, b))
    half = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    )
    return 2 * _RADIUS * math.asin(min(1.0, math.sqrt(half)))


def _words(name: str) -> tuple[str, ...]:
    words = [folded(word.strip(".,'’")) for word in name.replace("-", " ").split()]
    return tuple(w for w in words if w and w not in _PLAIN) or tuple(w for w in words if w)
