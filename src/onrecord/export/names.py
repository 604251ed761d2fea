"""Which words of a report are names: those of its persons, or of all its actors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from onrecord.annotators.titles import HONORIFICS, OFFICES, QUALIFIERS, RANKS
from onrecord.export.small_words import COMMON, PARTICLES, PRONOUNS
from onrecord.model import Annotated, Entity, Span
from onrecord.record.names import tokens

__all__ = ["Name", "Whose", "Word", "names", "ordinary", "words"]

#: Whose names are withheld: those of persons, or of all actors, which are all entities but places.
Whose = Literal["persons", "names"]

#: A word, with marks on its letters and characters that nobody sees in it.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
                   "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff])*")  # fmt: skip
_TITLES = HONORIFICS | RANKS | OFFICES | QUALIFIERS


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, the letters as written, and without case, accents and marks."""

    start: int
    end: int
    written: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it is written as names are: not all in small letters."""
        return self.written != self.written.lower() or self.whole

    @property
    def whole(self) -> bool:
        """Whether it is of a script without capitals, where one letter may be a name."""
        return self.written.lower() == self.written.upper() and self.written.isalpha()


@dataclass(frozen=True, slots=True)
class Name:
    """An entity that is called by a name: the name's words, and all sequences of words that stand for it in a report.

    Attributes:
        entity: its id in the report.
        person: whether it is a person's, each word of which is withheld.
        words: the words of the fullest name, folded.
        phrases: sequences of folded words.
        parts: words that are withheld wherever they stand alone; none but of persons.
        small: those of them that the report itself writes in small letters.
        mentions: the spans that call it by a name.
    """

    entity: str
    person: bool
    words: tuple[str, ...]
    phrases: frozenset[tuple[str, ...]]
    parts: frozenset[str]
    small: frozenset[str]
    mentions: tuple[Span, ...]


def words(text: str) -> list[Word]:
    """The words of a text.

    Example:
        >>> [word.folded for word in words("Józef O'Brien's e\u0301toile, @orla_venn")]
        ['jozef', 'o', 'brien', 's', 'etoile', 'orla', 'venn']
    """
    return [Word(m.start(), m.end(), m.group(), _folded(m.group())) for m in _WORD.finditer(text)]


def names(annotated: Annotated, whose: Whose) -> Iterator[Name]:
    """The names of a report's persons or actors; an entity that is not called by a name has none."""
    for entity in annotated.entities:
        person = entity.type == "person"
        if person or (whose == "names" and entity.type != "place"):
            name = _name(entity, annotated.report.text, person=person)
            if name is not None:
                yield name


@cache
def ordinary() -> frozenset[str]:
    """Words that are no name where they are written in small letters."""
    lines = resources.files("onrecord").joinpath("data", "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    listed = {word for line in lines if not line.startswith("#") for word in line.split()}
    return frozenset(listed | _TITLES | PARTICLES | PRONOUNS | COMMON)


def _name(entity: Entity, text: str, *, person: bool) -> Name | None:
    fullest = _bare(words(entity.name))
    known = {word.folded for word in fullest if word.capital and word.folded not in PARTICLES}
    if not known or known <= PRONOUNS or (person and known <= _TITLES):
        return None
    called = [(span, _bare(words(text[slice(*span)]))) for span in entity.mentions]
    called = [(span, said) for span, said in called if _names_it(said, known)]
    calls = [fullest, *(said for _, said in called)]
    parts = [w for said in calls for w in said if person and (len(w.folded) > 1 or w.whole) and _tells(w)]
    return Name(
        entity.id, person, tuple(w.folded for w in fullest),
        frozenset(tuple(w.folded for w in said) for said in calls),
        frozenset(w.folded for w in parts), frozenset(w.folded for w in parts if not w.capital),
        tuple(span for span, _ in called),
    )  # fmt: skip


def _names_it(said: list[Word], known: set[str]) -> bool:
    """Whether a mention is a name, and no pronoun or description."""
    capitals = [word for word in said if word.capital]
    if not capitals or {word.folded for word in said} <= PRONOUNS:
        return False
    if any(word.folded in known for word in said):
        return True
    return all(word.capital or word.folded in PARTICLES for word in said) and not {w.folded for w in said} & _TITLES


def _bare(found: list[Word]) -> list[Word]:
    """A name's words without "the" and titles before it; a name of titles alone stays whole."""
    at = 0
    while at < len(found) and (found[at].folded in _TITLES or found[at].folded == "the"):
        at += 1
    return found[at:] or found


def _tells(word: Word) -> bool:
    return not (word.folded in PARTICLES and not word.capital)


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return "".join(tokens(word)) or word.casefold()
