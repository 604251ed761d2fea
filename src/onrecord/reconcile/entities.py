"""Which entities of different reports are one: the rules for two cards, and the keys by which cards find one another.

Every link is from two cards alone. Its score says how sure it is, its reason says why: from `JOINED` on it makes one
actor of two, below it is a suggestion for a person to look at (`onrecord.reconcile.actors`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from onrecord.model import Annotated
from onrecord.reconcile.card_links import RARE, card_link
from onrecord.reconcile.cards import Card, cards
from onrecord.reconcile.known import forename, given_names
from onrecord.reconcile.linking import Linked, LinkKind, Trace
from onrecord.reconcile.person_names import surnames
from onrecord.reconcile.rarity import rarity
from onrecord.reconcile.spelling import stem

__all__ = ["EntityLinker", "keys"]

#: So many keys a card has at most.
MOST = 20


class EntityLinker:
    """Links between entities of different reports that are one person, body or place.

    Example:
        >>> from onrecord import annotate
        >>> from onrecord.reconcile.linking import links
        >>> texts = ("President Volodymyr Zelenskyy spoke.", "Volodymyr Zelensky, the president, spoke.")
        >>> read = [annotate(text, models=False) for text in texts]
        >>> [link.reason for link in links(EntityLinker(), read) if link.a[1] == read[0].entities[0].id]
        ['spellings of one name; president in both']
    """

    kind: LinkKind = "same-entity"
    kept: type[Card] = Card

    def traces(self, annotated: Annotated) -> Iterator[Trace[Card]]:
        """The card of each entity that may be met again, with its keys."""
        for entry, card in cards(annotated):
            if found := keys(card):
                yield Trace(annotated.report.id, entry, found, card)

    def linked(self, a: Card, b: Card) -> Linked | None:
        """Whether two cards are of one entity; see `onrecord.reconcile.card_links`."""
        return card_link(a, b)


@lru_cache(maxsize=50_000)
def keys(card: Card) -> tuple[str, ...]:
    """By what a card is found: an id, letters, or a name with a country, an office or another name."""
    if card.known is not None:
        return (f"known {card.known}",)
    found = _of_people(card) if card.type == "person" else _of_bodies(card)
    return tuple(sorted(set(found)))[:MOST]


def _of_people(card: Card) -> Iterator[str]:
    where = card.country or card.scene
    offices = [office for office, _ in card.roles][:3]
    for name in card.names[:3]:
        words = tuple(name.split())
        if len(words) > 1:
            first = min(forename(words[0]), default=words[0])[0]
            initial = "*" if first in "aeiouyj" else "k" if first in "cgkq" else first
            yield from (f"person {stem(word)} {initial}" for word in (*words[1:][-3:], *words[:1][: len(words) == 2]))
            yield f"joined {stem(''.join(words))}"
            if len(words) < 4:
                yield f"words {' '.join(sorted(map(stem, words)))}"
        for word in surnames(words):
            yield from (f"surname {stem(word)} {one}" for one in (where, *offices) if one)
            if rarity(word) >= RARE:
                yield f"surname {stem(word)}"


def _of_bodies(card: Card) -> Iterator[str]:
    where = card.country or card.scene
    for name in card.names:
        words = name.split()
        yield f"named {' '.join(map(stem, words))}"
        if len(words) > 2 and where:
            yield from (f"letters {letters} {where}" for letters in initials(words))
        yield from _shortened(words, where)
        if len(words) in (2, 3) and words[0] in given_names():  # perhaps a person's, read as a body's
            yield f"words {' '.join(sorted(map(stem, words)))}"
    for letters in card.acronyms:
        yield f"letters {letters.upper()}"
        if where:
            yield f"letters {letters.upper()} {where}"


def _shortened(words: list[str], where: str | None) -> Iterable[str]:
    """The first two words with the country, so that a name finds its shorter form."""
    return (f"begins {' '.join(map(stem, words[:2]))} {where}",) if where and len(words) > 1 else ()


def initials(words: list[str]) -> tuple[str, ...]:
    """The letters that a name may be called by."""
    return ("".join(word[0] for word in words).upper(),)
