"""Names of people and bodies in a report: known bodies, people behind their titles, and what spaCy finds."""

from __future__ import annotations

from onrecord.annotators.beside_nouns import told_by_nouns
from onrecord.annotators.bodies import HEADS, Body, Lexicon, type_by_words
from onrecord.annotators.forenames import person_names
from onrecord.annotators.gazetteer import Gazetteer
from onrecord.annotators.labelled import labelled, nickname_end, plain, renamed
from onrecord.annotators.mention import Mention, tokens_of
from onrecord.annotators.place_words import COMPASS
from onrecord.annotators.titles import HONORIFICS, OFFICES, QUALIFIERS, RANKS, TITLES
from onrecord.annotators.words import ARTICLES, LOCATIVES, PARTICLES, Chunk, Words

__all__ = ["mentions"]

_INSIDE = frozenset(
    {"of", "for", "and", "the", "&", "-", "–", "/", "'", "’", "'s", "’s", "on", "to", "against", "de", "in"}
)  # fmt: skip
#: Nouns in small letters with which the name of a body may end: "U.N. refugee agency".
_SMALL = frozenset({"agency", "office", "watchdog", "refugees"})
#: Heads after which "for" goes on with the name: "Movement for Unity".
_FOR = frozenset({"front", "movement", "party", "alliance", "coalition", "union", "league", "forces", "force", "army",
                  "forum", "council", "committee", "centre", "center", "institute", "organisation", "organization",
                  "society", "foundation", "fund", "agency", "ministry", "network", "association"})  # fmt: skip
#: Titles that also begin names of bodies and things ("General Assembly", "Chief Justice").
_NOT_SURNAMES = frozenset(
    {"assembly", "staff", "council", "election", "elections", "secretary", "league", "office", "affairs", "house",
     "palace", "minister", "ministry", "department", "of", "and", "the", "justice", "security", "command", "general",
     "executive", "street", "airport", "university", "hospital", "island", "city", "county"}
)  # fmt: skip
_TITLE_WORDS = QUALIFIERS | TITLES
#: What one may be secretary or minister of, with a name right after it.
_PORTFOLIOS = {(word,) for word in ("state", "defense", "defence", "justice", "health", "finance", "energy", "interior",
                                    "labor", "labour", "commerce", "trade", "education", "information", "transport",
                                    "agriculture", "communications", "war")}  # fmt: skip


def mentions(words: Words, gazetteer: Gazetteer, lexicon: Lexicon) -> tuple[list[Mention], list[Mention]]:
    """Names of people and bodies: those that are certain, and those that might rather be names of places."""
    spans = told_by_nouns(words, renamed(words, labelled(words, lexicon)), lexicon)
    sure = _bodies(words, lexicon, spans)
    sure += _titled(words, gazetteer, tokens_of(sure), lexicon)
    named = frozenset(i for m in spans if m.type != "place" for i in range(m.chunk.start, m.chunk.end))
    sure += [Mention(c, "person") for c in person_names(words, gazetteer, lexicon, tokens_of(sure) | named)]
    covered = set(tokens_of(sure))
    open_: list[Mention] = []
    for mention in spans:
        inside = range(mention.chunk.start, mention.chunk.end)
        if not covered.isdisjoint(inside):
            continue
        target = open_ if gazetteer.spots(words.of(mention.chunk)) else sure
        target.append(mention)
        covered.update(inside)
    taken = frozenset(covered)
    sure += [m for m in _headed(words, taken) if not gazetteer.spots(words.of(m.chunk))]
    taken |= tokens_of(sure)
    sure += _surnames(words, sure, taken - tokens_of(open_))
    taken = tokens_of(sure)
    open_ = [m for m in open_ if not taken & set(range(m.chunk.start, m.chunk.end))]
    sure += _repeated(words, sure, taken, lexicon)
    sure.sort(key=lambda m: m.chunk.start)
    return sure, open_


def _repeated(words: Words, found: list[Mention], taken: frozenset[int], lexicon: Lexicon) -> list[Mention]:
    """The same names where spaCy missed them."""
    known: dict[tuple[str, ...], Mention] = {}
    lengths: dict[str, set[int]] = {}
    for m in found:
        texts = words.texts[m.chunk.start : m.chunk.end]
        plain = len(texts) == 1 and (len(texts[0]) < 3 or texts[0].lower() in lexicon.ordinary or m.type == "person")
        if not plain and not words.shouted[m.chunk.start]:
            known.setdefault(texts, m)
            lengths.setdefault(texts[0], set()).add(len(texts))
    again: list[Mention] = []
    i = 0
    while i < len(words):
        ends = [i + n for n in lengths.get(words.texts[i], ()) if i + n <= len(words)]
        fits = [end for end in ends if words.texts[i:end] in known and taken.isdisjoint(range(i, end))]
        end = max(fits, default=i)
        if end == i or words.joined(i):
            i += 1
            continue
        mention = known[words.texts[i:end]]
        again.append(Mention(Chunk(i, end), mention.type, mention.body))
        i = end
    return again


