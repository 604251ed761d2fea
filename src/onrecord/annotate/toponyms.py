"""Where the words of a report may name a place, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.annotate.bodies import HEADS, Lexicon
from onrecord.annotate.forms import key
from onrecord.annotate.gazetteer import Gazetteer, Spot
from onrecord.annotate.words import ARTICLES, LOCATIVES, Chunk, Words

__all__ = ["Toponym", "toponyms"]

#: Most tokens in a place name, hyphens and apostrophes included.
LONGEST = 8

#: From this score on, words are taken for a place.
SURE = 2.5

#: Words that say what kind of place the name before them is.
DIVISIONS = frozenset(
    {"province", "governorate", "oblast", "region", "state", "prefecture", "department", "krai", "republic", "provinces"}
)
_DISTRICTS = frozenset({"district", "county", "municipality", "subdistrict"})
_LINKS = frozenset({"-", "–", "'", "’", "of", "and", "de", "la", "los", "del", "el", "al", "ez", "es", "du", "sur", "le",
                    "ash", "as", "az", "ar", "an", "ad", "bin", "i", "the", "upon", "da", "do", "d'"})  # fmt: skip
_MODIFIERS = frozenset(
    {"the", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west", "northeastern",
     "northwestern", "southeastern", "southwestern", "northwest", "northeast", "southwest", "southeast", "nearby",
     "downtown", "neighbouring", "neighboring", "mainland", "upper", "lower", "coastal", "rural", "occupied", "greater"}
)  # fmt: skip
_OF = frozenset({"city", "town", "village", "province", "district", "region", "state", "port", "capital", "suburb", "north",
                 "south", "east", "west", "outskirts", "island", "governorate", "enclave", "streets", "parts", "people",
                 "neighborhood", "neighbourhood", "camp", "border", "county", "municipality", "hamlet", "republic",
                 "government", "kingdom", "cities", "towns", "villages", "coast", "siege", "centre", "center", "invasion",
                 "northwest", "northeast", "southwest", "southeast", "most", "rest", "area", "areas"})  # fmt: skip
_AFTER = frozenset({"based", "born", "held", "controlled", "backed", "led", "occupied", "bound", "area", "airport", "city"})
_LABELS = {"GPE": 3.0, "LOC": 2.5, "FAC": 2.0, "ORG": -1.0, "PERSON": -2.0, "NORP": -1.0, "": 0.0}


@dataclass(frozen=True, slots=True)
class Toponym:
    """A stretch of text that may name a place.

    Attributes:
        spots: what in the gazetteer is called so; empty for a name that only the context makes a place.
        score: how sure it is that a place is meant; see SURE.
        kind_word: "division" or "district" where a word after the name says so, else "".
        inside: the toponym after the comma that says where this one lies ("Tripoli, Lebanon").
        label: spaCy's label of these words, or "".
        cued: whether a preposition of place or the like comes before it.
    """

    chunk: Chunk
    text: str
    spots: tuple[Spot, ...]
    score: float
    kind_word: str
    inside: Toponym | None
    label: str
    cued: bool


def toponyms(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, taken: frozenset[int]) -> list[Toponym]:
    """Possible places in the order of the text, none overlapping; `taken` are tokens that name something else."""
    found = [_weighed(words, lexicon, t) for t in _matches(words, gazetteer, lexicon, taken)]
    covered = {i for t in found for i in range(t.chunk.start, t.chunk.end)}
    found += _unknown(words, lexicon, taken | covered)
    found.sort(key=lambda t: t.chunk.start)
    return _linked(words, gazetteer, lexicon, found, taken)


def _matches(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, taken: frozenset[int]) -> Iterator[Toponym]:
    i = 0
    while i < len(words):
        match = None if i in taken or not _may_start(words, i) else _longest(words, gazetteer, i, taken)
        if match is None:
            i += 1
            continue
        chunk, spots = match
        if not _word_only(words, lexicon, chunk):
            yield _toponym(words, chunk, spots)
        i = chunk.end


def _may_start(words: Words, i: int) -> bool:
    if words.lower[i] in ARTICLES and not words.named[i]:
        return i + 2 < len(words) and words.texts[i + 1] == "-" and words.named[i + 2]
    return words.named[i] and words.texts[i][0].isalpha()


def _longest(
    words: Words, gazetteer: Gazetteer, start: int, taken: frozenset[int]
) -> tuple[Chunk, tuple[Spot, ...]] | None:
    end, ends = start + 1, []
    while end <= min(len(words), start + LONGEST):
        last = end - 1
        if last in taken or (last > start and not (words.named[last] or words.lower[last] in _LINKS)):
            break
        if words.texts[last][-1].isalnum() or words.texts[last][-1] == ".":
            ends.append(end)
        end += 1
    if words.texts[start] == "Washington" and words.texts[start + 1 : start + 2] == (",",):
        ends += [start + 3] if words.texts[start + 2 : start + 3] in (("D.C.",), ("DC",)) else []
    for end in sorted(ends, reverse=True):
        chunk = Chunk(start, end)
        if spots := gazetteer.spots(words.of(chunk)):
            return chunk, spots
    return None


def _word_only(words: Words, lexicon: Lexicon, chunk: Chunk) -> bool:
    """Whether the match is a small word, an ordinary word, or the rest of a longer name."""
    text = words.of(chunk)
    if chunk.end - chunk.start == 1 and len(text) < 3 and not text.isupper():
        return True
    if chunk.end - chunk.start == 1 and words.shouted[chunk.start]:
        return key(text) in lexicon.ordinary or words.tags[chunk.start] in {"DET", "ADP", "AUX", "PRON", "CCONJ"}
    return False


def _toponym(words: Words, chunk: Chunk, spots: tuple[Spot, ...]) -> Toponym:
    labels = [words.ents[i] for i in range(chunk.start, chunk.end) if words.texts[i][0].isalnum()]
    label = labels[0] if labels and all(x == labels[0] for x in labels) else ""
    after = words.lower[chunk.end] if chunk.end < len(words) else ""
    kind_word = "division" if after in DIVISIONS else "district" if after in _DISTRICTS else ""
    return Toponym(chunk, words.of(chunk), spots, 0.0, kind_word, None, label, _cued(words, chunk.start))


def _cued(words: Words, start: int) -> bool:
    i = start - 1
    while i >= 0 and words.lower[i] in _MODIFIERS:
        i -= 1
    if i < 0:
        return False
    if words.lower[i] == "of":
        return i > 0 and words.lower[i - 1] in _OF
    return words.lower[i] in LOCATIVES or (words.lower[i] in _OF and not words.named[i])


def _weighed(words: Words, lexicon: Lexicon, t: Toponym) -> Toponym:
    score = max(_standing(s, lexicon) for s in t.spots)
    start, end = t.chunk.start, t.chunk.end
    score += _LABELS.get(t.label, -2.0) + 2.0 * t.cued + (end - start > 1)
    if words.joined(end) and end + 1 < len(words) and words.texts[end] == "-" and words.lower[end + 1] in _AFTER:
        score += 2.0
    if t.kind_word:
        score += 1.5
    score += _neighbours(words, t)
    if end - start == 1:
        if key(t.text) in lexicon.ordinary:
            score -= 3.0
        if len(t.text) <= 3 and not any(s.kind == "country" for s in t.spots):
            score -= 1.5
        if words.opening[start] and not t.label:
            score -= 1.0
        if key(t.text) in lexicon.demonyms:
            score -= 4.0
    return replace(t, score=score)


def _standing(spot: Spot, lexicon: Lexicon) -> float:
    """How much its name alone makes one think of it."""
    if spot.kind == "country":
        return 3.0
    if spot.kind == "region":
        return 2.7
    if spot.kind == "division":
        return 2.2 if spot.main else 1.5
    if spot.kind == "district":
        return 0.5
    share = 1.0 if spot.main else 0.6
    if (spot.countries[0], key(spot.name)) in lexicon.capitals:
        return 2.6 * share
    size = spot.population
    return share * (2.0 if size >= 1_000_000 else 1.4 if size >= 100_000 else 0.7 if size >= 15_000 else 0.2)


def _neighbours(words: Words, t: Toponym) -> float:
    """Capitals on either side: the match may be part of a longer name."""
    start, end = t.chunk.start, t.chunk.end
    if words.shouted[start]:
        return 0.0
    known = any(s.kind in {"country", "region"} for s in t.spots)
    score = 0.0
    i = end
    while i < len(words) and i < end + 5 and words.named[i] and words.texts[i][0].isalpha():
        if words.lower[i] in HEADS:
            return -4.0
        i += 1
    if i > end and not known and words.lower[end] not in DIVISIONS | _DISTRICTS:
        score -= 1.5
    if start > 0 and words.named[start - 1] and words.texts[start - 1][0].isalpha() and not words.opening[start - 1]:
        score -= 0.5 if known or t.label in {"GPE", "LOC"} else 1.5
    if start > 0 and words.texts[start - 1] == "-" and words.joined(start) and not known:
        score -= 2.0
    return score + _headed(words, t)


def _headed(words: Words, t: Toponym) -> float:
    """ "University of Texas", "Bank of England": the place is part of a body's name."""
    i = t.chunk.start - 1
    if i > 0 and words.lower[i] == "the":
        i -= 1
    if i < 1 or words.lower[i] != "of" or not words.named[i - 1]:
        return 0.0
    head = words.lower[i - 1]
    return -4.0 if head in HEADS - {"government"} and words.ents[i - 1] != "GPE" else 0.0


