"""Cards: what is kept of an entity to tell it from others, across reports.

A card names no report. Reports that say the same of somebody give equal cards, however many they are, so that what has
to be compared grows with what is said and not with how often it is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from onrecord.model import Annotated, Entity, EntityType, Role
from onrecord.reconcile.known import (
    Known,
    acronym,
    capital_of,
    government,
    known_as,
    nation,
    office,
    plain,
    state_known,
    word_set,
)
from onrecord.reconcile.spelling import same_sound, tokens

__all__ = ["Card", "cards", "held_office", "person_name"]

#: So many roles, and other names, are kept.
MOST = 6
#: A report is about a country if so large a share of what it names of countries is of this one.
ABOUT = 0.5
#: Words before a name that are no part of it.
ADDRESS = word_set(
    "mr mrs ms miss dr sir lord lady dame prof professor sheikh shaikh sheik imam mullah maulana ayatollah "
    "hojatoleslam pope rabbi reverend rev father fr sister brother archbishop bishop cardinal patriarch monsignor "
    "saint st king queen "
    "prince princess crown emir sultan emperor president premier prime minister chancellor secretary senator sen "
    "representative rep governor gov ambassador envoy general gen colonel col major maj captain capt lieutenant lt "
    "sergeant sgt corporal cpl private admiral adm brigadier brig commander marshal officer inspector detective "
    "sheriff commissioner chief judge justice mayor chairman director foreign defence defense vice deputy former first "
    "the comrade excellency hon he hrh mme monsieur madame haji hajji sayyid sayyed syed"
)
#: Words in "s" that are one body after a name.
_ONE = frozenset({"forces", "headquarters", "services", "news", "police", "affairs", "congress", "brigades", "rangers",
                  "guards", "marines", "nations"})  # fmt: skip
SUFFIXES = frozenset({"phd", "md", "esq", "obe", "mp"})


class Card(msgspec.Struct, frozen=True):
    """What is kept of an entity.

    Attributes:
        names: its names in the report, each as `spelling.tokens` gives it, with spaces between; none where it is known.
        acronyms: short names in capitals that the report gives it.
        known: its id in the package's tables or in GeoNames.
        scene: the country that the report is about; only where no country is said and it is not known.
        roles: its offices under one name each, and of what: a country's code, a body's id or name, or "".
    """

    type: EntityType
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    known: str | None = None
    country: str | None = None
    scene: str | None = None
    sector: str | None = None
    roles: tuple[tuple[str, str], ...] = ()


def cards(annotated: Annotated) -> Iterator[tuple[str, Card]]:
    """The card of each entity of a report that may be met again, with the entity's id.

    People who are spoken of by their nation or by what they are ("Ukrainian officials", "police") have none.

    Example:
        >>> from onrecord import annotate
        >>> read = annotate("The Rapid Support Forces (RSF) said so. President Omar Venn did not.", models=False)
        >>> [(card.known or card.names) for _, card in cards(read)]
        ['Rapid Support Forces', ('omar venn',)]
    """
    report = _Report(annotated)
    for entity in annotated.entities:
        card = _card(entity, report)
        if card is not None:
            yield entity.id, card


@dataclass(frozen=True)
class _Report:
    """What a report says of several of its entities at once."""

    annotated: Annotated

    @cached_property
    def countries(self) -> Counter[str]:
        """The countries of its entities, by how often they are mentioned."""
        counts: Counter[str] = Counter()
        for entity in self.annotated.entities:
            if entity.country is not None:
                counts[entity.country] += len(entity.mentions)
        return counts

    @cached_property
    def scene(self) -> str | None:
        """The country that it is about; None if it is about several."""
        (first, most), *_ = [*self.countries.most_common(1), ("", 0)]
        return first if most and most >= ABOUT * self.countries.total() else None

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its entities."""
        return frozenset(entity.name for entity in self.annotated.entities)

    def called(self, entity: Entity) -> list[str]:
        """The words of an entity's mentions, each once."""
        text = self.annotated.report.text
        found = (" ".join(text[start:end].split()) for start, end in entity.mentions)
        return list(dict.fromkeys(word.removesuffix("'s").removesuffix("’s") for word in found))


def _card(entity: Entity, report: _Report) -> Card | None:
    if entity.type == "person":
        return _person(entity, report)
    if entity.type == "place":
        return _place(entity, report)
    known = _known(entity, report)
    if known is not None:
        return Card(known.type, known=known.id, country=known.country, sector=known.sector)
    return None if _nobody(entity, report) else _body(entity, report)


