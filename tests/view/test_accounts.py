"""Accounts of one event stand beside each other: what agrees, what differs, what only one has, and three counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import onrecord
from onrecord.cli import main
from onrecord.errors import InputError, RecordError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.record.store import Record
from onrecord.view.accounts import Happening, events, happening

TEXTS = {
    "ledger": "A car bomb exploded outside the courthouse of Lviv on 14 March 2031, killing at least 12 people, "
    "governor Hana Brik said. The governor was speaking at the hospital where the wounded lie and asked for blood.",
    "times": "A car bomb that exploded on 14 March 2031 outside the courthouse in Lviv killed 19 people. Governor Hana "
    "Brik blamed the Dravan Front, which said that it had no hand in it and that it mourned with the town.",
    "courier": "Thousands of farmers marched through Riga on 14 March 2031 to the ministry.",
}


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, text in TEXTS.items():
            made = report(text, id=name, published="2031-03-15")
            received = Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ()))
            opened.add(received, onrecord.annotate(text, id=name, published="2031-03-15", models=False))
        yield opened


@pytest.fixture
def bombing(record: Record) -> Happening:
    (one,) = events(record, event_type="assault", place="Lviv").found
    return one


def test_one_bombing_is_told_by_two_reports_of_two_origins(record: Record, bombing: Happening) -> None:
    assert {account.report_id for account in bombing.accounts} == {"ledger", "times"}
    assert (bombing.reports, bombing.origins) == (2, 2)
    found = events(record)
    assert (found.events, found.reports, found.origins) == (1, 2, 2)
    assert all(link.reason for link in bombing.links)


def test_tolls_that_cannot_both_hold_differ_and_place_and_day_agree(bombing: Happening) -> None:
    assert {"place", "day"} <= {aspect.what for aspect in bombing.agree}
    tolls = next((a for a in (*bombing.agree, *bombing.differ) if a.what == "killed"), None)
    assert tolls is not None
    assert {words for words, _ in tolls.said} & {"at least 12", "19"}


def test_an_event_is_found_by_any_of_its_accounts(record: Record, bombing: Happening) -> None:
    for account in bombing.accounts:
        assert happening(record, f"{account.report_id}:{account.id}") == bombing
    with pytest.raises(RecordError, match="no such event"):
        happening(record, "ledger:ev99")


def test_events_are_chosen_by_type_day_and_name(record: Record) -> None:
    assert events(record, since="2031-04").found == ()
    assert events(record, who="Nobody").found == ()
    assert any(one.accounts[0].report_id == "courier" for one in events(record, several=False).found)
    with pytest.raises(InputError, match="no event type"):
        events(record, event_type="WAR")


def test_the_command_lists_events_and_lays_accounts_beside_each_other(record: Record, bombing: Happening) -> None:
    listed = CliRunner().invoke(main, ["-r", str(record.path), "events"])
    assert listed.exit_code == 0
    assert "1 event told by several reports, in 2 reports of 2 independent origins" in listed.output
    page = CliRunner().invoke(main, ["-r", str(record.path), "events", bombing.name])
    assert "They agree on" in page.output
    lines = CliRunner().invoke(main, ["-r", str(record.path), "events", "--format", "jsonl"])
    assert lines.output.count("\n") == 1
