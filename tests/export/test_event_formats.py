"""PLOVER lines, ACLED's columns and TimelineJS slides keep the words, the voice and what is vague."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

import jsonschema
import msgspec

from onrecord.export.formats.acled import COLUMNS
from onrecord.model import EVENT_TYPES, Annotated, Time
from view.reports import later_border_report

from .conftest import Exported, hostile_report, written

#: A record of the PLOVER manual (2021), and what onrecord adds under its own name.
PLOVER: dict[str, Any] = {
    "type": "object",
    "required": ["id", "date", "actor", "recipient", "event", "mode", "context", "event_loc", "text_info", "onrecord"],
    "properties": {
        "id": {"type": "string"},
        "date": {"type": ["string", "null"], "pattern": r"^\d{4}-\d\d-\d\d$"},
        "event": {"enum": list(EVENT_TYPES)},
        "mode": {"type": ["string", "null"]},
        "context": {"type": "array", "items": {"type": "string"}},
        "event_loc": {"type": ["object", "null"], "required": ["name", "lat", "lon", "precision"]},
        "text_info": {"type": "object", "required": ["publisher", "published", "url", "report", "sha256"]},
        "onrecord": {"type": "object", "required": ["exact", "start", "end", "voice", "voice_name", "modality"]},
        **{role: {"type": "array", "items": {"type": "object", "required": ["name", "text", "country", "sector"]}}
           for role in ("actor", "recipient")},
    },
}  # fmt: skip


def wanted(readings: dict[str, Annotated]) -> set[str]:
    return {f"{name}:{event.id}" for name, of in readings.items() for event in of.events}


def test_plover_lines_have_the_fields_and_the_words(exported: Exported, readings: dict[str, Annotated]) -> None:
    lines = [json.loads(line) for line in exported("plover").decode().split("\n")[:-1]]
    for line in lines:
        jsonschema.validate(line, PLOVER)
        own = line["onrecord"]
        assert readings[line["text_info"]["report"]].report.text[own["start"] : own["end"]] == own["exact"]
    assert {line["id"] for line in lines} == wanted(readings)
    assert {line["onrecord"]["voice_name"] for line in lines} >= {"Jörg R. Adler", None}


def test_plover_has_no_day_that_is_not_stated(exported: Exported) -> None:
    by_type = {json.loads(line)["event"]: json.loads(line) for line in exported("plover").decode().split("\n")[:-1]}
    assert (by_type["MOBILIZE"]["date"], by_type["MOBILIZE"]["onrecord"]["time_mod"]) == (None, "APPROX")
    assert by_type["MOBILIZE"]["onrecord"]["date_last"] == "1958-02-28"
    assert by_type["PROTEST"]["date"] is None
    assert by_type["PROTEST"]["event_loc"] is None


def acled(made: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.decode(), newline="")))


def test_acled_rows_are_traced_and_their_codes_are_said_to_be_ours(
    exported: Exported, readings: dict[str, Annotated]
) -> None:
    rows = acled(exported("acled"))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["event_id_cnty"] for row in rows} == wanted(readings)
    for row in rows:
        assert "not ACLED" in row["codes"]
        exact = readings[row["report"]].report.text[int(row["start"]) : int(row["end"])]
        assert row["exact"] == ("'" if exact.startswith("+") else "") + exact
        assert row["voice"]
        assert row["event_type"] in EVENT_TYPES


def test_acled_keeps_empty_what_is_unknown_or_vague(exported: Exported) -> None:
    rows = {row["exact"]: row for row in acled(exported("acled"))}
    day = rows["shelled the road"]
    assert (day["event_date"], day["time_precision"], day["geo_precision"]) == ("1958-03-03", "1", "1")
    assert (day["latitude"], day["longitude"], day["location"]) == ("48.5", "2.25", "Saint-Élie")
    month = rows["crossed the river"]
    assert (month["event_date"], month["time_precision"], month["date_first"]) == ("", "3", "1958-02-01")
    assert (month["date_words"], month["location"], month["latitude"]) == ("in about February", "", "")
    region = rows["'+troops attacked"]
    assert (region["place_precision"], region["geo_precision"], region["latitude"]) == ("region", "3", "")
    assert {row["fatalities"] for row in rows.values()} == {""}


def test_acled_lists_the_killed_of_the_same_time_and_place_with_the_claimant() -> None:
    rows = {row["exact"]: row for row in acled(written("acled", later_border_report()))}
    killed = rows["shelled the road"]["killed"]
    assert killed.startswith("At least 12 were killed (at least 12; Jörg R. Adler; ")
    assert "nine more" not in killed
    assert (rows["crossed the river"]["killed"], rows["protests broke out"]["killed"]) == ("", "")
    assert rows["shelled the road"]["fatalities"] == ""


def test_acled_without_events_has_its_columns(exported: Exported) -> None:
    assert exported("acled", "/unread").decode().strip().split(",") == list(COLUMNS)


class Text(HTMLParser):
    """The tags and the text of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


