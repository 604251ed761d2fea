"""People whom spaCy misses or takes for places, known by a first name, or by what they do and are beside the name."""

from __future__ import annotations

from onrecord.annotators.bodies import HEADS, Lexicon
from onrecord.annotators.gazetteer import Gazetteer
from onrecord.annotators.sexes import first_names
from onrecord.annotators.words import PARTICLES, Chunk, Words

__all__ = ["person_names"]

#: Words that make a place or a thing of a name.
_NOT_LAST = HEADS | frozenset(
    {"falls", "beach", "city", "lake", "river", "island", "islands", "county", "street", "road", "avenue", "square",
     "bridge", "bay", "valley", "hills", "park", "gulf", "sea", "ocean", "mountains", "district", "province", "state",
     "act", "day", "prize", "award", "awards", "stadium", "station", "palace", "castle", "cathedral", "mosque",
     "building", "staff", "command", "headquarters", "tower",
     "hall", "theatre", "theater", "plan", "doctrine", "memorial", "cross", "shield", "storm",
     "countries", "territory", "town", "village", "port", "airport", "camp", "base", "monday", "tuesday", "wednesday",
     "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july",
     "august", "september", "october", "november", "december"}
)  # fmt: skip
_SAYING = frozenset(
    {"said", "says", "told", "added", "adds", "wrote", "replied", "explained", "argued", "claimed", "claims",
     "announced", "declared", "insisted", "warned", "admitted", "recalled", "stated"}
)  # fmt: skip
#: Most words of a name.
LONGEST = 4


def person_names(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, taken: frozenset[int]) -> list[Chunk]:
    """Full names of people that begin with a known first name, or that say or are something, in the text's order."""
    known = first_names()
    found = []
    i = 0
    while i + 1 < len(words):
        end = _end(words, i, taken)
        if end - i < 2:
            i += 1
            continue
        chunk = Chunk(i, end)
        fits = words.lower[i] in known or _acts(words, chunk) or _interviewed(words, chunk)
        if fits and not _other(words, gazetteer, lexicon, chunk):
            found.append(chunk)
            i = end
        else:
            i += 1
    return found


def _end(words: Words, start: int, taken: frozenset[int]) -> int:
    """Where the run of capitalised words that starts here ends; at `start` if none does."""
    goes_on = start > 0 and _capital(words, start - 1, taken) and not words.opening[start - 1]
    if goes_on or not _capital(words, start, taken):
        return start
    i = end = start
    while i < len(words) and i < start + LONGEST:
        if _capital(words, i, taken) and words.lower[i] not in _NOT_LAST:
            end = i + 1
        elif not (i > start and (words.lower[i] in PARTICLES or (words.texts[i] == "-" and words.joined(i)))):
            break
        i += 1
    followed = end < len(words) and _capital(words, end, taken) and words.lower[end] in HEADS
    return start if followed else end


def _capital(words: Words, i: int, taken: frozenset[int]) -> bool:
    text = words.texts[i]
    return i not in taken and text[0].isupper() and text.isalpha() and not words.shouted[i]


def _acts(words: Words, chunk: Chunk) -> bool:
    """Whether a run that nobody labels speaks, or is said to be somebody: "X Y said", "X Y is a doctor"."""
    if len(chunk) > 3 or any(words.ents[i] for i in range(chunk.start, chunk.end)):
        return False
    if words.lower[chunk.start] in {"the", "a", "an"} or any(words.tags[i] not in {"PROPN", "NOUN"}
                                                           for i in range(chunk.start, chunk.end)):  # fmt: skip
        return False
    after = words.lower[chunk.end : chunk.end + 2]
    return bool(after) and after[0] in _SAYING


def _interviewed(words: Words, chunk: Chunk) -> bool:
    """Whether the word "interview" leads up to the name: "an interview with the painter X Y"."""
    for i in range(chunk.start - 1, max(-1, chunk.start - 8), -1):
        if words.lower[i] in {"interview", "interviews", "interviewed"}:
            label = words.ents[chunk.start]
            return words.tags[chunk.end - 1] in {"PROPN", "NOUN"} and label not in {"GPE", "NORP", "DATE"}
        if not words.texts[i].isalpha() or "\n" in words.text[words.ends[i] : words.starts[i + 1]]:
            return False
    return False


def _other(words: Words, gazetteer: Gazetteer, lexicon: Lexicon, chunk: Chunk) -> bool:
    """Whether the name is a place's or a body's."""
    text = words.of(chunk)
    if words.lower[chunk.end - 1] in _NOT_LAST or "\n" in text or words.ents[chunk.start] in {"ORG", "FAC", "EVENT"}:
        return True
    if any(words.lower[i] in lexicon.demonyms for i in range(chunk.start, chunk.end)):
        return True
    return lexicon.body(text) is not None or bool(gazetteer.spots(text))
