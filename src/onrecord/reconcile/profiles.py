"""What one report tells about its story, small enough to keep: names, places, days, tolls, ages and rare words."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from onrecord.model import Annotated, Entity, Event, Figure, Place, Span, Time
from onrecord.reconcile.days import ordinal
from onrecord.reconcile.rarity import folded, rarity, words

__all__ = ["Point", "Profile", "Toll", "profile"]

#: How much of each kind is kept, the weightiest first.
MOST_NAMES, MOST_PLACES, MOST_TERMS, MOST_LEAD, MOST_PHRASES = 40, 16, 80, 40, 12
MOST_POINTS, MOST_DAYS, MOST_TOLLS, MOST_AGES = 6, 8, 8, 12
#: Words no rarer than this (a word in five reports) are no terms; those no rarer than `LINKING` (one in two) join
#: the words on both sides of them to a phrase.
COMMON, LINKING = 1.6, 0.7
#: How many code points of the text are its lead.
LEAD = 600

_AGE = re.compile(r"\b(\d{1,2})[- ](?:year|month)s?[- ]old\b|\b(?:age|aged) (\d{1,2})\b|, (\d{1,2}), ", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TITLED = frozenset({"jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "dr"})
_YEAR = re.compile(r"(?:19|20)\d\d|0\d")  # and the parts of a date in figures: days are compared as days
_COUNTED = frozenset(
    {"killed", "wounded", "missing", "hostages", "captured", "detained", "released", "displaced", "evacuated"}
)


class Point(msgspec.Struct, frozen=True, array_like=True):
    """A place that is no country: degrees, and its share of the report's places."""

    name: str
    lat: float
    lon: float
    share: float


class Toll(msgspec.Struct, frozen=True, array_like=True):
    """A count of people: of how many, low and high as in the model."""

    unit: str
    low: float | None
    high: float | None


class Profile(msgspec.Struct, frozen=True):
    """What one report tells about its story.

    A weight is what a word is rarer than `COMMON`, times 1 + ln(times written).

    Attributes:
        published: day of publication (proleptic Gregorian ordinal), or null.
        people: folded first and last names of those who are named in full.
        names: words of names of people and bodies; `places` of places; `terms` other words; `title` words of the
            title; `lead` of the first lines.
        lengths: Euclidean lengths of names, places, title and lead.
        phrases: pairs of rare words that follow one another, the rarest first.
        points: settlements, districts and finer, the most mentioned first.
        days: days that the text speaks of, with how often.
        ages: ages of people. `tolls`: counts of people. `events`: types of events, with how often.
    """

    published: int | None
    people: tuple[str, ...]
    names: dict[str, float]
    places: dict[str, float]
    terms: dict[str, float]
    title: dict[str, float]
    lead: dict[str, float]
    lengths: tuple[float, float, float, float]
    phrases: tuple[str, ...]
    points: tuple[Point, ...]
    days: dict[int, int]
    ages: tuple[int, ...]
    tolls: tuple[Toll, ...]
    events: dict[str, int]


def profile(annotated: Annotated) -> Profile:
    """What a report tells about its story, from its text and annotations alone.

    Several kinds of link ask for it one after the other, so the last few are remembered.

    Example:
        >>> import onrecord
        >>> told = profile(onrecord.annotate("Shells hit Kharkiv on 3 May 2022, killing two.", models=False))
        >>> sorted(told.places), [point.name for point in told.points], [toll.low for toll in told.tolls]
        (['kharkiv'], ['Kharkiv'], [2.0])
    """
    return _profile(_Asked(annotated))


class _Asked:
    """A reading, equal to itself alone: comparing readings by their content would take longer than the profile."""

    def __init__(self, annotated: Annotated) -> None:
        self.annotated = annotated

    def __hash__(self) -> int:
        return id(self.annotated)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.annotated is other.annotated


