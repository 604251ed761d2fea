"""The entities hold to FollowTheMoney's schema, by hand always and by its own package where `make ftm` set that up."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord.export.formats.ftm import MOST_CHARACTERS
from onrecord.model import Annotated
from view.reports import capital_report

from .conftest import Exported, written

#: The Python of an environment of its own, since the package brings thirty others and one that is compiled.
PACKAGE = Path(__file__).resolve().parents[2] / ".venv-ftm" / "bin" / "python"
#: What runs there: each entity is validated, and no value is lost when the package reads it.
CHECKED = """
import json, sys
from followthemoney import model
count = 0
for line in sys.stdin:
    entity = json.loads(line)
    model.get(entity["schema"]).validate({"properties": entity["properties"]})
    cleaned = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
    for name, values in entity["properties"].items():
        assert len(cleaned[name]) == len(values), (entity["schema"], name, values)
    count += 1
print(count, "entities")
"""
#: The properties that are used, by schema, as FollowTheMoney 4.11 has them.
THING = {"name", "country", "summary", "description", "sourceUrl", "publisher", "keywords", "proof", "wikidataId"}
PROPERTIES = {
    "Article": THING | {"fileName", "title", "publishedAt", "language", "bodyText"},
    "Person": THING | {"position"},
    "Organization": THING,
    "PublicBody": THING,
    "Mention": {"document", "resolved", "name", "detectedSchema"},
    "Event": THING | {"date", "startDate", "endDate", "location", "involved"},
    "Note": THING | {"entity"},
}


@pytest.fixture
def entities(exported: Exported) -> list[dict[str, Any]]:
    return [json.loads(line) for line in exported("ftm").decode().split("\n")[:-1]]


def test_entities_have_known_properties_and_lead_to_one_another(entities: list[dict[str, Any]]) -> None:
    by_id = {entity["id"]: entity["schema"] for entity in entities}
    assert len(by_id) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        assert set(entity["properties"]) <= PROPERTIES[entity["schema"]]
        for name, values in entity["properties"].items():
            assert values
            assert all(isinstance(value, str) for value in values)
            if name in ("proof", "document"):
                assert {by_id[value] for value in values} == {"Article"}
            if name in ("entity", "involved", "resolved"):
                assert {by_id[value] for value in values} <= {"Person", "Organization", "PublicBody"}


def test_each_entry_is_there_and_its_words_are_cited(
    entities: list[dict[str, Any]], readings: dict[str, Annotated]
) -> None:
    found = Counter(entity["schema"] for entity in entities)
    statements = sum(a.manner in ("said", "written") for of in readings.values() for a in of.attributions)
    figures = sum(len(of.figures) for of in readings.values())
    assert found["Article"] == len(readings)
    assert found["Note"] == statements + figures
    assert found["Event"] == sum(len(of.events) for of in readings.values())
    assert found["Mention"] == sum(len(e.mentions) for of in readings.values() for e in of.entities)
    cited = {text for entity in entities for text in entity["properties"].get("description", [])}
    for of in readings.values():
        for f in of.figures:
            assert f"“{f.text}” (characters {f.span[0]}-{f.span[1]} of version {of.report.version})" in cited


def test_voice_and_claimant_survive(entities: list[dict[str, Any]]) -> None:
    names = {entity["id"]: entity["properties"].get("name", [""])[0] for entity in entities}
    (figure,) = [entity for entity in entities if "At least 12" in names[entity["id"]]]
    assert [names[entity] for entity in figure["properties"]["entity"]] == ["Jörg R. Adler"]
    (said,) = figure["properties"]["summary"]
    assert said.endswith(", by the count of Jörg R. Adler (according to Jörg R. Adler)")
    assert any(text.endswith("(nobody is named)")
               for entity in entities for text in entity["properties"].get("summary", []))  # fmt: skip


def test_no_name_is_longer_than_it_may_be() -> None:
    long = capital_report()
    title = "Capital calm " * 60
    made = msgspec.structs.replace(long, report=msgspec.structs.replace(long.report, title=title))
    article = json.loads(written("ftm", made).partition(b"\n")[0])["properties"]
    assert (len(article["title"][0]), article["title"][0][-1]) == (MOST_CHARACTERS, "…")
    assert article["bodyText"] == [long.report.text]


def test_no_day_is_made_of_a_month(entities: list[dict[str, Any]]) -> None:
    (month,) = [e["properties"] for e in entities if "crossed the river" in e["properties"].get("name", [""])[0]]
    assert (month.get("date"), month["startDate"], month["endDate"]) == (None, ["1958-02-01"], ["1958-02-28"])


@pytest.mark.skipif(not PACKAGE.exists(), reason="the package followthemoney is not there: `make ftm` sets it up")
def test_the_package_takes_every_entity_and_loses_no_value(entities: list[dict[str, Any]]) -> None:
    lines = "".join(f"{json.dumps(entity)}\n" for entity in entities)
    ran = subprocess.run([PACKAGE, "-c", CHECKED], input=lines, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.returncode) == (f"{len(entities)} entities\n", 0), ran.stderr


@pytest.mark.skipif(not PACKAGE.exists(), reason="the package followthemoney is not there: `make ftm` sets it up")
@pytest.mark.parametrize("broken", [{"date": ["yesterday"]}, {"colour": ["red"]}])
def test_the_package_refuses_what_is_none_of_its_own(broken: dict[str, list[str]]) -> None:
    line = json.dumps({"id": "e1", "schema": "Event", "properties": {"name": ["A raid"], **broken}})
    ran = subprocess.run([PACKAGE, "-c", CHECKED], input=line, capture_output=True, text=True, check=False)
    assert ran.returncode != 0