#: What TimelineJS 3 takes (Knight Lab, "TimelineJS JSON data format").
DATE: dict[str, Any] = {
    "type": "object",
    "required": ["year"],
    "properties": {"year": {"type": "integer"}, "month": {"type": "integer", "minimum": 1, "maximum": 12},
                   "day": {"type": "integer", "minimum": 1, "maximum": 31}, "hour": {"type": "integer"},
                   "minute": {"type": "integer"}},
    "additionalProperties": False,
    "dependentRequired": {"day": ["month"], "hour": ["day"], "minute": ["hour"]},
}  # fmt: skip
WORDS = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}},
         "additionalProperties": False}  # fmt: skip
TIMELINE = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "object", "required": ["text"]},
        "events": {"type": "array", "items": {
            "type": "object",
            "required": ["start_date", "unique_id", "display_date", "text"],
            "additionalProperties": False,
            "properties": {"start_date": DATE, "end_date": DATE, "text": WORDS, "display_date": {"type": "string"},
                           "unique_id": {"type": "string"}, "group": {"type": "string"},
                           "autolink": {"const": False}},
        }},
    },
}  # fmt: skip


def test_timelinejs_slides_are_as_it_takes_them_in_the_order_of_time(exported: Exported) -> None:
    made = json.loads(exported("timelinejs"))
    jsonschema.validate(made, TIMELINE)
    starts = [date(s["start_date"]["year"], s["start_date"].get("month", 1), s["start_date"].get("day", 1))
              for s in made["events"]]  # fmt: skip
    assert starts == sorted(starts)
    assert len({s["unique_id"] for s in made["events"]}) == len(made["events"]) == 3


def test_timelinejs_keeps_about_and_is_no_finer_than_stated(exported: Exported, readings: dict[str, Annotated]) -> None:
    made = json.loads(exported("timelinejs"))
    (month,) = [s for s in made["events"] if "crossed the river" in s["text"]["text"]]
    assert (month["start_date"], month["display_date"]) == (
        {"year": 1958, "month": 2}, "in about February (1958-02, approx)")  # fmt: skip
    dated = sum(event.time is not None for of in readings.values() for event in of.events)
    dated += sum(a.time is not None for of in readings.values() for a in of.attributions if a.manner == "said")
    told = sum(len(of.events) + sum(a.manner in ("said", "written") for a in of.attributions)
               for of in readings.values())  # fmt: skip
    assert made["title"]["text"]["text"].startswith(f"{told - len(made['events'])} events and statements")
    assert dated <= len(made["events"])
    assert any("according to Jörg R. Adler" in s["text"]["text"] for s in made["events"])


def test_words_of_reports_are_no_markup() -> None:
    annotated = hostile_report()
    time = Time("t1", (0, 1), "DATE", "1958-03-01", None)
    event = msgspec.structs.replace(annotated.events[0], time="t1")
    made = json.loads(written("timelinejs", msgspec.structs.replace(annotated, times=(time,), events=(event,))))
    (slide,) = made["events"]
    parsed = Text(slide["text"]["text"])
    assert parsed.tags == {"p", "small"}
    assert "by =cmd|' /C calc'!A0 <b>Oré & Co</b>" in parsed.text
