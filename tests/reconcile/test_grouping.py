from __future__ import annotations

from itertools import permutations

from onrecord.reconcile.grouping import groups

LINKS = [("a", "b", 0.9), ("a", "c", 0.5), ("b", "c", 0.5), ("x", "y", 0.5)]


def test_two_names_that_are_alone_need_more_to_open_a_group_than_a_third_to_join_it() -> None:
    assert groups(LINKS, least=0.4, opening=0.8) == (("a", "b", "c"),)
    assert groups(LINKS, least=0.4) == (("a", "b", "c"), ("x", "y"))


def test_groups_do_not_depend_on_the_order_of_the_links() -> None:
    assert {groups(given, least=0.4, opening=0.8) for given in permutations(LINKS)} == {(("a", "b", "c"),)}
