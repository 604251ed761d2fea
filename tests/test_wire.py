"""The JSON of an annotated report is that of the shipped schema, key by key."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from onrecord import wire
from onrecord.annotators.reading import annotated
from onrecord.errors import InputError
from onrecord.model import Annotated
from onrecord.read.text import report

TEXT = (
    "GENEVA (AP) - The foreign minister said on Friday that at least 40 people were killed in Aleppo. "
    '"We will not talk unless the shelling stops," he told reporters.'
)


@pytest.fixture(scope="module")
def read() -> Annotated:
    return annotated(report(TEXT, published="2016-11-20", publisher="The Harbour Times"))


def test_the_shipped_schema_is_made_from_the_types() -> None:
    assert json.loads(wire.shipped_schema()) == wire.json_schema()


def test_an_annotated_report_is_valid_by_the_schema(read: Annotated) -> None:
    jsonschema.Draft202012Validator(wire.json_schema()).validate(json.loads(wire.encode(read)))


def test_a_word_outside_the_closed_lists_is_invalid(read: Annotated) -> None:
    data: dict[str, Any] = json.loads(wire.encode(read))
    data["attributions"][0]["manner"] = "shouted"
    assert list(jsonschema.Draft202012Validator(wire.json_schema()).iter_errors(data))
    with pytest.raises(InputError):
        wire.decode(json.dumps(data))


def test_json_comes_back_as_it_went(read: Annotated) -> None:
    assert wire.decode(wire.encode(read)) == read
    assert json.loads(wire.indented(read)) == json.loads(wire.encode(read))


def test_every_key_is_present_and_in_the_documented_order(read: Annotated) -> None:
    data = json.loads(wire.encode(read))
    assert list(data) == ["schema", "report", "entities", "attributions", "events", "figures", "times", "places"]
    assert list(data["attributions"][0]) == [
        "id", "kind", "manner", "act", "negated", "medium", "source", "cue", "content", "within", "via",
        "addressee", "time", "conditions", "confidence",
    ]  # fmt: skip


def test_what_is_not_an_annotated_report_is_refused_with_a_remedy() -> None:
    with pytest.raises(InputError, match="onrecord/1"):
        wire.decode(b'{"schema": "other/1"}')
