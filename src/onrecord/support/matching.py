"""How well an event of a record fits one of another data set: by day, place, actors and type, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.reconcile.mentions import kilometres
from onrecord.record.names import key
from onrecord.support.rows import Row

__all__ = ["POSSIBLE", "SUPPORTED", "WEIGHTS", "Fit", "Told", "Verdict", "best", "fit"]

Verdict = Literal["supported", "possible"]

#: What each part counts, of 1; a part that one of the two does not state counts nothing.
WEIGHTS = {"day": 0.3, "place": 0.3, "actors": 0.2, "type": 0.2}
#: From these scores on.
SUPPORTED, POSSIBLE = 0.7, 0.5
#: Days that a stated day may lie apart; that a report may be later than an event whose day it does not state.
DAYS_APART, REPORTED_WITHIN = 1, 3
#: Kilometres within which two points are one place, or near; further apart, two settlements are two events.
SAME, NEAR, APART = 15.0, 60.0, 150.0

#: Words that tell no actor from another.
_COMMON = frozenset(
    """the of and in for forces force military government police army armed group unidentified militia civilians
    protesters rioters former national united front party movement communal ethnic state faction""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a record, as a report tells it.

    Attributes:
        days: first and last day that the stated time may mean; None where none is stated.
        parties: names of actors and recipients.
        precise: whether the point stands for a settlement or something smaller.
    """

    report: str
    version: str
    id: str
    type: str
    modality: str
    days: tuple[date, date] | None
    published: date | None
    place: str | None
    admin: tuple[str, ...]
    point: tuple[float, float] | None
    precise: bool
    parties: tuple[str, ...]
    voice: str | None
    publisher: str | None
    words: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Fit:
    """An event that may be the row's: the score from 0 to 1, and the reasons, one a part."""

    told: Told
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]


def fit(row: Row, told: Told) -> Fit | None:
    """How the event fits the row; None if it does not, or if something speaks against it.

    Days, types or settlements that are stated of both and are not the same speak against it. A place or an actor has to
    agree. It is supported if the score says so and both a day and a place agree.
    """
    parts = {"day": _day(row, told), "place": _place(row, told), "actors": _actors(row, told), "type": _type(row, told)}
    if any(share < 0 for share, _ in parts.values()):
        return None
    score = round(sum(WEIGHTS[name] * share for name, (share, _) in parts.items()), 3)
    if score < POSSIBLE or max(parts["place"][0], parts["actors"][0]) <= 0:
        return None
    placed = parts["day"][0] > 0 and parts["place"][0] > 0
    verdict: Verdict = "supported" if score >= SUPPORTED and placed else "possible"
    return Fit(told, verdict, score, tuple(reason for _, reason in parts.values()))


def _day(row: Row, told: Told) -> tuple[float, str]:
    if told.days is not None:
        apart = max((row.days[0] - told.days[1]).days, (told.days[0] - row.days[1]).days, 0)
        wide = (told.days[1] - told.days[0]).days > 7
        if apart == 0:
            return (0.5, "within the stated time") if wide else (1.0, "the same day")
        return (0.7, "a day apart") if apart <= DAYS_APART else (-1.0, "")
    if told.published is None:
        return 0.0, "no day stated"
    later = (told.published - row.days[0]).days, (told.published - row.days[1]).days
    if later[0] >= -DAYS_APART and later[1] <= REPORTED_WITHIN:
        return 0.5, f"no day stated, reported on {told.published}"
    return -1.0, ""


def _place(row: Row, told: Told) -> tuple[float, str]:
    if told.place is None or not (row.places or row.point):
        return 0.0, "no place stated"
    wanted = {key(part) or "" for name in row.places for part in (name, *name.split(","))}
    if key(told.place) in wanted:
        narrow = bool(row.places) and key(told.place) in {key(row.places[0]), key(row.places[0].split(",")[0])}
        return (1.0, f"at {told.place}") if narrow or told.precise else (0.5, f"in {told.place}, which is wider")
    if row.point is not None and told.point is not None and told.precise:
        apart = kilometres(*row.point, *told.point)
        if apart <= NEAR:
            return (1.0 if apart <= SAME else 0.6), f"at {told.place}, {apart:.0f} km away"
        if apart > APART:
            return -1.0, ""
    shared = next((unit for unit in reversed(told.admin) if key(unit) in wanted), None)
    return (0.3, f"at {told.place}, also in {shared}") if shared else (0.0, f"at {told.place}")


def _actors(row: Row, told: Told) -> tuple[float, str]:
    if not row.actors or not told.parties:
        return 0.0, "no actors stated"
    found = [(name, party) for name in row.actors for party in told.parties if _named_alike(name, party)]
    if not found:
        return 0.0, f"told of {', '.join(told.parties)}"
    return (1.0 if len({name for name, _ in found}) > 1 or len(row.actors) == 1 else 0.8,
            ", ".join(dict.fromkeys(f"{party} for {name}" for name, party in found)))  # fmt: skip


def _named_alike(name: str, party: str) -> bool:
    """Whether the names share a word that tells actors apart, or are the same."""
    return key(name) == key(party) or bool(_telling(name) & _telling(party))


def _telling(name: str) -> set[str]:
    words = {"".join(c for c in word if c.isalnum()) for word in (key(name) or "").split()}
    return {word for word in words if len(word) > 2 and word not in _COMMON and not word.isdecimal()}


def _type(row: Row, told: Told) -> tuple[float, str]:
    if not row.types:
        return 0.0, f"{row.kind} has no type here" if row.kind else "no type in the row"
    return (1.0, told.type) if told.type in row.types else (-1.0, "")


def best(fits: Iterable[Fit | None], most: int) -> Sequence[Fit]:
    """The best fits, those of equal score in the order of their reports."""
    held = [each for each in fits if each is not None]
    return sorted(held, key=lambda each: (-each.score, each.told.report, each.told.start))[:most]
