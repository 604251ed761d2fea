from __future__ import annotations

from onrecord.annotators.names import names
from onrecord.annotators.parse import parse
from onrecord.model import Entity
from onrecord.read.text import report


def entities(text: str) -> tuple[Entity, ...]:
    return names(parse(report(text))).entities


def entity(text: str, name: str) -> Entity:
    return next(e for e in entities(text) if e.name == name)


def mentions(text: str, name: str) -> list[str]:
    return [text[slice(*span)] for span in entity(text, name).mentions]


def test_a_surname_after_the_full_name_is_the_same_person() -> None:
    text = "Sergei Lavrov met reporters in Moscow. Lavrov said talks would resume. Mr. Lavrov gave no date."
    assert mentions(text, "Sergei Lavrov") == ["Sergei Lavrov", "Lavrov", "Lavrov"]


def test_a_surname_that_two_people_bear_is_nobody() -> None:
    text = "Ali Hassan and Omar Hassan signed the deal. Hassan then left the room."
    names_found = [e.name for e in entities(text)]
    assert names_found.count("Ali Hassan") == 1
    assert names_found.count("Omar Hassan") == 1
    assert "Hassan" not in names_found


def test_a_known_body_has_type_country_and_sector() -> None:
    body = entity("Militants of Boko Haram attacked a village in Nigeria.", "Boko Haram")
    assert (body.type, body.country, body.sector) == ("group", "NGA", "REB")


def test_other_names_of_a_known_body_are_the_same_body() -> None:
    text = "Fighters of ISIS withdrew. The Islamic State group, also called Daesh, lost the town."
    assert mentions(text, "Islamic State") == ["ISIS", "Islamic State", "Daesh"]


def test_a_short_name_in_brackets_is_the_same_body_from_then_on() -> None:
    text = "The Northern Relief Committee (NRC) sent trucks. A convoy of the NRC was stopped."
    assert mentions(text, "Northern Relief Committee") == ["Northern Relief Committee", "NRC", "NRC"]


def test_an_article_and_a_possessive_are_not_part_of_a_mention() -> None:
    text = "The United Nations' envoy praised the Red Cross's work."
    found = {text[slice(*s)] for e in entities(text) for s in e.mentions}
    assert {"United Nations", "Red Cross"} <= found


def test_bodies_of_a_country_named_by_what_they_are() -> None:
    army = entity("The Syrian army said it had retaken the town.", "Syrian army")
    assert (army.type, army.country, army.sector) == ("armed-force", "SYR", "MIL")


def test_a_title_before_the_name_is_a_role_with_its_country() -> None:
    (role,) = entity("French Foreign Minister Jean Dupont arrived on Monday.", "Jean Dupont").roles
    assert (role.role, role.of) == ("foreign minister", "France")
    assert entity("French Foreign Minister Jean Dupont arrived on Monday.", "Jean Dupont").country == "FRA"


def test_an_office_after_the_name_is_a_role() -> None:
    text = "Rami Khalil, director of the Northern Relief Committee, spoke by telephone."
    (role,) = entity(text, "Rami Khalil").roles
    assert (role.role, role.of) == ("director", "Northern Relief Committee")
    assert text[slice(*role.span)] == "director"


def test_the_holder_of_an_office_is_meant_where_only_one_person_holds_it() -> None:
    text = "Prime Minister Anna Berg visited the front on Sunday. The prime minister promised more aid."
    assert mentions(text, "Anna Berg") == ["Anna Berg", "prime minister"]
    two = "President Anna Berg met President Karl Holm on Sunday. The president promised more aid."
    assert "president" not in mentions(two, "Anna Berg") + mentions(two, "Karl Holm")


def test_a_pronoun_stands_for_the_one_person_it_can_mean() -> None:
    text = "General Omar Said resigned on Monday. He gave no reason."
    assert mentions(text, "Omar Said") == ["Omar Said", "He"]


