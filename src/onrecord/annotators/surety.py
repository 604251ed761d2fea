"""How sure each rule is: the share of what it finds that the training part of PolNeAR has too.

Counted over a quarter of that part (210 reports), for attributions that stand in no other: right is one whose content
shares half or more of its words with that of an attribution there (Jaccard), paired one to one. PolNeAR leaves some
attributions out by its guidelines, so that the numbers are low rather than high. Rules with fewer than 30 finds have
the number of the rule that they are most like.

Of infinitives, objects and phrases after a preposition, those by which somebody commits himself ("refused to"), judges
("condemned"), calls for something or says nothing ("would not comment on") are rules of their own: they are surer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.annotators.found import Found

__all__ = ["RULES", "rank", "with_surety"]

#: For each rule: its rank, where two rules read one cue, and its measured precision. The surest reading comes first.
# fmt: off
RULES: dict[str, tuple[int, float]] = {
    "as-said":       (1, 0.62),
    "quotation":     (2, 0.95),
    "that":          (3, 0.86),
    "nobody":        (4, 0.62),
    "adjective":     (5, 0.66),
    "noun":          (6, 0.54),
    "according-to":  (7, 0.87),
    "afterthought":  (8, 0.62),
    "commitment":    (9, 0.77),
    "infinitive":    (10, 0.61),
    "raised":        (11, 0.55),
    "hearsay":       (12, 0.62),
    "signed":        (13, 0.68),
    "label":         (14, 0.68),
    "alone":         (15, 0.68),
    "judgement":     (16, 0.78),
    "object":        (17, 0.63),
    "call":          (18, 0.71),
    "preposition":   (19, 0.58),
    "heading":       (20, 0.68),
    "partly-quoted": (21, 0.63),
    "headline":      (22, 0.68),
    "viewed":        (23, 0.63),
    "no-comment":    (24, 0.80),
}
# fmt: on


def rank(item: Found) -> int:
    """The place of an attribution's rule among the rules, the surest first; those of models come before all."""
    return RULES[item.rule][0] if item.rule else 0


def with_surety(found: Iterable[Found]) -> list[Found]:
    """Attributions with the measured precision of their rules as their confidence."""
    return [replace(item, confidence=RULES[item.rule][1]) if item.rule else item for item in found]