def _bodies(words: Words, lexicon: Lexicon, spans: list[Mention]) -> list[Mention]:
    """Bodies of the table, unless they are a part of a longer name of a body or person that spaCy found."""
    longer = {i: m.chunk for m in spans for i in range(m.chunk.start, m.chunk.end)}
    found: list[Mention] = []
    i = 0
    while i < len(words):
        match = _body_at(words, lexicon, i) if words.named[i] or words.lower[i] in ARTICLES | {"anti"} else None
        if match is None:
            i += 1
            continue
        chunk, body = match
        around = longer.get(chunk.start)
        inside = around is not None and around.start <= chunk.start and chunk.end <= around.end
        if inside and around is not None and around.end - around.start > chunk.end - chunk.start + 1:
            i += 1
            continue
        found.append(Mention(chunk, body.type, body))
        i = chunk.end
    return found


def _body_at(words: Words, lexicon: Lexicon, i: int) -> tuple[Chunk, Body] | None:
    if words.lower[i] == "the" or (i > 1 and words.texts[i - 1] == "-" and words.joined(i) and words.named[i - 2]):
        return None
    ends = []
    for end in range(i + 1, min(len(words), i + 2 * lexicon.longest) + 1):
        last = end - 1
        text = words.texts[last]
        part = words.lower[last] in _INSIDE | PARTICLES | _SMALL
        if not (words.named[last] or part or text[0].isdigit() or last == i):
            if not text.islower() or end - i > 4:
                break
            continue
        ends.append(end)
    for end in reversed(ends):
        chunk = Chunk(i, end)
        text = words.of(chunk)
        if text[-1].isalnum() or text[-1] in ".+)":
            body = lexicon.body(text, shouted=words.shouted[i])
            if body is not None and not _plain_word(words, chunk, body):
                return chunk, body
    return None


def _plain_word(words: Words, chunk: Chunk, body: Body) -> bool:
    """One capitalised word that opens a sentence and is no name for spaCy, or is part of a person's name."""
    if chunk.end - chunk.start > 1 or words.texts[chunk.start].isupper():
        return False
    i = chunk.start
    if words.lower[i] in HEADS and i and words.lower[i - 1] in COMPASS and words.texts[i - 1][0].isupper():
        return True
    if words.ents[i] == "PERSON":
        return (i > 0 and words.ents[i - 1] == "PERSON") or (i + 1 < len(words) and words.ents[i + 1] == "PERSON")
    followed = i + 1 < len(words) and words.named[i + 1] and words.tags[i + 1] == "PROPN" and body.sector == "MED"
    return followed or (words.opening[i] and words.tags[i] not in {"PROPN", "NOUN", "ADJ"})


def _titled(words: Words, gazetteer: Gazetteer, taken: frozenset[int], lexicon: Lexicon) -> list[Mention]:
    """People named right after a title: "President Isaias Afwerki", "Gen. Haftar"."""
    found = []
    i = 0
    while i + 1 < len(words):
        if words.lower[i].rstrip(".") not in TITLES or i in taken or not _announces(words, i):
            i += 1
            continue
        start = i + 1
        while start < len(words) and (
            words.texts[start] in {".", "-"} or (words.lower[start].rstrip(".") in TITLES and words.named[start])
        ):
            start += 1
        title: Chunk | None = Chunk(_title_start(words, i), start)
        if words.lower[start : start + 1] == ("of",) and words.lower[start + 1 : start + 2] in _PORTFOLIOS:
            start, title = start + 2, None  # "Secretary of State Wess Mitchell": his role, read later
        end = _name_end(words, start, taken, lexicon)
        if end == start or (end == start + 1 and words.lower[start] in _NOT_SURNAMES | HEADS):
            i = start
            continue
        if any(gazetteer.spots(words.of(Chunk(i, j))) for j in range(start + 1, end + 1)):
            i = end
            continue
        found.append(Mention(Chunk(start, end), "person", None, title))
        i = end
    return found


def _announces(words: Words, i: int) -> bool:
    """Whether the word at i is a title here: capitalised, or a small one right before what spaCy calls a person."""
    low = words.lower[i].rstrip(".")
    if words.shouted[i]:
        return low in HONORIFICS | RANKS | {"president", "minister", "senator", "ambassador", "governor"}
    if words.named[i]:
        return True
    return low in OFFICES and words.named[i + 1] and words.ents[i + 1] == "PERSON"


