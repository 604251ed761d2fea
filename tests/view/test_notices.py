"""Notices of corrections with the report that they are about, and versions side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import RecordError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.differences import differences
from onrecord.view.notices import notices
from onrecord.view.stories import stories

FIRST = (
    "Shells hit the market in Lomi on Friday, killing nine people, Mayor Ida Brandt said. The fire burnt for three "
    "hours and was put out by volunteers from the cloth mill. The army gave no comment. Traders had reopened the "
    "market only a week ago, after the truce that envoys signed in Norvale. Schools stay closed until Monday, the "
    "council said."
)
MENDED = (
    FIRST.replace("nine", "seven")
    + "\n\nCorrection: An earlier version of this article misstated the toll. It was seven."
)


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for address, day, publisher, text in (
            ("/a", "2031-03-07", "Norvale Ledger", FIRST),
            ("/a", "2031-03-08", "Norvale Ledger", MENDED),
            ("/b", "2031-03-08", "Saltmere Times", FIRST),
        ):
            made = report(text, id=address[1:], published=day, publisher=publisher)
            read = onrecord.annotate(text, id=address[1:], published=day, publisher=publisher, models=False)
            opened.add(Received(made, Original(address, "text/plain", "utf-8", text.encode(), ())), read)
        yield opened


def test_a_correction_is_told_with_the_version_that_it_is_about(record: Record) -> None:
    (found,) = notices(record)
    assert (found.report_id, found.kind, found.wrong, found.right) == ("a", "correction", "the toll", "It was seven")
    assert found.about is not None
    assert (found.about.id, found.about.because) == ("a", "an earlier version of the same report")
    assert found.about.version != found.version


def test_versions_are_compared_sentence_by_sentence(record: Record) -> None:
    (found,) = differences(record, "a")
    changed = [(line.a, line.b) for line in found.lines if line.kind == "changed"]
    assert [("nine" in str(a), "seven" in str(b)) for a, b in changed] == [(True, True)]
    assert [line.b for line in found.lines if line.kind == "added"][-1] == "It was seven."


def test_two_reports_are_compared_too(record: Record) -> None:
    (found,) = differences(record, "b", "a")
    assert (found.a, found.b) == ("b", "a")
    with pytest.raises(RecordError, match="one version"):
        differences(record, "b")


def test_a_story_counts_reports_and_origins(record: Record) -> None:
    (found,) = stories(record)
    assert (found.reports, found.origins) == (("a", "b"), 1)


def test_a_person_says_which_report_a_notice_is_about(record: Record) -> None:
    record.correct("link", "a", other="b", field="corrects", author="A. Reader", reason="it names the Times")
    (found,) = notices(record)
    assert found.about is not None
    assert (found.about.id, found.about.because) == ("b", "A. Reader: it names the Times")