def _person(entity: Entity, report: _Report) -> Card | None:
    words = person_name(entity.name)
    if not words or len(words[-1]) == 1:
        return None
    names = {" ".join(words)}
    for called in report.called(entity):
        other = person_name(called) if called.istitle() else ()
        if _another(other, words):
            names.add(" ".join(other))
    roles = sorted({held_office(role) for role in entity.roles})[:MOST]
    scene = None if entity.country else report.scene
    return Card("person", tuple(sorted(names)[:MOST]), (), None, entity.country, scene, None, tuple(roles))


def _another(other: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether words are another full name of somebody: with a word of the known one, neither a part of the other."""
    if len(other) < 2 or len(words) < 2 or set(other) <= set(words) or set(words) <= set(other):
        return False
    return any(same_sound(x, y) for x in (other[0], other[-1]) for y in words)


def person_name(name: str) -> tuple[str, ...]:
    """The words of a person's name without titles and what follows a name; none if there is nothing else."""
    words = list(tokens(name.removesuffix("'s").removesuffix("’s")))
    while words and words[0] in ADDRESS:
        words = words[1:]
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return tuple(words)


def held_office(role: Role) -> tuple[str, str]:
    """An office under one name, and whose it is; "secretary" of "State" is one office."""
    if role.of is not None:
        whole = office(f"{role.role} of {role.of}")[0]
        if whole != office(role.role)[0] and not whole.endswith(plain(role.of)):
            return whole, ""
    return office(role.role)[0], _whose(role.of)


def _whose(of: str | None) -> str:
    """The country or body that an office is of, under one name."""
    if of is None:
        return ""
    country = nation(of)
    if country is not None:
        return country
    known = known_as(of)
    return known.id if known is not None else " ".join(tokens(of))


def _place(entity: Entity, report: _Report) -> Card | None:
    number = entity.ids.get("geonames")
    known = state_known(entity.name, number) or (f"geonames {number}" if number is not None else None)
    if known is not None:
        return Card("place", known=known, country=entity.country)
    name = " ".join(tokens(entity.name))
    if not name or not any(c.isupper() for c in entity.name):
        return None
    return Card("place", (name,), country=entity.country, scene=None if entity.country else report.scene)


def _known(entity: Entity, report: _Report) -> Known | None:
    """What the tables know by the entity's name; letters that stand for something of an absent country do not count."""
    if entity.type in ("government", "organisation"):
        state = nation(entity.name) if not entity.name.islower() else None
        if state is not None:
            return government(state)
        if entity.type == "government" and entity.country and capital_of(entity.name) == entity.country:
            return government(entity.country)
    known = known_as(entity.name)
    short = acronym(entity.name)
    if known is None or short is None or known.country is None or len(short) > 4:
        return known
    others = Counter(report.countries)
    if entity.country == known.country:
        others[known.country] -= len(entity.mentions)
    told = +others
    return known if not told or known.country in told else None


def _nobody(entity: Entity, report: _Report) -> bool:
    """Whether a name is of no one body: small letters alone, a people, or what a nation's people are."""
    name = entity.name
    if not any(c.isupper() for c in name) or nation(name) is not None:
        return True
    first, _, rest = name.partition(" ")
    if rest.islower() and rest.endswith("s") and rest.rpartition(" ")[2] not in _ONE:
        return True
    if rest and rest.islower() and (nation(first) or nation(first.removesuffix("'s").removesuffix("’s"))):
        return True
    last = name.rpartition(" and ")[2]
    return entity.type == "group" and last != name and last in report.names


def _body(entity: Entity, report: _Report) -> Card | None:
    words = _body_name(entity.name)
    if not words:
        return None
    short = acronym(entity.name)
    names = set() if short is not None else {" ".join(words)}
    shorts = {short} if short is not None else set()
    for called in report.called(entity):
        if (letters := acronym(called)) is not None:
            shorts.add(letters)
        elif called[:1].isupper() and called.istitle() and len(other := _body_name(called)) > 1 and not (
            set(other) <= set(words) or nation(called)
        ):  # fmt: skip
            names.add(" ".join(other))
    scene = None if entity.country else report.scene
    return Card(entity.type, tuple(sorted(names)[:MOST]), tuple(sorted(filter(None, shorts))[:MOST]), None,
                entity.country, scene, entity.sector)  # fmt: skip


def _body_name(name: str) -> tuple[str, ...]:
    """The words of a body's name, in American spelling."""
    return tuple(_american(word) for word in tokens(name))


def _american(word: str) -> str:
    if word.endswith(("isation", "isations")):
        return word.replace("isation", "ization")
    return _AMERICAN.get(word, word)


_AMERICAN = {"defence": "defense", "labour": "labor", "centre": "center", "programme": "program", "theatre": "theater",
             "harbour": "harbor", "armoured": "armored", "centres": "centers"}  # fmt: skip
