"""The table of cue words is well formed."""

from __future__ import annotations

from onrecord.annotators.cues import entries
from onrecord.model import ACTS, MANNERS


def test_every_entry_is_in_the_closed_lists() -> None:
    for found in entries().values():
        assert found.frames
        for manner, act in found.frames.values():
            assert manner in MANNERS
            assert act in ACTS


def test_common_words_are_known_and_others_are_not() -> None:
    assert ("verb", "say") in entries()
    assert ("noun", "claim") in entries()
    assert ("adj", "confident") in entries()
    assert ("verb", "walk") not in entries()
