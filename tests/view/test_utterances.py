"""Utterances of a record: versions side by side, counted in reports and in origins, and asked for by who and when."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import InputError, RecordError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.utterances import utterance, utterances

WIRE = (
    "KESTREL BAY (Halyard) - Talks on the northern dam collapsed on Tuesday after nine hours behind closed doors. "
    '"The sluice will stay shut until the harvest is in, and no soldier will touch it," Water Minister Odile Brannock '
    "said. Engineers have guarded the gates since January, and the lake has risen by two metres."
)
TEXTS = {
    "ledger": (WIRE, "2031-03-04"),
    "mail": (WIRE, "2031-03-05"),
    "times": (
        'Odile Brannock, the water minister, was brief. "The sluice will stay shut until the harvest is in," she said '
        "as farmers cheered outside the old theatre in Lutterby.",
        "2031-03-05",
    ),
    "post": (
        'Opposition leader Rurik Sandoval told a rally: "The sluice will stay shut until the harvest is in, and no '
        'soldier will touch it."',
        "2031-03-06",
    ),
}


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, (text, published) in TEXTS.items():
            made = report(text, id=name, published=published, publisher=name.title())
            received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            read = onrecord.annotate(text, id=name, published=published, publisher=name.title(), models=False)
            opened.add(received, read)
        yield opened


def test_an_utterance_is_counted_in_reports_and_in_origins(record: Record) -> None:
    (found,) = utterances(record).told
    assert (found.reports, found.origins) == (3, 2)
    assert [version.report for version in found.told.versions] == ["ledger", "mail", "times"]
    assert [part.words for part in found.told.versions[2].left_out] == ["and no soldier will touch it"]
    assert all(link.reason for link in found.told.links)


def test_a_quotation_under_two_names_is_listed_apart_with_both(record: Record) -> None:
    found = utterances(record)
    assert {tuple(sorted(one.speakers)) for one in found.given} == {("Odile Brannock", "Rurik Sandoval")}
    assert all("Post" in one.publishers for one in found.given)


def test_a_person_who_says_that_a_copy_is_none_changes_the_count_of_origins(record: Record) -> None:
    record.correct("unlink", "mail", other="ledger", field="copy-of", author="A. Reader", reason="they were both there")
    assert utterances(record).told[0].origins == 3


@pytest.mark.parametrize(
    ("who", "since", "until", "count"),
    [("brannock", None, None, 1), ("Tarrant", None, None, 0), (None, "2031-03-05", None, 1),
     (None, "2031-03-06", None, 0), (None, None, "2031-03-03", 0), (None, None, "2031", 1)],
)  # fmt: skip
def test_utterances_are_asked_for_by_who_and_when(
    record: Record, who: str | None, since: str | None, until: str | None, count: int
) -> None:
    assert len(utterances(record, who=who, since=since, until=until).told) == count


def test_one_utterance_is_found_by_any_of_its_statements(record: Record) -> None:
    (expected,) = utterances(record).told
    for version in expected.told.versions:
        found = utterance(record, f"{version.report}:{version.entries[0]}")
        assert found.told == (expected,)
        assert found.given


def test_what_no_other_report_tells_is_empty_and_what_is_not_there_is_said(record: Record) -> None:
    assert utterance(record, "post:a1").told == ()
    with pytest.raises(RecordError, match="no such statement"):
        utterance(record, "post:a99")
    with pytest.raises(RecordError, match="no such report"):
        utterance(record, "gazette:a1")
    with pytest.raises(InputError, match="no date"):
        utterances(record, since="Tuesday")
