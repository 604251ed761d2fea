"""What the package's tables know by name: states, their organs, bodies, offices, and forms of first names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from onrecord.model import EntityType
from onrecord.reconcile.rarity import folded

__all__ = ["Known", "acronym", "also_called", "capital_of", "common_names", "forename",
           "given_names", "government", "known_as", "nation",
           "nation_named", "office",
           "plain", "state_body", "state_known", "word_set"]  # fmt: skip

#: Bodies without a country that every country has one of: such a name says nothing across reports.
_EVERYWHERE = frozenset({"GOV", "JUD", "LEG", "PTY"})
_SHARED = frozenset({"national liberation front", "quartet", "coalition", "brotherhood"})

#: What a state has, by the words for it: one of each.
_ORGANS = {
    "government": "government|regime|gov't|govt",
    "armed forces": "armed forces|military|armed force",
    "army": "army|ground forces|land forces",
    "navy": "navy",
    "air force": "air force|airforce",
    "forces": "forces|troops|soldiers|security forces",
    "police": "police|national police|police force",
    "coast guard": "coast guard|coastguard",
    "parliament": "parliament|lawmakers",
    "foreign ministry": "foreign ministry|ministry of foreign affairs|ministry for foreign affairs|"
                        "ministry of external affairs|external affairs ministry",
    "defence ministry": "defence ministry|defense ministry|ministry of defence|ministry of defense|"
                        "department of defense|defense department",
    "interior ministry": "interior ministry|ministry of interior|ministry of the interior|ministry of internal affairs",
    "health ministry": "health ministry|ministry of health|ministry of public health|public health ministry",
    "finance ministry": "finance ministry|ministry of finance",
    "justice ministry": "justice ministry|ministry of justice",
    "education ministry": "education ministry|ministry of education",
    "supreme court": "supreme court",
    "central bank": "central bank",
    "presidency": "presidency|presidential office|president's office|office of the president",
    "senate": "senate",
    "congress": "congress",
    "authorities": "authorities",
    "opposition": "opposition",
    "rebels": "rebels|insurgents",
    "separatists": "separatists",
}  # fmt: skip
_NAMES_OF = {form: organ for organ, forms in _ORGANS.items() for form in forms.split("|")}
_TYPES: dict[str, EntityType] = {
    **dict.fromkeys(("armed forces", "army", "navy", "air force", "forces"), "armed-force"),
    **dict.fromkeys(("opposition", "rebels", "separatists"), "group"),
    "central bank": "organisation",
}
#: Forces and organs that have a name of their own in the table.
_SAME_AS = {
    "ISR armed forces": "Israel Defense Forces", "ISR army": "Israel Defense Forces",
    "SDN armed forces": "Sudanese Armed Forces", "SDN army": "Sudanese Armed Forces",
    "UKR armed forces": "Ukrainian Armed Forces", "CHN armed forces": "People's Liberation Army",
    "MMR armed forces": "Tatmadaw", "MMR army": "Tatmadaw", "JPN armed forces": "Self-Defense Forces",
    "USA defence ministry": "Pentagon", "GBR foreign ministry": "Foreign Office", "USA congress": "US Congress",
    "USA army": "US Army", "USA navy": "US Navy", "USA air force": "US Air Force", "GBR navy": "Royal Navy",
    "GBR air force": "Royal Air Force", "ISR parliament": "Knesset", "UKR parliament": "Verkhovna Rada",
}  # fmt: skip
_SPACES = re.compile(r"[\s\-‑–]+")


@dataclass(frozen=True, slots=True)
class Known:
    """Something that the tables know.

    Attributes:
        id: its name in the table, or that of a state and what the state has ("SYR army").
        country: ISO 3166-1 alpha-3; sector: PLOVER's.
    """

    id: str
    type: EntityType
    country: str | None
    sector: str | None


def plain(name: str) -> str:
    """A name in small letters, without accents, dots, hyphens and a leading article.

    Example:
        >>> plain("The U.N. Security-Council")
        'un security council'
    """
    text = _SPACES.sub(" ", folded(name.replace(".", ""))).strip()
    return text.removeprefix("the ")


def acronym(name: str) -> str | None:
    """The letters of a short name in capitals, without dots; None for other names.

    Example:
        >>> acronym("U.N."), acronym("PKK"), acronym("M23"), acronym("Kurds")
        ('UN', 'PKK', 'M23', None)
    """
    letters = name.replace(".", "").replace("-", "").strip()
    if not (2 <= len(letters) <= 8 and letters.isalnum() and letters[0].isupper()):
        return None
    small = sum(c.islower() for c in letters)
    return letters if small == 0 or (small == 1 and sum(c.isupper() for c in letters) > 1) else None


@lru_cache(maxsize=50_000)
def known_as(name: str) -> Known | None:
    """The body of the table that a name is of, or a state's organ; None where every country has one of that name.

    Example:
        >>> known_as("Hizballah").id, known_as("RSF").country, known_as("Ministry of Foreign Affairs of Russia").id
        ('Hezbollah', 'SDN', 'RUS foreign ministry')
        >>> known_as("Foreign Ministry") is None
        True
    """
    short = acronym(name)
    body = _bodies().get(f"={short}") if short is not None else None
    body = body or _bodies().get(plain(name))
    if body is None:
        return state_body(name)
    everywhere = body.country is None and body.sector in _EVERYWHERE
    return None if everywhere or plain(body.id) in _SHARED or plain(name) in _SHARED else body


def state_body(name: str) -> Known | None:
    """What a state has, from a name that says both: "Syrian army", "Syria's military", "army of Syria".

    Example:
        >>> state_body("Syria's military"), state_body("army of Syria").id
        (Known(id='SYR armed forces', type='armed-force', country='SYR', sector='MIL'), 'SYR army')
    """
    flat = plain(name)
    words = flat.split(" ")
    for size in range(1, min(5, len(words))):
        state, said = " ".join(words[:size]), " ".join(words[size:])
        country = nation(state) or nation(state.removesuffix("s"))
        if country is not None and said in _NAMES_OF:
            return _organ(country, _NAMES_OF[said])
    parts = flat.split(" of ")
    for size in range(1, len(parts)):
        said, country = " of ".join(parts[:size]), nation(" of ".join(parts[size:]))
        if country is not None and said in _NAMES_OF:
            return _organ(country, _NAMES_OF[said])
    return None


def government(country: str) -> Known:
    """The government of a state, for its name or its capital's where they stand for it."""
    return _organ(country, "government")


