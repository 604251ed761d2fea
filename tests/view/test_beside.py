"""An entry stands beside its other accounts, a report in its story, from the reports near it alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import RecordError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.view.accounts import events
from onrecord.view.beside import beside
from onrecord.view.most_told import most_told, told_stories
from onrecord.view.story import story_around
from onrecord.view.utterances import utterances

BOMB = (
    "A car bomb exploded outside the courthouse of Lviv on 14 March 2031, killing at least 12 people. "
    "Governor Hana Brik said that the Dravan Front had planted the bomb beside the courthouse gate at dawn."
)
TEXTS = {
    "ledger": BOMB,
    "times": "A car bomb that exploded on 14 March 2031 outside the courthouse in Lviv killed 19 people. Governor Hana "
    "Brik said that the Dravan Front had planted the bomb. The front said that it had no hand in it.",
    "reprint": BOMB,
    "courier": "Thousands of farmers marched through Riga on 14 March 2031 to the ministry.",
}


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, text in TEXTS.items():
            made = report(text, id=name, published="2031-03-15", publisher=name.title())
            received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            read = onrecord.annotate(text, id=name, published="2031-03-15", publisher=name.title(), models=False)
            opened.add(received, read)
        list(reconcile(opened))
        yield opened


def test_an_event_has_the_same_accounts_as_in_the_list_of_all(record: Record) -> None:
    for one in events(record).found:
        for account in one.accounts:
            found = beside(record, account.report_id, account.id)
            assert set(found.accounts) == {(a.report_id, a.id) for a in one.accounts}
            assert (found.agree, found.differ, found.alone) == (one.agree, one.differ, one.alone)
            assert len(found.origins) == one.origins


def test_a_statement_has_the_same_versions_as_in_the_list_of_all(record: Record) -> None:
    told = utterances(record).told
    assert told
    for one in told:
        for version in one.told.versions:
            found = beside(record, version.report, version.entries[0])
            assert found.utterance is not None
            assert found.utterance.versions == one.told.versions
            assert len(found.origins) == one.origins


def test_copies_are_one_origin_and_every_link_has_a_reason(record: Record) -> None:
    (statement,) = [one for one in most_told(record, "statement").found if "planted" in one.sentence.words]
    assert (len(statement.reports), statement.origins) == (3, 2)
    found = beside(record, *statement.item.entry)
    assert ("ledger", "reprint") in found.origins
    assert found.reasons
    assert all(reason.because and not reason.by_hand for reason in found.reasons)


def test_a_person_s_link_is_told_from_a_rule_s(record: Record) -> None:
    (march,) = [e.id for e in record.annotated("courier").events][:1]
    (bomb,) = [e.id for e in record.annotated("times").events if e.type == "ASSAULT"][:1]
    record.correct("link", f"courier:{march}", other=f"times:{bomb}", field="same-event", author="Ada", reason="so")
    found = beside(record, "courier", march)
    assert any(reason.by_hand and "Ada" in reason.because for reason in found.reasons)


def test_what_nobody_else_tells_stands_alone(record: Record) -> None:
    (march,) = [e.id for e in record.annotated("courier").events][:1]
    found = beside(record, "courier", march)
    assert (found.accounts, found.reasons, found.agree) == ((("courier", march),), (), ())
    for report_id, entry in (("courier", "ev99"), ("nothing", "ev1")):
        with pytest.raises(RecordError):
            beside(record, report_id, entry)


def test_a_story_has_its_reports_with_their_origins(record: Record) -> None:
    found = story_around(record, "reprint")
    assert {one.report.report_id for one in found.reports} == {"ledger", "reprint", "times"}
    assert found.origins == 2
    number = {one.report.report_id: one.origin for one in found.reports}
    assert number["ledger"] == number["reprint"] != number["times"]
    copy = next(one for one in found.reports if one.report.report_id == "reprint")
    assert copy.copy_of is not None
    assert copy.because
    assert [one.report.report_id for one in story_around(record, "courier").reports] == ["courier"]


def test_days_type_and_place_choose(record: Record) -> None:
    assert most_told(record, "event", event_type="assault", place="Lviv").several
    assert not most_told(record, "event", place="Riga").several
    assert not most_told(record, "event", since="2031-04").reports
    (story,) = told_stories(record).found
    assert (len(story.reports), story.origins) == (3, 2)
