"""Whom "he" and "she" stand for, where only one person can be meant."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.annotate.mentions import Mention
from onrecord.annotate.words import Words
from onrecord.model import Span

__all__ = ["pronouns"]


def pronouns(words: Words, found: Sequence[Mention], groups: list[list[int]]) -> list[list[Span]]:
    """The pronouns that stand for each group of mentions of people."""
    del words, found
    return [[] for _ in groups]
