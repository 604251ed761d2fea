"""Whether somebody may be called by a name that a person asks for, in any of its spellings."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.reconcile.cards import Card, person_name
from onrecord.reconcile.known import acronym, forename, government, known_as, nation_named, state_known
from onrecord.reconcile.person_names import alike_words
from onrecord.reconcile.spelling import tokens

__all__ = ["Asked", "asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that is asked for: its words, and what the tables know by it.

    Attributes:
        person: its words without titles.
        known: ids of what the tables know by it.
        letters: the name as a short name in capitals, if it may be one.
    """

    words: tuple[str, ...]
    person: tuple[str, ...]
    known: frozenset[str]
    letters: str

    def names(self, card: Card) -> bool:
        """Whether what a card is of may be called so.

        Example:
            >>> asked("Zelenskiy").names(Card("person", ("volodymyr zelenskyy",)))
            True
            >>> asked("rsf").names(Card("armed-force", known="Rapid Support Forces"))
            True
        """
        if card.known is not None:
            return card.known in self.known
        if self.letters and self.letters in {letters.upper() for letters in card.acronyms}:
            return True
        words = self.person if card.type == "person" else self.words
        return bool(words) and any(_holds(tuple(name.split()), words) for name in card.names)


def asked(name: str) -> Asked:
    """A name as a person types it."""
    name = name.strip().removeprefix("the ").removeprefix("The ")
    short = name.replace(".", "").strip()
    body = known_as(name) or (
        known_as(short.upper()) if short.islower() and short.isalnum() and len(short) < 6 else None
    )
    country = nation_named(name)
    known = {body.id} if body is not None else set()
    known |= {government(country).id} if country is not None else set()
    known |= {place} if (place := state_known(name, None)) is not None else set()
    return Asked(tokens(name), person_name(name), frozenset(known), (acronym(short.upper()) or ""))


def _holds(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether each word stands in a name, in any spelling; a first name also in another form."""
    return all(
        any(
            alike_words(word, part) or (i == 0 and bool(forename(word) & forename(part))) for i, part in enumerate(name)
        )
        for word in words
    )
