"""A reading depends on the report alone, and a failing annotator costs no more than its own annotations."""

from __future__ import annotations

import pytest

from onrecord import wire
from onrecord.annotators import reading
from onrecord.annotators.parse import Parsed
from onrecord.annotators.reading import annotated
from onrecord.errors import AnchorError
from onrecord.model import Time
from onrecord.read.text import report

FIRST = 'The envoy arrived in Vienna on Monday. "We expect an answer," she said.'
SECOND = "Officials said 12 people were killed near Kassala, but the army denied it."


def test_a_reading_is_the_same_every_time_and_whatever_was_read_before() -> None:
    alone = wire.encode(annotated(report(FIRST, published="2021-03-04")))
    annotated(report(SECOND))
    assert wire.encode(annotated(report(FIRST, published="2021-03-04"))) == alone


def test_a_report_in_another_language_is_kept_and_says_that_it_was_not_read() -> None:
    text = (
        "Le ministre des Affaires étrangères a déclaré vendredi que les négociations avaient échoué et que "
        "la délégation quitterait la ville dès demain matin."
    )
    read = annotated(report(text))
    assert read.report.text == text
    assert read.attributions == ()
    assert [u.why for u in read.report.unread] == ["language fr is not annotated"]


def test_without_a_date_relative_times_stay_unresolved() -> None:
    read = annotated(report("The talks began on Friday, the ministry said."))
    assert [t.value for t in read.times] == ["XXXX-WXX-5"]


def test_a_failing_annotator_costs_only_its_own_annotations(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(parsed: Parsed) -> tuple[Time, ...]:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(reading, "times", broken)
    read = annotated(report(SECOND))
    assert read.attributions
    assert read.times == ()
    assert ["times were not read" in u.why for u in read.report.unread] == [True]


def test_an_annotation_that_does_not_verify_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Time(id="t1", span=(5, 5000), type="DATE", value=None, mod=None)
    monkeypatch.setattr(reading, "times", lambda parsed: (lost,))
    with pytest.raises(AnchorError, match="t1"):
        annotated(report(SECOND))
