"""Reports of one story are found together, and a person has the last word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.stories import stories

TEXTS = {
    "one": "A gunman killed three people at a market in Kramatorsk on Friday, police said. The suspect, Oleh "
    "Marchuk, 34, was arrested near the railway station an hour later. Mayor Iryna Bondar called it a day of grief.",
    "two": "Police in Kramatorsk arrested a man on Friday after three people were shot dead at a market. Oleh Marchuk, "
    "34, gave himself up by the railway station. Mayor Iryna Bondar said that the city was in mourning.",
    "three": "Farmers in the Po valley began the harvest two weeks early. Cooperatives expect 40,000 tons of barley, "
    "a tenth more than last year, and prices are likely to fall, a trader in Cremona said.",
}
WHO = {"author": "A. Reader", "reason": "another shooting"}


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, text in TEXTS.items():
            made = report(text, id=name, published="2021-03-06")
            received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            opened.add(received, onrecord.annotate(text, id=name, published="2021-03-06", models=False))
        yield opened


def test_two_reports_of_one_incident_are_one_story_with_a_reason(record: Record) -> None:
    found = stories(record)
    assert [one.reports for one in found] == [("one", "two"), ("three",)]
    (link,) = found[0].links
    assert link.because


def test_a_person_parts_and_joins_stories(record: Record) -> None:
    record.correct("unlink", "two", other="one", field="same-story", **WHO)
    assert len(stories(record)) == 3
    record.correct("link", "two", other="three", field="same-story", **WHO)
    assert ("three", "two") in {one.reports for one in stories(record)}
