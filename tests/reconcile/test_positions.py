"""Positions are read from the words, linked the same in any order, and differ only as candidates."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.model import Annotated
from onrecord.reconcile.issues import alike, issue
from onrecord.reconcile.linking import links
from onrecord.reconcile.position_links import Held, PositionLinker, held, relation
from onrecord.reconcile.positions import Position, positions
from onrecord.reconcile.stance_clauses import Stance

TEXTS = {
    "a": ("2031-03-01", "President Veld refused to withdraw his troops from the Lomi valley."),
    "b": ("2031-03-09", "President Veld promised to withdraw his troops from the Lomi valley if guns fall silent."),
    "c": ("2031-03-20", "President Veld offered to withdraw his troops from the Lomi valley."),
    "d": ("2031-03-21", "The Brask militia demanded the release of forty prisoners."),
    "e": ("2031-03-25", "The Brask militia again called for the release of forty prisoners. Rain fell."),
    "f": (None, "President Veld refused to meet the Brask militia."),
}  # fmt: skip


@cache
def read(name: str) -> Annotated:
    published, text = TEXTS[name]
    return onrecord.annotate(text, id=name, published=published, models=False)


def only(name: str) -> Position:
    (found,) = positions(read(name))
    return found


@given(st.permutations(sorted(TEXTS)))
@settings(max_examples=25, deadline=None)
def test_links_are_the_same_in_any_order_of_the_reports(order: list[str]) -> None:
    linker = PositionLinker()
    assert links(linker, map(read, order)) == links(linker, map(read, sorted(TEXTS)))


def test_links_join_the_positions_of_one_issue_alone() -> None:
    found = {(link.a[0], link.b[0]) for link in links(PositionLinker(), map(read, TEXTS))}
    assert found == {("a", "b"), ("a", "c"), ("b", "c"), ("d", "e")}


APPEALS = {
    "k": ("2031-03-01", "Detectives in Quillan asked anyone with information on the Odell fire to call the tip line."),
    "l": (
        "2031-03-02",
        "Detectives in Brundage asked anyone with information on the Lomi robbery to call the tip line.",
    ),
    "m": ("2031-03-02", "Detectives in Quillan asked anyone with information on the Odell fire to call a tip line."),
    "n": ("2033-03-02", "Detectives in Quillan asked anyone with information to call a tip line."),
}


def test_appeals_of_nobody_in_particular_are_one_issue_within_one_case_alone() -> None:
    told = [onrecord.annotate(text, id=n, published=day, models=False) for n, (day, text) in APPEALS.items()]
    assert {(link.a[0], link.b[0]) for link in links(PositionLinker(), told)} == {("k", "m")}


def test_what_is_offered_in_sorrow_is_no_position() -> None:
    told = onrecord.annotate("President Veld offered prayers for the crew of the ferry.", models=False)
    assert positions(told) == ()


def test_reading_positions_again_gives_the_same() -> None:
    for name in TEXTS:
        assert positions(read(name)) == positions(read(name))


def test_what_is_kept_survives_its_json() -> None:
    for name in TEXTS:
        for trace in PositionLinker().traces(read(name)):
            assert msgspec.json.decode(msgspec.json.encode(trace.kept), type=Held) == trace.kept
            assert 0 < len(trace.keys) <= 20


@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(sorted(TEXTS)))
@settings(deadline=None)
def test_whether_two_belong_together_and_differ_does_not_depend_on_which_comes_first(one: str, other: str) -> None:
    a, b = held(only(one)), held(only(other))
    assert PositionLinker().linked(a, b) == PositionLinker().linked(b, a)
    if a.day and b.day and a.day != b.day:
        assert relation(a, b) == relation(b, a)


def test_a_position_and_itself_are_steady() -> None:
    for name in TEXTS:
        found = held(only(name))
        assert relation(found, found).kind == "steady"
        assert PositionLinker().linked(found, found) is not None


def test_a_change_says_what_differs_and_how_far_apart() -> None:
    found = relation(held(only("a")), held(only("b")))
    assert (found.kind, found.reason, found.days) == ("change", "refused, then offers", 8)
    dropped = relation(held(only("b")), held(only("c")))
    assert dropped.kind == "change"
    assert "the condition is dropped" in dropped.reason


def test_a_day_that_is_not_known_is_not_guessed() -> None:
    assert only("f").day is None
    assert relation(held(only("f")), held(only("f"))).days is None


@pytest.mark.parametrize(
    "text",
    [
        "General Rado Misk said that the bridge had been destroyed.",
        "General Rado Misk said that the army would need more time.",
        'General Rado Misk asked: "Will the rebels withdraw?"',
        "General Rado Misk declined to comment on the withdrawal.",
        "He refused to withdraw.",
    ],
)
def test_what_is_told_asked_or_foreseen_is_no_position(text: str) -> None:
    assert positions(onrecord.annotate(text, models=False)) == ()


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_words_have_an_issue_that_is_like_itself(text: str) -> None:
    if text:
        found = issue(text, (0, len(text)))
        assert 0.0 <= alike(found, found) <= 1.0
        assert found == issue(text, (0, len(text)))


def test_a_long_sentence_is_read_in_time_linear_in_its_length() -> None:
    words = "the very old and quite tired men of the high green hills " * 400
    text = f"General Rado Misk said that {words}would not leave."
    item = onrecord.annotate("General Rado Misk said that rain fell.", models=False)
    assert positions(msgspec.structs.replace(item, report=msgspec.structs.replace(item.report, text=text))) == ()


def test_the_examples_of_the_coding_rules_are_read_by_them() -> None:
    page = (Path(__file__).parents[2] / "docs" / "coding-rules.md").read_text(encoding="utf-8")
    table = page.partition("## Positions\n")[2].partition("|---")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]
    assert [row[0] for row in rows] == [*get_args(Stance)]
    for stance, _, example in rows:
        read = onrecord.annotate(example.replace("**", ""), models=False)
        assert [p.stance for p in positions(read)] == [stance], example
