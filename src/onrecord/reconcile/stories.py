"""Reports of one story: which pairs tell of the same, and the groups that follow from the pairs.

Whether two reports are linked depends on these two alone; the groups depend on the links alone, in whatever order the
reports came. How the scorer was made and measured: `training/stories` in the repository.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

from onrecord.reconcile.days import stretches
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.likeness import FEATURES, likeness
from onrecord.reconcile.linking import Linked
from onrecord.reconcile.profiles import Profile
from onrecord.reconcile.rarity import rarity
from onrecord.reconcile.reasons import in_common

__all__ = ["JOINED", "LEAST", "keys", "linked", "score", "stories"]

#: Pairs less likely than this are not linked: they would not change a group.
LEAST = 0.2
#: Two groups become one story when their pairs are, on average, at least this likely.
JOINED = 0.4
#: With how many others a report counts as compared at most.
MOST = 40
#: How many days a key of each kind holds for; a word is one from this weight on.
DAYS = {"person": 60, "phrase": 90, "word": 15, "place": 4, "both": 365}
RARE = 4.4
#: From this rarity on the last name of a person is none that is in the news every day, or that many bear.
UNUSUAL = 3.0


def linked(a: Profile, b: Profile) -> Linked | None:
    """Whether two reports tell of the same story, with the reason; None if that is unlikely.

    The same whichever comes first, and whatever else is in the record.
    """
    likely = score(a, b)
    return Linked(round(likely, 3), in_common(a, b)) if likely >= LEAST else None


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
    """What a report is found by: two reports are compared if they have a key in common; at most 96.

    Names in full, pairs of rare words, the rarest words, places, and names together with places and words, each with a
    stretch of days around the publication: whoever is in the news every day would otherwise be a key of half the
    record. Reports without a date of publication are compared with one another alone.
    """
    rare = sorted({**profile.terms, **profile.names}.items(), key=lambda item: (-item[1], item[0]))
    words = tuple(word for word, weight in rare[:6] if weight >= RARE)
    where = (*(f"{point.lat} {point.lon}" for point in profile.points[:2]), *list(profile.places)[:3])
    telling = [name for name in profile.people[:8] if rarity(name.split()[-1]) >= UNUSUAL]
    both = tuple(
        f"{name}, {word}" for name in profile.people[:5]
        for word in ((*where[:2], *words[:2]) if name in telling else words[:2]) if word not in name.split()
    )  # fmt: skip
    named = {"person": tuple(telling), "phrase": profile.phrases[:8], "word": words, "place": where, "both": both}
    found = {
        f"{kind} {name} {stretch}" for kind, names in named.items() for name in names
        for stretch in stretches(profile.published, DAYS[kind])
    }  # fmt: skip
    return tuple(sorted(found))


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
