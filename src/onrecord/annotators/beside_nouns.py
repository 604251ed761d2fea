"""Names whose sort the words beside them tell: "the newspaper Dawn Post", "Clear Water, a charity, said"."""

from __future__ import annotations

from onrecord.annotators.bodies import HEADS, Lexicon
from onrecord.annotators.mention import Mention, tokens_of
from onrecord.annotators.titles import TITLES
from onrecord.annotators.words import Chunk, Words
from onrecord.model import EntityType

__all__ = ["told_by_nouns"]

_OUTLETS = frozenset(
    {"newspaper", "daily", "weekly", "broadcaster", "website", "magazine", "outlet", "channel", "broadsheet", "tabloid"}
)
_BODIES: dict[str, EntityType] = {
    **dict.fromkeys(_OUTLETS, "organisation"),
    **dict.fromkeys(
        ("group", "charity", "organisation", "organization", "network", "watchdog", "agency", "station", "union",
         "party", "institute", "company", "firm", "association", "foundation", "collective", "consultancy", "ngo",
         "tank", "nonprofit", "coalition", "alliance", "movement", "monitor"),
        "organisation",
    ),
    **dict.fromkeys(("militia", "faction", "gang"), "group"),
}  # fmt: skip
#: Nouns for bodies that also stand before the names of people: "the party Berg leads".
_BEFORE = _OUTLETS | {"charity", "watchdog", "station", "militia", "faction"}
#: Nouns that stand before the name of whom they describe, and never before that of a body.
_HOLDERS = frozenset(
    {"lawmaker", "spokesman", "spokeswoman", "spokesperson", "politician", "activist", "lawyer", "journalist",
     "minister", "senator", "legislator", "parliamentarian", "diplomat", "envoy", "negotiator", "economist",
     "analyst", "governor", "mayor", "cleric", "resident", "farmer", "teacher", "doctor", "nurse", "trader"}
)  # fmt: skip
#: How many words may stand between "a" and its noun.
MOST = 5
_LINKS = frozenset({"of", "for", "and", "the", "&"})


def told_by_nouns(words: Words, found: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """The names with the sort that the nouns beside them tell, and names that only such a noun tells.

    Args:
        found: names of people and bodies, in any order; places among them stay.

    Example:
        >>> from onrecord.annotators.bodies import lexicon
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.words import words
        >>> from onrecord.read.text import report
        >>> tokens = words(parse(report("Clean Hands, a rights group, said ten were held.")))
        >>> [(tokens.of(m.chunk), m.type) for m in told_by_nouns(tokens, [], lexicon())]
        [('Clean Hands', 'organisation')]
    """
    full = {text for m in found if m.type == "person" and len(m.chunk) > 1
            for text in words.texts[m.chunk.start : m.chunk.end] if len(text) > 3 and text[0].isupper()}  # fmt: skip
    kept = [_retyped(words, mention, lexicon, full) for mention in found]
    return kept + _apposed(words, tokens_of(kept), lexicon)


def _retyped(words: Words, mention: Mention, lexicon: Lexicon, full: set[str]) -> Mention:
    chunk = mention.chunk
    if mention.type == "place" or mention.body is not None or lexicon.body(words.of(chunk)) is not None:
        return mention
    before = chunk.start - 1 - (chunk.start > 0 and words.lower[chunk.start - 1] == "the")
    noun = words.lower[before] if before >= 0 else ""
    if mention.type == "person":
        kind = _BODIES.get(noun) if noun in _BEFORE and mention.title is None else None
        if kind is None and mention.title is None and len(chunk) > 1:
            kind = _kind_after(words, chunk.end)
        return mention if kind is None else Mention(chunk, kind)
    if any(words.lower[i] in HEADS for i in range(chunk.start, chunk.end)):
        return mention
    if len(chunk) == 1 and words.texts[chunk.start] in full:
        return Mention(chunk, "person")
    written = all(words.named[i] and words.texts[i].isalpha() for i in range(chunk.start, chunk.end))
    if noun in _HOLDERS and before == chunk.start - 1 and 2 <= len(chunk) <= 4 and written:
        return Mention(chunk, "person")
    return mention


def _kind_after(words: Words, end: int) -> EntityType | None:
    """What ", a Bangkok charity," after a name says that its bearer is."""
    if end + 2 >= len(words) or words.texts[end] != "," or words.lower[end + 1] not in {"a", "an"}:
        return None
    for i in range(end + 2, min(end + 2 + MOST, len(words) - 1)):
        if words.lower[i] in _BODIES and words.tags[i + 1] not in {"NOUN", "PROPN"}:
            return _BODIES[words.lower[i]]
        if words.tags[i] not in {"ADJ", "NOUN", "PROPN", "VERB", "ADV"} and words.texts[i] != "-":
            return None
    return None


def _apposed(words: Words, taken: frozenset[int], lexicon: Lexicon) -> list[Mention]:
    """Names of two words or more that nothing but an apposition tells: "Clean Hands, a rights group,"."""
    made = []
    for comma in range(2, len(words)):
        if words.texts[comma] != "," or (kind := _kind_after(words, comma)) is None:
            continue
        start = comma
        while start > 0 and start - 1 not in taken and _in_name(words, start - 1, start == comma):
            start -= 1
        while start < comma and (not words.named[start] or words.lower[start] == "the"):
            start += 1
        title = any(words.lower[i] in TITLES for i in range(start, comma))
        if comma - start > 1 and start - 1 not in taken and not title and not words.shouted[start] \
                and words.lower[start] not in lexicon.demonyms:  # fmt: skip
            made.append(Mention(Chunk(start, comma), kind))
    return made


def _in_name(words: Words, i: int, last: bool) -> bool:
    if words.named[i] and words.texts[i][0].isalpha() and "\n" not in words.text[words.ends[i] : words.starts[i + 1]]:
        return True
    return not last and words.lower[i] in _LINKS and i > 0 and words.named[i - 1]
