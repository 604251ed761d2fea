from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reconcile.days import stretch


@pytest.mark.parametrize(
    ("value", "first", "last", "precision"),
    [
        ("1958-03-03", "1958-03-03", "1958-03-03", "day"),
        ("1958-03-03T14:30", "1958-03-03", "1958-03-03", "time"),
        ("1958-03-03T14:30:00+02:00", "1958-03-03", "1958-03-03", "time"),
        ("1958-03-03TNI", "1958-03-03", "1958-03-03", "part of day"),
        ("1960-02", "1960-02-01", "1960-02-29", "month"),
        ("1958", "1958-01-01", "1958-12-31", "year"),
        ("2020-W53", "2020-12-28", "2021-01-03", "week"),
        ("2020-W01-WE", "2020-01-04", "2020-01-05", "weekend"),
        ("1958-Q3", "1958-07-01", "1958-09-30", "quarter"),
        ("1958-H1", "1958-01-01", "1958-06-30", "half-year"),
        ("1958-SU", "1958-06-01", "1958-08-31", "season"),
        ("1958-WI", "1958-12-01", "1959-02-28", "season"),
        ("195", "1950-01-01", "1959-12-31", "decade"),
        ("195X", "1950-01-01", "1959-12-31", "decade"),
        ("19", "1900-01-01", "1999-12-31", "century"),
    ],
)
def test_a_value_stands_for_a_stretch_of_days(value: str, first: str, last: str, precision: str) -> None:
    found = stretch(value)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat(), found.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "value",
    [None, "", "P3D", "PT2H", "PAST_REF", "PRESENT_REF", "XXXX-03-04", "1958-02-30", "1958-13", "2021-W53", "0000",
     "XXXX-WXX-1", "T14:30", "١٩٥٨"],
)  # fmt: skip
def test_what_is_no_place_in_time_has_none(value: str | None) -> None:
    assert stretch(value) is None


@given(st.text(alphabet="0123456789-TWQHXPSUE:"))
def test_any_value_is_taken(value: str) -> None:
    found = stretch(value)
    assert found is None or found.first <= found.last
