"""The confidence of what rules find is the measured precision of each rule."""

from __future__ import annotations

import pytest

from onrecord.annotators.finding import found
from onrecord.annotators.found import Found
from onrecord.annotators.parse import parse
from onrecord.annotators.surety import RULES, rank, with_surety
from onrecord.read.text import report


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('"The road is open," the mayor said.', "quotation"),
        ("The mayor said that the road was open.", "that"),
        ("It was reported that the road was open.", "nobody"),
        ("The road is open, according to the mayor.", "according-to"),
        ("The union wants to suspend the strike.", "infinitive"),
        ("The union refused to suspend the strike.", "commitment"),
        ("The envoy mentioned the raid.", "object"),
        ("The envoy condemned the raid.", "judgement"),
        ("The envoy called for a truce.", "call"),
        ("The envoy would not comment on the raid.", "no-comment"),
        ("The warden's claim that the road was open is false.", "noun"),
        ("The judge was confident that the vote would go ahead.", "adjective"),
        ("As the mayor put it, the road is open.", "as-said"),
        ("Two men were reportedly shot.", "hearsay"),
    ],
)
def test_what_a_rule_finds_has_its_surety(text: str, rule: str) -> None:
    (item,) = found(parse(report(text)))
    assert (item.rule, item.confidence) == (rule, RULES[rule][1])


def test_no_two_rules_share_a_rank_and_every_surety_is_a_share() -> None:
    assert len({place for place, _ in RULES.values()}) == len(RULES)
    assert all(0.5 <= share < 1 for _, share in RULES.values())


def test_what_a_model_found_keeps_its_confidence_and_comes_first() -> None:
    item = Found(((0, 3),), ((4, 8),), ((9, 20),), 0.91)
    assert with_surety([item]) == [item]
    assert rank(item) < min(place for place, _ in RULES.values())
