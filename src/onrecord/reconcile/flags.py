"""Where the numbers for one subject do not go together: conflicts, revisions, and numbers without their claimant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

import msgspec

from onrecord.reconcile.claims import Claim, one_claimant, vague
from onrecord.reconcile.same_figure import linked, overlap, within_report
from onrecord.reconcile.tallies import Tally

__all__ = ["Flag", "FlagKind", "Teller", "Told", "flags"]

FlagKind = Literal["conflict", "revision", "unclaimed"]
Teller = Literal["claimant", "outlet", "nobody"]

#: Most days between two numbers that are as of the same time: of one event, and of a total over a longer time.
SAME_TIME, SAME_TIME_TOTAL = 1, 7


class Flag(msgspec.Struct, frozen=True):
    """Two numbers that a person should look at together.

    Attributes:
        kind: "conflict", two claimants' numbers that cannot both hold; "revision", a claimant's number that it changed;
            "unclaimed", a number given without the claimant that another report names for it.
        a, b: both numbers, each (report, entry): the earlier first; of "unclaimed", that with the claimant.
        reason: why, in words.
    """

    kind: FlagKind
    a: tuple[str, str]
    b: tuple[str, str]
    reason: str


class Told(msgspec.Struct, frozen=True):
    """What one teller gives for a subject: whose series it is, and its figures in the order of time."""

    teller: Teller
    by: str
    tallies: tuple[Tally, ...]


def flags(told: Sequence[Told]) -> tuple[Flag, ...]:
    """All flags of one subject, by kind and entries.

    The two entries of a flag are of one thing by themselves, whatever else is in the subject.
    """
    found = [*_conflicts(told), *_revisions(told), *_unclaimed(told)]
    return tuple(sorted(set(found), key=lambda flag: (flag.kind, flag.a, flag.b)))


def _conflicts(told: Sequence[Told]) -> Iterator[Flag]:
    """Two claimants' numbers as of the same time that cannot both hold; the same two numbers of the same two once."""
    found: dict[tuple[object, ...], tuple[int, Tally, Tally, str, str]] = {}
    for (a, series), (b, other) in _of_one_time(told):
        if series == other or overlap(a, b) or a.whom.doers != b.whom.doers or _may_be_one(a.claim, b.claim):
            continue
        key = tuple(sorted([(series, str(a.low), str(a.high)), (other, str(b.low), str(b.high))]))
        gap = abs((a.day or 0) - (b.day or 0))
        if (key not in found or gap < found[key][0]) and _one_thing(a, b):
            found[key] = gap, a, b, told[series].by, told[other].by
    for _, a, b, by, another in found.values():
        yield Flag("conflict", _name(a), _name(b), _disagree(a, b, by, another))


def _of_one_time(told: Sequence[Told]) -> Iterator[tuple[tuple[Tally, int], tuple[Tally, int]]]:
    """Pairs of claimants' numbers as of the same time, each with the number of its series."""
    claims = sorted(
        ((tally, number) for number, one in enumerate(told) if one.teller == "claimant" for tally in one.tallies),
        key=lambda item: (item[0].day is None, item[0].day or 0, item[0].report, item[0].span),
    )
    for place, one in enumerate(claims):
        for other in claims[place + 1 :]:
            if not _as_of_one_time(one[0], other[0]):
                break  # they are in the order of their days
            yield one, other


def _revisions(told: Sequence[Told]) -> Iterator[Flag]:
    """A claimant's or an outlet's next number for the same thing, where it is another than the last.

    A rising total over a time is no revision, nor is a vaguer number that holds the last.
    """
    for one in told:
        if one.teller == "nobody":
            continue
        for a, b in pairwise(one.tallies):
            if a.report == b.report or _holds(b, a) or _stated(a) == _stated(b) or a.whom.doers != b.whom.doers:
                continue
            if not _one_thing(a, b):
                continue
            falls = b.high is not None and a.low is not None and b.high < a.low
            if a.period is not None and not falls and a.day != b.day:
                continue
            yield Flag("revision", _name(a), _name(b), _changed(a, b, one.by))


def _unclaimed(told: Sequence[Told]) -> Iterator[Flag]:
    """Numbers in the outlet's own or in nobody's voice that another report, not later, gives to a claimant."""
    claimed: dict[tuple[float | None, float | None], list[tuple[Tally, str]]] = {}
    own: set[tuple[str, float | None, float | None]] = set()
    for one in told:
        for tally in one.tallies if one.teller == "claimant" else ():
            claimed.setdefault((tally.low, tally.high), []).append((tally, one.by))
            own.add((tally.report, tally.low, tally.high))
    for one in told:
        for b in one.tallies if one.teller != "claimant" else ():
            if (b.report, b.low, b.high) in own or b.low != b.high or not b.low:
                continue  # anybody may say "several", or that nobody was hurt
            for a, by in sorted(claimed.get((b.low, b.high), ()), key=lambda item: (item[0].day or 0, _name(item[0]))):
                if a.report != b.report and _not_later(a, b) and _one_thing(a, b):
                    yield Flag("unclaimed", _name(a), _name(b), _without(a, b, by))
                    break


def _may_be_one(a: Claim, b: Claim) -> bool:
    return one_claimant(a, b) or vague(a) or vague(b)


def _one_thing(a: Tally, b: Tally) -> bool:
    """Whether two figures of one subject are of one thing by themselves."""
    if a.period is not None:
        return True  # totals are one subject only if all of it agrees
    return within_report(a, b) if a.report == b.report else linked(a, b) is not None


def _as_of_one_time(a: Tally, b: Tally) -> bool:
    if a.day is None or b.day is None:
        return a.day is b.day
    return abs(a.day - b.day) <= (SAME_TIME if a.period is None else SAME_TIME_TOTAL)


def _not_later(a: Tally, b: Tally) -> bool:
    return a.published is None or b.published is None or a.published[:10] <= b.published[:10]


def _stated(tally: Tally) -> float | None:
    return tally.low if tally.low is not None else tally.high


def _holds(wide: Tally, narrow: Tally) -> bool:
    """Whether all that the one number allows, the other allows as well."""
    least = wide.low is None or (narrow.low is not None and narrow.low >= wide.low)
    return least and (wide.high is None or (narrow.high is not None and narrow.high <= wide.high))


def _disagree(a: Tally, b: Tally, by: str, other: str) -> str:
    return f"{by} gives {_said(a)}, {other} gives {_said(b)}; no number is both"


def _changed(a: Tally, b: Tally, by: str) -> str:
    within = "; the first words had allowed it" if overlap(a, b) else ""
    return f"{by} gave {_said(a)}, then {_said(b)}{within}"


def _without(a: Tally, b: Tally, by: str) -> str:
    own = "in its own voice" if b.claim.voice == "narrator" else "without saying whose count it is"
    return f"{b.publisher or b.report} gives {_said(b)} {own}; {a.publisher or a.report} has it from {by}"


def _said(tally: Tally) -> str:
    day = "" if tally.day is None else f" on {date.fromordinal(tally.day).isoformat()}"
    return f"{tally.words}{day}"


def _name(tally: Tally) -> tuple[str, str]:
    return tally.report, tally.entry