def test_a_pronoun_inside_quotation_marks_is_left_alone() -> None:
    text = 'General Omar Said resigned on Monday. "He will be missed," an aide told reporters.'
    assert mentions(text, "Omar Said") == ["Omar Said"]


def test_a_place_and_its_entity_know_each_other() -> None:
    found = names(parse(report("Shells fell on Kharkiv. Kharkiv is in Ukraine.")))
    town = next(e for e in found.entities if e.name == "Kharkiv")
    assert (town.type, town.country, town.ids) == ("place", "UKR", {"geonames": "706483"})
    assert {p.entity for p in found.places if p.name == "Kharkiv"} == {town.id}
    assert {p.span for p in found.places if p.entity == town.id} == set(town.mentions)


def test_peoples_are_groups_and_adjectives_are_nobody() -> None:
    found = {e.name: e.type for e in entities("Thousands of Syrians fled to a Turkish town, aid workers said.")}
    assert found.get("Syrians") == "group"
    assert "Turkish" not in found


def test_a_title_of_sex_tells_a_brother_from_a_sister() -> None:
    text = "Maria Dusek and her brother, Ivan Dusek, own the mill. Ms Dusek left first. Mr Dusek stayed."
    assert mentions(text, "Maria Dusek") == ["Maria Dusek", "her", "Dusek"]
    assert mentions(text, "Ivan Dusek") == ["Ivan Dusek", "Dusek"]


def test_a_nickname_is_part_of_the_name() -> None:
    text = 'Colonel Sven "Otter" Lind said the pier was clear. Lind then left.'
    assert mentions(text, 'Sven "Otter" Lind') == ['Sven "Otter" Lind', "Lind"]


def test_a_person_called_like_a_town_is_a_person() -> None:
    text = "Valeska Paris left the ship in May. Paris said she was tired. She now lives in Paris."
    assert mentions(text, "Valeska Paris") == ["Valeska Paris", "Paris", "she", "She"]
    assert entity(text, "Paris").type == "place"


def test_a_body_is_meant_by_the_head_of_its_name() -> None:
    text = "The Red Valley Movement held a rally. Police watched. The movement plans another."
    assert mentions(text, "Red Valley Movement") == ["Red Valley Movement", "movement"]
    two = "The Red Valley Movement met the Blue Hill Movement. The movement plans a rally."
    assert mentions(two, "Red Valley Movement") == ["Red Valley Movement"]


def test_a_former_office_is_not_the_office() -> None:
    text = "Tom Reyl, who was president until 2015, met President Ivo Dusek. The former president spoke first."
    assert "former president" in mentions(text, "Tom Reyl")
    assert "former president" not in mentions(text, "Ivo Dusek")


def test_a_nation_must_be_the_holder_s_own() -> None:
    text = "French Foreign Minister Jean Dupont arrived on Monday. The German foreign minister stayed away."
    assert mentions(text, "Jean Dupont") == ["Jean Dupont"]


def test_somebody_without_a_name_may_be_meant_by_a_pronoun() -> None:
    text = "Karl Holm left the town. A farmer watched the road. He had seen nobody."
    assert mentions(text, "Karl Holm") == ["Karl Holm"]


def test_a_former_state_keeps_its_name_and_is_no_country_of_today() -> None:
    found = names(parse(report("The Soviet Union withdrew the ships. The Soviet government said so.")))
    assert [(e.name, e.type, e.country, e.ids) for e in found.entities] == [
        ("Soviet Union", "government", None, {}),
        ("Soviet government", "government", None, {}),
    ]
    assert [(p.name, p.geonames) for p in found.places] == [("Soviet Union", None)]


def test_people_whom_the_parser_takes_for_bodies_are_people_by_their_first_names() -> None:
    text = "Anatoly Dobrynin met U Thant on Monday. Dobrynin said he would report."
    assert entity(text, "Anatoly Dobrynin").type == "person"
    assert entity(text, "U Thant").type == "person"