def _organ(country: str, organ: str) -> Known:
    own = _SAME_AS.get(f"{country} {organ}")
    if own is not None and (body := _bodies().get(plain(own))) is not None:
        return body
    kind = _TYPES.get(organ, "government")
    sector = {"armed-force": "MIL", "group": "OPP", "government": "GOV"}.get(kind, "GOV")
    return Known(f"{country} {organ}", kind, country, sector)


@lru_cache(maxsize=20_000)
def nation(name: str) -> str | None:
    """The alpha-3 code of the one state that a name or a demonym is of; several states ("Congolese") give none.

    Example:
        >>> nation("Ukraine"), nation("Ukrainian"), nation("U.S."), nation("Congolese")
        ('UKR', 'UKR', 'USA', None)
    """
    found = _nations().get(plain(name), frozenset())
    return next(iter(found)) if len(found) == 1 else None


def nation_named(name: str) -> str | None:
    """The alpha-3 code of the state of this name; a demonym names none."""
    state = _places().get(plain(name), "")
    return state.removeprefix("country ") if state.startswith("country ") else None


@lru_cache(maxsize=20_000)
def office(role: str) -> tuple[str, bool]:
    """An office under one name, and whether it is one of those that anybody may have (resident, lawyer, student).

    Words of time ("former", "acting") are left out; an office that the table does not list stays as it is.

    Example:
        >>> office("former premier"), office("villager"), office("deputy harbour master")
        (('prime minister', False), ('resident', True), ('deputy harbour master', False))
    """
    words = [w for w in plain(role).split(" ") if w not in _TIMES]
    while words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    text = " ".join(words)
    for size in range(len(words)):
        found = _offices().get(" ".join(words[size:]))
        if found is not None:
            return found if size == 0 or words[size - 1] not in _LESSER else (text, False)
    return text, False


_TIMES = frozenset({"former", "ex", "acting", "interim", "outgoing", "incoming", "late", "then", "current", "new",
                    "longtime", "designate", "elect", "caretaker", "veteran", "transitional"})  # fmt: skip
#: Words that make another office of the one that follows.
_LESSER = frozenset({"deputy", "vice", "assistant", "under", "associate", "junior", "state", "shadow", "first", "prime",
                     "foreign", "defence", "defense", "interior", "finance", "health", "justice", "press", "party",
                     "opposition", "rebel", "crown", "lord", "staff"})  # fmt: skip


@lru_cache(maxsize=20_000)
def forename(name: str) -> frozenset[str]:
    """The groups of forms that a first name belongs to, each by its first form; empty for a name without others.

    Example:
        >>> forename("volodymyr") == forename("vladimir"), forename("bob") & forename("robert")
        (True, frozenset({'robert'}))
    """
    return _forenames().get(name, frozenset())