def _title_start(words: Words, i: int) -> int:
    start = i
    while start > 0:
        before = start - 2 if words.texts[start - 1] == "-" and words.joined(start) and start > 1 else start - 1
        if words.lower[before].rstrip(".") not in _TITLE_WORDS or words.texts[before] == ".":
            break
        start = before
    return start


def _name_end(words: Words, start: int, taken: frozenset[int], lexicon: Lexicon) -> int:
    """Where the personal name that starts here ends; at `start` if none does."""
    i = end = start
    limit = start + (4 if start < len(words) and words.shouted[start] else 9)
    while i < len(words) and i < limit and i not in taken:
        low, text = words.lower[i], words.texts[i]
        if words.named[i] and text[0].isalpha():
            if words.shouted[start] and (words.tags[i] != "PROPN" or low in TITLES):
                break
            if low in lexicon.demonyms or low in {"and", "the", "of"}:
                break
            end = i + 1
        elif (after := nickname_end(words, i)) > i and end == i:
            i = after
            continue
        elif not (low in PARTICLES or (text in {"-", "'", "’"} and words.joined(i)) or _initial(words, i)):
            break
        i += 1
    return end


def _initial(words: Words, i: int) -> bool:
    """Whether the token is the full stop of an initial."""
    return words.texts[i] == "." and words.joined(i) and len(words.texts[i - 1]) == 1


def _headed(words: Words, taken: frozenset[int]) -> list[Mention]:
    """Bodies whose name ends in a word for one: "Water Resources Ministry", "Ministry of Water Resources"."""
    found = []
    for i in range(len(words)):
        if words.lower[i] not in HEADS or not words.named[i] or i in taken or words.shouted[i]:
            continue
        start = i
        while start > 0 and words.named[start - 1] and start - 1 not in taken and words.texts[start - 1][0].isalpha() \
                and "\n" not in words.text[words.ends[start - 1] : words.starts[start]]:  # fmt: skip
            start -= 1
        end = i + 1
        start += words.lower[start] in {"the", "a", "an"}
        links = {"of", "for"} if words.lower[i] in _FOR else {"of"}
        if end + 1 < len(words) and words.lower[end] in links and words.named[end + 1]:
            end += 2
            while end < len(words) and end not in taken and words.texts[end][0].isalpha() and _goes_on(words, end):
                end += 1
        if end - start > 1 and not any(j in taken for j in range(start, end)):
            told = i + 1 if words.lower[i + 1 : i + 2] == ("for",) else end
            found.append(Mention(Chunk(start, end), type_by_words(words.of(Chunk(start, told)))))
    kept: list[Mention] = []
    for mention in found:
        if not kept or kept[-1].chunk.end <= mention.chunk.start:
            kept.append(mention)
    return kept


def _goes_on(words: Words, i: int) -> bool:
    """Whether a name goes on: with a capital, or "and" before one ("Front for Justice and Dignity")."""
    joins = words.lower[i] == "and" and i + 1 < len(words) and words.named[i + 1] and words.named[i - 1]
    return words.named[i] or (joins and words.lower[i + 1] not in HEADS)


def _surnames(words: Words, sure: list[Mention], taken: frozenset[int]) -> list[Mention]:
    """Last words of full names of people, standing alone."""
    full = {plain(words.texts[m.chunk.end - 1]) for m in sure if m.type == "person" and len(m.chunk) > 1}
    full |= {plain(words.texts[m.chunk.end - 1]) for m in sure if m.type == "person" and m.title is not None}
    full = {name for name in full if name[0].isupper() and len(name) > 2}
    found = []
    for i, text in enumerate(words.texts):
        if plain(text) not in full or i in taken or words.shouted[i]:
            continue
        if i and words.lower[i - 1] in LOCATIVES - {"to", "from", "between"}:
            continue
        start = i
        if i > 1 and words.texts[i - 1] == "-" and words.joined(i) and words.lower[i - 2] in ARTICLES:
            start = i - 2
        if not _in_longer_name(words, start, i + 1):
            found.append(Mention(Chunk(start, i + 1), "person"))
    return found


def _in_longer_name(words: Words, start: int, end: int) -> bool:
    """Whether a name goes on before these tokens, or a word for a body follows them."""
    before = start - 1
    goes_on = before >= 0 and words.named[before] and words.texts[before][0].isalpha() and not words.opening[before]
    if goes_on and words.lower[before].rstrip(".") not in TITLES:
        return True
    return end < len(words) and words.named[end] and words.lower[end] in HEADS
