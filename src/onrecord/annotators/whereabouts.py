"""Which place a name means: by what the report is about, what stands beside the name, and then by size."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.annotators.bodies import Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Gazetteer, Spot
from onrecord.annotators.toponyms import Toponym

__all__ = ["kilometres", "located"]

#: How near two places of one report have to be to speak for each other, in km.
NEAR = 150.0

#: How much each kind of place is thought of first; settlements by their size.
_WEIGHTS = {"country": 12.0, "region": 8.0, "division": 6.0, "district": 3.2, "settlement": 0.0}
#: The one name that a country and a state of the United States share.
_TWO_LANDS = "georgia"


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a report is about: weights of countries (alpha-2) and of first-level divisions (GeoNames codes)."""

    countries: Counter[str]
    divisions: Counter[str]
    points: tuple[tuple[str, float, float], ...] = ()


def located(
    found: Sequence[Toponym], demonyms: Counter[str], gazetteer: Gazetteer, lexicon: Lexicon
) -> list[Spot | None]:
    """The place of each toponym, None where it cannot be told; one name means one place throughout the report.

    `demonyms` counts the countries (alpha-2) that demonyms and bodies in the report belong to.
    """
    setting = _setting(found, demonyms)
    groups: dict[str, list[Toponym]] = {}
    for t in found:
        groups.setdefault(key(t.text), []).append(t)
    first = {form: _best(group, setting, gazetteer, lexicon) for form, group in groups.items()}
    setting = _with_points(setting, first)
    second = {form: _best(group, setting, gazetteer, lexicon) for form, group in groups.items()}
    return [second[key(t.text)] for t in found]


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two points in degrees (haversine, mean radius 6371 km).

    Example:
        >>> round(kilometres((15.6, 32.5), (13.6, 25.3)))
        806
    """
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    half = math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * half
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _setting(found: Sequence[Toponym], demonyms: Counter[str]) -> _Setting:
    countries: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    for code, n in demonyms.items():
        countries[code] += 0.7 * n  # type: ignore[assignment]
    for t in found:
        if not t.spots:
            continue
        nations = [s for s in t.spots if s.kind == "country"]
        rest = [s for s in t.spots if s.kind in {"region", "division"} and (s.main or t.kind_word)]
        if len(nations) == 1 and not any(s.kind == "division" and s.countries[0] == "US" for s in t.spots):
            countries[nations[0].countries[0]] += 1
        elif len(rest) == 1 and len(t.spots) < 6:
            for country in rest[0].countries[:1]:
                countries[country] += 0.7  # type: ignore[assignment]
        else:
            leading = max(t.spots, key=lambda s: s.population)
            if leading.population > 500_000 or len(t.spots) == 1:
                countries[leading.countries[0]] += 0.5  # type: ignore[assignment]
        if not nations:
            divisions.update(s.division for s in t.spots if s.kind == "division" and s.main)
    del divisions[""]
    return _Setting(countries, divisions)


def _with_points(setting: _Setting, chosen: dict[str, Spot | None]) -> _Setting:
    countries, divisions = Counter(setting.countries), Counter(setting.divisions)
    points = []
    for form, spot in chosen.items():
        if spot is None or spot.kind == "country":
            continue
        if spot.kind in {"settlement", "district"}:
            points.append((form, spot.lat, spot.lon))
            divisions[spot.division] += 1
        for country in spot.countries[:1]:
            countries[country] += 0.3  # type: ignore[assignment]
    return _Setting(countries, divisions, tuple(points[:60]))


def _best(group: list[Toponym], setting: _Setting, gazetteer: Gazetteer, lexicon: Lexicon) -> Spot | None:
    spots = _held(group)
    kind_word = next((t.kind_word for t in group if t.kind_word), "")
    if kind_word == "division":
        spots = tuple(s for s in spots if s.kind in {"division", "region"}) or spots
    if not spots:
        return _respelt(group[0].text, setting, gazetteer)
    form = key(group[0].text)
    known = _best_known(spots)
    scored = sorted(
        ((_score(s, form, kind_word, setting, lexicon) + (s is known), -s.number, s) for s in spots), reverse=True
    )
    best = scored[0][2]
    if _doubtful(best, setting) and not any(t.inside for t in group):
        return _respelt(group[0].text, setting, gazetteer)
    if kind_word == "division" and best.kind in {"settlement", "district"}:
        return gazetteer.division(best.division) or best
    return best


def _best_known(spots: tuple[Spot, ...]) -> Spot | None:
    """The settlement three times as large as any other of the name."""
    if any(s.main and s.kind != "settlement" and s.kind != "district" for s in spots):
        return None
    towns = sorted((s for s in spots if s.kind == "settlement" and s.main), key=lambda s: -s.population)
    if not towns or (len(towns) > 1 and towns[0].population < 3 * towns[1].population):
        return None
    return towns[0]


def _held(group: list[Toponym]) -> tuple[Spot, ...]:
    """The candidates, only those in the outer place where one is named after a comma."""
    spots = group[0].spots
    for t in group:
        if t.inside is None:
            continue
        units = [u for u in t.inside.spots if u.kind != "settlement"]
        kept = tuple(
            s for s in spots
            if any(set(s.countries) & set(u.countries)
                   and (u.kind != "division" or not s.division or s.division == u.division)
                   and (u.kind != "district" or kilometres((s.lat, s.lon), (u.lat, u.lon)) < NEAR) for u in units)
        )  # fmt: skip
        if kept:
            return kept
    return spots


def _score(spot: Spot, form: str, kind_word: str, setting: _Setting, lexicon: Lexicon) -> float:
    score = {"country": 12.0, "region": 8.0, "division": 6.0 if spot.main else 5.2, "district": 3.2, "settlement": 0.0}[
        spot.kind
    ]
    if spot.kind == "settlement":
        fame = float((spot.population > 1_000_000) + (spot.population > 5_000_000))
        fame += 1.5 * ((spot.countries[0], key(spot.name)) in lexicon.capitals)
        score = 0.9 * math.log10(spot.population + 10) + fame * (1.0 if spot.main else 0.5)
    if spot.kind == "country" and form == _TWO_LANDS:
        score -= 5.2
    score += (1.5 if spot.kind == "settlement" else 0.8) * spot.main
    if kind_word == "district" and spot.kind == "district":
        score += 4.0
    score += _support(spot, setting)
    near = any(
        other != form and abs(lat - spot.lat) < 2 and kilometres((lat, lon), (spot.lat, spot.lon)) < NEAR
        for other, lat, lon in setting.points
    )
    return score + 1.2 * near


def _support(spot: Spot, setting: _Setting) -> float:
    most = max(setting.countries.values(), default=0)
    weight = max((setting.countries[c] for c in spot.countries), default=0)
    score = 0.0
    if most and weight:
        score = 1.2 + 1.8 * weight / most
    if spot.kind != "country" and spot.division and setting.divisions[spot.division]:
        score += 1.0
    return score


def _doubtful(spot: Spot, setting: _Setting) -> bool:
    """A small place in a country that the report does not otherwise speak of: more likely another, unlisted place."""
    if spot.kind != "settlement" or not setting.countries:
        return False
    supported = any(setting.countries[c] > 0.5 for c in spot.countries)
    return not supported and spot.population < (10_000 if spot.main else 30_000)


def _respelt(text: str, setting: _Setting, gazetteer: Gazetteer) -> Spot | None:
    """The one place in the report's countries whose name may be spelt so; None unless one stands out."""
    for country, weight in sorted(setting.countries.items(), key=lambda c: (-c[1], c[0]))[:3]:
        if weight < 1:
            break
        close = gazetteer.spelt_otherwise(text, country)
        if close and (len(close) == 1 or close[0].population > 5 * close[1].population + 1000):
            return close[0]
    return None
