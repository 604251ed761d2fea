"""Reports are grouped set by set as they are all at once."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.bulk.links.components import Components, Weighed, unite_joinable
from onrecord.reconcile.grouping import groups

Links = list[tuple[str, str, float]]
LEAST, COMPARED = 0.4, 4


def apart(links: Links) -> list[Links]:
    """The links of each set; those between sets are left out."""
    names = sorted({name for a, b, _ in links for name in (a, b)})
    number = {name: n for n, name in enumerate(names)}
    sets = Components(np.arange(len(names), dtype=np.uint64))

    def given() -> Iterator[Weighed]:
        for some in (links[::2], links[1::2]):
            a = np.array([number[x[0]] for x in some], dtype=np.uint64)
            b = np.array([number[x[1]] for x in some], dtype=np.uint64)
            yield a, b, np.array([x[2] for x in some], dtype=np.float64)

    unite_joinable(sets, given, least=LEAST, compared=COMPARED)
    of = sets.of(np.arange(len(names), dtype=np.uint64)).tolist()
    found: dict[int, Links] = defaultdict(list)
    for a, b, likely in links:
        if of[number[a]] == of[number[b]]:
            found[of[number[a]]].append((a, b, likely))
    return list(found.values())


def together(parts: list[Links]) -> list[tuple[str, ...]]:
    return sorted(group for part in parts for group in groups(part, least=LEAST, compared=COMPARED))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.integers(4, 40), st.floats(0.05, 0.9), st.floats(0.1, 0.5))
def test_groups_are_the_same_set_by_set(seed: int, count: int, dense: float, likely: float) -> None:
    chance = random.Random(seed)
    links = [
        (f"{a:02}", f"{b:02}", round(min(1.0, max(0.2, chance.gauss(likely, 0.15))), 3))
        for a in range(count) for b in range(a + 1, count) if chance.random() < dense
    ]  # fmt: skip
    assert together(apart(links)) == sorted(groups(links, least=LEAST, compared=COMPARED))


@pytest.mark.parametrize(("arms", "sets"), [(8, 1), (7, 2)])
def test_many_unlikely_links_join_a_report_to_a_large_group_and_few_do_not(arms: int, sets: int) -> None:
    """Eight links of 0.2 are as much as four of 0.4, and a member is held to four."""
    inside = [(f"a{a}", f"a{b}", 0.9) for a in range(9) for b in range(a + 1, 9)]
    pair = [("b0", "b1", 0.9)] + [(f"a{n}", "b0", 0.2) for n in range(arms)]
    links = inside + pair
    assert len(apart(links)) == sets
    assert together(apart(links)) == sorted(groups(links, least=LEAST, compared=COMPARED))
