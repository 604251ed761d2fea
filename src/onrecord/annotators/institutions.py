"""Institutions that a report names by what they are alone: "the health ministry", "the army", "police".

They are bodies without a country. Where the report names a body of that sort ("the Sudanese army"), the words mean
that one, or may, and make no other.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotators.bodies import Body
from onrecord.annotators.forms import key
from onrecord.annotators.mention import Mention
from onrecord.annotators.words import Chunk, Words
from onrecord.model import EntityType

__all__ = ["institutions"]

_KINDS: dict[str, tuple[EntityType, str]] = {
    **dict.fromkeys(("ministry", "government", "presidency", "cabinet"), ("government", "GOV")),
    "parliament": ("government", "LEG"),
    "police": ("government", "COP"),
    **dict.fromkeys(("army", "military", "navy"), ("armed-force", "MIL")),
    **dict.fromkeys(("state television", "state tv", "state media", "state radio", "state broadcaster",
                     "state news agency"), ("organisation", "MED")),
}  # fmt: skip
#: Nouns that name an institution without an article too.
_BARE = frozenset({"police", "state television", "state tv", "state media", "state radio"})
#: Heads of bodies that are told by who leads, runs or backs them: "the Saudi-led coalition".
_LED_KINDS: dict[str, tuple[EntityType, str | None]] = {
    **dict.fromkeys(("coalition", "alliance", "militia", "forces", "force"), ("armed-force", "MIL")),
    **dict.fromkeys(("rebels", "fighters", "militants", "separatists"), ("group", "REB")),
    **dict.fromkeys(("ministry", "government", "administration", "authorities"), ("government", "GOV")),
}  # fmt: skip
_LED = frozenset({"led", "run", "backed", "controlled", "appointed", "installed", "allied", "aligned", "supported"})
#: Most words of such a phrase, its noun included.
LONGEST = 3
#: After these the phrase goes on, and says whose it is.
_GOES_ON = frozenset({"of", "in", "for", "'s", "’s", "-", "and"})


def institutions(words: Words, found: Sequence[Mention], taken: frozenset[int]) -> list[Mention]:
    """Such words, without articles, in the order of the text.

    Args:
        found: the names of bodies in the report.
        taken: tokens of names.

    Example:
        >>> from onrecord.annotators.parse import parse
        >>> from onrecord.annotators.words import words
        >>> from onrecord.read.text import report
        >>> tokens = words(parse(report("The health ministry said ten died. Police gave no figure.")))
        >>> [(tokens.of(m.chunk), m.type) for m in institutions(tokens, [], frozenset())]
        [('health ministry', 'government'), ('Police', 'government')]
    """
    led = _led(words)
    inside = {i for m in led for i in range(m.chunk.start, m.chunk.end)}
    bodies = [m for m in found if m.type not in {"person", "place"}]
    known = {word for m in bodies for word in key(words.of(m.chunk)).split()}
    known |= {word for m in bodies if m.body is not None for word in key(m.body.name).split()}
    known |= {words.lower[m.chunk.end - 1] for m in led}
    made = []
    for i in range(len(words)):
        match = _kind(words, i)
        if match is None or i in taken or i in inside or words.shouted[i] or words.lower[i] in known:
            continue
        start, kind = _start(words, match, i, taken), _KINDS[match]
        if start is None or (i + 1 < len(words) and _says_more(words, i + 1)):
            continue
        chunk = Chunk(start, i + 1)
        body = Body(" ".join(words.of(chunk).split()), kind[0], None, kind[1])
        made.append(Mention(chunk, kind[0], body, member=True, several=match == "police"))
    return sorted([*made, *led], key=lambda m: m.chunk.start)


def _led(words: Words) -> list[Mention]:
    """Bodies told by who leads, runs or backs them."""
    made = []
    for i in range(2, len(words) - 1):
        if words.lower[i] not in _LED or words.texts[i - 1] != "-" or not words.named[i - 2]:
            continue
        for end in range(i + 1, min(i + 1 + LONGEST, len(words))):
            if words.lower[end] in _LED_KINDS and not words.named[end]:
                kind, sector = _LED_KINDS[words.lower[end]]
                chunk = Chunk(i - 2, end + 1)
                several = words.lower[end] in {"rebels", "fighters", "militants", "separatists"}
                body = Body(" ".join(words.of(chunk).split()), kind, None, sector)
                made.append(Mention(chunk, kind, body, member=True, several=several))
                break
            if words.tags[end] not in {"ADJ", "NOUN", "PROPN"} or words.named[end]:
                break
    return made


def _kind(words: Words, i: int) -> str | None:
    """The kind of institution whose last word is at i."""
    for size in (3, 2, 1):
        said = " ".join(words.lower[i - size + 1 : i + 1]) if i >= size - 1 else ""
        if said in _KINDS:
            return said
    return None


def _start(words: Words, kind: str, end: int, taken: frozenset[int]) -> int | None:
    """Where the phrase starts, after "the" or without any article; None if it is no such phrase."""
    first = end - kind.count(" ")
    for start in range(first, max(-1, end - LONGEST), -1):
        before = words.lower[start - 1] if start else ""
        if before == "the":
            return start
        if start - 1 in taken or words.tags[start - 1] not in {"NOUN", "ADJ"} or not before.isalpha():
            break
    bare = kind in _BARE and (first == 0 or (first - 1 not in taken and not words.joined(first)
                                             and words.tags[first - 1] not in {"ADJ", "NOUN", "PROPN", "DET", "PRON"}
                                             and words.lower[first - 1] not in {"'s", "’s"}))  # fmt: skip
    return first if bare else None


def _says_more(words: Words, after: int) -> bool:
    return words.lower[after] in _GOES_ON or words.tags[after] in {"NOUN", "PROPN"}
