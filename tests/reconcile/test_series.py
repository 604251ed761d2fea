"""What holds for series of figures, whatever the reports."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import annotate
from onrecord.model import Annotated
from onrecord.reconcile.claims import Claim, claimants, one_claimant
from onrecord.reconcile.linking import Link, links, pairs
from onrecord.reconcile.same_figure import SAME_FIGURE, comparable, linked, overlap
from onrecord.reconcile.series import series, subjects
from onrecord.reconcile.tallies import MOST, Tally, tallies
from onrecord.reconcile.whereabouts import Where, nearness
from onrecord.reconcile.whom import whom

CASES = Path(__file__).parent.parent / "cases" / "reports_figures.toml"


def read(
    text: str, *, name: str = "a", published: str | None = "2031-03-05", publisher: str | None = None
) -> Annotated:
    return annotate(text, id=name, published=published, publisher=publisher, models=False)


@pytest.fixture(scope="module")
def reports() -> list[Annotated]:
    """The reports of all cases, as if they were of one record."""
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return [
        read(given["text"], name=f"{n} {given['id']}", published=given["published"], publisher=given["publisher"])
        for n, case in enumerate(cases)
        for given in case["reports"]
    ]


@pytest.fixture(scope="module")
def kept(reports: list[Annotated]) -> list[Tally]:
    return [tally for one in reports for tally in tallies(one)]


@pytest.fixture(scope="module")
def made(reports: list[Annotated]) -> list[Link]:
    return list(links(SAME_FIGURE, reports))


def test_series_are_the_same_in_any_order_of_the_reports(reports: list[Annotated]) -> None:
    expected = series(reports)
    for seed in range(5):
        mixed = list(reports)
        random.Random(seed).shuffle(mixed)
        assert series(mixed) == expected


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_series_do_not_depend_on_the_order_of_figures_and_links(
    kept: list[Tally], made: list[Link], mixer: random.Random
) -> None:
    mixed, mixed_links = list(kept), list(made)
    mixer.shuffle(mixed)
    mixer.shuffle(mixed_links)
    assert subjects(mixed, mixed_links) == subjects(kept, made)


def test_the_reports_of_a_subject_alone_give_it_again(reports: list[Annotated]) -> None:
    for subject in series(reports):
        held = {point.report for one in subject.series for point in one.points}
        again = series([one for one in reports if one.report.id in held])
        assert subject in again


def test_every_figure_is_in_one_subject_at_most(reports: list[Annotated]) -> None:
    named = [(p.report, p.entry) for s in series(reports) for one in s.series for p in one.points]
    assert len(named) == len(set(named))


def test_a_link_is_the_same_both_ways(kept: list[Tally]) -> None:
    for a in kept:
        for b in kept:
            assert linked(a, b) == linked(b, a)


def test_linked_figures_have_a_key_in_common_and_few_keys(reports: list[Annotated], kept: list[Tally]) -> None:
    traces = [trace for one in reports for trace in SAME_FIGURE.traces(one)]
    assert all(len(trace.keys) <= 20 for trace in traces)
    met = {((a.report, a.entry), (b.report, b.entry)) for a, b in pairs(traces)}
    met |= {(b, a) for a, b in met}
    for a in kept:
        for b in kept:
            if a.report != b.report and linked(a, b):
                assert ((a.report, a.entry), (b.report, b.entry)) in met


def test_what_is_kept_is_stored_as_json_and_read_again(kept: list[Tally]) -> None:
    for tally in kept:
        stored = msgspec.json.encode(tally)
        assert len(stored) < 3000
        assert msgspec.json.decode(stored, type=Tally) == tally


def test_both_entries_of_a_flag_are_in_its_subject(reports: list[Annotated]) -> None:
    for subject in series(reports):
        named = {(p.report, p.entry) for one in subject.series for p in one.points}
        assert all({flag.a, flag.b} <= named and flag.reason for flag in subject.flags)


BOUNDS = st.one_of(st.none(), st.integers(0, 50).map(float))


@given(BOUNDS, BOUNDS, BOUNDS, BOUNDS)
def test_bounds_overlap_if_a_number_is_in_both(
    kept: list[Tally], low: float | None, high: float | None, other_low: float | None, other_high: float | None
) -> None:
    a = msgspec.structs.replace(kept[0], low=low, high=high)
    b = msgspec.structs.replace(kept[0], low=other_low, high=other_high)
    within = [
        n for n in range(200)
        if all((t.low or 0) <= n and (t.high is None or n <= t.high) for t in (a, b))
    ]  # fmt: skip
    assert overlap(a, b) == bool(within) == overlap(b, a)


NAMES = st.lists(
    st.sampled_from(["police", "ministry", "health", "interior", "dravik", "army"]), min_size=1, max_size=3, unique=True
)
CLAIMS = st.lists(NAMES.map(lambda words: Claim(" ".join(words), tuple(sorted(words)), (), "said")), max_size=8)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_claimants_do_not_depend_on_the_order_of_the_claims(claims: list[Claim], mixer: random.Random) -> None:
    mixed = list(claims)
    mixer.shuffle(mixed)
    assert claimants(mixed) == claimants(claims)


def test_a_ministry_alone_is_the_only_ministry_that_counts() -> None:
    health, interior, plain = (
        Claim(name, tuple(sorted(name.split())), (), "said")
        for name in ("health ministry", "interior ministry", "ministry")
    )
    assert claimants([health, plain])[plain] == "health ministry"
    assert claimants([health, interior, plain])[plain] == "ministry"
    assert one_claimant(plain, interior)
    assert not one_claimant(health, interior)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("A bomb killed 20 people in Dravik.", "whole"),
        ("A bomb killed 20 people, including nine children, in Dravik.", "part"),
        ("Three more people died of burns after the bomb in Dravik.", "added"),
        ("A bomb in Dravik killed a soldier.", "one"),
        ("A separate bomb killed 20 people.", "aside"),
        ("Two of the wounded were taken to Dravik after the blast.", "some"),
        ("The blast wounded nine people critically.", "some"),
    ],
)
def test_numbers_that_are_no_whole_are_told_apart(words: str, standing: str) -> None:
    assert standing in {tally.standing for tally in tallies(read(words))}


def test_a_list_of_very_many_figures_is_kept_in_part() -> None:
    assert len(tallies(read(" ".join(f"A bomb killed {n} people." for n in range(2, 140))))) == MOST


def test_a_report_without_figures_has_no_series() -> None:
    assert tallies(read("The envoy spoke of peace.")) == ()
    assert series([read("")]) == ()


def test_a_total_is_no_figure_of_an_event() -> None:
    (tally,) = tallies(read("The office said that 900 people had been killed in Dravik since January."))
    assert tally.period is not None
    assert not comparable(tally)


def test_settlements_far_apart_are_apart_and_a_town_is_inside_its_province() -> None:
    kharkiv = Where(("kharkiv",), 49.99, 36.23, "settlement", ("ukraine", "kharkiv oblast"))
    odesa = Where(("odesa",), 46.48, 30.73, "settlement", ("ukraine", "odesa oblast"))
    ukraine = Where(("ukraine",), 49.0, 32.0, "country", ())
    assert nearness(kharkiv, odesa) == "apart"
    assert nearness(kharkiv, ukraine) == nearness(ukraine, kharkiv) == "inside"
    assert nearness(kharkiv, kharkiv) == "same"


@pytest.mark.parametrize(
    ("words", "head"),
    [("people", ""), ("civilians", "civilian"), ("Cuban fishermen", "fisherman"), ("schoolgirls", "child"), ("", "")],
)
def test_whom_a_number_counts_is_brought_to_one_form(words: str, head: str) -> None:
    assert whom(words).head == head
