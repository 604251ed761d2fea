from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from datetime import time as clock_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.read.dates import published_at


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("2021-03-04", "2021-03-04"),
        ("20210304", "2021-03-04"),
        ("2021/03/04", "2021-03-04"),
        (" 2021-03-04 ", "2021-03-04"),
        ("2021-03-04T10:00:00+0100", "2021-03-04T10:00:00+01:00"),
        ("2021-03-04 10:00:00 +0100", "2021-03-04T10:00:00+01:00"),
        ("2021-03-04T10:00Z", "2021-03-04T10:00:00+00:00"),
        ("2021-03-04 10:00 UTC", "2021-03-04T10:00:00+00:00"),
        ("2021-03-04T10:00:00", "2021-03-04T10:00:00"),
        ("Thu, 04 Mar 2021 10:00:00 -0500", "2021-03-04T10:00:00-05:00"),
        ("Thu, 04 Mar 2021 10:00:00 EST", "2021-03-04T10:00:00-05:00"),
        ("Thu, 04 Mar 2021 10:00:00 -0000", "2021-03-04T10:00:00"),
        ("March 4, 2021 10:00 GMT", "2021-03-04T10:00:00+00:00"),
        ("4 March 2021", "2021-03-04"),
        ("Sept. 4, 2021, 12:10 a.m.", "2021-09-04T00:10:00"),
    ],
)
def test_a_date_in_a_common_form_is_read_with_the_zone_it_has(words: str, moment: str) -> None:
    assert published_at(words) == moment


@pytest.mark.parametrize(
    "words",
    ["", "soon", "03/04/2021", "4.3.2021", "2021", "2021-03", "2021-02-30", "February 30, 2021", "0001-01-01",
     "1614852000", "2021-03-04T25:00", "4 March 2021 10:00 IST", "4 March 2021 13:00 pm", "２０２１-03-04", "2" * 500],
)  # fmt: skip
def test_what_is_no_certain_date_is_refused_with_a_remedy(words: str) -> None:
    with pytest.raises(InputError, match="give"):
        published_at(words)


def test_the_remedy_for_numbers_in_a_countrys_order_says_which_order_to_use() -> None:
    with pytest.raises(InputError, match="year-month-day"):
        published_at("03/04/2021")


@settings(deadline=None)
@given(
    st.dates(min_value=date(1605, 1, 1)),
    st.none() | st.times(),
    st.none() | st.timedeltas(min_value=timedelta(hours=-23), max_value=timedelta(hours=23)),
)
def test_every_canonical_date_is_its_own_canonical_form(
    day: date, clock: clock_time | None, off: timedelta | None
) -> None:
    zone = None if off is None else timezone(timedelta(minutes=off // timedelta(minutes=1)))
    moment = day if clock is None else datetime.combine(day, clock, zone)
    assert published_at(moment.isoformat()) == moment.isoformat()


@settings(deadline=None)
@given(st.text())
def test_any_words_give_a_date_or_an_input_error(words: str) -> None:
    try:
        moment = published_at(words)
    except InputError:
        return
    assert datetime.fromisoformat(moment).year >= 1605
