"""People and bodies that spaCy finds, trimmed to their names, each name with its commonest label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onrecord.annotators.bodies import HEADS, Lexicon, type_by_words
from onrecord.annotators.forms import key
from onrecord.annotators.mention import Mention
from onrecord.annotators.sexes import first_names
from onrecord.annotators.titles import HONORIFICS, OFFICES, QUALIFIERS, RANKS, TITLES
from onrecord.annotators.toponyms import announced
from onrecord.annotators.words import ARTICLES, LOCATIVES, Chunk, Words

__all__ = ["labelled", "nickname_end", "plain", "renamed"]

#: Most characters of a headline.
HEADLINE = 160

_MARKS = frozenset({'"', "“", "”", "‘", "’", "``", "''"})
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’", "s'"})
_NOT_BODIES = frozenset(
    {"covid", "covid 19", "internet", "islam", "christianity", "quran", "koran", "bible", "ramadan", "christmas",
     "easter", "god", "allah", "i", "state", "constitution", "id", "tv", "ied", "vbied", "uav", "gps", "dna", "hiv",
     "aids", "ceo", "gdp", "email", "sms", "est", "gmt", "utc", "am", "pm", "twitter", "mr", "mrs", "ms", "dr",
     "suv", "cctv", "ebola", "video", "photo", "ap photo", "file photo", "copyright", "advertisement"}
)  # fmt: skip
#: What spaCy takes into the name of a person from before it.
_BEFORE_NAMES = TITLES | QUALIFIERS | LOCATIVES | {"let", "while", "", "h.e", "his", "her", "excellency"}


def labelled(words: Words, lexicon: Lexicon) -> list[Mention]:
    """SpaCy's people and bodies, trimmed; a name that it labels differently in places gets the commonest label."""
    raw: list[tuple[Chunk, str]] = []
    votes: dict[str, Counter[str]] = {}
    for chunk, label in words.chunks:
        if label not in {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"}:
            continue
        for part in _parts(words, lexicon, chunk, label):
            raw.append((part, label))
            votes.setdefault(key(words.of(part)), Counter())[label] += 1
    found = []
    for chunk, label in raw:
        form = key(words.of(chunk))
        ranked = sorted(votes[form].items(), key=lambda v: (-v[1], v[0] != label, v[0]))
        if label not in {"PERSON", "ORG"} and not (label == "PRODUCT" and ranked[0][0] in {"PERSON", "ORG"}):
            continue
        label = ranked[0][0] if ranked[0][0] in {"PERSON", "ORG"} else label
        label = "PERSON" if label == "ORG" and _of_a_person(words, chunk) else label
        mention = _mention(words, lexicon, chunk, label, form)
        if mention is not None:
            found.append(mention)
    return found


def _of_a_person(words: Words, chunk: Chunk) -> bool:
    """Whether a name that spaCy gives to a body is a person's: by its first name, or by the words around it."""
    if len(chunk) == 1 and words.texts[chunk.start].istitle() and words.lower[chunk.start] not in HEADS:
        return words.lower[chunk.end : chunk.end + 2] == (",", "who")  # "Trump, who has said that"
    if not 2 <= len(chunk) <= 3 or any(not words.texts[i].isalpha() for i in range(chunk.start, chunk.end)):
        return False
    if words.lower[chunk.end - 1] in HEADS or not words.named[chunk.end - 1]:
        return False
    # the Burmese "U"
    known = words.texts[chunk.start] == "U" or words.lower[chunk.start] in first_names()
    return known or _after_office_and_comma(words, chunk)


def _after_office_and_comma(words: Words, chunk: Chunk) -> bool:
    """Whether a name between commas says who holds the office before it: "the envoy to Sudan, Ramtane Lamamra,"."""
    last, ends = chunk.start - 2, words.texts[chunk.end : chunk.end + 1]
    if last < 0 or words.texts[last + 1] != "," or ends not in {(",",), (".",)}:
        return False
    if set(words.lower[chunk.start : chunk.end]) & HEADS:
        return False
    at = last
    while at > max(0, last - 4) and words.named[at]:  # "to Sudan", "of the African Union"
        at -= 1
    if at < last:
        at -= words.lower[at] == "the"
        at -= words.lower[at] in {"to", "of", "for", "in"}
    return words.lower[at] in OFFICES


def renamed(words: Words, found: list[Mention]) -> list[Mention]:
    """Surnames of people who have a full name or a title in the report are people, whatever spaCy calls them there.

    In a headline in capitals, a name that begins with such a surname is it alone: "Berg Vows Reply".
    """
    full = {plain(words.texts[m.chunk.end - 1]) for m in found
            if m.type == "person" and (m.chunk.end - m.chunk.start > 1 or m.title is not None)
            and not _in_headline(words, m.chunk)}  # fmt: skip
    full |= {plain(words.texts[i + 1]) for i in range(len(words) - 1)
             if words.named[i] and words.named[i + 1] and words.lower[i].rstrip(".") in RANKS | HONORIFICS}  # fmt: skip
    kept = []
    for m in found:
        start, size = m.chunk.start, len(m.chunk)
        if plain(words.texts[start]) not in full or (size > 1 and not _in_headline(words, m.chunk)):
            kept.append(m)
        elif size == 1 or plain(words.texts[m.chunk.end - 1]) not in full:
            kept.append(Mention(Chunk(start, start + 1), "person"))
        else:
            kept.append(m)
    return kept


def plain(text: str) -> str:
    """A name with the one apostrophe for all: "O'Neill" in whatever type."""
    return text.replace("’", "'")


def _in_headline(words: Words, chunk: Chunk) -> bool:
    """Whether a name stands in the report's first line, and most words of that have capitals and no stop ends it."""
    line = words.text[: words.starts[chunk.start]]
    if line.strip() and "\n" in line.strip():
        return False
    first = words.text.lstrip()[:HEADLINE].split("\n", 1)[0].rstrip()
    if len(first) >= HEADLINE - 1 or first.endswith((".", "!", "”", '"')):
        return False
    long = [w for w in first.split() if len(w) > 3 and w[0].isalpha()]
    return len(long) > 2 and sum(w[0].isupper() for w in long) >= 0.8 * len(long)


def _mention(words: Words, lexicon: Lexicon, chunk: Chunk, label: str, form: str) -> Mention | None:
    text = words.of(chunk)
    if not form or form in _NOT_BODIES or form in lexicon.demonyms or "\n" in text or not text[0].isalnum():
        return None
    if announced(words, chunk) and not set(words.lower[chunk.start : chunk.end]) & (HEADS - {"city"}):
        return None
    single = chunk.end - chunk.start == 1
    if words.shouted[chunk.start] and (single or chunk.end - chunk.start > 6):
        return None
    if single and (form in lexicon.ordinary or form in TITLES) and words.opening[chunk.start]:
        return None
    if words.shouted[chunk.start] and label == "ORG" and words.lower[chunk.end - 1] not in HEADS:
        return None
    if label == "ORG" and (start := _after_office(words, chunk)) > chunk.start and len(chunk) < 7:
        return Mention(Chunk(start, chunk.end), "person")
    if label == "PERSON":
        start = _after_office(words, chunk)
        while start < chunk.end and words.lower[start].rstrip(".") in _BEFORE_NAMES:
            start += 1
        alone = chunk.end - start == 1 and words.texts[chunk.end - 1].isupper()
        if start == chunk.end or (alone and not 3 < len(text) < 5):
            return None
        if words.lower[chunk.end - 1] in HEADS and chunk.end - start > 1:
            return Mention(chunk, type_by_words(text))
        if any(words.texts[i][0].isdigit() for i in range(start, chunk.end)):
            return None
        title = Chunk(chunk.start, start) if start > chunk.start else None
        return Mention(Chunk(start, chunk.end), "person", None, title)
    if words.lower[chunk.start] in OFFICES and words.lower[chunk.start + 1 : chunk.start + 2] in {("of",), ("for",)}:
        return None
    if all(words.lower[i].rstrip(".") in TITLES | QUALIFIERS | {"of", "'s"} for i in range(chunk.start, chunk.end)):
        return None
    return Mention(chunk, type_by_words(text))


def _after_office(words: Words, chunk: Chunk) -> int:
    """Where the name starts in "Minister for the Middle East Tom Reyl", of which spaCy takes all after "the"."""
    before = chunk.start - 1
    before -= before > 0 and words.lower[before] == "the"
    if before < 1 or words.lower[before] not in {"of", "for"} or words.lower[before - 1] not in OFFICES:
        return chunk.start
    known = first_names()
    return next((i for i in range(chunk.start, chunk.end - 1) if words.lower[i] in known), chunk.start)


def _parts(words: Words, lexicon: Lexicon, chunk: Chunk, label: str) -> Iterator[Chunk]:
    """The chunk without articles, possessive endings and what follows a comma, bracket or line break."""
    start, end = chunk.start, chunk.end
    for i in range(start + 1, end - 1):
        if words.texts[i] in _POSSESSIVE and key(words.of(Chunk(start, i))) in lexicon.nations:
            start = i + 1
            break
    inside = 0
    for i in range(start, end):
        inside = max(inside, nickname_end(words, i) if label == "PERSON" and i > start else 0)
        if i < inside:
            continue
        cut = words.texts[i] in {",", "(", ")", ";", ":", '"', "“", "”", "—"} or "\n" in words.texts[i]
        if label == "ORG" and words.lower[i] in LOCATIVES - {"to", "at"} and i > start:
            cut = True
        if label == "PERSON" and words.texts[i] in _POSSESSIVE and i > start:
            cut = cut or i < end - 1
        if cut:
            end = i
            break
    while start < end and not (words.named[start] or words.lower[start] in ARTICLES or words.texts[start][0].isdigit()):
        start += 1
    if start < end and words.lower[start] == "the":
        start += 1
    if start + 1 < end and words.lower[start] in {"a", "an"} and words.texts[start + 1] != "-":
        start += 1
    while end > start and not (words.named[end - 1] or words.texts[end - 1][0].isdigit()):
        end -= 1
    if label == "PERSON" and end - start > 2 and words.lower[end - 1] in WEEKDAYS:
        end -= 1
    if start < end and any(words.named[i] for i in range(start, end)):
        yield Chunk(start, end)


def nickname_end(words: Words, i: int) -> int:
    """Where a nickname in quotation marks ends that starts here and after which the name goes on; else `i`."""
    if i == 0 or words.texts[i] not in _MARKS or not words.named[i - 1] or words.lower[i - 1] in TITLES:
        return i
    for end in range(i + 2, min(i + 5, len(words) - 1)):
        if words.texts[end] in _MARKS:
            goes_on = words.named[end + 1] and words.texts[end + 1].isalpha()
            return end + 1 if goes_on and all(words.named[j] for j in range(i + 1, end)) else i
    return i
