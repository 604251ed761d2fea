"""What is kept of each event of a report, to find other reports' accounts of it: small, and from this report alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from onrecord.model import Annotated, Entity, Event, Figure, Participant, Place, Span
from onrecord.reconcile.days import stretch
from onrecord.reconcile.kinship import head, root
from onrecord.reconcile.linking import Trace
from onrecord.reconcile.profiles import Profile, profile
from onrecord.reconcile.rarity import folded, rarity, words
from onrecord.reconcile.sentences import sentences

__all__ = ["EventTrace", "Party", "Site", "Tally", "Told", "event_traces"]

#: How many rare words of a sentence are kept; words no rarer than this (one report in five) tell nothing.
MOST_WORDS, COMMON = 16, 1.6
#: Words of rank and address before a name, and of what a body is, by which no name is known.
_TITLES = frozenset(
    """mr mrs ms dr sir president minister prime foreign defence defense secretary general col colonel gen captain lt
    sgt spc lord king queen prince sheikh senator sen rep mayor governor officer deputy the a an of and""".split()  # noqa: SIM905
)
#: What no event can be told by: if it had happened, if they attacked.
_UNREAL = frozenset({"hypothetical"})
_COUNTED = frozenset({"killed", "wounded", "missing", "hostages", "captured", "detained", "released"})


class Party(msgspec.Struct, frozen=True, array_like=True):
    """Who takes part: the words of the name, else of the phrase, without ranks; the country of a state's body."""

    words: tuple[str, ...]
    named: bool
    country: str | None
    person: bool


class Site(msgspec.Struct, frozen=True, array_like=True):
    """Where: `fine` if the point is that of a town or something smaller."""

    name: str
    lat: float | None
    lon: float | None
    fine: bool
    country: str | None


class Tally(msgspec.Struct, frozen=True, array_like=True):
    """A count of people in the sentence of an event."""

    unit: str
    low: float | None
    high: float | None


class Told(msgspec.Struct, frozen=True, array_like=True):
    """What the whole report tells about its story, in few words; weights as in a `Profile`."""

    published: int | None
    people: tuple[str, ...]
    names: dict[str, float]
    places: dict[str, float]
    terms: dict[str, float]
    towns: tuple[tuple[str, float, float], ...]
    ages: tuple[int, ...]
    tolls: tuple[Tally, ...]


class EventTrace(msgspec.Struct, frozen=True):
    """What is kept of an event.

    Attributes:
        head: the word that names it, folded; `root` its root.
        days: the first and last day that its stated time may mean (proleptic Gregorian ordinals); None if none is.
        words: roots of the rarest words of its sentence, with their rarity; `names` words of names in it.
        told: what its report tells of its story.
    """

    type: str
    mode: str | None
    modality: str
    head: str
    root: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    site: Site | None
    days: tuple[int, int] | None
    tallies: tuple[Tally, ...]
    words: dict[str, float]
    names: tuple[str, ...]
    told: Told


def event_traces(annotated: Annotated) -> Iterator[Trace[EventTrace]]:
    """The trace of each event that the report presents as one that is, was or will be, with the keys to find it by.

    Example:
        >>> import onrecord
        >>> text = "Rebels shelled Kharkiv on 3 May 2022."
        >>> (found,) = event_traces(onrecord.annotate(text, published="2022-05-04", models=False))
        >>> found.kept.root, found.kept.site.name
        ('shell', 'kharkiv')
    """
    report, told = annotated.report, _told(profile(annotated))
    bounds = sentences(report.text)
    entities = {entity.id: entity for entity in annotated.entities}
    places = {place.id: place for place in annotated.places}
    times = {time.id: time.value for time in annotated.times}
    for event in annotated.events:
        if event.modality in _UNREAL:
            continue
        span = next((s for s in bounds if s[0] <= event.trigger[0] < s[1]), event.trigger)
        kept = _kept(event, report.text, span, told, annotated.figures, entities, places, times)
        yield Trace(report.id, event.id, _keys(kept), kept)


