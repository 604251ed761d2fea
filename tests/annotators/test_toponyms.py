from __future__ import annotations

import pytest

from onrecord.annotators.names import names
from onrecord.annotators.parse import parse
from onrecord.annotators.whereabouts import kilometres
from onrecord.model import Place
from onrecord.read.text import report


def places(text: str, published: str | None = None) -> tuple[Place, ...]:
    return names(parse(report(text, published=published))).places


def where(text: str, name: str) -> Place:
    return next(p for p in places(text) if text[slice(*p.span)] == name)


def test_a_town_has_coordinates_an_id_and_the_units_it_lies_in() -> None:
    place = where("Shelling killed four people in Kharkiv on Monday.", "Kharkiv")
    assert place.lat is not None
    assert place.lon is not None
    assert kilometres((place.lat, place.lon), (49.98, 36.25)) < 20
    assert place.geonames == 706483
    assert place.precision == "settlement"
    assert place.admin[0] == "Ukraine"


def test_a_country_is_no_point_and_lies_in_nothing() -> None:
    place = where("Aid reached Yemen last week.", "Yemen")
    assert (place.precision, place.admin) == ("country", ())


@pytest.mark.parametrize(
    ("text", "lat"),
    [
        ("Protesters gathered in Tripoli, Lebanon, on Friday.", 34.4),
        ("Libyan militias clashed in Tripoli, and Libya's government met.", 32.9),
        ("The storm hit Athens, Georgia, and then Atlanta.", 33.9),
        ("The trial opened in Paris on Tuesday.", 48.9),
        ("A plant in Paris, Texas, was closed.", 33.7),
    ],
)
def test_the_outer_place_and_the_report_decide_which_place_of_a_name_is_meant(text: str, lat: float) -> None:
    name = text.split(" in ")[1].split()[0].strip(",") if " in " in text else "Athens"
    assert where(text, name).lat == pytest.approx(lat, abs=0.3)


def test_the_state_after_a_comma_is_a_place_even_when_abbreviated() -> None:
    text = "A shooting in Columbus, Ohio, followed one in Salem, Ore., police said."
    assert where(text, "Ore.").name == "Oregon"
    assert where(text, "Salem").admin == ("United States", "Oregon")


def test_georgia_is_the_country_unless_the_report_is_about_the_american_state() -> None:
    assert where("Russian troops entered Georgia through South Ossetia.", "Georgia").precision == "country"
    american = "Voters in Georgia, Alabama and Florida went to the polls, officials in Atlanta, Georgia, said."
    assert where(american, "Georgia").precision == "region"


def test_regions_rivers_and_seas_are_areas() -> None:
    assert where("Fighting raged across Darfur.", "Darfur").precision == "region"
    assert where("Ships were attacked in the Gulf of Aden.", "Gulf of Aden").precision == "area"


def test_a_word_for_a_division_makes_it_one() -> None:
    assert where("Drones struck Kursk region overnight, Russia said.", "Kursk region").precision == "region"
    assert where("Two soldiers died in Lashkar Gah province, officials said.", "Lashkar Gah").name == "Helmand"


def test_a_dateline_in_capitals_is_a_place() -> None:
    place = where("KHARTOUM (Reuters) - Army units withdrew from two bases.", "KHARTOUM")
    assert place.name == "Khartoum"


def test_demonyms_people_and_parts_of_bodies_are_no_places() -> None:
    text = (
        "Syrian and French officials met Jordan Henderson, a lecturer at the University of Texas. "
        "Mr. Henderson then called the Bank of England."
    )
    assert places(text) == ()


def test_a_governments_seat_is_no_place_but_a_capital_that_stands_for_it_is() -> None:
    text = "The Kremlin rejected the offer from Washington."
    assert [text[slice(*p.span)] for p in places(text)] == ["Washington"]


def test_a_place_that_no_gazetteer_has_keeps_its_name_without_a_point() -> None:
    place = where("Gunmen burned the village of Qarzanubad in Syria.", "Qarzanubad")
    assert (place.name, place.lat, place.geonames) == ("Qarzanubad", None, None)


def test_another_spelling_is_resolved_in_the_country_of_the_report() -> None:
    text = "Sudanese troops entered the town of Al Fashar, Sudan's government said."
    assert where(text, "Al Fashar").name == "El Fasher"


def test_one_name_is_one_place_throughout_a_report() -> None:
    text = "Rebels took Hama on Monday. Syria's army left Hama. The road to Hama was cut."
    assert len({(p.lat, p.lon) for p in places(text)} - {(35.0, 38.0)}) == 1


def test_text_in_capitals_is_read_without_taking_words_for_towns() -> None:
    text = "THE POLICE OF SAN SALVADOR REPORTED THAT MANY PEOPLE WERE KILLED NEAR THE BRIDGE IN EL SALVADOR."
    assert {text[slice(*p.span)] for p in places(text)} == {"SAN SALVADOR", "EL SALVADOR"}
