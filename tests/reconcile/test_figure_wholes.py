"""Wholes and parts: which numbers of two reports are of one thing, and which look so and are not."""

from __future__ import annotations

import pytest

from onrecord import annotate
from onrecord.reconcile.counted_as import counted_as
from onrecord.reconcile.linking import links
from onrecord.reconcile.same_figure import SAME_FIGURE
from onrecord.reconcile.tallies import tallies

#: What both reports say as well, so that nothing but the numbers decides.
STORY = " Gunfire broke out at the Zelnik tavern in Kharkiv on Monday, said the innkeeper Orestia Vankova."


def linked(one: str, other: str) -> set[tuple[str, str]]:
    """The words of the numbers that are linked."""
    reports = [
        annotate(words + STORY, id=name, published="2031-03-05", models=False)
        for name, words in (("a", one), ("b", other))
    ]
    words = {(t.report, t.entry): t.words for report in reports for t in tallies(report)}
    return {(words[link.a], words[link.b]) for link in links(SAME_FIGURE, reports)}


@pytest.mark.parametrize(
    ("one", "other", "numbers"),
    [
        ("Nine people were injured.", "Eleven people were injured.", ("Nine", "Eleven")),
        ("Nine people were injured.", "Several people were hurt.", ("Nine", "Several")),
        ("Four people were shot.", "Four people were wounded.", ("Four", "Four")),
        ("Two officers were killed.", "Three police officers were killed.", ("Two", "Three")),
        ("The gunman killed nine rebels.", "The gunman killed six fighters.", ("nine", "six")),
    ],
)
def test_numbers_of_one_whole_are_linked(one: str, other: str, numbers: tuple[str, str]) -> None:
    assert numbers in linked(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Six people were shot, and two of them died.", "The shooting left four people injured."),
        ("One person was killed and five others were injured.", "Five people were shot."),
        ("Nine people were injured.", "Four people were taken to hospital."),
        ("Four juveniles were injured.", "Two kids were injured."),
        ("Five officers were killed.", "Two former officers were killed."),
        ("Five officers were killed.", "One of its officers was killed."),
        ("Seven people were wounded in three shootings.", "Two people were wounded."),
        ("Seven people were wounded.", "Nobody was wounded."),
        ("Three people were killed, including the gunman.", "Two people were killed."),
        ("Five people were killed.", "Police gave the identities of three people killed."),
        ("Four people were killed.", "Two people were dead in the street and a third person died inside."),
        ("Two people were killed.", "The driver and two people were killed."),
        ("He faces two counts of murder.", "Two people were killed."),
        ("A father of three was killed.", "Three people were killed."),
        ("There could have been six people dead.", "Five people were killed."),
    ],
)
def test_a_part_is_not_linked_to_its_whole_nor_to_what_counts_nobody(one: str, other: str) -> None:
    assert not linked(one, other)


@pytest.mark.parametrize(
    ("words", "fate"),
    [
        ("Six people were shot.", "hit"),
        ("Six people were shot and killed.", "killed"),
        ("Six people were shot and wounded.", "hurt"),
        ("He opened fire, hitting six people who were later treated.", "hit"),
        ("It left one dead and six others shot.", "hit"),
        ("The wounding of six others followed.", "hurt"),
        ("Police said that six remain in the hospital.", "hospital"),
        ("There were six at the table.", ""),
    ],
)
def test_as_what_a_number_counts_is_told_by_its_verb(words: str, fate: str) -> None:
    start = words.lower().index("six")
    assert counted_as(words, start, start + 3).fate == fate
