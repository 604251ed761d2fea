"""Hard cases of places, one test each; see the head of the case files for what their fields mean."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.gazetteer import gazetteer
from onrecord.annotators.names import names
from onrecord.annotators.parse import parse
from onrecord.annotators.whereabouts import kilometres
from onrecord.model import Place
from onrecord.read.text import report

CASES = Path(__file__).parent.parent / "cases"
FILES = ("places.toml", "places_fresh.toml")
Case = dict[str, Any]


def cases() -> list[Any]:
    found = []
    for name in FILES:
        for case in tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]:
            marks = [pytest.mark.xfail(reason=case["fails"], strict=True)] if "fails" in case else []
            found.append(pytest.param(case, id=case["name"], marks=marks))
    return found


def bare(words: str) -> str:
    """The words without a leading article."""
    return words[4:] if words[:4].lower() == "the " else words


def alternatives(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def is_meant(place: Place, words: str, wanted: Case) -> bool:
    """Whether a place with these words is the one wanted."""
    if bare(words) not in [bare(w) for w in alternatives(wanted["text"])]:
        return False
    if "name" in wanted and place.name not in alternatives(wanted["name"]):
        return False
    if "precision" in wanted and place.precision not in alternatives(wanted["precision"]):
        return False
    if "country" in wanted:
        country = gazetteer().country(wanted["country"])
        if country is None or country.name != (place.admin[0] if place.admin else place.name):
            return False
    if "lat" not in wanted:
        return True
    if place.lat is None or place.lon is None:
        return False
    return kilometres((place.lat, place.lon), (wanted["lat"], wanted["lon"])) <= float(wanted["km"])


@pytest.mark.parametrize("case", cases())
def test_hard_case(case: Case) -> None:
    made = report(case["text"], published=case.get("published"), title=case.get("title"))
    found = [(p, made.text[slice(*p.span)]) for p in names(parse(made)).places]
    for wanted in case["expect"]:
        assert any(is_meant(p, words, wanted) for p, words in found), f"{wanted} is not among {found}"
    for words in case.get("never", ()):
        assert words not in [w for _, w in found], f"{words} is read as a place"
    assert not case.get("only") or len(found) == len(case["expect"]), found
