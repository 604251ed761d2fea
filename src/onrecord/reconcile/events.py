"""Accounts of one event in different reports: which belong together, why, and the happenings that they make.

Whether two accounts are linked depends on these two alone; the happenings depend on the links alone. How the scorer was
made and measured: `training/stories` in the repository.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Literal

from onrecord.model import Annotated
from onrecord.reconcile.event_likeness import (
    FEATURES,
    conflict,
    evidence,
    likeness,
    own_likeness,
    report_likeness,
    shared_parties,
)
from onrecord.reconcile.event_traces import EventTrace, event_traces, iso
from onrecord.reconcile.grouping import groups
from onrecord.reconcile.linking import Link, Linked, Trace
from onrecord.reconcile.mentions import kilometres

__all__ = ["JOINED", "LEAST", "SameEvents", "happenings"]

#: Pairs less likely than this are not linked.
LEAST = 0.85
#: What of the two events themselves must be the same at least (`evidence`): where their words have one root, and where
#: they have not.
SAME_ROOT, OTHER_ROOT = 2.0, 3.0
#: Reports further apart than so many days need so much more, and a stated day or a person in common; one without a date
#: needs more still: much of one kind happens in a year.
NEAR_DAYS, FAR, UNDATED = 7, 1.0, 2.0
#: And two sentences that name only different people, places and bodies need so much more.
NAMES_APART = 1.0
#: Two groups become one happening when their pairs are, on average, at least this likely.
JOINED = 0.45
#: With how many others an account counts as compared at most.
COMPARED = 30


class SameEvents:
    """The kind of link "same-event": two reports' events are one happening.

    A happening is what somebody did to somebody at one place and time, in PLOVER's terms: the shooting, the wounding
    and the killing of one attack are one. A planned one and the one that took place may be one; days, places or named
    victims that cannot be of one event keep two apart, whatever else is alike.

    Example:
        >>> import onrecord
        >>> from onrecord.reconcile.linking import links
        >>> told = ["Rebels shelled the market of Kharkiv on 3 May 2022, police said. Two traders died.",
        ...         "Two traders were killed when rebels shelled the market in Kharkiv on 3 May 2022."]
        >>> read = [onrecord.annotate(text, id=name, published="2022-05-04", models=False)
        ...         for name, text in zip("ab", told)]
        >>> {(link.a[0], link.b[0]) for link in links(SameEvents(), read)}
        {('a', 'b')}
    """

    kind: Literal["same-event"] = "same-event"
    kept: type[EventTrace] = EventTrace

    def traces(self, annotated: Annotated) -> Iterable[Trace[EventTrace]]:
        """What is kept of one report's events."""
        return event_traces(annotated)

    def linked(self, a: EventTrace, b: EventTrace) -> Linked | None:
        """Whether two accounts are of one event, with the reason; None if that is unlikely."""
        if conflict(a, b):
            return None
        own = own_likeness(a, b)
        if evidence(own) < _needed(a, b) or ((_gap(a, b) or 0) > NEAR_DAYS and not _told_of_one(a, b)):
            return None
        likely = _likely((*own, *report_likeness(a, b)))
        return Linked(round(likely, 3), reason(a, b)) if likely >= LEAST else None


