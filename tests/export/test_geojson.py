"""GeoJSON follows RFC 7946; only what the words place exactly is a point."""

from __future__ import annotations

import json

import jsonschema

from onrecord.model import Annotated

from .conftest import Exported

#: The parts of RFC 7946 that are used: a collection, features, points of longitude and latitude, or no geometry.
RFC_7946 = {
    "type": "object",
    "required": ["type", "features"],
    "not": {"anyOf": [{"required": [name]} for name in ("coordinates", "geometry", "properties", "crs")]},
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {
            "type": "object",
            "required": ["type", "geometry", "properties"],
            "not": {"anyOf": [{"required": [name]} for name in ("coordinates", "features", "crs")]},
            "properties": {
                "type": {"const": "Feature"},
                "id": {"type": "string"},
                "properties": {"type": "object", "required": ["precision", "voice", "exact", "start", "end"]},
                "geometry": {"oneOf": [{"type": "null"}, {
                    "type": "object",
                    "required": ["type", "coordinates"],
                    "additionalProperties": False,
                    "properties": {"type": {"const": "Point"}, "coordinates": {
                        "type": "array", "minItems": 2, "maxItems": 2,
                        "prefixItems": [{"type": "number", "minimum": -180, "maximum": 180},
                                        {"type": "number", "minimum": -90, "maximum": 90}]}},
                }]},
            },
        }},
    },
}  # fmt: skip


def test_it_follows_the_rfc(exported: Exported) -> None:
    jsonschema.validate(json.loads(exported("geojson")), RFC_7946)


def test_only_settlements_and_addresses_are_points(exported: Exported) -> None:
    found = json.loads(exported("geojson"))["features"]
    drawn = {f["properties"]["precision"]: f["geometry"] for f in found}
    assert drawn == {"settlement": {"type": "Point", "coordinates": [2.25, 48.5]}, "region": None}
    assert all(f["properties"]["representative_point"] == [2.25, 48.5] for f in found)


def test_each_place_has_its_words_voice_and_claimant(exported: Exported, readings: dict[str, Annotated]) -> None:
    found = json.loads(exported("geojson"))["features"]
    wanted = {f"{name}:{event.id}" for name, of in readings.items() for event in of.events if event.place}
    wanted |= {f"{name}:{figure.id}" for name, of in readings.items() for figure in of.figures if figure.place}
    assert {f["id"] for f in found} == wanted
    for feature in found:
        about = feature["properties"]
        text = readings[about["report"]].report.text
        assert text[about["start"] : about["end"]] == about["exact"]
        assert text[about["place_start"] : about["place_end"]] == about["place"]
    assert "Jörg R. Adler" in {f["properties"]["voice_name"] for f in found}
    assert "Jörg R. Adler" in {f["properties"].get("claimant") for f in found}


def test_a_record_without_places_is_an_empty_collection(exported: Exported) -> None:
    assert json.loads(exported("geojson", "--search", "nothingofthekind"))["features"] == []
