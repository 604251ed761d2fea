from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import annotate
from onrecord.reconcile.profiles import Profile, Toll, profile
from onrecord.reconcile.reasons import in_common
from onrecord.reconcile.stories import JOINED, LEAST, keys, linked, score, stories

FIRST = (
    "A drone hit a grain depot in Izmail early on Tuesday, killing three workers, governor Oleh Kiper said. "
    "The fire at the Orlivka terminal was put out by noon. A dock worker, Petro Savchuk, 41, was among the dead."
)
SECOND = (
    "Three port workers died when a drone set fire to a grain depot in Izmail on Tuesday. Petro Savchuk, 41, worked "
    "at the Orlivka terminal for ten years, his brother said. Governor Oleh Kiper called it a war crime."
)
OTHER = (
    "Two people were wounded on Friday when shells fell on a market in Kherson, the mayor Roman Mrochko said. "
    "A trader, Iryna Bondar, 58, lost a leg."
)


def told(text: str, published: str | None, title: str | None = None) -> Profile:
    return profile(annotate(text, published=published, title=title, models=False))


@pytest.fixture(scope="module")
def reports() -> dict[str, Profile]:
    return {
        "first": told(FIRST, "2023-08-02", "Drone kills three at Izmail grain depot"),
        "second": told(SECOND, "2023-08-02", "Izmail mourns three port workers"),
        "other": told(OTHER, "2023-08-12", "Two wounded at Kherson market"),
    }


def test_two_reports_of_one_strike_are_linked_with_the_reason(reports: dict[str, Profile]) -> None:
    link = linked(reports["first"], reports["second"])
    assert link is not None
    assert link.score > JOINED
    assert "Petro Savchuk" in link.reason
    assert "killed 3" in link.reason


def test_reports_of_two_strikes_are_not_linked(reports: dict[str, Profile]) -> None:
    assert linked(reports["first"], reports["other"]) is None


def test_reports_far_apart_in_time_share_no_key_for_a_place_alone() -> None:
    one, other = (told("Shells fell on Kherson again, killing a guard.", day) for day in ("2023-01-02", "2023-11-02"))
    assert not set(keys(one)) & set(keys(other))


def test_without_dates_the_names_still_link(reports: dict[str, Profile]) -> None:
    one, other = (msgspec.structs.replace(reports[name], published=None, days={}) for name in ("first", "second"))
    link = linked(one, other)
    assert link is not None
    assert score(one, other) < score(reports["first"], reports["second"])


def test_a_link_is_the_same_both_ways(reports: dict[str, Profile]) -> None:
    for a in reports.values():
        for b in reports.values():
            assert linked(a, b) == linked(b, a)


def test_reports_of_one_story_share_a_key_and_the_keys_are_few(reports: dict[str, Profile]) -> None:
    assert set(keys(reports["first"])) & set(keys(reports["second"]))
    assert all(len(keys(one)) <= 96 for one in reports.values())


def test_a_profile_is_stored_as_json_and_read_again(reports: dict[str, Profile]) -> None:
    stored = msgspec.json.encode(reports["first"])
    assert len(stored) < 4000
    assert msgspec.json.decode(stored, type=Profile) == reports["first"]


def test_a_report_without_any_words_has_a_profile_and_no_link(reports: dict[str, Profile]) -> None:
    empty = told("", None)
    assert keys(empty) == ()
    assert linked(empty, reports["first"]) is None
    assert linked(empty, empty) is None


def test_where_a_report_was_filed_is_no_place_of_its_story() -> None:
    filed = told("KYIV, Aug 2 (Reuters) - A drone hit a grain depot in Izmail, officials said.", "2023-08-02")
    assert "izmail" in filed.places
    assert "kyiv" not in filed.places


def test_a_single_link_does_not_chain_two_stories_together() -> None:
    strike = [("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", 0.9)]
    trial = [("x", "y", 0.9), ("y", "z", 0.9), ("x", "z", 0.9)]
    assert stories([*strike, *trial, ("c", "x", 0.8)]) == (("a", "b", "c"), ("x", "y", "z"))


NAMES = st.sampled_from("abcdefgh")
LINKS = st.dictionaries(
    st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] < pair[1]), st.floats(LEAST, 1), max_size=20
).map(lambda found: [(a, b, p) for (a, b), p in found.items()])


@given(LINKS, st.randoms(use_true_random=False))
def test_stories_do_not_depend_on_the_order_of_the_links(links: list[tuple[str, str, float]], random: object) -> None:
    mixed = [(b, a, p) if i % 2 else (a, b, p) for i, (a, b, p) in enumerate(links)]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert stories(mixed) == stories(links)


@given(LINKS)
def test_every_report_is_in_one_story_at_most_and_stories_are_connected(links: list[tuple[str, str, float]]) -> None:
    found = stories(links)
    members = [name for story in found for name in story]
    assert len(members) == len(set(members))
    for story in found:
        inside = [(a, b) for a, b, _ in links if a in story and b in story]
        assert {name for pair in inside for name in pair} == set(story)


@given(LINKS)
def test_the_links_inside_its_stories_give_the_same_stories_again(links: list[tuple[str, str, float]]) -> None:
    found = stories(links)
    home = {name: number for number, story in enumerate(found) for name in story}
    inside = [(a, b, p) for a, b, p in links if a in home and home[a] == home.get(b)]
    assert stories(inside) == found


def test_a_reason_names_counts_in_one_order_whatever_process_says_it(reports: dict[str, Profile]) -> None:
    low = tuple(Toll("killed", *bounds) for bounds in ((None, 5), (0, 5), (1, 1)))
    high = tuple(Toll("killed", *bounds) for bounds in ((1, 2), (1, 3), (1, None)))
    for tolls, expected in ((low, "killed -5, killed 0-5, killed 1;"), (high, "killed 1-2, killed 1-3, killed 1-;")):
        one = msgspec.structs.replace(reports["first"], tolls=tolls)
        other = msgspec.structs.replace(reports["first"], tolls=tolls[::-1])
        assert expected in in_common(one, other) == in_common(other, one)
