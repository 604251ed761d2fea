"""Entities with their mentions, and places with their coordinates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.annotators.bodies import Lexicon, with_own
from onrecord.annotators.entities import Located, entities
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Gazetteer, Spot, gazetteer
from onrecord.annotators.groups import acronyms
from onrecord.annotators.institutions import institutions
from onrecord.annotators.members import members
from onrecord.annotators.mention import Mention, tokens_of
from onrecord.annotators.mentions import mentions
from onrecord.annotators.offices import agencies, national_bodies
from onrecord.annotators.own_places import with_own_places
from onrecord.annotators.parse import Parsed
from onrecord.annotators.scenes import Scene
from onrecord.annotators.toponyms import Toponym, toponyms
from onrecord.annotators.whereabouts import located
from onrecord.annotators.words import Chunk, Words, words
from onrecord.model import Entity, Place, Precision

__all__ = ["Names", "names"]


@dataclass(frozen=True, slots=True)
class Names:
    """The entities and places of a report; a place refers to its entity by id.

    `left_open` says what was not settled because there is too much of it.
    """

    entities: tuple[Entity, ...]
    places: tuple[Place, ...]
    left_open: tuple[str, ...] = ()


def names(parsed: Parsed, stage: Scene | None = None) -> Names:
    """The entities and places of a report, each in the order of first mention.

    `stage` is the report's scene, where it is made already.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.read.text import report
        >>> found = names(parse(report("Fighting spread to Nyala, Sudan, the Rapid Support Forces (RSF) said.")))
        >>> [(e.name, e.type) for e in found.entities]
        [('Nyala', 'place'), ('Sudan', 'place'), ('Rapid Support Forces', 'armed-force')]
        >>> found.places[0].admin
        ('Sudan', 'South Darfur')
    """
    tokens = words(parsed)
    known = with_own(parsed.codebook, parsed.report.published)
    where = with_own_places(gazetteer(), parsed.codebook)
    sure, unsure = (_outside_credit(parsed, tokens, found) for found in mentions(tokens, where, known))
    found = toponyms(tokens, where, known, tokens_of(sure))
    # "Russia's military" is a body, and Russia in it still a place.
    sure += national_bodies(tokens, known, tokens_of(sure))
    taken = frozenset(i for t in found for i in range(t.chunk.start, t.chunk.end))
    covered = taken | tokens_of(sure)
    sure += [m for m in unsure if covered.isdisjoint(range(m.chunk.start, m.chunk.end))]
    sure += agencies(tokens, known, taken | tokens_of(sure))
    sure += _peoples(tokens, taken | tokens_of(sure))
    sure += acronyms(tokens, sure, taken | tokens_of(sure))
    sure += _facilities(tokens, taken | tokens_of(sure))
    sure = sorted(_outside_credit(parsed, tokens, sure), key=lambda m: m.chunk.start)
    spots = located(found, _nations(parsed, tokens, sure, known), where, known)
    sure += members(tokens, known, sure, tokens_of(sure))
    sure += institutions(tokens, sure, tokens_of(sure) | taken)
    sure.sort(key=lambda m: (m.chunk.start, -m.chunk.end))
    on_map = [Located(t, s) for t, s in zip(found, spots, strict=True)]
    gathered = entities(parsed, tokens, sure, on_map, where, known, stage)
    places = [
        _place(tokens, spot, where, t, f"p{i}", gathered.of_place[t.chunk.start])
        for i, (t, spot) in enumerate(zip(found, spots, strict=True), start=1)
    ]
    return Names(gathered.entities, tuple(places), gathered.left_open)


def _outside_credit(parsed: Parsed, tokens: Words, found: list[Mention]) -> list[Mention]:
    """The mentions that do not stand in the dateline or credit line, which says who reports, not who acts."""
    credit = parsed.report.credit
    if credit is None:
        return found
    start, end = credit.span
    return [m for m in found if not (start <= tokens.starts[m.chunk.start] < end)]


def _nations(parsed: Parsed, tokens: Words, found: list[Mention], known: Lexicon) -> Counter[str]:
    """Countries (alpha-2) by how often the report names their people or bodies, its title included."""
    alpha2 = {three: two for two, three in known.alpha3.items()}
    counts: Counter[str] = Counter()
    lower = list(tokens.lower) + (parsed.report.title or "").lower().split()
    for i, word in enumerate(lower):
        codes = known.demonyms.get(word) or known.demonyms.get(" ".join(lower[i : i + 2]), ())
        for code in codes:
            counts[code] += 1
    for mention in found:
        if mention.body is not None and mention.body.country in alpha2:
            counts[alpha2[mention.body.country]] += 1
    return counts


def _peoples(tokens: Words, taken: frozenset[int]) -> list[Mention]:
    """Peoples and communities named as such: "Syrians", "Kurds"."""
    return [
        Mention(chunk, "group")
        for chunk, label in tokens.chunks
        if label == "NORP" and chunk.end - chunk.start == 1 and chunk.start not in taken
        and tokens.texts[chunk.start][-1] == "s" and tokens.tags[chunk.start] in {"PROPN", "NOUN"}
        and not tokens.shouted[chunk.start]
    ]  # fmt: skip


def _facilities(tokens: Words, taken: frozenset[int]) -> list[Mention]:
    """Buildings, roads and the like that spaCy names: places without a point."""
    found = []
    for chunk, label in tokens.chunks:
        start, end = chunk.start, chunk.end
        while start < end and (tokens.lower[start] == "the" or not tokens.named[start]):
            start += 1
        while end > start and not tokens.named[end - 1]:
            end -= 1
        part = Chunk(start, end)
        if label == "FAC" and end - start > 1 and not taken & set(range(start, end)) and "\n" not in tokens.of(part) \
                and not tokens.shouted[start]:  # fmt: skip
            found.append(Mention(part, "place"))
    return found


def _place(tokens: Words, spot: Spot | None, where: Gazetteer, t: Toponym, id_: str, entity: str) -> Place:
    span = tokens.span(t.chunk)
    if spot is None:
        precision: Precision = "area" if t.label == "LOC" else "settlement"
        return Place(id_, span, t.text, None, None, None, precision, (), entity)
    return Place(id_, span, spot.name, round(spot.lat, 5), round(spot.lon, 5), spot.geonames, spot.precision,
                 _admin(spot, where), entity)  # fmt: skip


def _admin(spot: Spot, where: Gazetteer) -> tuple[str, ...]:
    """The larger units that a place lies in, largest first."""
    if spot.kind == "country" or len(spot.countries) != 1:
        return ()
    country = where.country(spot.countries[0])
    division = where.division(spot.division) if spot.kind in {"settlement", "district"} else None
    units = [u.name for u in (country, division) if u is not None]
    return tuple(u for u in units if key(u) != key(spot.name) or u == units[0])
