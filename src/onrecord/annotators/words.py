"""The tokens of a report as plain lists, for readers that look at many of them, and which of them look like names."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.annotators.parse import Parsed
from onrecord.model import Span

__all__ = ["ARTICLES", "LOCATIVES", "PARTICLES", "Chunk", "Words", "words"]

#: Small words inside names of people and places.
PARTICLES = frozenset(
    {"al", "el", "an", "ar", "as", "ash", "az", "ad", "ed", "ez", "es", "et", "bin", "bint", "ibn", "ben", "abu",
     "umm", "de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "les", "los", "las", "van", "von",
     "der", "den", "ter", "y", "e", "sur", "ul", "ur", "ud", "i", "ou"}
)  # fmt: skip
ARTICLES = frozenset({"al", "el", "an", "ar", "as", "ash", "az", "ad", "ed", "ez", "es", "et"})
#: Prepositions before which a place may be expected after.
LOCATIVES = frozenset(
    {"in", "at", "near", "from", "to", "into", "outside", "around", "across", "towards", "toward", "through",
     "inside", "throughout", "between", "via", "leaving", "visiting", "entering", "neighbouring", "neighboring",
     "within"}
)  # fmt: skip
_CLOSING = frozenset({".", "!", "?", '"', "”", "“", "‘"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens from `start` to before `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Words:
    """A report's tokens.

    Attributes:
        texts, lower, starts, ends: each token's characters and offsets.
        tags: universal part-of-speech tags. `ents`: spaCy's entity label or "". `chunks`: spaCy's entities.
        named: whether the token is written like (part of) a name.
        opening: whether the token opens a sentence, so that its capital says nothing.
        shouted: whether the token stands in a paragraph written in capitals.
    """

    text: str
    texts: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[str, ...]
    ents: tuple[str, ...]
    chunks: tuple[tuple[Chunk, str], ...]
    named: tuple[bool, ...]
    opening: tuple[bool, ...]
    shouted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, chunk: Chunk) -> Span:
        """The characters of a chunk."""
        return self.starts[chunk.start], self.ends[chunk.end - 1]

    def of(self, chunk: Chunk) -> str:
        """The text of a chunk."""
        return self.text[self.starts[chunk.start] : self.ends[chunk.end - 1]]

    def joined(self, i: int) -> bool:
        """Whether token i follows the one before without a space."""
        return 0 < i < len(self) and self.starts[i] == self.ends[i - 1]


def words(parsed: Parsed) -> Words:
    """The tokens of a parsed report."""
    doc = parsed.doc
    tokens = list(doc)
    texts = tuple(t.text for t in tokens)
    starts = tuple(t.idx for t in tokens)
    shouted = _shouted(parsed, texts, starts)
    opening = _openings(texts)
    # "Near X, two strikes hit a bridge": its capital is no part of the name, and X no person
    led = frozenset(i for i, text in enumerate(texts) if text == "Near" and opening[i])
    return Words(
        text=parsed.text,
        texts=texts,
        lower=tuple(t.lower() for t in texts),
        starts=starts,
        ends=tuple(s + len(t) for s, t in zip(starts, texts, strict=True)),
        tags=tuple(t.pos_ for t in tokens),
        ents=tuple("" if t.i in led else "GPE" if t.i - 1 in led and t.ent_type_ else t.ent_type_ for t in tokens),
        chunks=tuple(
            (Chunk(e.start + 1, e.end), "GPE") if e.start in led and len(e) > 1 else (Chunk(e.start, e.end), e.label_)
            for e in doc.ents
        ),
        named=tuple(_like_a_name(t) and i not in led for i, t in enumerate(texts)),
        opening=opening,
        shouted=shouted,
    )


def _like_a_name(text: str) -> bool:
    """A first capital, or one after an article joined on ("d'Ivoire", "al-Assad")."""
    return text[0].isupper() or (not text.islower() and any(mark in text for mark in "'’-") and text[0].isalpha())


def _openings(texts: tuple[str, ...]) -> tuple[bool, ...]:
    found = []
    before = "."
    for text in texts:
        found.append(before in _CLOSING or "\n" in before)
        if text.strip(" \t\u00a0"):
            before = text
    return tuple(found)


def _shouted(parsed: Parsed, texts: tuple[str, ...], starts: tuple[int, ...]) -> tuple[bool, ...]:
    """Which tokens stand in paragraphs where four words of five are in capitals."""
    flags = [False] * len(texts)
    at = 0
    for start, end in parsed.paragraphs:
        while at < len(texts) and starts[at] < start:
            at += 1
        first = at
        while at < len(texts) and starts[at] < end:
            at += 1
        letters = [t for t in texts[first:at] if t.isalpha() and len(t) > 1]
        if len(letters) >= 4 and sum(t.isupper() for t in letters) > 0.8 * len(letters):
            flags[first:at] = [True] * (at - first)
    return tuple(flags)
