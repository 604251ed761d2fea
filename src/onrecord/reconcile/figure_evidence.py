"""What speaks for two figures being of one event: the same place, the same day, the words of their sentences."""

from __future__ import annotations

from onrecord.reconcile.rarity import rarity
from onrecord.reconcile.tallies import Tally
from onrecord.reconcile.whereabouts import Where, nearness

__all__ = ["dated", "same_day", "same_place", "sentences_agree", "share_people"]

#: Most days between the publications of two counts of one event, where the words do not give its day.
APART = 5
#: Most days from an event to a report on it that does not give its day.
LATER = 14
#: Places that are small enough for two events not to be taken for one.
FINE = ("address", "settlement", "district")
#: How rare the rarer and the commoner part of a person's name must be, in -ln(share of reports).
RARER, COMMONER = 6.0, 3.0
#: How much two sentences must share, in -ln(share of reports) above that of common words, and of what the shorter
#: one holds: with one of place and day the same, or neither; with both.
WEIGHT, SHARE = (9.0, 7.0), (0.5, 0.35)
#: A word so rare that sharing it stands for a place: a name.
NAME = 6.0


def same_place(a: Tally, b: Tally) -> bool | None:
    """True if two figures are of one small place, None if they cannot be, False if that is not known.

    Where the words link no such place, the small places that the reports speak of most decide.
    """
    near = nearness(a.where, b.where)
    if near == "apart":
        return None
    if near in ("same", "inside") and _is_fine(a.where) and _is_fine(b.where):
        return True
    spots = [(one, other) for one in _spots(a) for other in _spots(b)]
    found = {nearness(one, other) for one, other in spots}
    if found & {"same", "inside"}:
        return True
    if _located(a) and _located(b):
        return False
    return any(
        one.where is not None
        and _is_fine(one.where)
        and set(one.where.name) <= other.tie.places.keys() | other.tie.names.keys() | other.near.keys()
        for one, other in ((a, b), (b, a))
    )


def same_day(a: Tally, b: Tally) -> bool | None:
    """True if both say the day of the event and it is the same, None if it cannot be, False if that is not known.

    A day is said for a figure, or spoken of in the other's report.
    """
    if a.happened is not None and b.happened is not None:
        return True if _meet(a.happened, b.happened) else None
    if a.tie.published is None or b.tie.published is None:
        return False
    for one, other in ((a, b), (b, a)):
        if one.happened is not None:
            told = other.tie.published
            if told is None or not one.happened[0] - 1 <= told <= one.happened[1] + LATER:
                return None
            return any(one.happened[0] <= day <= one.happened[1] for day in other.tie.days)
    return False if abs(a.tie.published - b.tie.published) <= APART else None


def share_people(a: Tally, b: Tally) -> bool:
    """Whether both reports name somebody in full; the names of bodies are of commoner words."""
    for name in set(a.tie.people) & set(b.tie.people):
        parts = [rarity(part) for part in name.split()]
        if min(parts) >= COMMONER and max(parts) >= RARER:
            return True
    return False


def dated(tally: Tally) -> bool:
    """Whether it is known when the event was, at least by the report's date."""
    return tally.happened is not None or tally.tie.published is not None


def sentences_agree(a: Tally, b: Tally, *, place: bool, day: bool) -> bool:
    """Whether the sentences of two figures share so much that short reports, too, tell of one event.

    They must share a name, or be of one place; and it must be known when both were told.
    """
    if not (dated(a) and dated(b)):
        return False
    shared = [min(a.near[word], b.near[word]) for word in a.near.keys() & b.near.keys()]
    least = min(sum(a.near.values()), sum(b.near.values()))
    named = place or max(shared, default=0.0) >= NAME
    both = named and day
    return named and sum(shared) >= WEIGHT[both] and sum(shared) >= SHARE[both] * least


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two stretches of days overlap, or are a day apart: the night of one is the morning of the next."""
    return a[0] - 1 <= b[1] and b[0] - 1 <= a[1]


def _is_fine(where: Where | None) -> bool:
    return where is not None and where.precision in FINE


def _spots(tally: Tally) -> list[Where]:
    if tally.where is not None and _is_fine(tally.where):
        return [tally.where]
    return list(tally.spots)


def _located(tally: Tally) -> bool:
    """Whether the gazetteer has a place of its report."""
    return any(spot.lat is not None for spot in _spots(tally))
