"""Places of a codebook beside the gazetteer's."""

from __future__ import annotations

from functools import lru_cache

from onrecord.annotators.forms import acronym_key, key
from onrecord.annotators.gazetteer import Gazetteer, Spot
from onrecord.codebook.checks import alpha2
from onrecord.codebook.model import Codebook, OwnPlace

__all__ = ["with_own_places"]


def with_own_places(known: Gazetteer, codebook: Codebook) -> Gazetteer:
    """The gazetteer in which a codebook's own places stand for what is called so.

    Example:
        >>> from onrecord.annotators.gazetteer import gazetteer
        >>> own = Codebook(places=(OwnPlace(name="Camp Thornmere", country="SDN", lat=13.6, lon=25.3),))
        >>> [(s.name, s.countries) for s in with_own_places(gazetteer(), own).spots("Camp Thornmere")]
        [('Camp Thornmere', ('SD',))]
    """
    return _with_own(known, codebook) if codebook.places else known


@lru_cache(maxsize=4)  # one codebook serves all reports of a run
def _with_own(known: Gazetteer, codebook: Codebook) -> Gazetteer:
    return _WithOwn(known, codebook.places)


class _WithOwn(Gazetteer):
    """The gazetteer with own places; whatever it does not have it asks of the other."""

    def __init__(self, known: Gazetteer, own: tuple[OwnPlace, ...]) -> None:
        self.path = known.path
        self._known = known
        self._own: dict[str, tuple[Spot, ...]] = {}
        for number, place in enumerate(own, start=1):
            for name in (place.name, *place.other_names):
                form = acronym_key(name) or key(name)
                spot = _spot(place, -number, main=name == place.name)
                self._own[form] = (*self._own.get(form, ()), spot)

    def spots(self, name: str) -> tuple[Spot, ...]:
        """What is called so: own places alone, where there are any."""
        return self._own.get(acronym_key(name) or key(name)) or self._known.spots(name)

    def division(self, code: str) -> Spot | None:
        """The first-level division with this GeoNames code."""
        return self._known.division(code)

    def country(self, iso2: str) -> Spot | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        return self._known.country(iso2)

    def spelt_otherwise(self, name: str, country: str) -> tuple[Spot, ...]:
        """Settlements of the gazetteer whose name may be another transliteration of this one."""
        return self._known.spelt_otherwise(name, country)


def _spot(place: OwnPlace, number: int, *, main: bool) -> Spot:
    # A region's name is taken for a place as surely as a team's own should be; a settlement's rests on its population.
    return Spot(number, place.name, place.lat, place.lon, (alpha2()[place.country],), "", 0, "region",
                place.precision, None, main)  # fmt: skip