def _kept(
    event: Event,
    text: str,
    span: Span,
    told: Told,
    figures: Iterable[Figure],
    entities: dict[str, Entity],
    places: dict[str, Place],
    times: dict[str, str | None],
) -> EventTrace:
    found = words(text[slice(*span)])
    own = tuple(word for word, start, _ in words(text[slice(*event.trigger)]))
    named = head(own) if own else ""
    days = stretch(times.get(event.time or ""))
    bag: dict[str, float] = {}
    for word, _, capital in found:
        if word not in own and (rare := rarity(word)) > COMMON:
            bag[word if capital else root(word)] = rare
    ranked = sorted(bag.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    return EventTrace(
        type=event.type,
        mode=event.mode,
        modality=event.modality,
        head=named,
        root=root(named),
        actors=_parties(event.actors, entities),
        recipients=_parties(event.recipients, entities),
        site=_site(places.get(event.place or "")),
        days=(days.first.toordinal(), days.last.toordinal()) if days else None,
        tallies=_tallies(f for f in figures if span[0] <= f.span[0] < span[1]),
        words=dict(sorted(ranked)),
        names=tuple(sorted({word for word, start, capital in found if capital and start and rarity(word) > COMMON})),
        told=told,
    )


def _parties(parties: Iterable[Participant], entities: dict[str, Entity]) -> tuple[Party, ...]:
    made = (_party(party, entities.get(party.entity or "")) for party in parties)
    return tuple(dict.fromkeys(party for party in made if party.words))[:4]


def _party(party: Participant, entity: Entity | None) -> Party:
    """A party by the name of its entity, else by the names in its words, else by the noun at their end."""
    name = entity.name if entity is not None and any(c.isupper() for c in entity.name) else party.text
    found = [(word, start, capital) for word, start, capital in words(name) if word not in _TITLES]
    capitals = [word for word, start, capital in found if capital and (entity is not None or start)]
    named = bool(capitals) and (name != party.text or entity is not None or len(capitals) > 1)
    state = entity is not None and entity.type in ("government", "armed-force", "place")
    plain = [root(word) for word, _, _ in found[-1:]]
    return Party(
        words=tuple(capitals[-4:] if named else plain),
        named=named,
        country=entity.country if entity is not None and state else None,
        person=named and (entity is None or entity.type == "person"),
    )


def _site(place: Place | None) -> Site | None:
    if place is None:
        return None
    name = folded(place.name)
    country = name if place.precision == "country" else folded(place.admin[0]) if place.admin else None
    lat, lon = (None if x is None else round(x, 2) for x in (place.lat, place.lon))
    return Site(name, lat, lon, place.precision in ("settlement", "district", "address"), country)


def _tallies(figures: Iterable[Figure]) -> tuple[Tally, ...]:
    found = {Tally(f.unit, f.low, f.high) for f in figures if f.unit in _COUNTED and (f.low or f.high)}
    return tuple(sorted(found, key=lambda tally: (tally.unit, tally.low or 0, tally.high or 0)))[:4]


def _told(whole: Profile) -> Told:
    return Told(
        published=whole.published,
        people=whole.people[:8],
        names=_first(whole.names, 12),
        places=_first(whole.places, 8),
        terms=_first(whole.terms, 24),
        towns=tuple((folded(point.name), point.lat, point.lon) for point in whole.points[:3]),
        ages=whole.ages[:6],
        tolls=tuple(Tally(toll.unit, toll.low, toll.high) for toll in whole.tolls[:4]),
    )


def _first(weights: dict[str, float], most: int) -> dict[str, float]:
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:most])


def _keys(kept: EventTrace) -> tuple[str, ...]:
    """By what an event is found: where, who and what kind, each with a stretch of days; at most 20.

    A report knows the days of few of its events, so the stretch is that of the publication, three days and the next
    three; what is older is found by its own day. What has no date is found by two names together.
    """
    told = kept.told
    rare = [name for name, _ in sorted(told.names.items(), key=lambda item: (-item[1], item[0]))[:3]]
    near = [kept.site.name] if kept.site is not None and kept.site.fine else []
    near += [town for town, _, _ in told.towns[:2]]
    full = {part for name in told.people[:2] for part in name.split()}
    marks = list(dict.fromkeys((*told.people[:2], *near[:2], *(name for name in rare if name not in full))))[:4]
    both = ("+".join(sorted((a, b))) for n, a in enumerate(marks) for b in marks[:n] if n < 3 or told.published is None)
    found = [f"{kept.type} {pair}" for pair in both]
    who = [" ".join(party.words) for party in (*kept.actors, *kept.recipients) if party.named]
    about = [*dict.fromkeys((*near[:2], *who[:2], *rare))]
    for published in () if told.published is None else (told.published // 3, told.published // 3 + 1):
        found += [f"{kept.type} {name} {published}" for name in about]
    if kept.days is not None and kept.days[1] - kept.days[0] <= 1:
        found += [f"{kept.type} {name} day {kept.days[0] // 2 + n}" for name in near[:1] + who[:1] for n in (0, 1)]
    return tuple(sorted(dict.fromkeys(found)))[:20]


def iso(day: int) -> str:
    """A day in ISO 8601.

    Example:
        >>> iso(738278)
        '2022-05-03'
    """
    return date.fromordinal(day).isoformat()