@lru_cache(maxsize=4)
def _profile(asked: _Asked) -> Profile:
    annotated = asked.annotated
    report = annotated.report
    filed = report.credit.span if report.credit else (0, 0)
    counted = _counted(report.text, annotated.entities, filed)
    title = Counter(word for word, _, _ in words(report.title or ""))
    names, places, terms, titled, lead = (
        _weighed(counts, most)
        for counts, most in (
            (counted.names, MOST_NAMES), (counted.places, MOST_PLACES), (counted.terms, MOST_TERMS),
            (title, MOST_LEAD), (counted.lead, MOST_LEAD),
        )
    )  # fmt: skip
    return Profile(
        published=ordinal(report.published),
        people=_people(annotated.entities),
        names=names,
        places=places,
        terms=terms,
        title=titled,
        lead=lead,
        lengths=(_length(names), _length(places), _length(titled), _length(lead)),
        phrases=_phrases(counted.phrases),
        points=_points(place for place in annotated.places if not filed[0] <= place.span[0] < filed[1]),
        days=_days(annotated.times),
        ages=_ages(report.text),
        tolls=_tolls(annotated.figures),
        events=_events(annotated.events),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    names: Counter[str]
    places: Counter[str]
    terms: Counter[str]
    lead: Counter[str]
    phrases: Counter[tuple[str, str]]


def _counted(text: str, entities: Iterable[Entity], filed: Span) -> _Counted:
    counts = _Counted(Counter(), Counter(), Counter(), Counter(), Counter())
    kinds, before = _Kinds(entities), ""
    for word, start, capital in words(text):
        if filed[0] <= start < filed[1]:  # where a report was filed, and by whom, says little about what happened
            continue
        rare = rarity(word)
        kind = kinds.at(start) if capital else None
        if rare <= COMMON and kind is None:
            before = before if rare <= LINKING else ""
            continue
        (counts.terms if kind is None else counts.places if kind == "place" else counts.names)[word] += 1
        if start < LEAD:
            counts.lead[word] += 1
        if before:
            counts.phrases[before, word] += 1
        before = word
    return counts


class _Kinds:
    """Of what type of entity a written name is part, by its offset."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        spans = sorted((*span, "place" if e.type == "place" else "name") for e in entities for span in e.mentions)
        self._starts = [start for start, _, _ in spans]
        self._spans = spans

    def at(self, offset: int) -> str | None:
        """The type of the entity whose mention holds the offset; None outside every mention."""
        number = bisect_right(self._starts, offset) - 1
        for start, end, kind in reversed(self._spans[max(number - 2, 0) : number + 1]):
            if start <= offset < end:
                return kind
        return None


def _weighed(counts: Mapping[str, int], most: int) -> dict[str, float]:
    weights = {word: round((rarity(word) - COMMON) * (1 + math.log(count)), 1) for word, count in counts.items()}
    ranked = sorted((-weight, word) for word, weight in weights.items() if weight > 0 and not _YEAR.fullmatch(word))
    return {word: -weight for weight, word in ranked[:most]}


def _phrases(counts: Mapping[tuple[str, str], int]) -> tuple[str, ...]:
    ranked = sorted((-(rarity(a) + rarity(b)) * (1 + math.log(count)), a, b) for (a, b), count in counts.items())
    return tuple(f"{a} {b}" for _, a, b in ranked[:MOST_PHRASES])


def _length(weights: Mapping[str, float]) -> float:
    return round(math.hypot(*weights.values()), 2)


def _people(entities: Iterable[Entity]) -> tuple[str, ...]:
    """First and last names of those named in full, however they are typed: unusual names are often taken for bodies."""
    found: Counter[str] = Counter()
    for entity in entities:
        parts = [folded(part.strip(".,")) for part in entity.name.split()]
        parts = [part for part in parts if len(part) > 1 and part.isalpha() and part not in _TITLED]
        if entity.type != "place" and 2 <= len(parts) <= 4:
            found[f"{parts[0]} {parts[-1]}"] += len(entity.mentions)
    return tuple(sorted(name for name, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:16]))


def _points(places: Iterable[Place]) -> tuple[Point, ...]:
    counts: Counter[tuple[str, float, float]] = Counter()
    for place in places:
        if place.lat is not None and place.lon is not None and place.precision in ("settlement", "district", "address"):
            counts[place.name, round(place.lat, 2), round(place.lon, 2)] += 1
    total = sum(counts.values())
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_POINTS]
    return tuple(Point(*key, round(count / total, 3)) for key, count in ranked)


def _days(times: Iterable[Time]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for time in times:
        day = ordinal(match[0]) if (match := _DAY.match(time.value or "")) else None
        if day is not None:
            counts[day] += 1
    return dict(sorted(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_DAYS]))


def _ages(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(next(filter(None, match.groups()))) for match in _AGE.finditer(text)}))[:MOST_AGES]


def _tolls(figures: Iterable[Figure]) -> tuple[Toll, ...]:
    tolls = {Toll(f.unit, f.low, f.high) for f in figures if f.unit in _COUNTED and (f.low or f.high)}
    return tuple(sorted(tolls, key=lambda toll: (toll.unit, toll.low or 0, toll.high or 0))[:MOST_TOLLS])


def _events(events: Iterable[Event]) -> dict[str, int]:
    counts = Counter(event.type if event.mode is None else f"{event.type} {event.mode}" for event in events)
    return dict(sorted(counts.items()))
