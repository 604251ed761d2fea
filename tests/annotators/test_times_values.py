"""The calendar of TIMEX3 values, and numbers in words."""

from datetime import date

import pytest

from onrecord.annotators.time_values import at, duration, easter, first_day, moved, nearest, relative
from onrecord.annotators.time_words import count, ordinal, year_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("three", 3), ("forty-two", 42), ("a hundred", 100), ("two hundred and fifty", 250), ("three thousand", 3000),
        ("a dozen", 12), ("two dozen", 24), ("1.5", 1.5), ("5 1/2", 5.5), ("two and a half", 2.5), ("half an", 0.5),
        ("a few", None), ("several", None),
    ],
)  # fmt: skip
def test_numbers_in_words(words: str, number: float | None) -> None:
    assert count(words) == number


def test_ordinals_and_years() -> None:
    assert [ordinal(w) for w in ("first", "twenty-third", "31st", "of")] == [1, 23, 31, None]
    assert [year_number(w) for w in ("'89", "90", "1962", "nineteen ninety-six")] == [1989, 1990, 1962, 1996]


def test_iso_weeks_belong_to_the_year_of_their_thursday() -> None:
    assert at(date(2021, 1, 1), "week") == "2020-W53"
    assert at(date(2021, 1, 4), "weekend") == "2021-W01-WE"


def test_a_day_that_the_month_lacks_becomes_its_last() -> None:
    assert moved(date(2016, 2, 29), -1, "year") == date(2015, 2, 28)


def test_the_calendar_ends_where_the_years_do() -> None:
    assert moved(date(1, 1, 1), -1, "day") is None
    assert moved(date(9999, 12, 31), 1, "month") is None


def test_a_value_gives_no_finer_one() -> None:
    assert relative("2014", 1, "month") is None
    assert relative("2014-03", 1, "day") is None
    assert relative("2014-03-04T15:00", 1, "day") == "2014-03-05"
    assert relative("PAST_REF", 1, "day") is None


def test_values_that_are_no_date_have_no_first_day() -> None:
    assert [first_day(v) for v in (None, "P3D", "XXXX-WXX-5", "2014-02-30", "2014-W60")] == [None] * 5


def test_lengths() -> None:
    assert duration(2, "decade") == "P20Y"
    assert duration(2, "fortnight") == "P4W"
    assert duration(0.5, "hour") == "PT30M"
    assert duration(None, "minute") == "PTXM"
    assert duration(2.5, "day") == "P2.5D"


def test_a_date_that_is_close_counts_even_against_the_tense() -> None:
    day, before, after = date(2014, 11, 20), date(2013, 12, 5), date(2014, 12, 5)
    assert nearest(day, before, after, "past") == after
    assert nearest(date(2014, 8, 1), before, after, "past") == before


def test_easter() -> None:
    assert [easter(y) for y in (1998, 2014, 2024)] == [date(1998, 4, 12), date(2014, 4, 20), date(2024, 3, 31)]
