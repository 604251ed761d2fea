"""What is new in some days is what no earlier report tells; the front page asks around these days' reports alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord.errors import InputError
from onrecord.read.original import Original, Received
from onrecord.read.text import report
from onrecord.reconciling import reconcile
from onrecord.record.store import Record
from onrecord.view.days import day_after, day_before, full_day, last_day, reports_of
from onrecord.view.today import Edition, NoReports, edition, lines, standfirst

TEXTS = {
    "ledger": ("2031-03-15", "A car bomb exploded outside the courthouse of Lviv on 14 March 2031, killing 12 people. "
               "Governor Hana Brik said that the Dravan Front had planted the bomb beside the courthouse gate."),
    "times": ("2031-03-16", "A car bomb exploded outside the courthouse of Lviv on 14 March 2031, killing 19 people. "
              "Governor Hana Brik said that the Dravan Front had planted the bomb beside the courthouse gate. "
              "The Dravan Front said that it mourned with the widows of Lviv."),
    "courier": ("2031-03-16", "Thousands of farmers marched through Riga on 16 March 2031. Minister Otto Lind said "
                "that the subsidies for barley would not be cut."),
}  # fmt: skip


def _add(record: Record, name: str, published: str | None, text: str) -> None:
    made = report(text, id=name, published=published, publisher=f"The {name.title()}", title=f"News from {name}")
    read = onrecord.annotate(
        text, id=name, published=published, publisher=f"The {name.title()}", title=made.title, models=False
    )
    record.add(Received(made, Original(f"/{name}", "text/plain", "utf-8", text.encode(), ())), read)


@pytest.fixture
def record(tmp_path: Path, engine: str) -> Iterator[Record]:
    with onrecord.open(tmp_path / "war.db") as opened:
        for name, (published, text) in TEXTS.items():
            _add(opened, name, published, text)
        list(reconcile(opened))
        yield opened


def _words(record: Record, found: Edition, kind: str) -> list[str]:
    with record.reading() as connection:
        return [line.item.words for each in ("event", "statement", "figure") if each == kind
                for line in lines(connection, found, found.fresh[each])]  # fmt: skip


def test_the_last_day_is_shown_unless_another_is_asked_for(record: Record) -> None:
    found = edition(record)
    assert isinstance(found, Edition)
    assert (found.since, found.until, found.before, found.after) == ("2031-03-16", "2031-03-16", "2031-03-15", None)
    assert {one.report_id for one in found.reports} == {"times", "courier"}
    assert (found.origins, found.outlets) == (2, 2)


def test_what_an_earlier_report_tells_is_not_new(record: Record) -> None:
    found = edition(record, "2031-03-16")
    assert isinstance(found, Edition)
    said = " / ".join(_words(record, found, "statement"))
    assert "mourned" in said
    assert "barley" in said
    assert "planted" not in said
    assert "exploded" not in _words(record, found, "event")
    whole = edition(record, "2031-03-15")
    assert isinstance(whole, Edition)
    assert "planted" in " / ".join(_words(record, whole, "statement"))


def test_another_number_for_the_same_is_new_and_stands_beside_the_earlier_one(record: Record) -> None:
    found = edition(record, "2031-03-16")
    assert isinstance(found, Edition)
    (toll,) = [one for one in found.fresh["figure"] if one.first.words.startswith("19")]
    assert toll.before is not None
    assert toll.before.report_id == "ledger"
    assert toll.before.bounds == (12, 12)


def test_a_story_says_since_when_it_runs(record: Record) -> None:
    found = edition(record, "2031-03-16")
    assert isinstance(found, Edition)
    bombing = next(story for story in found.stories if story.lead.report_id == "times")
    assert (bombing.origins, bombing.earlier, bombing.began) == (1, 1, "2031-03-15")
    with record.reading() as connection:
        assert standfirst(connection, [bombing])["times"].startswith("A car bomb exploded")


def test_a_line_of_several_reports_counts_origins(record: Record) -> None:
    found = edition(record, "2031-03-15")
    assert isinstance(found, Edition)
    told = next(one for one in found.fresh["statement"] if "planted" in one.first.words)
    assert told.reports == ("ledger", "times")
    assert told.first.report_id == "ledger"
    assert 1 <= told.origins <= 2


def test_an_undated_report_goes_by_its_arrival(record: Record) -> None:
    _add(record, "leaflet", None, "Rebels shelled Narva, a leaflet said.")
    with record.reading() as connection:
        assert last_day(connection) == "2031-03-16"
        arrived = day_before(connection, "2031-03-01") or day_after(connection, "2031-03-17")
        assert arrived is not None
        (found,) = reports_of(connection, arrived, arrived, most=5)
    assert (found.report_id, found.published, found.day) == ("leaflet", None, arrived)


def test_an_empty_record_and_wrong_days_are_told(tmp_path: Path, record: Record) -> None:
    with onrecord.open(tmp_path / "empty.db") as empty:
        assert isinstance(edition(empty), NoReports)
    for since, until in (("yesterday", None), ("2031-02-30", None), ("2031-03-16", "2031-03-15")):
        with pytest.raises(InputError):
            edition(record, since, until)
    assert full_day("2032-02", last=True) == "2032-02-29"
    assert full_day("2031", last=True) == "2031-12-31"
