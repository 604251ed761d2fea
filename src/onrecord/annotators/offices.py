"""Bodies of a country named by what they are: "the Syrian government", "Israel's military", "Russian forces"."""

from __future__ import annotations

from onrecord.annotators.bodies import Body, Lexicon
from onrecord.annotators.forms import acronym_key, key
from onrecord.annotators.mention import Mention
from onrecord.annotators.words import Chunk, Words
from onrecord.model import EntityType

__all__ = ["agencies", "national_bodies"]

#: What a country has, with its type and PLOVER sector.
_KINDS: dict[str, tuple[EntityType, str]] = {
    **dict.fromkeys(("government", "authorities", "regime", "administration", "presidency", "cabinet", "embassy",
                     "foreign ministry", "defence ministry", "defense ministry", "interior ministry", "health ministry",
                     "justice ministry", "finance ministry", "state department", "consulate"), ("government", "GOV")),
    **dict.fromkeys(("parliament", "senate", "congress", "lawmakers"), ("government", "LEG")),
    **dict.fromkeys(("supreme court", "judiciary"), ("government", "JUD")),
    **dict.fromkeys(("police", "coast guard", "border guards"), ("government", "COP")),
    **dict.fromkeys(("army", "military", "armed forces", "security forces", "forces", "troops", "navy", "air force",
                     "soldiers", "special forces"), ("armed-force", "MIL")),
    **dict.fromkeys(("rebels", "insurgents", "separatists"), ("group", "REB")),
    **dict.fromkeys(("opposition",), ("group", "OPP")),
}  # fmt: skip


def national_bodies(words: Words, lexicon: Lexicon, taken: frozenset[int]) -> list[Mention]:
    """Such names, in the order of the text; the country is part of the name, articles are not.

    Example:
        >>> from onrecord.annotators.bodies import lexicon
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.words import words
        >>> from onrecord.read.text import report
        >>> tokens = words(parse(report("The Syrian army shelled the town, officials said.")))
        >>> [(tokens.of(m.chunk), m.body.country) for m in national_bodies(tokens, lexicon(), frozenset())]
        [('Syrian army', 'SYR')]
    """
    found = []
    for i in range(len(words) - 1):
        if not words.named[i] or words.shouted[i]:
            continue
        for size in (2, 1):
            state = _state(words, lexicon, i, size)
            if state is None:
                continue
            name, country = state
            match = _kind(words, i + size)
            if match is not None and not any(j in taken for j in range(i, match[0])):
                end, kind, sector = match
                body = Body(f"{name} {kind}", _KINDS[kind][0], country, sector)
                found.append(Mention(Chunk(i, end), body.type, body))
            break
    return found


def agencies(words: Words, lexicon: Lexicon, taken: frozenset[int]) -> list[Mention]:
    """News agencies that are called so: "Halyard" in "Halyard news agency"."""
    found = []
    for i in range(1, len(words) - 1):
        if words.lower[i] != "news" or words.lower[i + 1] not in {"agency", "service"} or not words.named[i - 1]:
            continue
        start = i
        while start > max(0, i - 3) and words.named[start - 1] and words.texts[start - 1].isalpha():
            start -= 1
        while start < i and (words.lower[start] in lexicon.demonyms or words.lower[start] == "the"):
            start += 1
        if start < i and not any(j in taken for j in range(start, i)):
            found.append(Mention(Chunk(start, i), "organisation", Body(words.of(Chunk(start, i)), "organisation",
                                                                       None, "MED")))  # fmt: skip
    return found


def _state(words: Words, lexicon: Lexicon, i: int, size: int) -> tuple[str, str | None] | None:
    """The one state that the words are the name or the demonym of, and its alpha-3 code; a former state has none."""
    if i + size >= len(words):
        return None
    text = words.of(Chunk(i, i + size))
    if (former := lexicon.former.get(text.lower())) is not None:
        return former, None
    codes = lexicon.demonyms.get(text.lower(), ())
    if not codes:
        code = lexicon.nations.get(acronym_key(text) or key(text))
        codes = (code,) if code else ()
    return (codes[0], lexicon.alpha3[codes[0]]) if len(codes) == 1 else None


def _kind(words: Words, i: int) -> tuple[int, str, str] | None:
    if i < len(words) and words.lower[i] in {"'s", "’s"}:
        i += 1
    for size in (2, 1):
        kind = " ".join(words.lower[i : i + size])
        if kind in _KINDS and i + size <= len(words):
            return i + size, kind, _KINDS[kind][1]
    return None
