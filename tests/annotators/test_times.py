"""Times as they are written in reports, and what stays unknown."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotators.parse import parse
from onrecord.annotators.times import times
from onrecord.read.text import report

TUESDAY = "2014-03-04"


def read(text: str, published: str | None = TUESDAY) -> list[tuple[str, str, str | None]]:
    return [(text[t.span[0] : t.span[1]], t.type, t.value) for t in times(parse(report(text, published=published)))]


def value(text: str, published: str | None = TUESDAY) -> str | None:
    found = read(text, published)
    assert len(found) == 1, found
    return found[0][2]


def mod(text: str) -> str | None:
    (found,) = times(parse(report(text, published=TUESDAY)))
    return found.mod


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled the town on Friday.", "2014-02-28"),
        ("The ministers will meet on Friday.", "2014-03-07"),
        ("The envoy is scheduled to arrive on Friday.", "2014-03-07"),
        ("The ceasefire collapsed last Tuesday.", "2014-02-25"),
        ("The ceasefire collapsed on Tuesday.", "2014-03-04"),
        ("Rebels took the airport over the weekend.", "2014-W09-WE"),
        ("Rebels took the airport last month.", "2014-02"),
        ("Rebels took the airport this week.", "2014-W10"),
        ("Rebels took the airport a year ago.", "2013"),
        ("Rebels took the airport five days ago.", "2014-02-27"),
        ("Rebels took the airport on 1 March.", "2014-03-01"),
        ("Rebels took the airport on March 1.", "2014-03-01"),
        ("Rebels took the airport on Dec. 20.", "2013-12-20"),
        ("Rebels will leave the airport by June 1.", "2014-06-01"),
        ("Rebels took the airport in November.", "2013-11"),
        ("Rebels took the airport in November 2012.", "2012-11"),
        ("Rebels took the airport in the first half of 2015.", "2015-H1"),
        ("Rebels took the airport in mid-2013.", "2013"),
        ("Rebels took the airport in the 1990s.", "199"),
        ("Rebels took the airport last fall.", "2013-FA"),
        ("Rebels took the airport yesterday.", "2014-03-03"),
        ("Rebels took the airport overnight.", "2014-03-04TNI"),
        ("Rebels took the airport on Sunday night.", "2014-03-02TNI"),
        ("Rebels took the airport at 3 p.m. on Sunday.", "2014-03-02T15:00"),
        ("Rebels took the airport at 1430 GMT on Sunday.", "2014-03-02T14:30Z"),
        ("Rebels took the airport at 2:05 a.m. (0105 GMT) on Sunday.", "2014-03-02T02:05"),
        ("Rebels shelled the airport every Monday.", "XXXX-WXX-1"),
        ("Rebels shelled the airport for three weeks.", "P3W"),
        ("Rebels shelled the airport for two and a half hours.", "PT2H30M"),
        ("Rebels shelled the airport for half an hour.", "PT30M"),
        ("Rebels shelled the airport for several days.", "PXD"),
        ("Rebels shelled the airport for decades.", "PXY"),
        ("Rebels shelled the airport twice a day.", "P1D"),
        ("Rebels now hold the airport.", "PRESENT_REF"),
        ("Rebels recently took the airport.", "PAST_REF"),
        ("Rebels fear for the future.", "FUTURE_REF"),
        ("Rebels took the airport in 1962.", "1962"),
        ("He won a Nobel prize in the 19th century.", "18"),
        ("Peace talks stopped before Christmas Eve.", "2013-12-24"),
    ],
)
def test_a_time_is_resolved_against_the_day_of_publication(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began early on Sunday local time.", "START"),
        ("It began in late November.", "END"),
        ("It began in mid-2013.", "MID"),
        ("It lasted about three weeks.", "APPROX"),
        ("It lasted more than three weeks.", "MORE_THAN"),
        ("It lasted nearly three weeks.", "LESS_THAN"),
        ("It lasted at least three weeks.", "EQUAL_OR_MORE"),
        ("It lasted up to three weeks.", "EQUAL_OR_LESS"),
        ("It lasted three weeks.", None),
    ],
)
def test_words_of_vagueness_are_kept_as_mod(text: str, expected: str | None) -> None:
    assert mod(text) == expected


def test_the_dates_that_the_story_tells_are_what_later_ones_count_from() -> None:
    found = read("The siege began on 10 January 2009. Two days later the bridge fell. The following year they fled.")
    assert [v for _, _, v in found] == ["2009-01-10", "2009-01-12", "2010"]


def test_a_day_counted_from_nothing_told_is_unknown() -> None:
    assert read("Two days later the bridge fell.") == [("Two days later", "DATE", None)]


def test_a_vague_date_does_not_date_the_next_day() -> None:
    assert [v for _, _, v in read("The war began in 1998. The next day the bridge fell.")] == ["1998", None]


def test_the_day_of_an_unnamed_siege_is_a_time_without_a_value() -> None:
    assert read("Shells fell on the third day of the siege.") == [("the third day", "DATE", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army shelled the town yesterday.", None),
        ("The army shelled the town last month.", None),
        ("The army shelled the town two years ago.", None),
        ("The army shelled the town on Friday.", "XXXX-WXX-5"),
        ("The army shelled the town on March 1.", "XXXX-03-01"),
        ("The army shelled the town in November.", "XXXX-11"),
        ("The army shelled the town on March 1, 1962.", "1962-03-01"),
        ("The army shelled the town in 1962.", "1962"),
        ("The army shelled the town for three weeks.", "P3W"),
    ],
)
def test_without_a_publication_date_nothing_is_supposed(text: str, expected: str | None) -> None:
    assert value(text, published=None) == expected


def test_the_time_of_day_of_publication_does_no_harm() -> None:
    assert value("The army shelled the town on Friday.", published="2014-03-04T23:10:00+02:00") == "2014-02-28"


def test_a_year_named_in_the_sentence_dates_its_months() -> None:
    found = read("Between March 2003 and July the army withdrew.")
    assert [v for _, _, v in found] == ["2003-03", "2003-07"]


def test_a_year_told_in_passing_does_not_date_its_months() -> None:
    found = read("It has killed 900 people since 2011, 30 of them in February.")
    assert [v for _, _, v in found] == ["2011", "2014-02"]


def test_what_was_yet_to_come_when_it_was_said_is_counted_from_that_day() -> None:
    found = read("The army said on Saturday that it would hold its fire on Sunday.")
    assert [v for _, _, v in found] == ["2014-03-01", "2014-03-02"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on the town on 1-2 March.", ["2014-03-02"]),
        ("He ruled from 1994-1997.", ["1994", "1997"]),
        ("They met on March 1-2, 2010.", ["2010-03-01"]),
        ("The army has held the town since January 1.", ["2014-01-01"]),
        ("They gave him until Friday to resign.", ["2014-03-07"]),
        ("He fled in June 2010. The next month he resigned.", ["2010-06", "2010-07"]),
        ("They meet from 8 a.m. on Wednesday.", ["2014-03-05T08:00"]),
        ("Residents fled in the early hours of Sunday.", ["2014-03-02TMO"]),
    ],
)
def test_values_that_hang_on_the_words_around(text: str, expected: list[str]) -> None:
    assert [v for _, _, v in read(text)] == expected


def test_the_end_of_a_stretch_of_days_follows_its_start() -> None:
    found = read("Schools will be closed from Wednesday to Tuesday.")
    assert [v for _, _, v in found] == ["2014-03-05", "2014-03-11"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("KYIV, March 3 (Reuters) - Shells fell.", "2014-03-03"), ("LIMA, 12 JAN 90 (EFE) -- SHELLS FELL.", "1990-01-12")],
)
def test_datelines_hold_times(words: str, expected: str) -> None:
    assert value(words) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister May met the envoy.",
        "The rebels may leave.",
        "Theresa May spoke to the crowd.",
        "Thousands march against the decree.",
        "The Sunday Times reported the deal.",
        "Black September claimed the attack.",
        "The March on Washington drew a crowd.",
        "A woman, 27, was killed.",
        "A 27-year-old woman was killed.",
        "The man was 27 years old.",
        "Flight 1962 landed safely.",
        "The council adopted Resolution 1973.",
        "About 2000 people fled the town.",
        "They killed 1500 soldiers.",
        "It broadcast on USA Today's site.",
        "THIS MAY HAVE BEEN A MISTAKE, THEY SAID.",
        "A second man was shot.",
        "Call 555-1962 for help.",
        "Shops sold Christmas trees.",
        "It was his third trip in as many weeks.",
        "They belong to the 19 April Movement.",
        "A quarter of the town is in ruins.",
        "Troops fall back when they spring a trap.",
        "At the end of the day it is a question of trust.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert read(text) == []


def test_a_count_after_in_and_a_month_is_no_day() -> None:
    assert read("In February 20 people died.") == [("February", "DATE", "2014-02")]


def test_the_attacks_of_2001_keep_their_year() -> None:
    assert value("He was held after the Sept. 11 attacks.") == "2001-09-11"


def test_ids_are_in_order_and_spans_apart() -> None:
    found = times(parse(report("On Friday, March 1, 2013, for three days from noon until Monday night.")))
    assert [t.id for t in found] == [f"t{n}" for n in range(1, len(found) + 1)]
    assert all(a.span[1] <= b.span[0] for a, b in itertools.pairwise(found))


def test_words_that_a_line_break_parts_are_one_time() -> None:
    assert read("The army withdrew on Aug.\n7, 1998.") == [("Aug.\n7, 1998", "DATE", "1998-08-07")]


_WORDS = (
    "early|late|mid-|Friday|March|31|30th|2014|0000|9999|the|last|next|first|two|hundred|and|a|half|years|ago|later|p.m.|"
    "12:30|GMT|at|noon|this|that|every|of|Easter|'89|/|-|(|)|.|,|\n|1/2|x|é|漢|İ|2月|twenty-nine|February|year-end|decades|"
    "century|weekend|two thousand|nineteen ninety|would|from|to|said|May|MAY|in"
)
WORDS = st.sampled_from(_WORDS.split("|"))


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
    st.sampled_from([None, "1605-01-01", "9999-12-31", TUESDAY]),
)
def test_any_text_is_read_without_error_into_spans_that_lie_in_it(text: str, published: str | None) -> None:
    end = 0
    for number, found in enumerate(times(parse(report(text, published=published))), 1):
        start, stop = found.span
        assert end <= start < stop <= len(text)
        assert found.id == f"t{number}"
        end = stop
