"""Names and their bearers from a bounded part of the record: the same as the whole says, namesakes apart."""

from __future__ import annotations

import pytest

from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.view.called import called
from onrecord.view.names import names
from onrecord.view.of_actor import events_of, positions_held, said_about, said_by
from onrecord.view.who import who

from .test_who import add, told
from .test_who import record as zelensky

__all__ = ["zelensky"]


@pytest.fixture
def linked(zelensky: Record) -> Record:
    list(reconcile(zelensky))
    return zelensky


@pytest.mark.parametrize("asked", ["Volodymyr Zelensky", "Zelenskyy", "zelenskiy"])
def test_spellings_that_are_surely_one_are_one_bearer(linked: Record, asked: str) -> None:
    found = called(linked, asked)
    whole = max(who(linked, asked).actors, key=lambda actor: len(actor.reports))
    assert found.bearers[0].reports == len(whole.reports) == 4
    assert set(found.bearers[0].spellings) == set(whole.spellings)
    assert found.bearers[0].held == whole.held


def test_another_of_the_family_is_not_merged(linked: Record) -> None:
    assert all("Olena Zelenska" not in one.spellings for one in called(linked, "Zelenskyy").bearers)


def test_namesakes_stay_apart(linked: Record) -> None:
    add(linked, "/6", told("Orla Venn", role="minister", country="IRL"))
    add(linked, "/7", told("Orla Venn", role="boxer", country="AUS"))
    list(reconcile(linked))
    found = called(linked, "Orla Venn")
    assert [(one.name, one.reports) for one in found.bearers] == [("Orla Venn", 1), ("Orla Venn", 1)]
    said = [said_by(linked, one).moments for one in found.bearers]
    assert [len(moments) for moments in said] == [1, 1]
    assert said[0][0].report_id != said[1][0].report_id


def test_what_people_decided_counts(linked: Record) -> None:
    one, other = (add(linked, f"/{n}", told(name)) for n, name in ((6, "Mila Adler"), (7, "M. Brandt")))
    list(reconcile(linked))
    assert called(linked, "Mila Adler").bearers[0].spellings == ("Mila Adler",)
    entry = linked.annotated(one).entities[0].id
    linked.correct("link", f"{one}:{entry}", other=f"{other}:{entry}", field="same-entity", author="me", reason="known")
    assert set(called(linked, "Mila Adler").bearers[0].spellings) == {"M. Brandt", "Mila Adler"}


def test_statements_come_newest_first_page_by_page(linked: Record) -> None:
    bearer = called(linked, "Zelenskyy").bearers[0]
    days = [one.published for one in said_by(linked, bearer).moments]
    assert days == ["2024-04-01", "2024-03-09", "2024-03-01", "2024-02-01"]
    first, second = (said_by(linked, bearer, limit=3, skip=skip) for skip in (0, 3))
    assert ([m.published for m in first.moments], first.more) == (days[:3], True)
    assert ([m.published for m in second.moments], second.more) == (days[3:], False)


def test_a_record_that_is_not_reconciled_answers_too(zelensky: Record) -> None:
    assert [one.name for one in called(zelensky, "Zelenskyy").bearers] == ["Zelenskyy"]
    assert positions_held(zelensky, called(zelensky, "Zelenskyy").bearers[0]) == ((), False)


def test_nobody_and_nothing_are_no_error(linked: Record) -> None:
    for name in ("Nobody At All", "", '"', "AND", "%", "\0"):
        assert called(linked, name).bearers == ()


def test_events_say_who_acts(record: Record) -> None:
    bearer = called(record, "Third Army").bearers[0]
    parts, more = events_of(record, bearer)
    assert [(part.acts, part.moment.what) for part in parts] == [(True, "ASSAULT"), (True, "MOBILIZE")]
    assert not more
    (met,), _ = events_of(record, called(record, "Jörg R. Adler").bearers[0])
    assert (met.acts, met.moment.what) == (False, "MOBILIZE")


def test_what_others_say_leaves_own_statements_out(linked: Record) -> None:
    reading = told("Vera Quist")
    text = reading.attributions[0].content.spans
    assert text
    bearer = called(linked, "Zelenskyy").bearers[0]
    before = said_about(linked, bearer).moments
    assert all(one.who not in bearer.spellings for one in before)


def test_names_are_counted_by_reports(record: Record, linked: Record) -> None:
    assert {one.name: one.reports for one in names(record).names}["Adler"] == 1
    assert [one.name for one in names(linked, begins="vol").names] == ["Volodymyr Zelensky"]
    assert [one.name for one in names(record, of="armed-force").names] == ["Third Army"]
    assert names(record, begins="third").reports is None
    assert names(record, limit=1, skip=1).names == names(record).names[1:2]


def test_a_report_read_again_counts_once(linked: Record) -> None:
    before = names(linked).names
    add(linked, "/5", told("Olena Zelenska", country="UKR", published="2024-04-02", first="Now: "), later=1)
    assert names(linked).names == before
