from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import annotate
from onrecord.model import SCHEMA, Annotated, Entity, Role
from onrecord.reconcile.actors import Actors, Mention, actors
from onrecord.reconcile.card_links import card_link
from onrecord.reconcile.cards import Card, cards
from onrecord.reconcile.entities import EntityLinker, keys
from record.builder import report

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "entities_reports.toml").read_text(encoding="utf-8"))[
    "case"
]


def told(line: str, *, id_: str, tied: list[str], about: str | None) -> Annotated:
    """A report of one entity, and of a place where it is about a country."""
    name, kind, country, roles, *rest = (part.strip() for part in line.split("|"))
    text = "".join(f"{word} " for word in (name, *tied))
    spans = tuple((start := text.index(word), start + len(word)) for word in (name, *tied))
    held = []
    for each in filter(None, (part.strip() for part in roles.split(";"))):
        role, _, of = each.partition(" of ")
        held.append(Role(role, of or None, (0, 1)))
    ids = {"geonames": rest[0]} if rest and rest[0] else {}
    found = [Entity("n1", name, kind, spans, tuple(held), ids, country or None, None)]  # type: ignore[arg-type]
    if about:
        found.append(Entity("n2", "Somewhere", "place", ((0, 1),) * 3, (), {"geonames": "1"}, about, None))
    return Annotated(SCHEMA, report(text, given_id=id_), tuple(found), (), (), (), (), ())


def entries(reports: list[Annotated]) -> list[tuple[Mention, Card]]:
    return [((one.report.id, entry), card) for one in reports for entry, card in cards(one)]


def reports_of(case: dict[str, Any]) -> list[Annotated]:
    about = case.get("about", [])
    return [
        told(line, id_=f"r{i}", tied=case.get("tied", {}).get(str(i), []), about=about[i] if i < len(about) else None)
        for i, line in enumerate(case["entities"])
    ]


def verdicts(case: dict[str, Any], found: Actors) -> dict[tuple[int, int], str]:
    """For each pair of the case's entities whether they are the same, suggested ("maybe"), or apart."""
    at = {mention: number for number, actor in enumerate(found.actors) for mention in actor.mentions}
    suggested = {(s.a, s.b) for s in found.suggestions}
    made = {}
    for i, j in combinations(range(len(case["entities"])), 2):
        a, b = at.get((f"r{i}", "n1"), -1 - i), at.get((f"r{j}", "n1"), -1 - j)
        made[i, j] = "same" if a == b else "maybe" if (min(a, b), max(a, b)) in suggested else "apart"
    return made


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_entities_of_reports_are_one_or_apart_or_suggested(case: dict[str, Any]) -> None:
    got = verdicts(case, actors(entries(reports_of(case))))
    for expected in ("same", "maybe", "apart"):
        for i, j in case.get(expected, ()):
            assert got[i, j] == expected, (case["entities"][i], case["entities"][j])
        for i, j in case.get(f"not_{expected}", ()):
            assert got[i, j] != expected, (case["entities"][i], case["entities"][j])


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 30


ALL = [line for case in CASES for line in case["entities"]]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(ALL), min_size=2, max_size=25), st.randoms())
def test_actors_are_the_same_in_any_order_of_the_reports(lines: list[str], chance: Any) -> None:
    held = entries([told(line, id_=f"r{i}", tied=[], about=None) for i, line in enumerate(lines)])
    shuffled = chance.sample(held, len(held))
    assert actors(shuffled) == actors(held)


CARDS = sorted({card for line in ALL for _, card in entries([told(line, id_="r", tied=[], about=None)])}, key=repr)


def test_a_link_is_the_same_both_ways() -> None:
    for a, b in combinations(CARDS, 2):
        assert card_link(a, b) == card_link(b, a), (a, b)


def test_cards_that_are_surely_one_have_a_key_in_common() -> None:
    for a, b in combinations(CARDS, 2):
        link = card_link(a, b)
        if link is not None and link.score >= 0.8:
            assert set(keys(a)) & set(keys(b)), (a, b)


def test_a_card_has_few_keys_and_every_trace_some() -> None:
    assert all(1 <= len(keys(card)) <= 20 for card in CARDS)


def test_reports_that_say_the_same_of_somebody_give_equal_cards() -> None:
    texts = (
        "President Volodymyr Zelenskyy of Ukraine arrived in Oslo on Monday.",
        "On Friday President Volodymyr Zelenskyy of Ukraine met engineers.",
    )
    first, second = (
        [trace.kept for trace in EntityLinker().traces(annotate(text, models=False)) if trace.kept.type == "person"]
        for text in texts
    )
    assert first == second
    assert first[0].names == ("volodymyr zelenskyy",)


def test_what_people_decided_has_the_last_word() -> None:
    reports = [told("Orla Venn | person | NOR | envoy of Norway", id_=f"r{i}", tied=[], about=None) for i in range(3)]
    reports.append(told("Mira Tal | person | NOR | envoy of Norway", id_="r3", tied=[], about=None))
    held = entries(reports)
    parted = actors(held, parted=[(("r0", "n1"), ("r1", "n1"))])
    assert [a.mentions for a in parted.actors] == [(("r0", "n1"), ("r2", "n1")), (("r1", "n1"),), (("r3", "n1"),)]
    assert parted.suggestions == ()
    joined = actors(held, joined=[(("r0", "n1"), ("r3", "n1"))])
    assert [len(a.mentions) for a in joined.actors] == [4]
    both = actors(held, joined=[(("r0", "n1"), ("r3", "n1"))], parted=[(("r0", "n1"), ("r3", "n1"))])
    assert [len(a.mentions) for a in both.actors] == [3, 1]
