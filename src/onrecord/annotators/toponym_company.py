"""What the rest of a report says for a name that may be a place's: lists, repeats, and the countries spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotators.bodies import Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Spot
from onrecord.annotators.place_words import NAMESAKES
from onrecord.annotators.toponym import SURE, Toponym
from onrecord.annotators.words import Words

__all__ = ["in_company"]


def in_company(words: Words, lexicon: Lexicon, found: list[Toponym]) -> list[Toponym]:
    """A name that is surely a place somewhere is likely one elsewhere, and so are those listed beside places."""
    sure = {key(t.text) for t in found if t.score >= SURE + 1.5 and (t.cued or t.label in {"GPE", "LOC"})}
    homes = _homes(words, lexicon, found)
    scores = []
    for t in found:
        again = key(t.text) in sure and t.score < SURE
        scores.append(t.score + 1.5 * (again or (t.score < SURE and _at_home(words, lexicon, t, homes))))
    out = list(found)
    for chain in _lists(words, found):
        known = [i for i in chain if scores[i] >= SURE]
        fellows = len(chain) > 2 and not known and _of_one_country([found[i] for i in chain])
        countries = {s.countries[0] for j in known for s in found[j].spots if s.countries}
        for i in chain if known or fellows else []:
            if scores[i] < SURE:
                scores[i] = SURE if fellows else scores[i] + _listed(words, found, i, known[0], countries)
        for i in _states(found, known):
            out[i] = replace(found[i], spots=tuple(s for s in found[i].spots if s.kind == "division"))
    out = [replace(t, spots=_spoken_of(t, homes)) if t.inside is None else t for t in out]
    return [replace(t, score=score) for t, score in zip(out, scores, strict=True)]


def _of_one_country(listed: list[Toponym]) -> bool:
    """Whether all names of a list are towns or divisions of one country where towns are not called like people."""
    shared = None
    for t in listed:
        here = {s.countries[0] for s in t.spots if s.kind in {"settlement", "division", "district"}} - NAMESAKES
        shared = here if shared is None else shared & here
    return bool(shared)


def _states(found: list[Toponym], listed: list[int]) -> list[int]:
    """Those of a list of divisions that may be towns too: New York among Florida and Ohio."""
    divisions = {
        i: {s.countries[0] for s in found[i].spots if s.kind == "division" and s.main and s.countries} for i in listed
    }
    only = [i for i in listed if divisions[i] and not any(s.population > 500_000 for s in found[i].spots)]
    countries = {c for i in only for c in divisions[i]}
    return [i for i in listed if len(only) > 1 and i not in only and divisions[i] & countries]


def _homes(words: Words, lexicon: Lexicon, found: list[Toponym]) -> frozenset[str]:
    """Countries (alpha-2) that the report or its demonyms name, save those where towns are called like people."""
    named = [t.spots for t in found if t.score >= SURE]
    kinds = {"country", "region", "division"}
    codes = {s.countries[0] for spots in named for s in spots[:1] if s.kind in kinds and len(s.countries) == 1}
    codes.update(code for word in set(words.lower) for code in lexicon.demonyms.get(word, ()))
    return frozenset(codes - NAMESAKES)


def _spoken_of(t: Toponym, homes: frozenset[str]) -> tuple[Spot, ...]:
    """Only the towns in the countries that the report names, if one of those is of any size: Tripoli in Lebanon."""
    if any(s.kind in {"country", "region"} for s in t.spots):
        return t.spots
    here = tuple(s for s in t.spots if s.countries and s.countries[0] in homes)
    most = max((s.population for s in t.spots), default=0)
    size = max((s.population for s in here), default=0)
    return here if size > 50_000 and 10 * size > most else t.spots


def _at_home(words: Words, lexicon: Lexicon, t: Toponym, homes: frozenset[str]) -> bool:
    """Whether a bare name is that of a town or division in a country that the report names."""
    least = 80_000 if t.label == "PERSON" else 15_000
    if key(t.text) in lexicon.ordinary or words.tags[t.chunk.start] != "PROPN" or _part_of_name(words, t):
        return False
    return any(
        s.countries and s.countries[0] in homes and (s.population > least or s.kind == "division") for s in t.spots[:3]
    )


def _part_of_name(words: Words, t: Toponym) -> bool:
    """Whether spaCy sees one name in the words and in those beside them."""
    start, end = t.chunk.start, t.chunk.end
    before = start > 0 and words.ents[start - 1] == t.label and words.named[start - 1]
    return bool(t.label) and (before or (end < len(words) and words.ents[end] == t.label and words.named[end]))


def _listed(words: Words, found: list[Toponym], i: int, known: int, countries: set[str]) -> float:
    """What a list adds to a name in it: it shares the cue before the list, and the country of its neighbours.

    Args:
        known: the first of the list that is surely a place. `countries`: those of all that are (alpha-2).
    """
    t = found[i]
    after = words.tags[t.chunk.end] if t.chunk.end < len(words) else ""
    alike = [s for s in t.spots if s.countries and s.countries[0] in countries and (s.main or s.population > 15_000)]
    near = 1.3 * bool(alike) + 1.0 * any(s.main and s.countries[0] not in NAMESAKES for s in alike)
    known_town = any(s.main and s.population > 15_000 and s.countries[0] not in NAMESAKES for s in t.spots)
    goes_on = t.label != "PERSON" and (known_town or after not in {"VERB", "AUX"})
    led = found[known].cued if known < i and goes_on else 0.0
    return 1.2 + near + 0.5 * led


def _lists(words: Words, found: list[Toponym]) -> Iterator[list[int]]:
    """Names with nothing but commas and "and" between them."""
    chain = [0] if found else []
    for i in range(1, len(found)):
        between = words.lower[found[i - 1].chunk.end : found[i].chunk.start]
        if between not in {(",",), ("and",), (",", "and"), ("or",), ("&",)}:
            yield chain
            chain = []
        chain.append(i)
    yield chain
