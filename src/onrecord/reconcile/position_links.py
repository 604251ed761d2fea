"""Which positions are one actor's on one issue, and whether the later of two looks like a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from onrecord.model import Annotated
from onrecord.reconcile.days import ordinal
from onrecord.reconcile.holders import Holder, holder_keys, same_holder
from onrecord.reconcile.issues import ENDINGS, Issue, alike, shared
from onrecord.reconcile.kinship import root
from onrecord.reconcile.linking import Linked, LinkKind, Trace
from onrecord.reconcile.positions import Position, positions
from onrecord.reconcile.stances import Doer, Stance
from onrecord.reconcile.subject_names import are_tied, is_anybody

__all__ = ["SAME", "SAME_BY_FIRST", "SAME_BY_ONE", "Held", "PositionLinker", "Relation", "held", "relation"]

#: How alike two issues must be to be one: where they share two telling words or more; where they share one; and where
#: that one comes first in one of them: two may both "release" quite different things.
SAME, SAME_BY_ONE, SAME_BY_FIRST = 0.42, 0.55, 0.75
#: How much a word must tell to count as a telling one.
TELLING = 0.5
#: How alike the issues of two opposed positions must be for a candidate, unless their deeds are the same.
OPPOSED = 0.6
#: Days after which an issue's key is another one; neighbouring stretches meet.
STRETCH = 120
#: Words of appeals to the public, which are alike in all cases; positions that share little else are on one issue only
#: if they are on one case, as are those of holders that have no name of their own.
APPEAL = frozenset(
    map(
        root,
        """information tip tipster caller call contact hotline stopper crime reward cash witness anonymous public help
        identify locate detective homicide police department office line arrest lead shooting""".split(),  # noqa: SIM905
    )
)
MOSTLY = 0.6
#: How many days may lie between two positions on one case.
NEAR_DAYS = 14
#: How many of an issue's words are keys.
KEYS = 3


class Held(msgspec.Struct, frozen=True):
    """What is compared of a position."""

    holder: Holder
    stance: Stance
    favours: bool
    doer: Doer
    conditional: bool
    terms: tuple[str, ...]
    day: str | None
    issue: Issue
    about: tuple[str, ...] = ()


class Relation(msgspec.Struct, frozen=True):
    """How the later of two positions on one issue stands to the earlier: why, in words.

    Attributes:
        kind: "change" is a candidate, never more; "steady" is a repetition; "beside" is on the same issue, but the two
            are not to be set against one another, such as a demand to others and a promise of one's own.
        days: how many days lie between them; null where a day is unknown.
    """

    kind: Literal["change", "steady", "beside"]
    reason: str
    days: int | None


class PositionLinker:
    """Links positions of one actor on one issue, from the two alone."""

    kind: LinkKind = "same-issue"
    kept = Held

    def traces(self, annotated: Annotated) -> Iterable[Trace[Held]]:
        """What is kept of each position of a report."""
        report = annotated.report
        for position in positions(annotated):
            keys = _keys(position)
            if keys:
                yield Trace(report.id, position.id, keys, held(position))

    def linked(self, a: Held, b: Held) -> Linked | None:
        """Whether two positions are one actor's on one issue; the same whichever comes first."""
        who = same_holder(a.holder, b.holder)
        if who is None:
            return None
        score = alike(a.issue, b.issue)
        both = shared(a.issue.terms, b.issue.terms)
        telling = sorted((stem for stem in both if stem not in ENDINGS), key=lambda stem: (-both[stem], stem))
        if score < SAME or score < _least(telling, a.issue, b.issue):
            return None
        if len(telling) < 2 and _is_anybodys(a, b):
            return None
        if (_is_anybodys(a, b) or _is_appeal(telling, both)) and not _is_one_case(a, b):
            return None
        return Linked(round(score, 4), f"{who}; both on: {', '.join(telling[:4])}")


def _is_anybodys(a: Held, b: Held) -> bool:
    """Whether the holder's name would do for another elsewhere: "police", "detectives"."""
    return any(
        not one.holder.person
        and is_anybody(one.holder.words)
        and is_anybody((one.holder.government or "").lower().split())
        for one in (a, b)
    )


def _is_appeal(telling: list[str], both: Mapping[str, float]) -> bool:
    """Whether what two positions share is what every such appeal has: a number to call, a reward for a tip."""
    weight = sum(both[stem] for stem in telling)
    return sum(both[stem] for stem in telling if stem in APPEAL) >= MOSTLY * weight


def _is_one_case(a: Held, b: Held) -> bool:
    """Whether two positions may be on one case: their reports name much alike, and lie few days apart."""
    one, other = ordinal(a.day), ordinal(b.day)
    near = one is None or other is None or abs(one - other) <= NEAR_DAYS
    return near and are_tied(a.about, b.about)


