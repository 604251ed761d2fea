"""The links around an entry are those that the whole record has there."""

from __future__ import annotations

import pytest

from onrecord.reconcile.linkers import EVENTS, FIGURES, STATEMENTS, STORIES
from onrecord.record.store import Record
from onrecord.view.linked import links
from onrecord.view.near import near

WHO = {"author": "A. Reader", "reason": "read both"}


@pytest.mark.parametrize("rule", [STORIES, EVENTS, STATEMENTS, FIGURES])
def test_links_around_an_entry_are_all_links_of_its_neighbourhood(record: Record, rule: str) -> None:
    every = links(record, rule)
    for start in {entry for link in every for entry in (link.a, link.b)}:
        reached, size = {start}, 0
        while size < len(reached):
            size = len(reached)
            reached |= {entry for link in every if {link.a, link.b} & reached for entry in (link.a, link.b)}
        assert near(record, rule, [start]) == tuple(link for link in every if link.a in reached)
    assert near(record, rule, [("nothing", "")]) == ()


def test_people_have_the_last_word(record: Record) -> None:
    (link, *_) = links(record, STORIES)
    record.correct("unlink", link.a[0], other=link.b[0], field="same-story", **WHO)
    assert all({each.a, each.b} != {link.a, link.b} for each in near(record, STORIES, [link.a]))
    record.correct("link", link.a[0], other=link.b[0], field="same-story", **WHO)
    assert any({each.a, each.b} == {link.a, link.b} for each in near(record, STORIES, [link.a], steps=1))
