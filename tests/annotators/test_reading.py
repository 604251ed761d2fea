"""A reading depends on the report alone, and a failing annotator costs no more than its own annotations."""

from __future__ import annotations

import pytest

from onrecord import wire
from onrecord.annotators import reading
from onrecord.annotators.entities import CROWDED
from onrecord.annotators.parse import Parsed
from onrecord.annotators.reading import LISTED, annotated
from onrecord.annotators.settings import Settings
from onrecord.errors import AnchorError
from onrecord.model import Time
from onrecord.read.text import report

RULES = Settings(models=False)
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


def test_more_people_of_one_surname_than_are_compared_are_said_and_no_others() -> None:
    def why(count: int) -> list[str]:
        starts, ends = ("Va", "Ke", "Mo", "Ri", "Su", "Ta", "Lo"), ("ran", "lin", "dek", "mos", "tir", "ven", "sol")
        names = [start + end for end in ends for start in starts][:count]
        text = " ".join(f"{name} Berg said no." for name in names) + " Berg had gone."
        read = annotated(report(text), RULES)
        assert "Berg" not in {text[slice(*span)] for entity in read.entities for span in entity.mentions}
        return [part.why for part in read.report.unread]

    assert why(30) == []
    assert why(49) == [CROWDED]


def test_a_list_whose_events_are_not_read_is_said() -> None:
    lead, rest = "Attacks: ", "\n\nTroops shelled the port."
    listed = lead + "; ".join(f"{n} men killed in a raid" for n in range(1, 60)) + "."
    read = annotated(report(listed + rest), RULES)
    assert [(part.span, part.why) for part in read.report.unread] == [((0, len(listed)), LISTED)]
    assert [e.trigger[0] > len(listed) for e in read.events if e.type == "ASSAULT"][-1:] == [True]
