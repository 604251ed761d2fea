"""Figures: what is counted, by which words, and what is left alone."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.anchors import faults
from onrecord.annotators.figures import figures
from onrecord.annotators.parse import parse
from onrecord.model import (
    SCHEMA,
    Annotated,
    Attribution,
    Content,
    Cue,
    Entity,
    Figure,
    Place,
    Source,
    Time,
)
from onrecord.read.text import report
from timed import seconds_of


def read(text: str) -> tuple[Figure, ...]:
    return figures(parse(report(text)), (), (), (), ())


def units(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.unit) for f in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shellfire killed 12 villagers and wounded 30.", [("12", "killed"), ("30", "wounded")]),
        ("Nine miners were killed in the blast.", [("Nine", "killed")]),
        ("The raid left seven people dead.", [("seven", "killed")]),
        ("The death toll rose to 57.", [("57", "killed")]),
        ("The report listed the deaths of 40 prisoners.", [("40", "killed")]),
        ("Soldiers arrested five men at a checkpoint.", [("five", "detained")]),
        ("Gunmen kidnapped three engineers.", [("three", "hostages")]),
        ("The militia released 24 hostages.", [("24", "released")]),
        ("Some 3,000 displaced families slept outdoors.", [("Some 3,000", "displaced")]),
        ("The advance forced 1,200 people to flee.", [("1,200", "displaced")]),
        ("Crews evacuated 80 residents.", [("80", "evacuated")]),
        ("Fire destroyed 40 homes.", [("40", "housing-destroyed")]),
        ("The army lost contact with 15 tanks.", [("15", "vehicles")]),
        ("The convoy carried 300 tonnes of food.", [("300", "aid")]),
        ("A grant of $5 million was announced.", [("$5 million", "money")]),
        ("Police shot dead three students.", [("three", "killed")]),
        ("A mother and two sons were killed.", [("A", "killed"), ("two", "killed")]),
        ("Eight officers and nine clerks were wounded.", [("Eight", "wounded"), ("nine", "wounded")]),
        ("FOUR PEASANTS WERE KILLED AND SIX OTHERS WERE WOUNDED.", [("FOUR", "killed"), ("SIX", "wounded")]),
    ],
)
def test_the_unit_comes_from_the_words_around_the_number(text: str, expected: list[tuple[str, str]]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The council adopted Resolution 2334 on 5 May 2014.",
        "The man, 45, drove a T-72 for the 5th brigade.",
        "A 12-year-old spoke for three hours.",
        "Turnout was 60 percent, and the side won 3-2.",
        "The two leaders met again.",
    ],
)
def test_dates_ages_measures_and_names_are_no_figures(text: str) -> None:
    assert units(text) == []


def test_nobody_hurt_is_an_explicit_zero() -> None:
    (found,) = read("No one was hurt in the explosion.")
    assert (found.low, found.high, found.unit) == (0, 0, "wounded")


def test_a_threatened_killing_is_no_count_of_the_killed() -> None:
    assert all(f.unit != "killed" for f in read("The group threatened to kill ten hostages."))


def test_the_span_leaves_out_what_is_counted() -> None:
    (found,) = read("Shelling killed at least 12 civilians.")
    assert (found.text, found.of.text) == ("at least 12", "civilians")


def test_a_part_refers_to_its_whole() -> None:
    whole, part = read("At least 40 people, including 14 children, were killed.")
    assert part.part_of == whole.id
    assert whole.part_of is None
    assert part.unit == "killed"


def test_only_the_toll_is_cumulative() -> None:
    fresh, total = read("A missile killed 12 people, raising the death toll to 57.")
    assert (fresh.scope, total.scope) == ("incident", "cumulative")


def test_the_attributed_source_is_the_claimant_and_the_attribution_the_voice() -> None:
    text = "The ministry said 12 people were killed."
    entity = Entity("e1", "The ministry", "government", ((0, 12),), (), {}, None, None)
    content = (text.index("12"), len(text) - 1)
    said = Attribution(
        "a1", "indirect", "said", "asserts", False, None, Source(((0, 12),), "e1", "organisation", ()),
        Cue(((13, 17),)), Content((content,)), None, (), None, None, (), 1.0,
    )  # fmt: skip
    (found,) = figures(parse(report(text)), (entity,), (), (), (said,))
    assert (found.voice, found.claimant) == ("a1", "e1")


def test_place_and_time_are_linked_in_the_clause_and_not_from_beside_it() -> None:
    text = "Officials in Geneva said shelling killed 12 civilians in Aleppo on Monday."
    geneva = Place("p1", (13, 19), "Geneva", 46.2, 6.1, None, "settlement", (), None)
    at = text.index("Aleppo")
    aleppo = Place("p2", (at, at + 6), "Aleppo", 36.2, 37.2, None, "settlement", (), None)
    on = text.index("Monday")
    monday = Time("t1", (on, on + 6), "DATE", None, None)
    (found,) = figures(parse(report(text)), (), (geneva, aleppo), (monday,), ())
    assert (found.place, found.time, found.period) == ("p2", "t1", None)


_MIXED = (
    "killed 12 dozens of people and were wounded , . ( including children the death toll to no one 5,000 1 million "
    "$ % \n \n\n - “ ” SEVEN SOLDIERS forced flee May 1992 lakh a another by with 9/11 :"
)
_WORDS = st.sampled_from(_MIXED.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_without_error_and_anchors_hold(text: str) -> None:
    made = report(text)
    found = figures(parse(made), (), (), (), ())
    assert faults(Annotated(SCHEMA, made, (), (), (), found, (), ())) == []


def test_one_endless_sentence_takes_time_in_proportion_to_its_length() -> None:
    taken = []
    for times in (300, 1200):
        parsed = parse(report("Police said so. " + "killed 12 and " * times))
        taken.append(seconds_of(partial(figures, parsed, (), (), (), ())))
    assert taken[1] < 10 * max(taken[0], 0.02)
