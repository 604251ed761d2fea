from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotators.attributions import attributions
from onrecord.annotators.names import names
from onrecord.annotators.parse import parse
from onrecord.read.text import report

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "speakers.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_speaker_is_who_the_words_mean(case: dict[str, Any]) -> None:
    text = case["text"].strip()
    parsed = parse(report(text))
    entities = {entity.id: entity for entity in names(parsed).entities}
    said: dict[str, set[str | None]] = {}
    for attribution in attributions(parsed, tuple(entities.values()), ()):
        words = " ".join(text[start:end] for start, end in attribution.source.spans)
        said.setdefault(words.rstrip(","), set()).add(attribution.source.entity)
    meant = []
    for words, *entity in case["speakers"]:
        assert words.rstrip(",") in said, f"{words!r} is no source; the sources are {sorted(said)}"
        (found,) = said[words.rstrip(",")]
        got = [] if found is None else [entities[found].name, entities[found].type]
        assert got == entity
        meant.append(found)
    if case.get("apart"):
        assert len(set(meant)) == len(meant)
    for name, kind in case.get("also", ()):
        assert any((entity.name, entity.type) == (name, kind) for entity in entities.values())


def test_a_place_that_speaks_is_still_on_the_map() -> None:
    found = names(parse(report("Moscow denied it. Shells fell near Moscow.")))
    by_id = {entity.id: entity for entity in found.entities}
    assert [(place.name, by_id[place.entity or ""].type) for place in found.places] == [
        ("Moscow", "government"),
        ("Moscow", "place"),
    ]
    assert [(e.type, e.country, e.sector) for e in found.entities] == [
        ("government", "RUS", "GOV"),
        ("place", "RUS", None),
    ]


def test_an_epithet_is_no_part_of_a_name() -> None:
    text = "Hillary Berg spoke first. Crooked Hillary Berg, her rival said. Hillary Berg laughed."
    people = [entity.name for entity in names(parse(report(text))).entities if entity.type == "person"]
    assert people == ["Hillary Berg"]


def test_an_office_and_its_department_before_a_name_are_a_role() -> None:
    (person,) = [
        entity
        for entity in names(parse(report("Secretary of Defense Mark Lanier said so."))).entities
        if entity.type == "person"
    ]
    assert (person.name, person.roles[0].role, person.roles[0].of) == ("Mark Lanier", "secretary", "Defense")
