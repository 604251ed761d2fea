"""Numbers in words and digits keep the bounds that their words allow."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotators.numbers import numbers


@pytest.mark.parametrize(
    ("words", "low", "high", "qualifier"),
    [
        ("nine", 9, 9, "exactly"),
        ("about 30", 30, 30, "about"),
        ("at least 40", 40, None, "at least"),
        ("more than 75", 75, None, "more than"),
        ("up to 50", None, 50, "up to"),
        ("fewer than 20", None, 20, "fewer than"),
        ("between 20 and 30", 20, 30, "exactly"),
        ("25,000 to 30,000", 25_000, 30_000, "exactly"),
        ("two to three million", 2_000_000, 3_000_000, "exactly"),
        ("one hundred and five", 105, 105, "exactly"),
        ("twenty-two", 22, 22, "exactly"),
        ("1.1 million", 1_100_000, 1_100_000, "exactly"),
        ("6 000", 6_000, 6_000, "exactly"),
        ("half a dozen", 6, 6, "exactly"),
        ("200 or more", 200, None, "at least"),
        ("no one", 0, 0, "exactly"),
        ("a couple", 2, None, "at least"),
        ("several", 3, None, "at least"),
        ("a few", 3, None, "at least"),
        ("dozens", 24, None, "at least"),
        ("hundreds", 200, None, "at least"),
        ("thousands", 2_000, None, "at least"),
        ("hundreds of thousands", 200_000, None, "at least"),
        ("many", None, None, "about"),
        ("scores", None, None, "about"),
    ],
)
def test_words_give_the_bounds_they_allow(words: str, low: float | None, high: float | None, qualifier: str) -> None:
    (found,) = [n for n in numbers(f"Officials counted {words} there.") if not n.article]
    assert (found.low, found.high, found.qualifier) == (low, high, qualifier)


def test_neighbouring_numbers_are_not_added_up() -> None:
    assert [n.low for n in numbers("two and three")] == [2, 3]


def test_a_change_from_one_number_to_another_is_no_range() -> None:
    assert [(n.low, n.high) for n in numbers("rose from 12 to 15")] == [(12, 12), (15, 15)]


def test_the_over_of_a_verb_is_no_qualifier() -> None:
    handed, fled = numbers("handed over four hostages while over 40 fled")
    assert (handed.low, handed.high, handed.qualifier) == (4, 4, "exactly")
    assert (fled.low, fled.high, fled.qualifier) == (40, None, "more than")


def test_names_of_weapons_and_ordinals_are_no_numbers() -> None:
    assert not numbers("T-72 tanks, F-16 jets and the 5th brigade")


@given(st.text(alphabet="0123456789,. -andhuretmilofc\n", max_size=300))
def test_any_text_gives_finite_numbers_in_order(text: str) -> None:
    reached = 0
    for number in numbers(text):
        assert reached <= number.span[0] <= number.core[0] < number.core[1] <= number.span[1] <= len(text)
        assert all(bound is None or math.isfinite(bound) for bound in (number.low, number.high))
        reached = number.span[1]
