"""The newest figures, and the series around one, are those of the whole record."""

from __future__ import annotations

import pytest

from onrecord.errors import InputError, RecordError
from onrecord.record.store import Record
from onrecord.view.around import around
from onrecord.view.counted import counted
from onrecord.view.figures import figures
from onrecord.view.series import series


def test_all_figures_are_counted_the_newest_first_and_once(ferry: Record) -> None:
    found = counted(ferry)
    names = [(one.report_id, one.id) for thing in found.things for one in thing.counts]
    assert sorted(names) == sorted((one.report_id, one.id) for one in figures(ferry))
    firsts = [thing.counts[0].published or "" for thing in found.things]
    assert firsts == sorted(firsts, reverse=True)
    assert (found.looked_at.reports, found.looked_at.older, found.more) == (7, False, False)


def test_what_counts_the_same_stands_together(ferry: Record) -> None:
    toll = next(thing for thing in counted(ferry).things if len(thing.counts) > 1)
    assert {one.unit for one in toll.counts} == {"killed"}
    assert toll.reports == 5


@pytest.mark.parametrize(
    ("narrowed", "words"),
    [
        ({"unit": "wounded"}, {"Dozens"}),
        ({"claimant": "health"}, {"at least 12", "15"}),
        ({"claimant": "POLICE", "until": "2031-03-04"}, {"nine"}),
        ({"whom": "sold"}, {"1,200"}),
        ({"place": "kharkiv", "since": "2031-03-06"}, {"11", "Dozens"}),
        ({"whom": "%"}, set()),
    ],
)
def test_figures_are_narrowed(ferry: Record, narrowed: dict[str, str], words: set[str]) -> None:
    found = counted(ferry, **narrowed)  # type: ignore[arg-type]
    assert {one.words for thing in found.things for one in thing.counts} == words


def test_figures_come_in_pages(ferry: Record) -> None:
    pages = [counted(ferry, page=n, on_a_page=3) for n in (1, 2, 3)]
    words = [one.words for page in pages for thing in page.things for one in thing.counts]
    assert len(words) == 9
    assert [page.more for page in pages] == [True, True, False]


def test_what_most_reports_count_can_come_first(ferry: Record) -> None:
    assert counted(ferry, by_reports=True).things[0].counts[0].unit == "killed"


def test_a_unit_or_a_date_that_is_none_is_refused(ferry: Record) -> None:
    with pytest.raises(InputError):
        counted(ferry, unit="dragons")
    with pytest.raises(InputError):
        counted(ferry, since="yesterday")


def test_the_series_around_each_figure_is_that_of_the_whole_record(ferry: Record) -> None:
    for subject in series(ferry, alone=True):
        for one in subject.series:
            for point in one.points:
                assert around(ferry, point.report, point.entry).subject == subject


def test_a_figure_that_is_not_compared_says_why(ferry: Record) -> None:
    money = next(one for one in figures(ferry) if one.unit == "money")
    found = around(ferry, money.report_id, money.id)
    assert found.subject is None
    assert "not compared" in found.why_alone


def test_a_figure_that_is_not_there_is_not_found(ferry: Record) -> None:
    with pytest.raises(RecordError):
        around(ferry, "f0", "f99")
    with pytest.raises(RecordError):
        around(ferry, "nothing", "f1")