def _unknown(words: Words, lexicon: Lexicon, taken: frozenset[int]) -> Iterator[Toponym]:
    """Names that spaCy takes for places, or that stand where only a place can, but that no gazetteer has."""
    for chunk, label in words.chunks:
        if label not in {"GPE", "LOC"}:
            continue
        start, end = chunk.start, chunk.end
        while start < end and not words.named[start]:
            start += 1 if words.lower[start] not in ARTICLES else 0
            if start < end and words.lower[start] in ARTICLES:
                break
        if start >= end or any(i in taken for i in range(start, end)):
            continue
        text = words.of(Chunk(start, end))
        if "\n" in text or len(text) < 3 or key(text) in lexicon.demonyms or key(text) in lexicon.ordinary:
            continue
        cued = _cued(words, start)
        score = _LABELS[label] - 1.5 + 1.5 * cued - 1.0 * words.shouted[start]
        yield Toponym(Chunk(start, end), text, (), score, "", None, label, cued)


def _linked(
    words: Words, gazetteer: Gazetteer, lexicon: Lexicon, found: list[Toponym], taken: frozenset[int]
) -> list[Toponym]:
    """ "Tripoli, Lebanon": each pair makes both surer and says where the first lies."""
    out: list[Toponym] = []
    for t in reversed(found):
        outer = None
        end = t.chunk.end
        if end + 1 < len(words) and words.texts[end] == ",":
            near = out[-1] if out and out[-1].chunk.start == end + 1 else None
            outer = _abbreviated(words, gazetteer, lexicon, end + 1) or near
        if outer is not None and _holds(outer, t):
            if out and out[-1].chunk.start == outer.chunk.start:
                out.pop()
            out.append(replace(outer, score=outer.score + 2.0))
            t = replace(t, inside=out[-1], score=t.score + 2.5)
        out.append(t)
    out.reverse()
    return [t for t in out if t.score >= SURE]


def _holds(outer: Toponym, inner: Toponym) -> bool:
    """Whether one may lie in the other: a division or country that some place of that name lies in."""
    units = [s for s in outer.spots if s.kind in {"country", "division", "region", "district"}]
    if not units or outer.text == inner.text:
        return False
    return not inner.spots or any(
        set(s.countries) & set(u.countries)
        and (u.kind != "division" or not s.division or s.division == u.division)
        and s.kind != "country"
        for s in inner.spots
        for u in units
    )


def _abbreviated(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, i: int) -> Toponym | None:
    code = lexicon.divisions.get(words.lower[i].replace(".", ""))
    if code is None or not words.named[i] or (len(words.texts[i]) == 2 and not words.texts[i].isupper()):
        return None
    spot = gazetteer.division(code)
    if spot is None:
        return None
    return Toponym(Chunk(i, i + 1), words.texts[i], (spot,), SURE, "", None, words.ents[i], cued=False)
