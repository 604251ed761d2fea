"""Of what the accounts of one event say the same, of what they do not, and what only one report says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from onrecord.reconcile.days import Stretch
from onrecord.reconcile.rarity import folded
from onrecord.view.account import Account, Toll

__all__ = ["Aspect", "Compatible", "Version", "aspects", "compared", "may_be_one_day", "may_be_one_name",
           "may_be_one_place"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that accounts may tell of an event.

    Attributes:
        what: "place", "day", "actor", "recipient", "modality" or a unit of people, such as "killed".
        said: each version in a report's words, with the ids of the reports that have it.
    """

    what: str
    said: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What one report says of an aspect: its words, and what they mean, for the comparison alone."""

    words: str
    report: str
    meant: object


#: Whether two versions may both hold.
Compatible: TypeAlias = Callable[[Version, Version], bool]


def aspects(accounts: Sequence[Account]) -> tuple[tuple[Aspect, ...], tuple[Aspect, ...], tuple[Aspect, ...]]:
    """What reports agree on, what they differ on, and what only one of them says; several reports are needed.

    A place agrees with one that lies in it, a day with the month it is in, "dozens" with 30: two versions differ only
    where both cannot hold. A report that says several things is taken by what of it agrees.
    """
    if len({account.report_id for account in accounts}) < 2:
        return (), (), ()
    return compared(_compared(accounts))


def compared(told: Iterable[tuple[str, Sequence[Version], Compatible]]) -> tuple[
    tuple[Aspect, ...], tuple[Aspect, ...], tuple[Aspect, ...]
]:  # fmt: skip
    """What versions agree on, what they differ on, and what one report alone says.

    Args:
        told: each aspect with its versions, and whether two of them may both hold.
    """
    agree, differ, alone = [], [], []
    for what, versions, compatible in told:
        reports = {version.report for version in versions}
        parts = _parts(versions, compatible)
        aspect = Aspect(what, tuple((part[0].words, tuple(sorted({v.report for v in part}))) for part in parts))
        if len(reports) == 1:
            alone.append(aspect)
        elif any({v.report for v in part} == reports for part in parts):
            agree.append(aspect)
        else:
            differ.append(aspect)
    return tuple(agree), tuple(differ), tuple(alone)


def _parts(versions: Sequence[Version], compatible: Compatible) -> list[list[Version]]:
    """Versions put together as long as each may hold with all the others of its part; the fullest words first."""
    parts: list[list[Version]] = []
    for version in versions:
        part = next((p for p in parts if all(compatible(version, other) for other in p)), None)
        if part is None:
            parts.append([version])
        else:
            part.append(version)
    return parts


def _compared(
    accounts: Sequence[Account],
) -> Iterator[tuple[str, list[Version], Compatible]]:
    """Each aspect that any account tells, its versions, and whether two may both hold."""
    told: list[tuple[str, list[Version], Compatible]] = [
        ("place", [Version(a.place, a.report_id, (a.place, *a.within)) for a in accounts if a.place], may_be_one_place),
        ("day", [Version(str(a.value), a.report_id, a.stretch) for a in accounts if a.stretch], may_be_one_day),
        ("actor", [Version(who, a.report_id, who) for a in accounts for who in a.who], may_be_one_name),
        ("recipient", [Version(whom, a.report_id, whom) for a in accounts for whom in a.whom], may_be_one_name),
        ("modality", [Version(a.modality, a.report_id, a.modality) for a in accounts], _same),
    ]
    units = dict.fromkeys(toll.unit for a in accounts for toll in a.tolls)
    told += [
        (
            unit,
            [Version(toll.words, a.report_id, toll) for a in accounts for toll in a.tolls if toll.unit == unit],
            _tolls,
        )
        for unit in units
    ]
    yield from ((what, versions, compatible) for what, versions, compatible in told if versions)


def _same(a: Version, b: Version) -> bool:
    return a.meant == b.meant


def may_be_one_place(a: Version, b: Version) -> bool:
    """The same place, or one that lies in the other: what is meant is its name and the larger places it lies in."""
    one, other = _larger(a), _larger(b)
    return one[0] in other or other[0] in one


def _larger(version: Version) -> list[str]:
    return [folded(str(name)) for name in version.meant] if isinstance(version.meant, tuple) else [""]


def may_be_one_day(a: Version, b: Version) -> bool:
    """Stretches of days that have one in common."""
    if not (isinstance(a.meant, Stretch) and isinstance(b.meant, Stretch)):
        return False
    return a.meant.first <= b.meant.last and b.meant.first <= a.meant.last


def may_be_one_name(a: Version, b: Version) -> bool:
    """One name in the other: "Adler", "Colonel Jörg Adler"; small words and case do not count."""
    one, other = ({folded(w) for w in str(v.meant).replace("-", " ").split()} - _SMALL for v in (a, b))
    return bool(one and other) and (one <= other or other <= one)


def _tolls(a: Version, b: Version) -> bool:
    one, other = a.meant, b.meant
    if not (isinstance(one, Toll) and isinstance(other, Toll)):
        return False
    low, high = max(one.low or 0, other.low or 0), min(_top(one), _top(other))
    return low <= high


def _top(toll: Toll) -> float:
    return float("inf") if toll.high is None else toll.high


_SMALL = frozenset({"the", "a", "an", "of", "and", "his", "her", "their", "its"})
