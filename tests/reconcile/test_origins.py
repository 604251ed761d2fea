"""Wire copies are counted once, and round-ups do not make one origin of two."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reconcile.copies import Copy
from onrecord.reconcile.copy_links import copies
from onrecord.reconcile.origins import Counts, counts, origins

from .wire import INDEPENDENT, OTHER, STORY, made


def test_three_papers_with_one_agency_story_and_one_of_its_own_are_two_origins() -> None:
    papers = [
        made(f"PORT ANSEL (AP) - {STORY[0]}", *STORY[1:n], id=f"p{n}", published=f"2021-05-0{n - 4}")
        for n in (6, 8, 10)
    ]
    own = made(*INDEPENDENT, id="own")
    reports = [*papers, own]
    found = origins(reports, copies(reports))
    assert [o.reports for o in found] == [("own",), ("p10", "p6", "p8")]
    assert found[1].agencies == ("AP",)
    assert (found[1].earliest, found[1].published) == (("p6",), "2021-05-02")
    assert counts(reports, copies(reports)) == Counts(4, 2)


def test_a_round_up_does_not_unite_the_stories_that_it_holds() -> None:
    reports = [made(*STORY, id="a"), made(*OTHER, id="b"), made(*OTHER, *STORY, id="both")]
    found = origins(reports, copies(reports))
    assert [(o.reports, o.held_by) for o in found] == [(("a",), ("both",)), (("b",), ("both",))]


def test_a_chain_through_a_report_with_two_parts_is_cut() -> None:
    # As if the round-up had been taken for a rewrite of each.
    reports = [made(*STORY, id="a"), made(*OTHER, id="b"), made(*OTHER, *STORY, id="both")]
    links = [_as_rewrite(c) for c in copies(reports)]
    assert [o.reports for o in origins(reports, links)] == [("a",), ("b",)]


def test_copies_of_a_round_up_hold_its_stories_together() -> None:
    reports = [made(*STORY, id="a"), made(*OTHER, id="b"), *(made(*OTHER, *STORY, id=f"both{n}") for n in (1, 2))]
    links = [c if c.share_a > 0.9 and c.share_b > 0.9 else _as_rewrite(c) for c in copies(reports)]
    assert [(o.reports, o.held_by) for o in origins(reports, links)] == [
        (("a",), ("both1", "both2")),
        (("b",), ("both1", "both2")),
    ]


def test_reports_that_hold_one_another_do_not_vanish() -> None:
    one, other = made(*STORY, id="a"), made(*STORY[:8], id="b")
    (link,) = copies([one, other])
    there = _changed(link, kind="contains", holder="a")
    back = _changed(link, kind="contains", holder="b")
    assert [o.reports for o in origins([one, other], [there, back])] == [("a", "b")]


def test_versions_of_one_report_count_once() -> None:
    reports = [made(*STORY, id="a"), made(*STORY[:9], id="a")]
    assert counts(reports, copies(reports)) == Counts(1, 1)


def test_unknown_dates_stay_unknown() -> None:
    (found,) = origins([made(*STORY)], [])
    assert (found.earliest, found.published, found.agencies) == ((), None, ())


@given(st.lists(st.lists(st.sampled_from(STORY + OTHER), min_size=3, max_size=9), min_size=1, max_size=6), st.randoms())
@settings(deadline=None, max_examples=30)
def test_order_does_not_matter_and_every_report_is_somewhere(stories: list[list[str]], r: random.Random) -> None:
    reports = [made(*story, id=f"{n}") for n, story in enumerate(stories)]
    links = list(copies(reports))
    found = origins(reports, links)
    r.shuffle(reports)
    r.shuffle(links)
    assert origins(reports, links) == found
    assert {name for o in found for name in (*o.reports, *o.held_by)} == {x.id for x in reports}
    assert 1 <= counts(reports, links).origins <= len(reports)


def _changed(link: Copy, **fields: object) -> Copy:
    import msgspec

    return msgspec.structs.replace(link, **fields)


def _as_rewrite(link: Copy) -> Copy:
    return _changed(link, kind="rewrite", holder=None)