def state_known(name: str, geonames: str | None) -> str | None:
    """The id of a state, from its GeoNames id or, where there is none, its name; of today's or a former one.

    Example:
        >>> state_known("Burma", None), state_known("Sudan", "366755"), state_known("Soviet Union", None)
        ('country MMR', 'country SDN', 'former Soviet Union')
        >>> state_known("Sudan Street", None), state_known("Georgia", "4197000")
        (None, None)
    """
    if geonames is not None:
        return _places().get(geonames)
    return _places().get(plain(name))


def capital_of(name: str) -> str | None:
    """The alpha-3 code of the one state whose capital is called so."""
    return _capitals().get(plain(name))


def word_set(words: str) -> frozenset[str]:
    """The words of a text, which spaces and line breaks part.

    Example:
        >>> sorted(word_set("at in on"))
        ['at', 'in', 'on']
    """
    return frozenset(words.split())


def rows(table: str) -> Iterator[list[str]]:
    """The rows of a table under `onrecord/data`, without comments and heading."""
    text = resources.files("onrecord").joinpath("data", table).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return iter(lines[1:])


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """The names of what the tables know, in their order, by its id."""
    found: dict[str, dict[str, None]] = {}
    for name, _, _, _, others in rows("actors.tsv"):
        found.setdefault(name, {}).update(dict.fromkeys(filter(None, (name, *others.split("|")))))
    for _, alpha3, _, name, _, _, _, others, _ in rows("countries.tsv"):
        forms = dict.fromkeys(filter(None, (name, *others.split("|"))))
        found.setdefault(f"country {alpha3}", {}).update(forms)
    return {known: tuple(forms) for known, forms in found.items()}


def also_called(name: str) -> tuple[str, ...]:
    """All names that the tables have for the body or state of this name, this one among them; none if they know none.

    Example:
        >>> also_called("Hizballah")[0], "RSF" in also_called("Rapid Support Forces"), also_called("Orla Venn")
        ('Hezbollah', True, ())
    """
    country = nation_named(name)
    body = known_as(name)
    return _forms().get(f"country {country}" if country is not None else body.id if body is not None else "", ())


@cache
def _bodies() -> dict[str, Known]:
    found: dict[str, Known] = {}
    for name, kind, country, sector, others in rows("actors.tsv"):
        body = Known(name, kind, country or None, sector or None)  # type: ignore[arg-type]
        for form in filter(None, (name, *others.split("|"))):
            short = acronym(form)
            found.setdefault(f"={short}" if short is not None else plain(form), body)
    return found


@cache
def _nations() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for _, alpha3, _, name, _, _, _, others, people in rows("countries.tsv"):
        for form in filter(None, (name, *others.split("|"), *people.split("|"))):
            found[plain(form)] = found.get(plain(form), frozenset()) | {alpha3}
    return found


@cache
def _offices() -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for name, kind, others in rows("offices.tsv"):
        for form in filter(None, (name, *others.split("|"))):
            found.setdefault(plain(form), (name, kind == "private"))
    return found


@cache
def _forenames() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for (forms,) in rows("forename_forms.tsv"):
        names = [plain(form) for form in forms.split("|")]
        for name in names:
            found[name] = found.get(name, frozenset()) | {names[0]}
    return found


@cache
def _places() -> dict[str, str]:
    """Ids of states, by GeoNames id and by name."""
    found: dict[str, str] = {}
    for _, alpha3, number, name, _, _, _, others, _ in rows("countries.tsv"):
        for form in filter(None, (number, name, *others.split("|"))):
            found.setdefault(plain(form), f"country {alpha3}")
    for name, _, _, _, others, _ in rows("former_states.tsv"):
        for form in filter(None, (name, *others.split("|"))):
            found.setdefault(plain(form), f"former {name}")
    return found


@cache
def _capitals() -> dict[str, str]:
    return {plain(capital): alpha3 for _, alpha3, _, _, _, _, capital, _, _ in rows("countries.tsv") if capital}


@cache
def common_names(kind: Literal["surnames", "forenames"]) -> frozenset[str]:
    """Names that very many people bear, as `spelling.tokens` gives them."""
    text = resources.files("onrecord").joinpath("data", f"common_{kind}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def given_names() -> frozenset[str]:
    """First names of all kinds, in small letters."""
    listed = [name for _, names in rows("first_names.tsv") for name in names.split()]
    return common_names("forenames") | frozenset(map(plain, listed))
