"""Copies count once, and a person has the last word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.origins import origins

STORY = (
    "Rebels seized the river port of Anselm on Tuesday, two officials said, cutting the only road to the capital. "
    "At least 14 soldiers were killed in the fighting, according to the governor, Maro Tesh. "
    "Hundreds of families fled south with what they could carry, an aid group said. "
    "The government promised to retake the town within days and asked its allies for help."
)
OTHER = (
    "Farmers in the northern valley have begun the harvest two weeks early. "
    "Cooperatives expect 40,000 tons of barley, a tenth more than last year. Prices are likely to fall."
)
WHO = {"author": "A. Reader", "reason": "spoke to both desks"}


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    texts = {
        "one": f"LENTOR (AP) - {STORY}",
        "two": f"LENTOR (AP) - {STORY} The talks go on.",
        "three": OTHER,
    }
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, text in texts.items():
            received = Received(report(text, id=name), Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            opened.add(received, onrecord.annotate(text, id=name, models=False))
        yield opened


def test_copies_have_one_origin_and_a_reason(record: Record) -> None:
    found = origins(record)
    assert (found.reports, len(found.origins)) == (3, 2)
    assert found.origins[0].reports == ("one", "two")
    (link,) = found.links
    assert "AP" in link.because
    assert origins(record, "three").links == ()


def test_unlinking_two_reports_makes_them_independent_and_undo_brings_the_link_back(record: Record) -> None:
    made = record.correct("unlink", "one", other="two", field="copy-of", **WHO)
    assert len(origins(record).origins) == 3
    record.undo(made.correction.number, **WHO)
    assert len(origins(record).origins) == 2


def test_a_person_can_link_two_reports(record: Record) -> None:
    record.correct("link", "three", other="one", field="copy-of", **WHO)
    found = origins(record)
    assert [one.reports for one in found.origins] == [("one", "three", "two")]
    assert "A. Reader: spoke to both desks" in {link.because for link in found.links}
