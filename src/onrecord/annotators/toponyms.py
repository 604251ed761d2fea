"""Where the words of a report may name a place, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.annotators.bodies import HEADS, Lexicon
from onrecord.annotators.forms import key
from onrecord.annotators.gazetteer import Gazetteer, Spot
from onrecord.annotators.place_words import (
    AFTER,
    COMPASS,
    COMPASS_ADJECTIVES,
    DISEASES,
    DISTRICTS,
    DIVISIONS,
    KINDS_AFTER,
    LABELS,
    LINKS,
    MODIFIERS,
    NAMESAKES,
    OF,
    PEOPLE_TOO,
    PEOPLES,
    SETTLED,
    SIZES,
    TAKEN,
    TREATIES,
    WITHIN,
)
from onrecord.annotators.toponym import SURE, Toponym
from onrecord.annotators.toponym_company import in_company
from onrecord.annotators.words import ARTICLES, LOCATIVES, Chunk, Words

__all__ = ["Toponym", "announced", "toponyms"]

#: Most tokens in a place name, hyphens and apostrophes included.
LONGEST = 8

#: The cue of words that say what kind of place comes: "the town of".
TOLD = 4.0


def toponyms(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, taken: frozenset[int]) -> list[Toponym]:
    """Possible places in the order of the text, none overlapping; `taken` are tokens that name something else."""
    found = in_company(
        words, lexicon, [_weighed(words, lexicon, t) for t in _matches(words, gazetteer, lexicon, taken)]
    )
    found = _made_whole(found, [t for t in _unknown(words, lexicon, taken) if t.cued >= TOLD and t.score >= SURE])
    covered = {i for t in found for i in range(t.chunk.start, t.chunk.end)}
    found += _unknown(words, lexicon, taken | covered)
    found.sort(key=lambda t: t.chunk.start)
    return _linked(words, gazetteer, lexicon, found)


def _made_whole(found: list[Toponym], told: list[Toponym]) -> list[Toponym]:
    """The same, where the words tell of a longer name than the gazetteer has: "the village of Abu Simla" for "Abu"."""
    wholes = {i: t for t in told for i in range(t.chunk.start, t.chunk.end) if len(t.chunk) > 1}
    out: list[Toponym] = []
    for t in found:
        whole = wholes.get(t.chunk.start)
        if whole is None or t.chunk.end > whole.chunk.end or len(whole.chunk) <= len(t.chunk) or t.kind_word:
            out.append(t)
        elif not out or out[-1] is not whole:
            out.append(whole)
    return out


def _matches(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, taken: frozenset[int]) -> Iterator[Toponym]:
    wholes = {i: c for c, label in words.chunks if label in {"GPE", "LOC"} for i in range(c.start, c.end)}
    i = 0
    while i < len(words):
        match = None if i in taken or not _may_start(words, i) else _longest(words, gazetteer, i, taken)
        if match is None:
            i += 1
            continue
        chunk, spots = match
        if not _word_only(words, lexicon, chunk):
            known = any(s.kind in {"country", "region"} for s in spots)
            if len(chunk) > 1 and _generic(words.of(chunk), lexicon):
                spots = tuple(s for s in spots if s.kind in {"country", "region", "division"})
            if not known and (whole := _whole(words, chunk, wholes, taken)) is not None:
                chunk, spots = whole, ()
            yield _toponym(words, chunk, spots)
        i = chunk.end


def _generic(text: str, lexicon: Lexicon) -> bool:
    """Whether every word is an ordinary one ("the Old City"): many places are called so."""
    return all(w in COMPASS or w in lexicon.ordinary for w in key(text).split())


def _whole(words: Words, chunk: Chunk, wholes: dict[int, Chunk], taken: frozenset[int]) -> Chunk | None:
    """The longer name that spaCy sees around the match, if it is one: "Fraser Valley" around "Fraser"."""
    around = wholes.get(chunk.start)
    if around is None or chunk.end > around.end:
        return None
    start, end = around.start, around.end
    while start < end and not words.named[start]:
        start += 1
    while end > start and not words.named[end - 1]:
        end -= 1
    inside = range(start, end)
    if start == end or any(i in taken or not (words.named[i] or words.texts[i] == "-") for i in inside):
        return None
    more = [words.lower[i] for i in inside if not chunk.start <= i < chunk.end]
    generic = DIVISIONS | DISTRICTS | COMPASS_ADJECTIVES | {"city", "-"}
    return None if not more or set(more) <= generic else Chunk(start, end)


def _may_start(words: Words, i: int) -> bool:
    if words.lower[i] in ARTICLES and not words.named[i]:
        return i + 2 < len(words) and words.texts[i + 1] == "-" and words.named[i + 2]
    return words.named[i] and words.texts[i][0].isalpha() and words.lower[i] != "the"


def _longest(
    words: Words, gazetteer: Gazetteer, start: int, taken: frozenset[int]
) -> tuple[Chunk, tuple[Spot, ...]] | None:
    end, ends = start + 1, []
    while end <= min(len(words), start + LONGEST):
        last = end - 1
        kind_word = words.lower[last] in DIVISIONS | DISTRICTS
        if last in taken or (last > start and not (words.named[last] or words.lower[last] in LINKS or kind_word)):
            break
        if words.texts[last][-1].isalnum() or words.texts[last][-1] == ".":
            ends.append(end)
        end += 1
    if words.texts[start] == "Washington" and words.texts[start + 1 : start + 2] == (",",):
        ends += [start + 3] if words.texts[start + 2 : start + 3] in (("D.C.",), ("DC",)) else []
    found = None
    for end in sorted(ends, reverse=True):
        if found is not None and end != found[0].end - 1:
            break
        chunk = Chunk(start, end)
        if spots := gazetteer.spots(words.of(chunk)):
            found = chunk, spots
            # "Canada's" is Canada, though "Canadas" is a place too; "St. John's" has no shorter name.
            if words.lower[end - 1] not in {"'s", "’s"}:
                break
    return found


def _word_only(words: Words, lexicon: Lexicon, chunk: Chunk) -> bool:
    """Whether the match is a small word, an ordinary word, or the rest of a longer name."""
    text = words.of(chunk)
    if chunk.end - chunk.start == 1 and len(text) < 3 and not text.isupper():
        return True
    if chunk.end - chunk.start > 1 and words.lower[chunk.start] in HEADS:
        return True
    if chunk.end - chunk.start == 1 and words.shouted[chunk.start]:
        return key(text) in lexicon.ordinary or words.tags[chunk.start] in {"DET", "ADP", "AUX", "PRON", "CCONJ"}
    return False


def _toponym(words: Words, chunk: Chunk, spots: tuple[Spot, ...]) -> Toponym:
    labels = [words.ents[i] for i in range(chunk.start, chunk.end) if words.texts[i][0].isalnum()]
    label = labels[0] if labels and all(x == labels[0] for x in labels) else ""
    after = words.lower[chunk.end] if chunk.end < len(words) else ""
    if any(s.precision == "area" for s in spots) and after not in DIVISIONS:
        # the Red Sea, not Sudan's state of that name
        spots = tuple(s for s in spots if s.kind != "division")
    kind_word = "division" if after in DIVISIONS else "district" if after in DISTRICTS else ""
    return Toponym(chunk, words.of(chunk), spots, 0.0, kind_word, None, label, cued(words, chunk.start))


def announced(words: Words, chunk: Chunk) -> bool:
    """Whether the words around say that the name is a place's: "the town of X", "X village"."""
    after = words.lower[chunk.end] if chunk.end < len(words) else ""
    inside = words.lower[chunk.end - 1]
    named_so = len(chunk) > 1 and inside in KINDS_AFTER - {"city"}
    return named_so or after in KINDS_AFTER or cued(words, chunk.start) >= TOLD


