"""Bars and lists of stated times: nothing is dated more exactly than its report dates it, and nothing is lost."""

from __future__ import annotations

import pytest

from onrecord.errors import InputError
from onrecord.record.store import Record
from onrecord.view import calendar as bars
from onrecord.view import moments as lists
from onrecord.view.calendar import calendar
from onrecord.view.moments import moments
from onrecord.view.timeline import timeline
from onrecord.view.times_asked import Asked


def test_years_are_a_row_and_those_long_before_stand_apart(ferry: Record) -> None:
    found = calendar(ferry, Asked())
    assert [(bar.period, bar.more) for bar in found.bars] == [("2031", False)]
    assert [bar.period for bar in found.before] == ["1871"]
    assert sum(bar.moments for bar in (*found.bars, *found.before)) == len(timeline(ferry).dated)


def test_the_parts_of_a_year_add_up_to_it(ferry: Record) -> None:
    year = calendar(ferry, Asked("2031", "2031"))
    assert [bar.period for bar in year.bars] == [f"2031-{month:02}" for month in range(1, 13)]
    assert sum(bar.moments for bar in year.bars) == calendar(ferry, Asked()).bars[0].moments
    month = calendar(ferry, Asked("2031-03", "2031-03"))
    assert len(month.bars) == 31
    whole = sum(bar.moments for bar in month.bars) + sum(spell.moments for spell in month.spells)
    assert whole == year.bars[2].moments


def test_a_month_is_no_day(ferry: Record) -> None:
    month = calendar(ferry, Asked("2031-03", "2031-03"))
    assert [(spell.value, spell.moments) for spell in month.spells] == [("2031-03", 2)]
    assert next(bar.moments for bar in month.bars if bar.period == "2031-03-01") == 0
    day = Asked("2031-03-20", "2031-03-20", statements=False)
    assert [spell.value for spell in calendar(ferry, day).spells] == ["2031-03"]
    assert {one.value for one in moments(ferry, day).found} == {"2031-03"}


def test_moments_stand_in_the_order_of_their_times(ferry: Record) -> None:
    found = moments(ferry, Asked()).found
    values = [one.value for one in found]
    assert values == sorted(values, key=str)
    assert {(one.report_id, one.id) for one in found} == {(one.report_id, one.id) for one in timeline(ferry).dated}


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        (Asked("2031", "2031", who="navy"), {"Black Sea"}),
        (Asked("2031-03", "2031-03", place="alep"), {"Aleppo"}),
        (Asked("2031-03-06", "2031-03-06", event_type="CONSULT"), {"Ankara"}),
        (Asked("2031", "2031", who="%"), set()),
    ],
)
def test_moments_are_narrowed_and_bars_with_them(ferry: Record, asked: Asked, places: set[str]) -> None:
    found = moments(ferry, asked).found
    assert {one.place for one in found} == places
    counted = calendar(ferry, asked)
    assert sum(bar.moments for bar in counted.bars) + sum(spell.moments for spell in counted.spells) == len(found)


def test_one_stated_time_can_be_asked_for(ferry: Record) -> None:
    assert {one.place for one in moments(ferry, Asked(), value="2031-03").found} == {"Damascus", "Aleppo"}


def test_moments_come_in_pages(ferry: Record) -> None:
    pages = [moments(ferry, Asked(), page=n, on_a_page=5) for n in (1, 2, 3, 4)]
    names = [(one.report_id, one.id) for page in pages for one in page.found]
    assert names == [(one.report_id, one.id) for one in moments(ferry, Asked()).found]
    assert pages[0].more
    assert not pages[-1].more


def test_where_there_are_too_many_the_first_are_counted_and_it_is_said(
    ferry: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = calendar(ferry, Asked("2031", "2031", statements=False))
    monkeypatch.setattr(bars, "MOST", 3)
    assert [bar.moments for bar in calendar(ferry, Asked("2031", "2031", statements=False)).bars] == [
        bar.moments for bar in exact.bars
    ]
    monkeypatch.setattr(bars, "_EACH", (2,))
    march = calendar(ferry, Asked("2031", "2031", statements=False)).bars[2]
    assert (march.moments, march.more) == (2, True)
    monkeypatch.setattr(lists, "LOOKED_AT", 2)
    assert moments(ferry, Asked("2031", "2031", who="navy")).looked_to is not None
    assert moments(ferry, Asked("2031", "2031")).looked_to is None


@pytest.mark.parametrize(
    "given",
    [{"since": "2031"}, {"since": "2031-02-30", "until": "2031-03"}, {"since": "2032", "until": "2031"},
     {"event_type": "DRAGON"}, {"since": "soon", "until": "soon"}],
)  # fmt: skip
def test_what_is_no_stretch_of_time_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(InputError):
        Asked(**given)  # type: ignore[arg-type]
