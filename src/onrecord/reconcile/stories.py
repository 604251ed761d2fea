"""Reports of one story: which pairs tell of the same, and the groups that follow from the pairs.

Whether two reports are linked depends on these two alone; the groups depend on the links alone, in whatever order the
reports came. How the scorer was made and measured: `training/stories` in the repository.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec

from onrecord.reconcile.grouping import groups
from onrecord.reconcile.likeness import FEATURES, likeness
from onrecord.reconcile.profiles import Profile
from onrecord.reconcile.reasons import in_common

__all__ = ["JOINED", "LEAST", "SameStory", "keys", "linked", "pairs", "score", "stories"]

#: Pairs less likely than this are not linked: they would not change a group.
LEAST = 0.2
#: Two groups become one story when their pairs are, on average, at least this likely.
JOINED = 0.4
#: A report is compared with this many others at most; a key that more reports hold than `CROWD` finds none.
MOST, CROWD = 40, 200


class SameStory(msgspec.Struct, frozen=True):
    """That two reports tell of the same story: how likely, by the scorer, and what they have in common, in words."""

    score: float
    reason: str


def linked(a: Profile, b: Profile) -> SameStory | None:
    """Whether two reports tell of the same story, with the reason; None if that is unlikely.

    The same whichever comes first, and whatever else is in the record.
    """
    likely = score(a, b)
    return SameStory(round(likely, 3), in_common(a, b)) if likely >= LEAST else None


def score(a: Profile, b: Profile) -> float:
    """The likelihood, 0 to 1, that two reports tell of the same story (logistic regression on `likeness`)."""
    weights = _weights()
    logit = weights[0] + math.fsum(w * x for w, x in zip(weights[1:], likeness(a, b), strict=True))
    return 1 / (1 + math.exp(-logit))


@cache
def _weights() -> tuple[float, ...]:
    """The intercept, then a weight for each feature in its order."""
    text = resources.files("onrecord.reconcile").joinpath("story_weights.tsv").read_text(encoding="utf-8")
    table = dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return (float(table["intercept"]), *(float(table[name]) for name in FEATURES))


def keys(profile: Profile) -> tuple[str, ...]:
    """What a report is found by: two reports are worth comparing if they have a key in common; at most 34.

    Names in full, pairs of rare words, the rarest words, and places together with the days around the publication.
    """
    found = [f"person {name}" for name in profile.people[:8]]
    found += [f"phrase {phrase}" for phrase in profile.phrases[:10]]
    rare = sorted({**profile.terms, **profile.names}.items(), key=lambda item: (-item[1], item[0]))
    found += [f"word {word}" for word, weight in rare[:6] if weight >= 4.4]
    if profile.published is not None:
        stretches = (profile.published // 4, profile.published // 4 + 1)
        where = [f"{point.lat} {point.lon}" for point in profile.points[:2]] + list(profile.places)[:3]
        found += [f"place {place} {stretch}" for place in where for stretch in stretches]
    return tuple(sorted(set(found)))


def pairs(held: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of reports worth comparing, each once, from the keys of each report.

    A report is compared with those `MOST` others that have most keys in common with it, and with those whose most
    it is among. The same in any order of `held`.

    Args:
        held: for each report's id, its keys.
    """
    holders: dict[str, list[str]] = defaultdict(list)
    for report in sorted(held):
        for key in held[report]:
            holders[key].append(report)
    seen: set[tuple[str, str]] = set()
    for report in sorted(held):
        common = Counter(
            other for key in held[report] if len(holders[key]) <= CROWD for other in holders[key] if other != report
        )
        for other, _ in sorted(common.items(), key=lambda item: (-item[1], item[0]))[:MOST]:
            pair = (min(report, other), max(report, other))
            if pair not in seen:
                seen.add(pair)
                yield pair


def stories(links: Iterable[tuple[str, str, float]]) -> tuple[tuple[str, ...], ...]:
    """The stories that links make: groups of two reports or more, each sorted, in the order of their first.

    Groups are joined, the likeliest first, as long as the pairs across two groups are on average likely enough
    (`JOINED`); pairs without a link count as unlikely. So a single link cannot chain two stories together.

    Args:
        links: pairs of reports with the likelihood that they tell of the same; no pair twice.

    Example:
        >>> stories([("a", "b", 0.9), ("b", "c", 0.8), ("c", "d", 0.7), ("a", "c", 0.8)])
        (('a', 'b', 'c'),)
    """
    return groups(links, least=JOINED, compared=MOST)
