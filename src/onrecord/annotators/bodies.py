"""Known bodies, demonyms and titles: what a name or a word before a name says about its bearer."""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from typing import cast

from onrecord.annotators.forms import acronym_key, key
from onrecord.annotators.tables import rows
from onrecord.codebook.model import Actor, Codebook
from onrecord.model import EntityType

__all__ = ["Body", "Lexicon", "lexicon", "type_by_words", "with_own"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the package's table, or an actor of a team's own; country is ISO 3166-1 alpha-3, sector as PLOVER's."""

    name: str
    type: EntityType
    country: str | None
    sector: str | None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known by name.

    Attributes:
        bodies: by key; short names in capitals under "=" and their letters. `longest`: most words in a key.
        demonyms: alpha-2 codes of the countries, by lower-case demonym; of a former state none.
        former: names of former states, by their names and demonyms in lower case.
        alpha3: alpha-3 codes, by alpha-2.
        capitals: GeoNames-style (country, key of the name) of capitals.
        ordinary: ordinary words that are also names of places.
        divisions: GeoNames codes, by abbreviation without dots, in lower case.
        nations: alpha-2 codes, by key of a country's name.
        dated: actors of a codebook that were something else on other days, by key; `day` is that of the report.
    """

    bodies: dict[str, Body]
    longest: int
    demonyms: dict[str, tuple[str, ...]]
    alpha3: dict[str, str]
    capitals: frozenset[tuple[str, str]]
    ordinary: frozenset[str]
    divisions: dict[str, str]
    nations: dict[str, str]
    former: dict[str, str]
    dated: dict[str, Actor] = field(default_factory=dict)
    day: date | None = None

    def body(self, name: str, *, shouted: bool = False) -> Body | None:
        """The body called so; in a text in capitals, words that are also ordinary words are not taken for one."""
        short = acronym_key(name)
        if short is not None and short in self.bodies:
            return None if shouted and short[1:].lower() in _WORDS else self._known(short)
        if shouted and key(name) in self.ordinary:
            return None
        return self._known(key(name))

    def _known(self, form: str) -> Body | None:
        actor = self.dated.get(form) if self.day is not None else None
        return self.bodies.get(form) if actor is None else _body(actor, self.day)


#: Short names that are words when a text is in capitals.
_WORDS = frozenset({"is", "who", "pa", "un", "mend", "arena", "gam", "sana", "fars", "amal", "let", "anc", "as", "cis"})


@cache
def lexicon() -> Lexicon:
    """The package's tables of names."""
    bodies: dict[str, Body] = {}
    for name, kind, country, sector, others in rows("actors.tsv"):
        body = Body(name, cast(EntityType, kind), country or None, sector or None)
        for form in (name, *filter(None, others.split("|"))):
            bodies.setdefault(acronym_key(form) or key(form), body)
    demonyms: dict[str, tuple[str, ...]] = {}
    alpha3: dict[str, str] = {}
    nations: dict[str, str] = {}
    capitals: set[tuple[str, str]] = set()
    for iso2, iso3, _, name, _, _, capital, others, people in rows("countries.tsv"):
        alpha3[iso2] = iso3
        for form in (name, *filter(None, others.split("|"))):
            nations.setdefault(acronym_key(form) or key(form), iso2)
        capitals.add((iso2, key(capital)))
        for demonym in filter(None, people.split("|")):
            demonyms[demonym.lower()] = (*demonyms.get(demonym.lower(), ()), iso2)
    former: dict[str, str] = {}
    for name, _, _, _, others, people in rows("former_states.tsv"):
        former.update(dict.fromkeys((form.lower() for form in (name, *others.split("|"), *people.split("|"))), name))
        demonyms.update(dict.fromkeys(people.lower().split("|"), ()))
    text = importlib.resources.files("onrecord").joinpath("data", "ordinary_words.txt").read_text(encoding="utf-8")
    ordinary = frozenset(w for line in text.split("\n") if not line.startswith("#") for w in line.split())
    divisions = {
        form.replace(".", "").replace(" ", "").lower(): code
        for code, forms in rows("abbreviations.tsv")
        for form in forms.split("|")
    }
    return Lexicon(bodies, max(len(k.split()) for k in bodies), demonyms, alpha3, frozenset(capitals), ordinary,
                   divisions, nations, former)  # fmt: skip


def with_own(codebook: Codebook, published: str | None) -> Lexicon:
    """The tables of names with a codebook's actors and outlets first, each as it was on the day of publication.

    Example:
        >>> from onrecord.codebook.model import Actor
        >>> own = Codebook(actors=(Actor(name="Norvale Guard", type="armed-force", sector="MIL"),))
        >>> with_own(own, None).body("Norvale Guard").sector
        'MIL'
    """
    if not (codebook.actors or codebook.outlets):
        return lexicon()
    merged = _merged(codebook)
    return merged if published is None else replace(merged, day=date.fromisoformat(published[:10]))


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def _merged(codebook: Codebook) -> Lexicon:
    known, own, dated = lexicon(), dict[str, Body](), dict[str, Actor]()
    for actor in codebook.actors:
        forms = [acronym_key(name) or key(name) for name in actor.names]
        own |= dict.fromkeys(forms, _body(actor, None))
        dated |= dict.fromkeys(forms, actor) if actor.roles else {}
    for outlet in codebook.outlets:
        body = Body(outlet.name, "organisation", outlet.country, "MED", own=True)
        for name in (outlet.name, *outlet.other_names):
            own.setdefault(acronym_key(name) or key(name), body)
    longest = max(known.longest, *(len(form.split()) for form in own))
    return replace(known, bodies=known.bodies | own, longest=longest, dated=dated)


def _body(actor: Actor, day: date | None) -> Body:
    """An actor as it was on a day."""
    role = actor.role_on(day)
    country = (role.country if role else None) or actor.country
    return Body(actor.name, actor.type, country, (role.sector if role else None) or actor.sector, own=True)


_GOVERNMENT = frozenset(
    {"ministry", "government", "parliament", "senate", "congress", "cabinet", "presidency", "embassy", "consulate",
     "court", "tribunal", "administration", "treasury", "secretariat", "assembly", "legislature", "knesset",
     "police", "department", "bureau", "directorate", "authority", "commission", "municipality", "judiciary",
     "office", "intelligence", "customs", "council"}
)  # fmt: skip
_FORCE = frozenset(
    {"army", "navy", "force", "forces", "battalion", "brigade", "brigades", "regiment", "division", "corps",
     "command", "guard", "guards", "military", "squadron", "platoon", "fleet", "marines", "militia", "militias",
     "troops", "wing", "battery", "airborne", "infantry", "artillery"}
)  # fmt: skip
_GROUP = frozenset(
    {"party", "movement", "front", "alliance", "coalition", "union", "league", "brotherhood", "rebels", "cartel",
     "network", "gang", "faction", "resistance", "jihad", "opposition"}
)  # fmt: skip
_ORGANISATION = frozenset(
    {"university", "bank", "times", "post", "institute", "agency", "organization", "organisation", "association",
     "company", "corporation", "corp", "inc", "ltd", "group", "fund", "foundation", "society", "committee", "centre",
     "center", "school", "college", "hospital", "church", "club", "federation", "television", "tv", "radio", "news",
     "airlines", "airways", "airport", "cup", "press", "journal", "herald", "tribune", "board", "programme",
     "program", "service", "services", "observatory", "watch", "chamber", "museum", "academy", "laboratory", "trust",
     "forum", "network", "daily", "gazette", "lottery", "festival", "games", "championship", "open", "derby",
     "railway", "courier", "ledger", "chronicle"}
)  # fmt: skip

#: Words that head the name of a body.
HEADS = _GOVERNMENT | _FORCE | _GROUP | _ORGANISATION


def type_by_words(name: str) -> EntityType:
    """The type of a body by the words of its name; an organisation where they do not say.

    Example:
        >>> type_by_words("Ministry of Health"), type_by_words("3rd Armoured Brigade"), type_by_words("Acme Ltd")
        ('government', 'armed-force', 'organisation')
    """
    found = key(name).split()
    head = found[: found.index("of")] if "of" in found[1:] else found
    last = head[-1] if head else ""
    if last in _ORGANISATION:
        return "organisation"
    if last in _FORCE or any(w in {"battalion", "brigade", "regiment", "squadron", "brigades"} for w in found):
        return "armed-force"
    if last in _GROUP:
        return "group"
    return "government" if last in _GOVERNMENT else "organisation"
