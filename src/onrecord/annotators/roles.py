"""Offices and functions that a report gives to people, before or after their names."""

from __future__ import annotations

import re

from onrecord.annotators.bodies import Lexicon
from onrecord.annotators.gazetteer import Gazetteer
from onrecord.annotators.mention import Mention
from onrecord.annotators.titles import HONORIFICS, OFFICES, QUALIFIERS, RANKS
from onrecord.annotators.words import Chunk, Words
from onrecord.model import Role

__all__ = ["appositions", "roles"]

#: How many tokens after a name its office may take.
REACH = 14
_OFFICE_WORDS = OFFICES | RANKS
#: Words of somebody who is not the one named beside.
_SOMEBODY_ELSE = frozenset({"unnamed", "unidentified", "anonymous", "another", "other"})
#: Who is sent to a country is not of it.
_SENT = frozenset({"envoy", "ambassador", "representative", "mediator", "coordinator", "rapporteur", "negotiator"})
_LINK = frozenset({"of", "for", "to", "at"})
_EXCELLENCY = frozenset({"HE", "H.E.", "H.E", "Excellency"})
_SPACES = re.compile(r"\s+")


def roles(words: Words, mention: Mention, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[Role, ...]:
    """The roles that stand right before one mention of a person, without a comma."""
    found = _before(words, mention, gazetteer, lexicon)
    return () if found is None else (found,)


def appositions(words: Words, mention: Mention, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[Role, ...]:
    """The roles in apposition, whose words name the person too: "X, the army's spokesman,"."""
    ahead = _ahead(words, mention) or _set_off(words, mention, gazetteer, lexicon)
    found = (ahead, _after(words, mention, gazetteer, lexicon))
    return tuple(r for r in found if r is not None)


def _before(words: Words, mention: Mention, gazetteer: Gazetteer, lexicon: Lexicon) -> Role | None:
    if mention.title is None:
        return None
    start, end = mention.title.start, mention.title.end
    while end > start and words.lower[end - 1].rstrip(".") in HONORIFICS - _OFFICE_WORDS:
        end -= 1
    while start < end and words.lower[start].rstrip(".") in HONORIFICS - _OFFICE_WORDS - {"king", "queen", "pope"}:
        start += 1
    if start == end or not any(words.lower[i].rstrip(".") in _OFFICE_WORDS for i in range(start, end)):
        return None
    i = start - 1
    if i > 0 and words.lower[i] in {"'s", "’s"}:
        i -= 1
    return _role(words, Chunk(start, end), _of(words, i, gazetteer, lexicon))


def _after(words: Words, mention: Mention, gazetteer: Gazetteer, lexicon: Lexicon) -> Role | None:
    i = mention.chunk.end
    if i + 1 >= len(words) or words.texts[i] != ",":
        return None
    i += 1
    whose = None
    start = i
    for j in range(i, min(len(words), i + REACH)):
        low = words.lower[j].rstrip(".")
        if words.tags[j] in {"VERB", "AUX", "PRON", "NUM", "ADP", "SCONJ"} or words.texts[j] in {
            ",",
            ".",
            ";",
            "(",
            '"',
        }:
            return None
        if words.tags[j] == "DET" or low in {"'s", "’s"}:
            start = j + 1
            continue
        if words.lower[j + 1 : j + 2] in {("'s",), ("’s",)} and low in _OFFICE_WORDS:
            start = j + 2
            continue
        if low in _OFFICE_WORDS and words.tags[j] in {"NOUN", "PROPN"} and not _continues(words, j):
            return _role(words, Chunk(start, j + 1), whose or _complement(words, j + 1))
        if (named := _of(words, j, gazetteer, lexicon)) is not None:
            whose, start = named, j + 1
    return None


def _ahead(words: Words, mention: Mention) -> Role | None:
    """An office in capitals before the name: "the Minister of Foreign Affairs of Iraq, X", "Secretary of State X"."""
    before = (mention.title or mention.chunk).start - 1
    before -= before > 0 and words.texts[before] in _EXCELLENCY
    end = before if before >= 0 and words.texts[before] == "," else before + 1
    if end < 2:
        return None
    start = end
    for j in range(end - 1, max(-1, end - REACH), -1):
        if not (words.named[j] or words.lower[j] in {"of", "for", "the", "and", "to"}) or words.texts[j] == ",":
            return None
        if words.lower[j] in _OFFICE_WORDS and words.named[j]:
            start = j
            break
    if start == end or (end == before + 1 and words.lower[start + 1 : start + 2] not in {("of",), ("for",)}):
        return None
    first = start
    while first > 0 and words.lower[first - 1] in QUALIFIERS and words.named[first - 1]:
        first -= 1
    return _role(words, Chunk(first, start + 1), _complement(words, start + 1, end))


def _set_off(words: Words, mention: Mention, gazetteer: Gazetteer, lexicon: Lexicon) -> Role | None:
    """An office in small letters before a name between commas: "Peru's foreign minister, X,", "the mayor, X"."""
    comma = (mention.title or mention.chunk).start - 1
    after = mention.chunk.end
    if comma < 2 or words.texts[comma] != "," or after >= len(words) or words.texts[after] not in {",", "."}:
        return None
    last = comma - 1
    while last > max(0, comma - REACH) and (words.named[last] or words.lower[last] in _LINK | {"the", "and"}):
        last -= 1
    if words.lower[last] not in _OFFICE_WORDS or words.tags[last] not in {"NOUN", "PROPN", "ADJ"}:
        return None
    start = last
    while start > 0 and words.lower[start - 1] in QUALIFIERS | {"trade"} and not words.named[start - 1]:
        start -= 1
    owner = start - 1
    if owner > 0 and words.lower[owner] in {"'s", "’s"}:
        owner -= 1
    sent = words.lower[last] in _SENT and words.lower[last + 1] in {"for", "to"}
    whose = (
        None
        if sent
        else _complement(words, last + 1, comma)
        if last + 1 < comma
        else _of(words, owner, gazetteer, lexicon)
    )
    return _role(words, Chunk(start, last + 1), whose)


def _continues(words: Words, j: int) -> bool:
    """Whether the next word is part of the office's name ("deputy director")."""
    return j + 1 < len(words) and (words.lower[j + 1] in _OFFICE_WORDS or words.texts[j + 1] == "-")


def _complement(words: Words, i: int, limit: int | None = None) -> str | None:
    """The name after "of", "for" or "at": "director of the Syrian Observatory"; no token from `limit` on."""
    limit = len(words) if limit is None else limit
    if i + 1 >= len(words) or words.lower[i] not in _LINK:
        return None
    i += 1
    if words.lower[i] in {"the", "a", "an"} and i + 1 < len(words):
        i += 1
    end = i
    while end < limit and (words.named[end] or (words.lower[end] in {"of", "for", "and", "'s", "-"} and end > i)):
        end += 1
    while end > i and not words.named[end - 1]:
        end -= 1
    return _SPACES.sub(" ", words.of(Chunk(i, end))) if end > i else None


def _of(words: Words, i: int, gazetteer: Gazetteer, lexicon: Lexicon) -> str | None:
    """The country or body that the word at i names or is the demonym of."""
    if i < 0 or not words.named[i]:
        return None
    if (former := lexicon.former.get(words.lower[i])) is not None:
        return former
    codes = lexicon.demonyms.get(words.lower[i], ())
    if len(codes) == 1:
        country = gazetteer.country(codes[0])
        return country.name if country else None
    if codes:
        return None
    body = lexicon.body(words.texts[i], shouted=words.shouted[i])
    if body is not None:
        return words.texts[i]
    nations = [s for s in gazetteer.spots(words.texts[i]) if s.kind == "country"]
    return nations[0].name if len(nations) == 1 else None


def _role(words: Words, chunk: Chunk, of: str | None) -> Role | None:
    if chunk.start >= chunk.end or "\n" in words.of(chunk):
        return None
    while chunk.start > 1 and words.texts[chunk.start - 1] == "-" and words.joined(chunk.start):
        chunk = Chunk(chunk.start - 2, chunk.end)  # "vice-chairman" is none of the chairmen
    if _SOMEBODY_ELSE & set(words.lower[chunk.start : chunk.end]):
        return None
    text = _SPACES.sub(" ", words.of(chunk)).lower()
    return Role(text, of, words.span(chunk))
