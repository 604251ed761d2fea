"""The table of rules: each example is read as the table says, and no rule needs more than linear time."""

import re
from datetime import date

import pytest

from onrecord.annotators.parse import parse
from onrecord.annotators.time_fragments import FRAGMENTS, pattern
from onrecord.annotators.time_rules import RULES, Rule
from onrecord.annotators.time_values import Setting
from onrecord.annotators.times import times
from onrecord.read.text import report
from timed import seconds_of

SETTING = Setting(published=date(2014, 3, 4), tense="past")


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_the_example_of_a_rule_has_the_value_beside_it(rule: Rule) -> None:
    words, value = rule.example
    match = re.fullmatch(pattern(rule.words), words.lower())
    assert match is not None
    parts = match.groupdict()
    if parts.get("year2"):
        parts["year"] = parts["year2"]
    if parts.get("unit"):
        parts["unit"] = parts["unit"].removesuffix("s")
    reading = rule.reading(parts, SETTING)
    assert reading is not None
    assert reading.value == value


def test_the_names_of_rules_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_no_pattern_repeats_without_bound() -> None:
    for words in (*(pattern(rule.words) for rule in RULES), *FRAGMENTS.values()):
        bare = re.sub(r"\[[^\]]*\]|\\.", "", words)
        assert "*" not in bare
        assert "+" not in bare


@pytest.mark.parametrize(
    "unit", ["friday ", "Monday,", "two hundred and ", "1 ", "the first ", "may ", "5 p.m. ", "19", "early in the "]
)
def test_time_grows_in_step_with_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        parsed = parse(report(unit * (size // len(unit)), published="2014-03-04"))
        return seconds_of(lambda: times(parsed))

    seconds(500)
    small, large = max(seconds(2_000), 0.002), seconds(8_000)
    assert large < 12 * small + 0.1