def happenings(links: Iterable[Link]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The happenings that links make: groups of two accounts or more, each (report, event), sorted.

    The likeliest groups are joined first, as long as the pairs across two are on average likely enough (`JOINED`);
    accounts of one report in one happening are those that belong with the same accounts of others.
    """
    names: dict[str, tuple[str, str]] = {}
    found = []
    for link in links:
        a, b = (f"{report}\x1f{entry}" for report, entry in (link.a, link.b))
        names[a], names[b] = link.a, link.b
        found.append((a, b, link.score))
    return tuple(tuple(names[name] for name in group) for group in groups(found, least=JOINED, compared=COMPARED))


def score(a: EventTrace, b: EventTrace) -> float:
    """The likelihood, 0 to 1, that two accounts without a conflict are of one event (logistic regression).

    It leans on what the two reports have in common, so it is not enough without `evidence`.
    """
    return _likely(likeness(a, b))


def _needed(a: EventTrace, b: EventTrace) -> float:
    """How much evidence two accounts need to be one."""
    gap = _gap(a, b)
    apart = UNDATED if gap is None else FAR if gap > NEAR_DAYS else 0.0
    named = bool(a.names and b.names) and not set(a.names) & set(b.names)
    return (SAME_ROOT if a.root == b.root else OTHER_ROOT) + apart + (NAMES_APART if named else 0.0)


def _told_of_one(a: EventTrace, b: EventTrace) -> bool:
    """Whether both state one day, or name one person as taking part."""
    if a.days is not None and a.days == b.days and a.days[1] - a.days[0] <= 1:
        return True
    shared = shared_parties((*a.actors, *a.recipients), (*b.actors, *b.recipients))
    return any(one.person for one, _ in shared)


def _gap(a: EventTrace, b: EventTrace) -> int | None:
    """Days between the publications; None where one is not known."""
    days = a.told.published, b.told.published
    return None if days[0] is None or days[1] is None else abs(days[0] - days[1])


def _likely(features: Sequence[float]) -> float:
    weights = _weights()
    logit = weights[0] + math.fsum(w * x for w, x in zip(weights[1:], features, strict=True))
    return 1 / (1 + math.exp(-logit))


def reason(a: EventTrace, b: EventTrace) -> str:
    """What two accounts have in common, in words, the same whichever comes first."""
    kinds = sorted({a.head, b.head})
    told = [f'"{kinds[0]}" and "{kinds[-1]}"' if len(kinds) > 1 else f'both "{kinds[0]}"']
    for role, ours, theirs in (("by", a.actors, b.actors), ("to", a.recipients, b.recipients)):
        shared = sorted({min(" ".join(x.words), " ".join(y.words)) for x, y in shared_parties(ours, theirs)})
        told += [f"{role} {', '.join(shared[:2])}"] if shared else []
    told += [*_where(a, b), *_when(a, b)]
    told += [f"{tally.unit} {_number(tally.low, tally.high)}" for tally in [t for t in a.tallies if t in b.tallies][:2]]
    people = sorted(set(a.told.people) & set(b.told.people))[:2]
    told += [f"both reports name {', '.join(name.title() for name in people)}"] if people else []
    words = sorted(a.words.keys() & b.words.keys(), key=lambda word: (-a.words[word], word))[:3]
    told += [f"both sentences have {', '.join(words)}"] if words else []
    return "; ".join(told)


def _where(a: EventTrace, b: EventTrace) -> list[str]:
    if a.site is None or b.site is None:
        return []
    if a.site.name == b.site.name:
        return [f"in {a.site.name.title()}"]
    if None in (a.site.lat, a.site.lon, b.site.lat, b.site.lon) or not (a.site.fine and b.site.fine):
        return []
    return [f"places {math.ceil(kilometres(a.site.lat, a.site.lon, b.site.lat, b.site.lon))} km apart"]  # type: ignore[arg-type]


def _when(a: EventTrace, b: EventTrace) -> list[str]:
    if a.days is not None and b.days is not None:
        return [f"on {iso(a.days[0])}" if a.days == b.days else "days that may be one"]
    published = a.told.published, b.told.published
    if published[0] is None or published[1] is None:
        return []
    gap = abs(published[0] - published[1])
    return ["published the same day" if not gap else f"published {gap} day{'s' if gap > 1 else ''} apart"]


def _number(low: float | None, high: float | None) -> str:
    if low == high:
        return f"{low:g}"
    return f"{'' if low is None else f'{low:g}'}-{'' if high is None else f'{high:g}'}"


@cache
def _weights() -> tuple[float, ...]:
    """The intercept, then a weight for each feature in its order."""
    text = resources.files("onrecord.reconcile").joinpath("event_weights.tsv").read_text(encoding="utf-8")
    table = dict(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return (float(table["intercept"]), *(float(table[name]) for name in FEATURES))