def cued(words: Words, start: int) -> float:
    """How surely the words before a token announce a place: see `Toponym.cued`."""
    i = start - 1
    while i >= 0 and words.lower[i] in MODIFIERS:
        i -= 1
    if i < 0:
        return 0.0
    low = words.lower[i]
    if low == "of":
        before = words.lower[i - 1] if i else ""
        return TOLD if before in SETTLED else 2.0 if before in OF else 0.0
    if low in TAKEN or (low in SETTLED and not words.named[i]):
        return 2.0
    return 3.0 if low in WITHIN else 2.0 if low in LOCATIVES else 0.0


def _weighed(words: Words, lexicon: Lexicon, t: Toponym) -> Toponym:
    start, end = t.chunk.start, t.chunk.end
    score = max((_standing(s, lexicon) for s in t.spots), default=-1.0)
    score += _labelled(t) + t.cued + (end - start > 1) + 2.0 * bool(t.kind_word) + _neighbours(words, t)
    if words.joined(end) and end + 1 < len(words) and words.texts[end] == "-" and words.lower[end + 1] in AFTER:
        score += 2.0
    if words.lower[end - 1] in DIVISIONS | DISTRICTS:
        score += 1.5
    if end < len(words) and words.lower[end] in KINDS_AFTER and not t.kind_word:
        score += 2.0
    if key(t.text) in lexicon.demonyms or key(t.text) in PEOPLES - {"caribbean"}:
        score -= 9.0
    if end < len(words) and words.lower[end] in DISEASES:
        score -= 4.0
    if end < len(words) and words.lower[end] in TREATIES and not any(s.kind == "country" for s in t.spots):
        score -= 6.0
    if _opens_report(words, start, end):
        score += 3.0
    if end - start == 1:
        score += _single(words, lexicon, t)
    return replace(t, score=score)