def _least(telling: list[str], a: Issue, b: Issue) -> float:
    """How alike two issues that share some words must be."""
    if sum(min(a.terms[stem], b.terms[stem]) >= TELLING for stem in telling) > 1:
        return SAME
    return SAME_BY_FIRST if telling and telling[0] in (a.first, b.first) else SAME_BY_ONE


def held(position: Position) -> Held:
    """What is compared of a position."""
    return Held(position.holder, position.stance, position.favours, position.doer, bool(position.conditions),
                position.terms, position.day, position.issue, position.about)  # fmt: skip


def _keys(position: Position) -> tuple[str, ...]:
    """The holder with each of the issue's most telling words, by stretches of time and, two words at once, without."""
    terms = position.issue.terms
    telling = sorted((t for t in terms if t not in ENDINGS), key=lambda stem: (-terms[stem], stem))[:KEYS]
    day = ordinal(position.day)
    at = "?" if day is None else str(day // STRETCH)
    following = [] if day is None else [str(day // STRETCH + 1)]
    found: list[str] = []
    for who in holder_keys(position.holder):
        found += [f"{who}|{stem}|{stretch}" for stem in telling for stretch in (at, *following)]
        found += [f"{who}|{one} {other}" for n, one in enumerate(sorted(telling)) for other in sorted(telling)[n + 1 :]]
        if len(telling) == 1:
            found.append(f"{who}|{telling[0]}")
    return tuple(dict.fromkeys(found))


def relation(a: Held, b: Held) -> Relation:
    """How the later of two positions that belong together stands to the earlier; equal days keep the order given.

    Example:
        >>> who = Holder("Anna Berg", ("anna", "berg"), True, None, False)
        >>> about = Issue({"releas": 2.0, "hostag": 4.0}, (), "releas", False, False)
        >>> old = Held(who, "refuses", False, "own", False, (), "1958-03-01", about)
        >>> relation(old, msgspec.structs.replace(old, stance="offers", favours=True, day="1958-03-05"))
        Relation(kind='change', reason='refused, then offers', days=4)
    """
    one, other = ordinal(a.day), ordinal(b.day)
    if one is not None and other is not None and other < one:
        a, b, one, other = b, a, other, one
    days = None if one is None or other is None else other - one
    kind, reason = _compared(a, b)
    return Relation(kind, reason, days)


_PAST = {
    "wants": "wanted", "offers": "offered", "refuses": "refused", "accepts": "accepted", "threatens": "threatened",
    "conditional": "made conditional",
}  # fmt: skip
_PRESENT = {**{stance: stance for stance in _PAST}, "conditional": "makes conditional"}


def _compared(a: Held, b: Held) -> tuple[Literal["change", "steady", "beside"], str]:
    if {a.doer, b.doer} == {"own", "other"}:
        return "beside", "one is about its own deed, the other about another's"
    if a.issue.bars != b.issue.bars:
        return "beside", "one is about keeping something from happening"
    for_a, for_b = _for_thing(a), _for_thing(b)
    common = bool(set(a.terms) & set(b.terms))
    if for_a != for_b:
        if a.conditional and b.conditional and common:
            return "steady", "the same condition, in other words"
        if alike(a.issue, b.issue) < OPPOSED and not _same_deed(a.issue, b.issue):
            return "beside", "opposed, but perhaps on different things"
        return "change", _told(a, b)
    if a.stance in _BOUND and b.stance in _BOUND and a.favours and b.favours:
        if a.conditional != b.conditional:
            done = "a condition is added" if b.conditional else "the condition is dropped"
            return "change", f"{_PAST[a.stance]}, then {_PRESENT[b.stance]}: {done}"
        if a.conditional and a.terms and b.terms and not common:
            return "change", "another condition is named"
    return "steady", f"{_PAST[a.stance]}, then {_PRESENT[b.stance]}"


def _same_deed(a: Issue, b: Issue) -> bool:
    """Whether what comes first in each, often the deed's verb, is in the other too."""
    return a.first in b.terms and b.first in a.terms


#: Stances in which a condition that comes or goes is a change.
_BOUND = frozenset({"offers", "accepts", "conditional"})


def _for_thing(one: Held) -> bool:
    """Whether it is for the thing that the issue is: to want the end of a siege is to be against the siege."""
    return one.favours != one.issue.ends


def _told(a: Held, b: Held) -> str:
    def words(one: Held, told: dict[str, str]) -> str:
        against = not one.favours and one.stance in ("wants", "offers", "accepts", "threatens")
        return f"{told[one.stance]} the contrary" if against else told[one.stance]

    return f"{words(a, _PAST)}, then {words(b, _PRESENT)}"