def _labelled(t: Toponym) -> float:
    """What spaCy's label adds; it is weak on wire copy, so it counts less against countries and the like."""
    known = any(s.kind in {"country", "region"} or (s.kind == "division" and s.main) for s in t.spots)
    if known and (t.label in {"ORG", "NORP"} or (t.label == "PERSON" and key(t.text) not in PEOPLE_TOO)):
        return -0.2
    towns = [s for s in t.spots if s.kind == "settlement" and s.countries[0] not in NAMESAKES]
    if t.label not in {"GPE", "LOC", "FAC", "", "NORP", "ORG"} and any(s.population > 15_000 for s in towns):
        return -0.5
    if t.label == "ORG" and any(s.population > 15_000 for s in towns):
        return -0.3 if any(s.population > 500_000 for s in towns) else -0.6
    return LABELS.get(t.label, -2.0)


def _single(words: Words, lexicon: Lexicon, t: Toponym) -> float:
    """What counts against a single word."""
    form, score = key(t.text), 0.0
    if form in COMPASS:
        return -9.0
    if form in lexicon.ordinary:
        score -= 3.0
    if len(t.text) <= 3 and not any(s.kind == "country" for s in t.spots):
        score -= 1.5
    large = (
        any(s.population > 80_000 and (s.main or s.countries[0] not in NAMESAKES) for s in t.spots)
        and words.tags[t.chunk.start] == "PROPN"
    )
    if words.opening[t.chunk.start] and not t.label and not t.text.isupper() and not large:
        score -= 1.0
    return score


def _opens_report(words: Words, start: int, end: int) -> bool:
    """A dateline: "GENEVA (Reuters) -", "Baghdad, Iraq --"."""
    before = words.text[: words.starts[start]].rsplit("\n", 1)[-1].strip() if start < 6 else "x"
    if before or end >= len(words):
        return False
    return words.texts[end] in {"(", "-", "--", "–", "—"} or (
        words.texts[start].isupper() and len(words.texts[start]) > 3
    )


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
    share = 1.0 if spot.main else 0.9 if spot.countries[0] not in NAMESAKES else 0.6
    if (spot.countries[0], key(spot.name)) in lexicon.capitals:
        return 2.8 * share
    size = spot.population
    return share * next(weight for least, weight in SIZES if size >= least)


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
    if i > end and not known and words.lower[end] not in DIVISIONS | DISTRICTS:
        score -= 1.5
    before = start - 1
    if start and words.named[before] and words.tags[before] in {"PROPN", "NOUN"} and not words.opening[before]:
        score -= 0.5 if known or t.label in {"GPE", "LOC"} else 1.5
    if start > 0 and words.texts[start - 1] == "-" and words.joined(start) and not known:
        score -= 2.0
    return score + _headed(words, t)


def _headed(words: Words, t: Toponym) -> float:
    """What counts against the place in "University of Texas" and "Bank of England": it is part of a body's name."""
    i = t.chunk.start - 1
    if i > 0 and words.lower[i] == "the":
        i -= 1
    if i < 1 or words.lower[i] != "of" or not words.named[i - 1]:
        return 0.0
    head = words.lower[i - 1]
    return -4.0 if head in HEADS - {"government"} and words.ents[i - 1] != "GPE" else 0.0


def _unknown(words: Words, lexicon: Lexicon, taken: frozenset[int]) -> Iterator[Toponym]:
    """Names that spaCy takes for places, or that stand where only a place can, but that no gazetteer has."""
    no_name = PEOPLES | lexicon.demonyms.keys() | lexicon.ordinary
    for chunk, label in words.chunks:
        start, end = chunk.start, chunk.end
        told = label in {"PERSON", "ORG", "FAC", "NORP"} and announced(words, chunk)
        if not told and label not in {"GPE", "LOC"}:
            continue
        while start < end and not words.named[start]:
            start += 1 if words.lower[start] not in ARTICLES else 0
            if start < end and words.lower[start] in ARTICLES:
                break
        if start >= end or any(i in taken for i in range(start, end)):
            continue
        text = words.of(Chunk(start, end))
        if "\n" in text or len(text) < 3 or key(text) in no_name:
            continue
        cue = TOLD if announced(words, chunk) else cued(words, start)
        score = max(0.0, LABELS[label]) - 1.5 + (1.0 if cue >= TOLD else 0.75) * cue - 1.0 * words.shouted[start]
        yield Toponym(Chunk(start, end), text, (), score, "", None, label, cue)


def _linked(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, found: list[Toponym]) -> list[Toponym]:
    """Mark "Tripoli, Lebanon": each pair makes both surer and says where the first lies."""
    out: list[Toponym] = []
    for t in reversed(found):
        outer = None
        end = t.chunk.end
        if end + 1 < len(words) and words.lower[end] in {",", "in"}:
            near = out[-1] if out and _joins(words.lower[end : out[-1].chunk.start]) else None
            outer = (_abbreviated(words, gazetteer, lexicon, end + 1) if words.texts[end] == "," else None) or near
        if outer is not None and _holds(outer, t):
            if out and out[-1].chunk.start == outer.chunk.start:
                out.pop()
            out.append(replace(outer, score=outer.score + 2.0))
            t = replace(t, inside=out[-1], score=t.score + 2.5)
        out.append(t)
    out.reverse()
    return [t for t in out if t.score >= SURE]


def _joins(between: tuple[str, ...]) -> bool:
    """Whether the words between two names say that the first lies in the second: ",", "in northern", ", in the"."""
    return between == (",",) or (
        0 < len(between) <= 4 and "in" in between[:2] and set(between) <= MODIFIERS | {",", "in", "of"}
    )


def _holds(outer: Toponym, inner: Toponym) -> bool:
    """Whether one may lie in the other: a division or country that some place of that name lies in."""
    units = [s for s in outer.spots if s.kind in {"country", "division", "region", "district"}]
    if not units or outer.text == inner.text:
        return False
    if any(s.kind == "division" and s.main for s in inner.spots) and any(u.kind == "division" for u in units):
        return False  # "Florida, New York": states in a row
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
    return Toponym(Chunk(i, i + 1), words.texts[i], (spot,), SURE, "", None, words.ents[i], 0.0)
